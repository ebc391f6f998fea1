"""A sheet of a raw book as the intake takes it: dense rows of cells, dates as dates, error values marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.intake import CellError
from warmap_templates.ooxml import ErrorValue, parse_range, serial_to_datetime

if TYPE_CHECKING:
    from warmap.functions.ranges import Cells
    from warmap_templates.ooxml import Book, RangeRef, Sheet

Rows = list[list[object]]


def dense_rows(sheet: Sheet, *, date1904: bool) -> Rows:
    """The sheet from A1 on."""
    if not sheet.rows:
        return []
    width = max(max(cells, default=0) for cells in sheet.rows.values())
    rows: Rows = [[None] * width for _ in range(max(sheet.rows))]
    dates = sheet.date_cells
    for row, cells in sheet.rows.items():
        line = rows[row - 1]
        for column, value in cells.items():
            if isinstance(value, ErrorValue):
                line[column - 1] = CellError(value.code)
            elif isinstance(value, float) and (row, column) in dates:
                line[column - 1] = _date(value, date1904=date1904)
            else:
                line[column - 1] = value
    return rows


def _date(serial: float, *, date1904: bool) -> object:
    try:
        return serial_to_datetime(serial, date1904)
    except (ValueError, OverflowError):
        return serial


def named_range(book: Book, name: str) -> tuple[Sheet, RangeRef] | None:
    """The sheet and the rectangle behind a defined name, where it still points at one."""
    text = book.defined_name(name)
    try:
        reference = parse_range(text) if text else None
    except ValueError:
        return None
    sheet = book.sheet(reference.sheet) if reference is not None and reference.sheet else None
    return (sheet, reference) if sheet is not None and reference is not None else None


def cells_of(rows: Rows, box: RangeRef) -> Cells:
    """A rectangle of a sheet's rows, as a function is given it; cells beyond the last used one are blank."""
    width, last = box.c2 - box.c1 + 1, min(box.r2, len(rows))
    lines = [tuple(rows[row][box.c1 - 1 : box.c2]) for row in range(box.r1 - 1, last)]
    blank = (None,) * width
    return (*(line + blank[len(line) :] for line in lines), *[blank] * (box.r2 - max(last, box.r1 - 1)))
