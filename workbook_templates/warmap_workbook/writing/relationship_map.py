"""The relationship map: the tree of who reports to whom and, beside each person, a heat map that also reads in grey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warmap.terms import BuyingRole, Influence, Support
from warmap.text import Text
from warmap.worksheet.relationships import EMPTY, GONE, MAP_WIDTH, SIGN_OF, STALE, UNKNOWN, letters
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.computed_sheets import write_array
from warmap_workbook.writing.draft import Draft, format_if, set_widths
from warmap_workbook.writing.pages import ResultRows, page, print_rows

TAB = "relationships"
WIDTHS = (MAP_WIDTH + 2, 18, 8, 10, 13, 13, 11, 9, 11, 17, 12, 14)
REMARKS, INFLUENCE, SUPPORT, EVIDENCE, ENGAGEMENT, TRUST, DAYS, FLAGS = 1, 3, 4, 5, 6, 7, 8, 9  # columns, from 0
LINE = {"bottom": 1, "bottom_color": style.LINE}  # not below the tree: it would cross the tree's own
NUMBER_FORMAT = {ENGAGEMENT: style.PERCENT, TRUST: "0", DAYS: "0"}
TREE_FONT = style.FONT["zh"]  # in either language: the lines of the tree are as wide as Chinese characters
ROW_HEIGHT = 30  # two lines; in a higher row the lines of the tree would not meet those of the next
FULL = {ENGAGEMENT: 1, TRUST: 100}
WARM, COLD = 0.7, 0.4  # shares of the full value from which and below which a cell has a colour
LEGEND = Text(
    "{roles} ｜ 影响力 {influence} ｜ 支持度 {support}\n{unknown} 未知 ｜ {empty} 空位（虚线框） ｜ {gone} 已离开（灰） ｜ {stale} 过时（字变淡）",
    "{roles} | influence {influence} | support {support}\n{unknown} unknown | {empty} empty seat (dashed) | {gone} gone (grey) | {stale} out of date (faint)",
)


def write_relationship_map(draft: Draft) -> None:
    """Write the sheet: legend, tree, judgements and their colours."""
    sheet, block = page(draft, TAB), BLOCK["wm_org_map"]
    set_widths(sheet, 0, WIDTHS)
    quiet = draft.formats.quiet(font_size=9, text_wrap=True)
    sheet.merge_range(2, 1, 2, block.width - 1, _legend(draft), quiet)
    sheet.set_row(2, 28)
    small = [draft.formats(**LINE, **_small(column)) for column in range(1, block.width)]
    write_array(draft, block, [draft.formats(font_name=TREE_FONT, **style.TOP_WRAPPED), *small])
    in_use = sum(row[0] != "" for row in draft.values[block.name])
    for row in range(block.row - 1 + in_use, block.row - 1 + block.rows):  # no lines where nobody stands
        for column in range(1, block.width):
            sheet.write_blank(row, column, None, draft.formats(**_small(column)))
    sheet.set_row(block.row - 2, 28)
    for row in range(block.row - 1, block.row - 1 + block.rows):
        sheet.set_row(row, ROW_HEIGHT)
    for column, condition, look in _colours():
        box = (block.row - 1, column, block.row + block.rows - 2, column)
        format_if(sheet, box, condition, draft.formats.conditional(**look), stop=True)
    sheet.freeze_panes(block.row - 1, 1)
    sheet.repeat_rows(block.row - 2)
    print_rows(draft, TAB, ResultRows(block.row, block.rows, in_use, block.width), (3, 1))


def _small(column: int) -> dict[str, Any]:
    look = {"font_size": 9, "text_wrap": True, "num_format": NUMBER_FORMAT.get(column, style.NUMBER)}
    return {**look, "align": "center" if column in NUMBER_FORMAT else "left"}


def _legend(draft: Draft) -> str:
    facts = {
        "roles": " · ".join(f"{letters([role])} {draft.say(role.label)}" for role in BuyingRole),
        "influence": " · ".join(f"{SIGN_OF[term]} {draft.say(term.label)}" for term in Influence),
        "support": " · ".join(f"{SIGN_OF[term]} {draft.say(term.label)}" for term in Support),
    }
    return LEGEND.to(draft.lang).format(**facts, unknown=UNKNOWN, empty=EMPTY, gone=GONE, stale=STALE)


def _colours() -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Column, condition and look of each rule; the first that fits a cell ends the others.

    Each column has its rules to itself: where two ranges with rules meet, LibreOffice 7.4 heeds the first range only.
    """
    block = BLOCK["wm_org_map"]
    remarks = cell_of(REMARKS)
    for column in range(block.width):
        own = cell_of(column)
        yield column, f'LEFT({remarks},1)="{EMPTY}"', {"font_color": style.ORANGE, "italic": True}
        yield column, f'LEFT({remarks},1)="{GONE}"', {"font_color": style.PALE_INK, "bg_color": style.GREY_PALE}
        if column in {INFLUENCE, SUPPORT}:
            yield column, f'LEFT({own},1)="{UNKNOWN}"', {"bg_color": style.UNFINISHED}
        if column in {SUPPORT, EVIDENCE, DAYS}:
            is_stale = f'ISNUMBER(FIND("{STALE}",{remarks}))'
            yield column, is_stale, {"font_color": style.PALE_INK, "italic": True}
        for sign, look in _signs(column).items():
            yield column, f'LEFT({own},{len(sign)})="{sign}"', look
        if column in FULL:
            share = f"{own}/{FULL[column]}"
            yield column, f"AND(ISNUMBER({own}),{share}>={WARM})", {"bg_color": style.BLUE_PALE}
            yield column, f"AND(ISNUMBER({own}),{share}<{COLD})", {"bg_color": style.ORANGE_PALE}


def cell_of(column: int) -> str:
    """The first cell of a column of the map."""
    return f"${area(BLOCK['wm_org_map'].row, column + 1, 1, 1)}"


def _signs(column: int) -> dict[str, dict[str, Any]]:
    """The look of a cell of a column by the sign it begins with."""
    if column == FLAGS:
        return {sign: {"bg_color": paper} for sign, paper in style.SEVERITY_COLOUR.items()}
    if column not in {INFLUENCE, SUPPORT}:
        return {}
    colours = {term: style.TERM_COLOUR[term] for term in (Influence if column == INFLUENCE else Support)}
    return {f"{SIGN_OF[term]} ": {"font_color": ink, "bg_color": paper} for term, (ink, paper) in colours.items()}
