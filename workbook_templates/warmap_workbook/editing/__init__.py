"""Changes to a workbook that people have worked in: only what must change is written anew."""
