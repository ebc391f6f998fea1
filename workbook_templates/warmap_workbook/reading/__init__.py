"""A submitted workbook, as people changed it, back into a map with findings by cell."""
