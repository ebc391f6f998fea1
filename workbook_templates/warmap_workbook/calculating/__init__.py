"""The template's own formulas worked out in Python, without any spreadsheet program."""
