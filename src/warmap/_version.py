"""The one place that knows the version of the program, of the functions and of the template."""

VERSION = "0.1.0"
TEMPLATE_VERSION = "2"
