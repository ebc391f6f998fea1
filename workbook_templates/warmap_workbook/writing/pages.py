"""The common face of every visible sheet, and how it prints on A4 and on Letter: headers repeated, nothing cut."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warmap.layout import TAB, Tab, TabKind
from warmap.text import Lang, Text
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE = Text("大客户作战地图", "Key-account war map")
# A printed sheet may hold the price below which we walk away.
INTERNAL = Text("内部资料，请勿外传", "Internal: do not pass on")
HOME_LINK = Text("↩ 首页", "↩ Home")
OVERFLOW = Text(
    "▲ 下面还有内容不在打印区域内：页面布局 → 打印区域 → 取消",
    "▲ There is more below the print area: Page Layout → Print Area → Clear",
)
# Everything is allowed but changing locked cells: sorting, filtering and inserting rows must work.
PROTECTION = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows", "insert_hyperlinks",
        "delete_columns", "delete_rows", "sort", "autofilter", "pivot_tables", "objects", "scenarios",
        "select_locked_cells", "select_unlocked_cells",
    ),
    True,
)  # fmt: skip
SPARE = 5  # rows printed below those in use, for the map to grow
# How many rows of a long sheet are printed at least; they fill a page.
USUAL_ROWS = {
    "people": 15,
    "relationships": 19,
    "red_flags": 12,
    "checklist": 32,
    "check": 16,
    "review": 20,
    "wins": 24,
}
A4 = 9
MARGIN = 0.4  # inches, left and right
PRINTED_WIDTH = (11 - 2 * MARGIN) * 96 * 0.95  # pixels across a Letter page, the narrower of the two; some in reserve
PIXELS, PADDING = 7, 5  # of a column: for each unit of its width, and once
# Sheets too wide for one page in legible letters: the fields that begin a new page, and how many of the table's first
# columns each page repeats. Excel heeds such breaks only at a scale given as a figure, not when it fits to pages.
BREAKS: dict[str, tuple[tuple[str, ...], int]] = {
    "people": (("influence",), 1),
}
UPRIGHT = frozenset({"guide", "history", "settings"})  # lists that are longer than they are wide
ONE_PAGE = frozenset({"deal", "history", "stages", "profile"})


def page(draft: Draft, code: str, *, link: bool = True) -> Worksheet:
    """Begin a visible sheet: title, purpose, link home, print set-up, protection without a password."""
    tab, sheet = TAB[code], draft.sheet(code)
    sheet.write_string(0, 0, draft.say(tab.name), draft.formats.title())
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, draft.say(tab.purpose), draft.formats.quiet())
    if link:
        target = f"internal:'{draft.tab_name('home')}'!A1"
        sheet.write_url(2, 0, target, draft.formats.link(), draft.say(HOME_LINK))
    sheet.set_paper(A4)
    if code not in UPRIGHT:
        sheet.set_landscape()
    if tab.kind is not TabKind.INPUT:
        sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1 if code in ONE_PAGE else 0)
    sheet.set_margins(MARGIN, MARGIN, 0.5, 0.6)
    sheet.set_footer(f"&L{foot(tab, draft.lang)}&C&F&R&P / &N")  # the file's name tells whose deal a page is about
    sheet.protect("", PROTECTION)
    return sheet


def foot(tab: Tab, lang: Lang) -> str:
    """The left part of a page's footer."""
    return f"{TITLE.to(lang)} · {tab.name.to(lang)} · {INTERNAL.to(lang)}"


@dataclass(frozen=True, slots=True)
class ResultRows:
    """The rows of a table or its results: the first (from 1), how many, how many in use, and the columns to print.

    `key` is the column (from 1) that is filled in every row in use.
    """

    top: int
    rows: int
    in_use: int
    width: int
    key: int = 1


def print_rows(draft: Draft, tab: str, results: ResultRows, note_at: tuple[int, int]) -> None:
    """Set the print area of a sheet with more rows than most maps need, and add a note for content below it.

    A print area that follows the results would be a formula, which LibreOffice 7.4 and openpyxl do not accept. So it is
    fixed with room to grow, and a cell (row and column from 0) says when something stands below it: the note is always
    there, in a number format that hides it, and a conditional format shows it.
    """
    usual, sheet = USUAL_ROWS[tab], draft.sheet(tab)
    spare = 0 if tab == "checklist" else SPARE  # there a new person takes six rows, and five would begin an empty page
    rows = min(results.rows, max(usual, results.in_use + spare))
    # Without title and purpose where each page repeats a column: they would be cut where that column ends.
    sheet.print_area(2 if tab in BREAKS else 0, 0, results.top + rows - 2, results.width - 1)
    if rows == results.rows:
        return
    unseen = draft.formats(bold=True, font_color=style.ORANGE, num_format=";;;")
    sheet.write_string(*note_at, draft.say(OVERFLOW), unseen)
    below = area(results.top + rows, results.key, results.rows - rows, 1, absolute=True)
    format_if(sheet, (*note_at, *note_at), f"SUMPRODUCT(--(LEN({below})>0))>0", draft.formats(num_format="@"))


def set_breaks(draft: Draft, tab: str, widths: Sequence[float]) -> None:
    """Break pages between groups of columns or tables, at the largest scale at which each group fits a page.

    `widths` are those of all columns of the sheet, from the first on.
    """
    sheet, (starts, repeated), left = draft.sheet(tab), _break_columns(draft, tab), TAB[tab].left - 1
    if not starts:
        return
    sheet.set_print_scale(scale_for(widths, starts, range(left, left + repeated)))
    sheet.set_v_pagebreaks(starts)
    if repeated:
        sheet.repeat_columns(left, left + repeated - 1)


def _break_columns(draft: Draft, tab: str) -> tuple[list[int], int]:
    """The columns (from 0) that begin a page, and how many of the table's first columns each page repeats."""
    places = [draft.places[table] for table in TAB[tab].tables]
    if tab in BREAKS:
        fields, repeated = BREAKS[tab]
        codes = [field.code for field in places[0].table.fields]
        return [places[0].left - 1 + codes.index(field) for field in fields], repeated
    if tab in {"competition", "negotiation", "actions"}:
        starts = [place.left - 1 for place in places[1:]]
        return starts[:1] if tab == "competition" else starts, 0  # strengths and SWOT share a page
    return [], 0


def scale_for(widths: Sequence[float], starts: Sequence[int] = (), repeated: Sequence[int] = ()) -> int:
    """The scale in per cent, at most 100, at which the widest page fits a Letter page; `repeated` columns stand on each."""
    pixels = [int(width * PIXELS + PADDING) for width in widths]
    again = sum(pixels[column] for column in repeated)
    bounds = [0, *starts, len(pixels)]
    pages = [sum(pixels[a:b]) + (again if a else 0) for a, b in itertools.pairwise(bounds)]
    return min(100, int(100 * PRINTED_WIDTH / max(pages)))
