"""What the sheets of the portfolio workbook share: the draft, the page's face, money in cells, live totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from warmap.funnel import digits_of
from warmap.parsing import column_letters
from warmap.text import Lang, Text
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 3
"""Row of the heads on every sheet with a table, from 0; the rows follow."""
PREFIX = "pf_"
"""Of the defined names of the columns of the deals: `pf_amount`, `pf_currency` …"""


@dataclass(slots=True)
class Draft:
    """Everything the sheets are written from; `folder` is where the workbook will lie, for links to the files."""

    book: Workbook
    formats: style.Formats
    portfolio: Portfolio
    lang: Lang
    folder: Path
    chart_rows: int = 0
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, name: Text, colour: str) -> Worksheet:
        """A new sheet."""
        sheet = self.book.add_worksheet(name.to(self.lang))
        sheet.set_tab_color(colour)
        self.sheets[code], self.names[code] = sheet, name.to(self.lang)
        return sheet

    def money(self, currency: str, **what: Any) -> Format:
        """The format of an amount with the decimals of its currency."""
        return self.formats(num_format=money_format(currency), **what)

    def head(self, sheet: Worksheet, heads: Sequence[tuple[Text, float]]) -> None:
        """The heads of a table, the width of its columns, and what repeats on every printed page."""
        look = self.formats.header(style.NAVY)
        for column, (text, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, text.to(self.lang), look)
        sheet.set_row(HEAD_ROW, 32)
        sheet.repeat_rows(HEAD_ROW)

    def page(self, sheet: Worksheet, title: str, purpose: str) -> None:
        """Title, purpose, a link to the overview, A4 landscape."""
        sheet.write_string(0, 0, title, self.formats.title())
        sheet.set_row(0, 26)
        sheet.write_string(1, 0, purpose, self.formats.quiet())
        sheet.write_url(
            2, 0, f"internal:'{self.names['overview']}'!A1", self.formats.link(), "↩ " + words.OVERVIEW.to(self.lang)
        )
        self.paper(sheet, title)

    def paper(self, sheet: Worksheet, title: str) -> None:
        """A4 landscape with a footer."""
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer(f"&L{words.TITLE.to(self.lang)} · {title}&R&P / &N")
        sheet.hide_gridlines(2)


def height_for(texts_and_widths: Iterable[tuple[str, float]], line: float = 14) -> float:
    """The height of a row in which every text is shown whole, wrapped at the width of its column in characters."""
    return line * max((ceil(_width(text) * 1.1 / width) for text, width in texts_and_widths if text), default=1) + 2


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def money_format(currency: str, sign: str = "") -> str:
    """`#,##0.00` with as many decimals as the currency has."""
    digits = digits_of(currency)
    return f"{sign}#,##0" + ("." + "0" * digits if digits else "")


def number(units: int, currency: str) -> float:
    """Minor units as the number of a cell: the nearest to the exact amount that a cell can hold."""
    digits = digits_of(currency)
    return units / 10**digits if digits else units


def rounded(formula: str, currency: str) -> str:
    """A live sum, freed of the dust of binary fractions: cells hold 0.1 + 0.2 as 0.30000000000000004."""
    return f"ROUND({formula},{digits_of(currency)})"


def cell(row: int, column: int, *, fixed: bool = True) -> str:
    """Address of a cell counted from 0, `$B$3` or `B3`."""
    mark = "$" if fixed else ""
    return f"{mark}{column_letters(column + 1)}{mark}{row + 1}"


def box(first: int, column: int, last: int) -> str:
    """A column of cells, `$B$3:$B$9`."""
    return f"{cell(first, column)}:{cell(last, column)}"
