"""A sheet of a raw book as the intake takes it: dense rows of cells, dates as dates, error values marked as such."""

from __future__ import annotations

from warmap.parsing import CellError
from warmap.worksheet.ranges import Cells
from warmap_workbook.ooxml import Book, ErrorValue, RangeRef, Sheet, serial_to_datetime

Rows = list[list[object]]


class DenseSheets:
    """The sheets of a book from A1 on, each made dense once however many tables it holds."""

    def __init__(self, book: Book) -> None:
        self._date1904 = book.date1904
        self._rows: dict[str, Rows] = {}

    def rows(self, sheet: Sheet) -> Rows:
        """The rows of one sheet; they are not to be changed: blank ones are the same list."""
        if sheet.name not in self._rows:
            self._rows[sheet.name] = dense_rows(sheet, date1904=self._date1904)
        return self._rows[sheet.name]


def dense_rows(sheet: Sheet, *, date1904: bool) -> Rows:
    """The sheet from A1 on."""
    if not sheet.rows:
        return []
    blank: list[object] = [None] * max(max(cells, default=0) for cells in sheet.rows.values())
    rows: Rows = [blank] * max(sheet.rows)
    for row, cells in sheet.rows.items():
        line = rows[row - 1] = blank.copy()
        for column, value in cells.items():
            line[column - 1] = value
        if ErrorValue in map(type, line):
            line[:] = [CellError(value.code) if isinstance(value, ErrorValue) else value for value in line]
    for row, column in sheet.date_cells:
        serial = sheet.value(row, column)
        if isinstance(serial, float):
            rows[row - 1][column - 1] = _date(serial, date1904=date1904)
    return rows


def _date(serial: float, *, date1904: bool) -> object:
    """The day of a serial number; the number itself where there is no such day, so that it is not taken for a blank."""
    day = serial_to_datetime(serial, date1904)
    return serial if day is None else day


def cells_of(rows: Rows, box: RangeRef) -> Cells:
    """A rectangle of a sheet's rows, as a function is given it; cells beyond the last used one are blank."""
    width, last = box.c2 - box.c1 + 1, min(box.r2, len(rows))
    lines = [tuple(rows[row][box.c1 - 1 : box.c2]) for row in range(box.r1 - 1, last)]
    blank = (None,) * width
    return (*(line + blank[len(line) :] for line in lines), *[blank] * (box.r2 - max(last, box.r1 - 1)))
