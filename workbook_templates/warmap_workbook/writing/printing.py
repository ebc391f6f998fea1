"""How the sheets print, on A4 and on Letter alike: landscape, headers repeated, nothing cut, tables kept together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from warmap.layout import Placement, Tab
from warmap.text import Lang, Text
from warmap_workbook.computed import area
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

OVERFLOW = Text(
    "▲ 下面还有内容不在打印区域内：页面布局 → 打印区域 → 取消",
    "▲ More stands below the print area: Page Layout → Print Area → Clear",
)
SPARE = 5  # rows that must be left for a map to grow, else all are printed
# How many rows are printed, at least, of a sheet that reaches further down than a map usually does: whole pages.
USUAL_ROWS = {"people": 20, "red_flags": 30, "checklist": 60, "check": 14, "review": 20}
TITLE = Text("大客户作战地图", "Key-account war map")
A4 = 9
MARGIN = 0.4  # inches, left and right
PRINTED_WIDTH = (11 - 2 * MARGIN) * 96 * 0.95  # pixels across a Letter page, the narrower of the two; some in reserve
PIXELS, PADDING = 7, 5  # of a column: so many for a unit of its width, and so many beside
# Sheets too wide for one page in legible letters: the fields before which a new page begins, and how many of the first
# columns are repeated there. Excel heeds such breaks only at a scale given as a figure, not when it fits to pages.
BREAKS: dict[str, tuple[tuple[str, ...], int]] = {
    "people": (("influence", "post_status"), 1),
    "wins": (("evidence_grade",), 2),
}
ONE_PAGE = frozenset({"deal", "stages", "profile"})


def set_print(sheet: Worksheet, tab: Tab, lang: Lang) -> None:
    """A4, landscape, one page wide, title and page number at the foot."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if tab.code in ONE_PAGE else 0)
    sheet.set_margins(MARGIN, MARGIN, 0.5, 0.6)
    sheet.set_footer(f"&L{foot(tab, lang)}&R&P / &N")


def foot(tab: Tab, lang: Lang) -> str:
    """What stands at the left of a printed page's foot."""
    return f"{TITLE.to(lang)} · {tab.name.to(lang)}"


def print_rows(draft: Draft, tab: Tab, table: Placed, in_use: int, note_at: tuple[int, int]) -> None:
    """Set the print area of a sheet whose results reach further down than a map usually does, and the note on the rest.

    A print area that follows the results would be a formula, which LibreOffice 7.4 and openpyxl do not take. So it is
    fixed with room to grow, and once something stands below it a cell (row and column from 0) says so. The note is
    always in its cell; a conditional format lets it be seen.
    """
    usual, sheet = USUAL_ROWS[tab.code], draft.sheet(tab.code)
    rows = table.rows if in_use > usual - SPARE else min(table.rows, usual)
    sheet.print_area(0, 0, table.top + rows - 2, table.width - 1)
    if rows == table.rows:
        return
    unseen = draft.formats(bold=True, font_color=style.ORANGE, num_format=";;;")
    sheet.write_string(*note_at, OVERFLOW.to(draft.lang), unseen)
    below = area(table.top + rows, 1, table.rows - rows, 1, absolute=True)
    what = {
        "type": "formula",
        "criteria": f"=SUMPRODUCT(--(LEN({below})>0))>0",
        "format": draft.formats(num_format="@"),
    }
    sheet.conditional_format(*note_at, *note_at, what)


class Placed(NamedTuple):
    """The rows a sheet has results for: the first of them (from 1), how many, and the columns that are printed."""

    top: int
    rows: int
    width: int


def break_columns(tab: Tab, places: Sequence[Placement]) -> tuple[list[int], int]:
    """The columns (from 0) that begin a page, and how many of the first are repeated on each."""
    if tab.code in BREAKS:
        fields, repeated = BREAKS[tab.code]
        codes = [field.code for field in places[0].table.fields]
        return [places[0].left - 1 + codes.index(field) for field in fields], repeated
    if tab.code in {"competition", "negotiation", "actions"}:
        starts = [place.left - 1 for place in places[1:]]
        return starts[:1] if tab.code == "competition" else starts, 0  # strengths and SWOT share a page
    return [], 0


def set_breaks(sheet: Worksheet, tab: Tab, places: Sequence[Placement], widths: Sequence[float]) -> None:
    """Page breaks between groups of columns or tables, at the largest scale at which each page is wide enough.

    `widths` are those of all columns of the sheet, from the first on.
    """
    starts, repeated = break_columns(tab, places)
    if not starts:
        return
    sheet.set_print_scale(scale_for(widths, starts, repeated))
    sheet.set_v_pagebreaks(starts)
    if repeated:
        sheet.repeat_columns(0, repeated - 1)


def scale_for(widths: Sequence[float], starts: Sequence[int], repeated: int) -> int:
    """Per cent, at most 100, at which the widest page fits a Letter page."""
    pixels = [int(width * PIXELS + PADDING) for width in widths]
    again = sum(pixels[:repeated])
    bounds = [0, *starts, len(pixels)]
    pages = [sum(pixels[a:b]) + (again if a else 0) for a, b in itertools.pairwise(bounds)]
    return min(100, int(100 * PRINTED_WIDTH / max(pages)))
