"""Reading submitted workbooks: `read_workbook(Path("deal.xlsx"))` gives a map, judged, with findings by cell."""

from warmap_workbook.reading.read import read_open_book, read_workbook

__all__ = ["read_open_book", "read_workbook"]
