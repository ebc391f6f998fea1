"""What the cells of the workbook look like: the template's colours and fonts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from warmap.text import Lang
from warmap_app.outputs.columns import Unit
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SEVERITY_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "critical": {"font_color": style.RED, "bg_color": style.RED_PALE},
    "major": {"font_color": style.ORANGE, "bg_color": style.ORANGE_PALE},
    "minor": {"font_color": style.BLUE, "bg_color": style.BLUE_PALE},
}
BAND_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "green": {"font_color": style.TEAL, "bg_color": style.TEAL_PALE},
    "amber": SEVERITY_LOOKS["major"],
    "red": SEVERITY_LOOKS["critical"],
}
NUMBER_FORMATS: Mapping[Unit, str] = {
    Unit.COUNT: "0",
    Unit.POINTS: "0.0",
    Unit.SHARE: "0%",
    Unit.MONEY: "#,##0",
    Unit.DATE: "yyyy-mm-dd",
}
_PAPER_A4 = 9
_LINED = {"bottom": 1, "bottom_color": style.LINE}


class Looks(style.Formats):
    """The formats of a result's cells."""

    def cell(self, unit: Unit = Unit.TEXT, **what: Any) -> Format:
        """A cell of a table: text wraps and stands at the top, numbers in their unit."""
        number = NUMBER_FORMATS.get(unit)
        own: dict[str, Any] = {"text_wrap": True} if number is None else {"num_format": number}
        if unit is Unit.DATE:
            own["align"] = "center"
        return self(**{"valign": "top", **_LINED, **own, **what})

    def head(self, **what: Any) -> Format:
        """The head of a column."""
        return self.header(style.NAVY, **what)

    def severity(self, code: str) -> Format:
        """A severity, with its colour."""
        return self.cell(Unit.TEXT, bold=True, **SEVERITY_LOOKS.get(code, {}))

    def linked(self) -> Format:
        """A cell that opens a file."""
        return self.cell(font_color=style.BLUE, underline=1)


def set_page(sheet: Worksheet, columns: int, lang: Lang, *, top_rows: int) -> None:
    """How a sheet prints: across, as wide as the paper, heads on every page, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top_rows - 1)
    sheet.set_footer("&L&8&A&R&8" + ("第 &P 页，共 &N 页" if lang == "zh" else "Page &P of &N"))
    sheet.hide_gridlines(2)
    sheet.freeze_panes(top_rows, columns)
