"""The warmap workbook: its sheets, builder and reader."""
