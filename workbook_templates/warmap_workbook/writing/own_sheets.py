"""Sheets of the user's own, carried into a workbook that is built anew: values and formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter import Workbook

DATE = "yyyy-mm-dd"
WIDTH = 18


class OwnSheet(NamedTuple):
    """A name, and by (row, column) from 1 the value of a cell and the text of its formula (empty for none)."""

    name: str
    cells: Mapping[tuple[int, int], tuple[object, str]]


def write_own_sheets(book: Workbook, sheets: Sequence[OwnSheet]) -> None:
    """Write them behind the template's; a formula that needs another file stays as its value."""
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        sheet.set_column(0, 50, WIDTH)
        day = book.add_format({"num_format": DATE})
        for (row, column), (value, formula) in sorted(one.cells.items()):
            at = (row - 1, column - 1)
            if formula and "[" not in formula:
                result = value if isinstance(value, int | float | str) else ""
                sheet.write_formula(*at, f"={formula}", None, stored(result))
            elif isinstance(value, datetime):
                sheet.write_datetime(*at, value, day)
            elif isinstance(value, bool):
                sheet.write_boolean(*at, value)
            elif isinstance(value, int | float):
                sheet.write_number(*at, value)
            elif value is not None:
                sheet.write_string(*at, str(value)[:32767])
