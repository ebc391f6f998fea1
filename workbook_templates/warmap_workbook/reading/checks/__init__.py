"""What is checked of a workbook beside its tables: formulas, stored results, what it brings along."""
