"""The LibreOffice host: an extension (.oxt) with a Python component for Calc."""
