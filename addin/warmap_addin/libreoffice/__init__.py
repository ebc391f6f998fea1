"""Host 3: LibreOffice Calc, through an extension (.oxt) that holds a Python component."""
