"""The one place that knows the version of the program, of the functions, of the template and of the method."""

VERSION = "0.1.0"
TEMPLATE_VERSION = "2"
METHOD_VERSION = "2"
