"""The workbook under construction: page set-up, tables written from their columns, links, live sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warmap.funnel import digits_of
from warmap.parsing import column_letters
from warmap.terms import HealthBand, Severity
from warmap.text import Lang, Text, width
from warmap_app.outputs.wording import way_to
from warmap_app.outputs.xlsx.growing_sheet import BAND_LOOKS, LONGEST_LINK, MOST_LINKS, SEVERITY_LOOKS, set_paper
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Money
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.report_tables import Column, Kind, Row, Value, text_of
from warmap_workbook.writing import style

CHART_SHEET = "_charts"
HEAD_ROW = 3
"""Row of the heads on every sheet with a table, from 0; the rows follow."""
PREFIX = "pf_"
"""Of the defined names of the columns of the deals: `pf_amount`, `pf_currency` …"""
CLOSED_PREFIX = "pf_closed_"
"""Of those of the deals that have left the pipeline."""
LINED: dict[str, Any] = {"bottom": 1, "bottom_color": style.LINE}
CENTRED = {"align": "center"}
TOTAL = {"bold": True, "top": 1, "top_color": style.NAVY, "bg_color": style.NAVY_PALE}
MOVED = '"▲ "{0};"▼ "{0};{0}'
LOOKS: Mapping[Kind, Mapping[str, Any]] = {
    "text": {"text_wrap": True}, "long": {"text_wrap": True}, "label": {"text_wrap": True}, "currency": CENTRED,
    "score": {"num_format": style.SCORE, **CENTRED}, "rate": {"num_format": style.PERCENT, **CENTRED},
    "count": {"num_format": "0", **CENTRED}, "date": {"num_format": style.DATE, **CENTRED},
    "file": {"text_wrap": True}, "remark": {"text_wrap": True, "font_color": style.PALE_INK},
    "moved": {"bold": True}, "daily move": {"align": "right"},
}  # fmt: skip


@dataclass(slots=True)
class ReportBook:
    """The book and what its sheets are written from; links to the files start at `folder`, where it will be saved."""

    book: Workbook
    formats: style.Formats
    portfolio: Portfolio
    lang: Lang
    folder: Path
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    chart_rows: int = 0

    def add(self, code: str, name: Text, colour: str) -> None:
        """A new sheet."""
        self.names[code] = name.to(self.lang)
        self.sheets[code] = self.book.add_worksheet(self.names[code])
        self.sheets[code].set_tab_color(colour)

    def money(self, currency: str, **what: Any) -> Format:
        """The format of an amount with the decimals of its currency."""
        return self.formats(num_format=style.money(digits_of(currency)), **what)

    def paper(self, sheet: Worksheet, title: str) -> None:
        """A4 landscape with a footer."""
        set_paper(sheet, f"&L{words.TITLE.to(self.lang)} · {title}&R&P / &N")

    def table(
        self,
        code: str,
        columns: Sequence[Column[Row]],
        rows: Sequence[Row],
        *,
        freeze: int,
        formulas: Callable[[int, Row], Mapping[str, str]] = lambda _, __: {},
        looks: Mapping[str, Any] = LINED,
    ) -> Worksheet:
        """A sheet with title, purpose, a link to the overview, and a table under a filter.

        `formulas` gives the live cells of a row by column code; each keeps the column's value as its stored result.
        `looks` is what all cells share. `freeze` columns stay in sight.
        """
        sheet, title = self.sheets[code], self.names[code]
        sheet.write_string(0, 0, title, self.formats.title())
        sheet.set_row(0, 26)
        purpose = words.PORTFOLIO_PURPOSE.get(code, words.WEIGHTED_NOTE)
        sheet.write_string(1, 0, purpose.to(self.lang), self.formats.quiet())
        overview = self.names["overview"]
        sheet.write_url(2, 0, f"internal:'{overview}'!A1", self.formats.link(), "↩ " + words.OVERVIEW.to(self.lang))
        self.paper(sheet, title)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(HEAD_ROW, place, column.head.to(self.lang), self.formats.header(style.NAVY))
        sheet.set_row(HEAD_ROW, 32)
        sheet.repeat_rows(HEAD_ROW)
        wrapped = [column for column in columns if column.kind in {"text", "long", "file"}]
        for at, row in enumerate(rows, HEAD_ROW + 1):
            if wrapped:  # LibreOffice does not fit rows to their texts when it opens a file
                told = ((text_of(column.value(row), column.kind, self.lang), column.width) for column in wrapped)
                sheet.set_row(at, height_for(told))
            live = formulas(at, row)
            for place, column in enumerate(columns):
                self._cell(sheet, (at, place), column.value(row), column.kind, live.get(column.code), looks)
        sheet.autofilter(HEAD_ROW, 0, last_row(rows), len(columns) - 1)
        sheet.freeze_panes(HEAD_ROW + 1, freeze)
        sheet.fit_to_pages(1, 0)
        return sheet

    def name_columns(self, code: str, columns: Sequence[Column[Any]], prefix: str, last: int) -> None:
        """A defined name for each column of a table, whose last row is `last`."""
        for place, column in enumerate(columns):
            area = box(HEAD_ROW + 1, place, last)
            self.book.define_name(prefix + column.code, f"='{self.names[code]}'!{area}")

    def _cell(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        value: Value,
        kind: Kind,
        formula: str | None,
        looks: Mapping[str, Any],
    ) -> None:
        """One cell of a table: a live one, blank, a number, a day, a link to a file, or text."""
        number: Value = value.number if isinstance(value, Money) and value.units is not None else value
        link = self._link(str(value), at[0]) if kind == "file" else None
        look = self.formats(**{**looks, **_look(value, kind, is_link=link is not None)})
        if formula is not None:
            sheet.write_formula(*at, f"={formula}", look, "" if number is None or isinstance(number, Money) else number)
        elif number is None or isinstance(number, Money):
            sheet.write_blank(*at, None, look)
        elif isinstance(number, int | float | date):
            sheet.write(*at, number, look)
        elif link is not None:
            sheet.write_url(*at, link, look, text_of(value, kind, self.lang))
        else:
            sheet.write_string(*at, text_of(value, kind, self.lang), look)

    def _link(self, file: str, row: int) -> str | None:
        """A link that opens a file, as far as Excel takes it."""
        way = way_to(file, self.folder)
        if way is None or row >= MOST_LINKS or len(way) > LONGEST_LINK:
            return None
        return "external:" + way.removeprefix("./")


def _look(value: Value, kind: Kind, *, is_link: bool) -> dict[str, Any]:
    look = dict(LOOKS.get(kind, {}))
    if isinstance(value, Money):
        look["num_format"] = style.money(digits_of(value.currency))
    elif isinstance(value, HealthBand) and kind == "sign":
        look.update(BAND_LOOKS[value])
    elif isinstance(value, Severity):
        look.update(SEVERITY_LOOKS[value], indent=1)
    elif kind == "moved":
        look.update(LOOKS["score"])
    if kind in {"moved", "daily move"}:
        look["num_format"] = MOVED.format(look["num_format"])
    if is_link:
        look.update(font_color=style.BLUE, underline=1)
    return look


def last_row(rows: Sequence[object]) -> int:
    """The last row of a table, from 0; an empty table has one blank row."""
    return HEAD_ROW + max(1, len(rows))


def height_for(texts_and_widths: Iterable[tuple[str, float]]) -> float:
    """The height of a row in which every text is shown whole, wrapped at the width of its column in characters."""
    return 14 * max((ceil(width(text) * 1.1 / room) for text, room in texts_and_widths if text), default=1) + 2


def rounded(formula: str, currency: str) -> str:
    """A live sum, rounded because cells hold binary fractions: 0.1 + 0.2 is 0.30000000000000004."""
    return f"ROUND({formula},{digits_of(currency)})"


def cell(row: int, column: int) -> str:
    """Address of a cell counted from 0, `$B$3`."""
    return f"${column_letters(column + 1)}${row + 1}"


def box(first: int, column: int, last: int) -> str:
    """A column of cells, `$B$3:$B$9`."""
    return f"{cell(first, column)}:{cell(last, column)}"
