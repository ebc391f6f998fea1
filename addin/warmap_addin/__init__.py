"""The hosts: how the functions get into a spreadsheet program."""
