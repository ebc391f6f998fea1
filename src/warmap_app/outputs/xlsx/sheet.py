"""A sheet that is written row by row, and knows what a cell may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from warmap.text import Lang
from warmap_app.outputs.columns import Cell, Column, Unit
from warmap_app.outputs.wording import shown
from warmap_app.outputs.xlsx.looks import Looks

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1_048_576
MOST_LINKS = 65_530  # a sheet, by Excel's specification
LONGEST_TEXT = 32_767
LONGEST_LINK = 2_000
LINE_HEIGHT, ROOM, TALLEST = 13.5, 4.0, 409.0  # points; the last is Excel's limit
LATIN, CHINESE = 0.9, 1.9  # how wide one character of our smaller font is
HEAD_HEIGHT = 30.0


class GrowingSheet:
    """Rows are written downwards only, so that none is kept in memory; `row` is the next, counted from 0."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self.sheet, self.looks, self.row, self.links, self.dropped = sheet, looks, 0, 0, 0
        self._widths: dict[int, int] = {}
        self._lines = 1

    @property
    def is_full(self) -> bool:
        """Whether Excel has no room for another row; the row that did not fit is counted."""
        full = self.row >= LAST_ROW
        self.dropped += full
        return full

    def widths(self, widths: Iterable[int]) -> None:
        """How wide the columns are, in characters."""
        for place, width in enumerate(widths):
            self._widths[place] = width
            self.sheet.set_column(place, place, width)

    def heads(self, columns: Sequence[Column[Any]], lang: Lang) -> None:
        """The row of column heads, with their widths."""
        self.widths(column.width for column in columns)
        for place, column in enumerate(columns):
            self.sheet.write_string(self.row, place, column.head.to(lang), self.looks.head())
        self.end_row(HEAD_HEIGHT)

    def end_row(self, height: float | None = None) -> None:
        """Go on below; the row is as high as its longest text needs, which LibreOffice does not find out by itself."""
        self.sheet.set_row(self.row, height or min(self._lines * LINE_HEIGHT + ROOM, TALLEST))
        self.row, self._lines = self.row + 1, 1

    def put(self, column: int, value: Cell, look: Format, link: str | None = None) -> None:
        """One cell of the current row; `link` opens a file where there is still room for one."""
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, look)
        elif isinstance(value, str):
            self._text(column, shown(value, LONGEST_TEXT), look, link)
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.row, column, value, look)
        elif isinstance(value, int | float | Decimal):
            self.sheet.write_number(self.row, column, float(value), look)
        else:
            self.sheet.write_datetime(self.row, column, value, look)

    def _text(self, column: int, text: str, look: Format, link: str | None) -> None:
        if look.text_wrap:
            self._lines = max(self._lines, lines_of(text, self._widths.get(column, 8)))
        if link is None or self.links >= MOST_LINKS or len(link) > LONGEST_LINK:
            self.sheet.write_string(self.row, column, text, look)
        else:
            self.links += 1
            self.sheet.write_url(self.row, column, link, look, string=text)


def look_of(looks: Looks, column: Column[Any], value: Cell) -> Format:
    """The look of a plain cell; an amount shows cents only where it has some."""
    if column.unit is Unit.MONEY and isinstance(value, Decimal) and value != value.to_integral_value():
        return looks.cell(Unit.MONEY, num_format="#,##0.00")
    return looks.cell(column.unit)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column this wide; widths are of the digits of the workbook's default font."""
    wide = (sum(CHINESE if sign > "\u2e7f" else LATIN for sign in line) for line in text.split("\n"))
    return sum(max(1, ceil(line / width)) for line in wide)
