"""Beside each row of an input table its results, looked up row by row from the hidden status sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warmap.text import Text
from warmap_workbook.computed import BESIDE, BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.arrays import COLUMN_FORMAT
from warmap_workbook.writing.printing import Placed, print_rows
from warmap_workbook.writing.widths import lines_of
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from warmap_workbook.writing.build import Draft

STATUS_HEAD = Text("自动计算", "Computed")
GAP_BESIDE = 2  # the width of the column left free between a table and its results
WIDTHS_BESIDE: Mapping[str, tuple[int, ...]] = {"people": (11, 9, 20, 70), "review": (18, 12, 14)}


def widths_beside(tab: str) -> list[float]:
    """The widths of the columns right of a tab's table, the one left free included."""
    return [GAP_BESIDE, *WIDTHS_BESIDE[tab]] if tab in WIDTHS_BESIDE else []


def lines_beside(draft: Draft, tab: str) -> list[int]:
    """How many lines the results beside each row of a tab's table take."""
    if tab not in WIDTHS_BESIDE:
        return []
    rows = draft.values[BESIDE[tab].block]
    return [max(lines_of(str(c), w) for c, w in zip(cells, WIDTHS_BESIDE[tab], strict=True)) for cells in rows]


def write_beside(draft: Draft, tab: str) -> None:
    """Beside each row of a table its results, looked up row by row from the hidden status sheet.

    An array formula beside the rows would keep Excel from inserting a row among them.
    """
    beside = BESIDE[tab]
    place, block = draft.places[beside.table], BLOCK[beside.block]
    sheet = draft.sheet(tab)
    start = place.left + place.width  # one column is left free
    for column, width in enumerate(WIDTHS_BESIDE[tab]):
        sheet.set_column(start + column, start + column, width)
    sheet.set_column(start - 1, start - 1, GAP_BESIDE)
    sheet.write_string(
        place.header_row - 2, start, STATUS_HEAD.to(draft.lang), draft.formats(bold=True, font_color=style.TEAL)
    )
    for column, text in enumerate(block.function.columns):
        sheet.write_string(place.header_row - 1, start + column, text.to(draft.lang), draft.formats.header(style.TEAL))
    used = draft.formats(bg_color=style.TEAL_PALE, bottom=1, bottom_color=style.LINE)
    first, last = place.header_row, place.header_row + beside.rows - 1
    what = {"type": "formula", "criteria": f"=LEN(TRIM($A{first + 1}))>0", "format": used}
    sheet.conditional_format(first, start, last, start + block.width - 1, what)
    if tab == "review":
        placed = Placed(place.header_row + 1, beside.rows, place.width + 1 + block.width)
        print_rows(draft, place.tab, placed, len(draft.map.reviews), (2, 3))
    header = area(place.header_row, 1, 1, 1, absolute=True)
    for row in range(beside.rows):
        for column, value in enumerate(draft.values[block.name][row]):
            num_format = COLUMN_FORMAT.get((block.name, column), "General")
            shown = draft.formats(num_format=num_format, text_wrap=True, valign="top")
            formula = f'=IFERROR(INDEX({block.name},ROW()-ROW({header}),{column + 1}),"")'
            sheet.write_formula(place.header_row + row, start + column, formula, shown, stored(value))
