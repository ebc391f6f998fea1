"""The Excel host: the macro workbook, the add-in with its ribbon, and their installation."""
