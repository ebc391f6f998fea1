"""A sheet that is written row by row: what a cell may hold, what it looks like, and what a sheet may be called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warmap.text import Lang, Text
from warmap_app.outputs.columns import Cell, Column, Unit
from warmap_app.outputs.wording import severity_said
from warmap_app.safe_text import shown
from warmap_workbook.writing import style

# Excel's limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
LAST_ROW = 1_048_576
MOST_LINKS = 65_530  # on one sheet
LONGEST_TEXT = 32_767
LONGEST_LINK = 2_000
LONGEST_NAME = 31  # of a sheet, in UTF-16 units
RESERVED_NAMES = frozenset({"history"})  # Excel keeps this name for its own log of changes
TALLEST = 409.0  # points
LINE_HEIGHT, ROOM, HEAD_HEIGHT = 13.5, 4.0, 30.0  # points
LATIN, CHINESE = 0.9, 1.9  # how wide one character of our font is; columns count digits of the default font
PAGE = Text("第 &P 页，共 &N 页", "Page &P of &N")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

SEVERITY_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "critical": {"font_color": style.RED, "bg_color": style.RED_PALE},
    "major": {"font_color": style.ORANGE, "bg_color": style.ORANGE_PALE},
    "minor": {"font_color": style.BLUE, "bg_color": style.BLUE_PALE},
}
BAND_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "green": {"font_color": style.TEAL, "bg_color": style.TEAL_PALE},
    "amber": SEVERITY_LOOKS["major"],
    "red": SEVERITY_LOOKS["critical"],
    "incomplete": {"font_color": style.PALE_INK, "bg_color": style.GREY_PALE},
}
NUMBER_FORMATS: Mapping[Unit, str] = {
    Unit.COUNT: "0",
    Unit.POINTS: style.SCORE,
    Unit.SHARE: style.PERCENT,
    Unit.MONEY: style.MONEY,
    Unit.DATE: style.DATE,
}


class Looks(style.Formats):
    """The formats of a result's cells, in the template's colours and fonts; links start at `folder`."""

    def __init__(self, book: Workbook, lang: Lang, folder: Path) -> None:
        super().__init__(book, lang)
        self.book, self.lang, self.folder = book, lang, folder

    def cell(self, unit: Unit = Unit.TEXT, **what: Any) -> Format:
        """A cell of a table: text wraps and stands at the top, numbers in their unit."""
        number = NUMBER_FORMATS.get(unit)
        own: dict[str, Any] = {"text_wrap": True} if number is None else {"num_format": number}
        if unit is Unit.DATE:
            own["align"] = "center"
        return self(**{"valign": "top", "bottom": 1, "bottom_color": style.LINE, **own, **what})

    def linked(self) -> Format:
        """A cell that opens a file."""
        return self.cell(font_color=style.BLUE, underline=1)


class GrowingSheet:
    """Rows are written downwards only, so that none is kept in memory; `row` is the next, counted from 0.

    `dropped` counts the rows for which Excel had no room.
    """

    def __init__(self, looks: Looks, name: str, colour: str, freeze: int = 0) -> None:
        self.sheet, self.looks, self.lang = looks.book.add_worksheet(name), looks, looks.lang
        self.row = self.links = self.dropped = 0
        self._widths: dict[int, int] = {}
        self._lines = 1
        self.sheet.set_tab_color(colour)
        set_paper(self.sheet, "&L&8&A&R&8" + PAGE.to(self.lang))
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0, 0)
        self.sheet.freeze_panes(1, freeze)

    def is_full(self) -> bool:
        """Whether there is no room for another row, which is then counted as dropped."""
        full = self.row >= LAST_ROW
        self.dropped += full
        return full

    def widths(self, widths: Iterable[int]) -> None:
        """How wide the columns are, in characters."""
        for place, width in enumerate(widths):
            self._widths[place] = width
            self.sheet.set_column(place, place, width)

    def heads(self, columns: Sequence[Column[Any]]) -> None:
        """The row of column heads, with their widths."""
        self.widths(column.width for column in columns)
        for place, column in enumerate(columns):
            self.sheet.write_string(self.row, place, column.head.to(self.lang), self.looks.header(style.NAVY))
        self.end_row(HEAD_HEIGHT)

    def close(self) -> None:
        """Put a filter over all that was written below the heads."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self._widths) - 1)

    def end_row(self, height: float | None = None) -> None:
        """Go to the next row. LibreOffice does not fit a row to its wrapped text when it opens a file, so this does."""
        self.sheet.set_row(self.row, height or min(self._lines * LINE_HEIGHT + ROOM, TALLEST))
        self.row, self._lines = self.row + 1, 1

    def put(self, column: int, value: Cell, look: Format, link: str | None = None) -> None:
        """One cell of the current row; `link` opens a file where there is still room for one."""
        if isinstance(value, str) and value:
            self._text(column, shown(value, LONGEST_TEXT), look, link)
        else:
            self.sheet.write(self.row, column, value, look)

    def _text(self, column: int, text: str, look: Format, link: str | None) -> None:
        if look.text_wrap:
            self._lines = max(self._lines, _lines_of(text, self._widths.get(column, 8)))
        if link is None or self.links >= MOST_LINKS or len(link) > LONGEST_LINK:
            self.sheet.write_string(self.row, column, text, look)
        else:
            self.links += 1
            self.sheet.write_url(self.row, column, link, look, string=text)

    def put_severity(self, column: int, code: str) -> None:
        """A severity, with its colour."""
        self.put(column, severity_said(code, self.lang), self.looks.cell(bold=True, **SEVERITY_LOOKS.get(code, {})))

    def put_plain(self, place: int, column: Column[Any], value: Cell) -> None:
        """A plain cell of a column; an amount shows cents only where it has some."""
        has_cents = column.unit is Unit.MONEY and isinstance(value, Decimal) and value != value.to_integral_value()
        self.put(place, value, self.looks.cell(column.unit, **({"num_format": style.CENTS} if has_cents else {})))


def set_paper(sheet: Worksheet, footer: str) -> None:
    """A4 landscape with a footer, without lines between the cells."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(footer)
    sheet.hide_gridlines(2)


def sheet_name(words: str, taken: set[str]) -> str:
    """A valid sheet name made of these words and not yet in `taken` (ignoring case), to which it is added."""
    plain = " ".join(_FORBIDDEN.sub(" ", words).split()).strip("' ") or "-"
    if plain.casefold() in RESERVED_NAMES:
        plain += "_"
    name, count = _cut(plain, LONGEST_NAME), 1
    while name.casefold() in taken:
        count += 1
        ending = f" ({count})"
        name = _cut(plain, LONGEST_NAME - len(ending)) + ending
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.rstrip("' ") or "-"


def _lines_of(text: str, width: int) -> int:
    wide = (sum(CHINESE if sign > "\u2e7f" else LATIN for sign in line) for line in text.split("\n"))
    return sum(max(1, ceil(line / width)) for line in wide)
