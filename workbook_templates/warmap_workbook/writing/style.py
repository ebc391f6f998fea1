"""Colours, fonts, cell formats and row heights; colours are safe for colour-blind eyes and never the only sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import TabKind
from warmap.terms import Influence, Support, Term
from warmap.text import Lang, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

INK, PALE_INK, LINE, PAPER = "#1F2933", "#596573", "#C9D1DA", "#FFFFFF"
NAVY, NAVY_PALE = "#1F3A5F", "#E8EEF5"
TEAL, TEAL_PALE = "#0B6E6E", "#E3F2F1"
SAND, SAND_PALE = "#7A5F30", "#F7F1E3"
RED, RED_PALE = "#B3261E", "#FBE9E7"
ORANGE, ORANGE_PALE = "#8F5300", "#FFF3DC"
GREEN_PALE = "#E1F3E4"
BLUE, BLUE_PALE = "#0B5CAD", "#E3EEFA"
GREY_PALE = "#F3F5F7"
UNFINISHED = "#FFF8DB"
TERM_COLOUR: dict[Term, tuple[str, str]] = {  # ink and paper
    Influence.HIGH: (NAVY, BLUE_PALE),
    Influence.MEDIUM: (INK, GREY_PALE),
    Influence.LOW: (PALE_INK, PAPER),
    Support.STRONG_SUPPORT: (BLUE, BLUE_PALE),
    Support.SUPPORT: (BLUE, BLUE_PALE),
    Support.NEUTRAL: (INK, GREY_PALE),
    Support.OPPOSE: (ORANGE, ORANGE_PALE),
    Support.STRONG_OPPOSE: (RED, RED_PALE),
}
SEVERITY_COLOUR = {"▲": RED_PALE, "■": ORANGE_PALE, "●": BLUE_PALE}  # by the sign in front of its word

TAB_COLOUR = {TabKind.INPUT: NAVY, TabKind.COMPUTED: TEAL, TabKind.OTHER: SAND, TabKind.HIDDEN: PALE_INK}
FONT = {"zh": "Microsoft YaHei", "en": "Calibri"}  # Excel has both on Windows and on the Mac

DATE, MONEY, NUMBER, SCORE, PERCENT = "yyyy-mm-dd", "#,##0", "General", "0.0", "0%"
FIGURE = "[>=10]0;[>1]0.0;0.00"  # "0.##" would leave a dot behind a whole figure in Excel
CENTS = "#,##0.00"  # for amounts that are not whole: "#,##0.##" would leave a dot behind a whole one in Excel

# Combinations that several sheets use.
BOXED = {"border": 1, "border_color": LINE}
TOP_WRAPPED = {"text_wrap": True, "valign": "top"}
# The lines between rows stand in the cells themselves: LibreOffice 7.4 saves the borders of a conditional format black.
TABLE_CELL = {**TOP_WRAPPED, **BOXED}
LABEL = {"bg_color": NAVY_PALE, "font_color": NAVY, "border": 1, "border_color": PAPER}
LEGEND = {**LABEL, "font_size": 9, "text_wrap": True, "align": "center"}
HEADING = {"bold": True, "font_size": 12, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY}


class Formats:
    """The formats of one workbook; each is made once, from a base and what differs from it."""

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self._book, self._made = book, {}  # type: Workbook, dict[tuple[tuple[str, Any], ...], Format]
        self._base = {"font_name": FONT[lang], "font_size": 10, "font_color": INK, "valign": "vcenter"}

    def __call__(self, **what: Any) -> Format:
        """The base with these properties added or replaced."""
        recipe = tuple(sorted(what.items()))
        if recipe not in self._made:
            self._made[recipe] = self._book.add_format({**self._base, **what})
        return self._made[recipe]

    def conditional(self, **what: Any) -> Format:
        """A format for a rule that must leave the font of the cell alone: only these properties, without the base."""
        return self._book.add_format(what)

    def input(self, **what: Any) -> Format:
        """An unlocked cell."""
        return self(**{"locked": False, **TOP_WRAPPED, **what})

    def computed(self, **what: Any) -> Format:
        """A locked cell that a function fills."""
        return self(**{"bg_color": TEAL_PALE, **TABLE_CELL, **what})

    def header(self, colour: str, **what: Any) -> Format:
        """A header cell."""
        edge = {"border": 1, "border_color": PAPER}
        look = {"bold": True, "font_color": PAPER, "bg_color": colour, "text_wrap": True, "align": "center", **edge}
        return self(**{**look, **what})

    def title(self) -> Format:
        """The title of a sheet."""
        return self(bold=True, font_size=16, font_color=NAVY)

    def quiet(self, **what: Any) -> Format:
        """A line of explanation."""
        return self(font_color=PALE_INK, **what)

    def link(self) -> Format:
        """A link to another sheet."""
        return self(font_color=BLUE, underline=1)


def money(decimals: int) -> str:
    """The number format of an amount: `#,##0.00` with as many decimals."""
    return MONEY + ("." + "0" * decimals if decimals else "")


LETTERS: dict[Lang, float] = {"zh": 1, "en": 1.1}  # of a text in a unit of a column's width, at least


def lines_of(text: str, column: float) -> int:
    """Lines that a text takes in a column of this width, at least one.

    Row heights are computed here and stored, because LibreOffice and others do not fit rows to wrapped text when they
    open a file.
    """
    return sum(max(1, -(-width(line) // max(1, int(column)))) for line in text.split("\n"))
