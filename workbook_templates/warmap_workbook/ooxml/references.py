"""Cell and range references in A1 notation. Rows and columns count from 1."""

import re
from functools import lru_cache
from typing import NamedTuple

from warmap.parsing.headers import column_letters, column_number

LAST_ROW = 1_048_576  # Excel's and LibreOffice's sheets end at XFD1048576
LAST_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_AREA = re.compile(
    r"(?:\$?(?P<c1>[A-Za-z]{1,3}))?(?:\$?(?P<r1>[1-9][0-9]{0,6}))?"
    r"(?P<colon>:(?:\$?(?P<c2>[A-Za-z]{1,3}))?(?:\$?(?P<r2>[1-9][0-9]{0,6}))?)?"
)
_SHEET = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!:,\s]+))!(?P<area>.*)", re.DOTALL)


class RangeRef(NamedTuple):
    """A rectangle, corners included; `sheet` is None where the text names none."""

    sheet: str | None
    r1: int
    c1: int
    r2: int
    c2: int

    @property
    def cells(self) -> str:
        """Its A1 name: `B12`, or `B12:C14` where it is more than one cell."""
        first, last = cell_name(self.r1, self.c1), cell_name(self.r2, self.c2)
        return first if first == last else f"{first}:{last}"


NEAR_COLUMNS = {column_letters(number): number for number in range(1, 1025)}
"""Columns of the letters 'A' to 'AMJ', for the readers' inner loops."""


def cell_name(row: int, column: int) -> str:
    """A1 name of a cell: `cell_name(12, 2)` is 'B12'."""
    return f"{column_letters(column)}{row}"


def parse_ref(text: str) -> tuple[int, int]:
    """(row, column) of one cell, with or without `$`, in either case. ValueError when it is not on a sheet."""
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"not a cell reference: {text!r}")
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"not on a sheet: {text!r}")
    return row, column


def parse_range(text: str) -> RangeRef:
    """(sheet or None, r1, c1, r2, c2) of one cell, rectangle, whole columns or whole rows, corners put in order.

    `'It''s'!$A$1:$B$9` names the sheet `It's`. ValueError for anything else, such as a union, `#REF!` or a formula.
    """
    return _remembered_range(text) if len(text) <= _LONGEST_REMEMBERED else _range(text)


def _range(text: str) -> RangeRef:
    sheet: str | None = None
    area = text.strip()
    named = _SHEET.fullmatch(area)
    if named is not None:
        sheet = named["plain"] or named["quoted"].replace("''", "'")
        area = named["area"]
    match = _AREA.fullmatch(area)
    if match is None:
        raise ValueError(f"not a range: {text!r}")
    c1, r1, c2, r2 = match["c1"], match["r1"], match["c2"], match["r2"]
    if not match["colon"]:
        c2, r2 = c1, r1
    columns_alone = c1 and c2 and not r1 and not r2 and match["colon"]
    rows_alone = r1 and r2 and not c1 and not c2 and match["colon"]
    if not (columns_alone or rows_alone or (c1 and r1 and c2 and r2)):
        raise ValueError(f"not a range: {text!r}")
    rows = (1, LAST_ROW) if columns_alone else tuple(sorted((int(r1), int(r2))))
    columns = (1, LAST_COLUMN) if rows_alone else tuple(sorted((column_number(c1), column_number(c2))))
    if rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        raise ValueError(f"not on a sheet: {text!r}")
    return RangeRef(sheet, rows[0], columns[0], rows[1], columns[1])


_LONGEST_REMEMBERED = 64
_remembered_range = lru_cache(maxsize=4096)(_range)
