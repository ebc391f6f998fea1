"""The workbook, built from the declarations: its sheets, how they look, and the words of the guide."""
