"""The Office add-in: the same functions in Excel on Mac, the web and Windows, by the worker of the browser page."""
