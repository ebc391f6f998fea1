"""Changes to a workbook that people have worked in: notes, history, repair, clean copies, upgrade."""
