"""Colours, fonts and cell formats; colours are safe for colour-blind eyes and never the only sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import TabKind
from warmap.text import Lang

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

INK, PALE_INK, LINE, PAPER = "#1F2933", "#596573", "#C9D1DA", "#FFFFFF"
NAVY, NAVY_PALE = "#1F3A5F", "#E8EEF5"
TEAL, TEAL_PALE = "#0B6E6E", "#E3F2F1"
SAND, SAND_PALE = "#7A5F30", "#F7F1E3"
RED, RED_PALE = "#B3261E", "#FBE9E7"
ORANGE, ORANGE_PALE = "#8F5300", "#FFF3DC"
BLUE, BLUE_PALE = "#0B5CAD", "#E3EEFA"
GREY_PALE = "#F3F5F7"
UNFINISHED = "#FFF8DB"
SEVERITY_COLOUR = {"▲": RED_PALE, "■": ORANGE_PALE, "●": BLUE_PALE}  # by the sign in front of its word

TAB_COLOUR = {TabKind.INPUT: NAVY, TabKind.COMPUTED: TEAL, TabKind.OTHER: SAND, TabKind.HIDDEN: PALE_INK}
HEADER_COLOUR = {TabKind.INPUT: NAVY, TabKind.COMPUTED: TEAL, TabKind.OTHER: SAND, TabKind.HIDDEN: PALE_INK}
FONT = {"zh": "Microsoft YaHei", "en": "Calibri"}  # both there in Excel on Windows and on Mac

DATE, MONEY, NUMBER, SCORE, PERCENT = "yyyy-mm-dd", "#,##0", "General", "0.0", "0%"
CENTS = "#,##0.00"  # where an amount is not whole: "#,##0.##" would leave a dot behind a whole one in Excel


class Formats:
    """The formats of one workbook, made once each from a base and what differs."""

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self._book, self._made = book, {}  # type: Workbook, dict[tuple[tuple[str, Any], ...], Format]
        self._base = {"font_name": FONT[lang], "font_size": 10, "font_color": INK, "valign": "vcenter"}

    def __call__(self, **what: Any) -> Format:
        """A format: the base, and what is given."""
        recipe = tuple(sorted(what.items()))
        if recipe not in self._made:
            self._made[recipe] = self._book.add_format({**self._base, **what})
        return self._made[recipe]

    def input(self, **what: Any) -> Format:
        """A free cell."""
        return self(**{"locked": False, "text_wrap": True, "valign": "top", **what})

    def computed(self, **what: Any) -> Format:
        """A protected cell that a function fills."""
        return self(
            **{"bg_color": TEAL_PALE, "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE, **what}
        )

    def filled(self) -> Format:
        """What a row of results gets where there is one; the others stay white."""
        return self._book.add_format({"bg_color": TEAL_PALE, "border": 1, "border_color": LINE})

    def header(self, colour: str, **what: Any) -> Format:
        """A header cell."""
        return self(
            **{
                "bold": True, "font_color": PAPER, "bg_color": colour, "text_wrap": True, "align": "center", "border": 1,
                "border_color": PAPER, **what,
            }
        )  # fmt: skip

    def title(self) -> Format:
        """The title of a sheet."""
        return self(bold=True, font_size=16, font_color=NAVY)

    def quiet(self, **what: Any) -> Format:
        """A line of explanation."""
        return self(font_color=PALE_INK, **what)

    def link(self) -> Format:
        """A link to another sheet."""
        return self(font_color=BLUE, underline=1)
