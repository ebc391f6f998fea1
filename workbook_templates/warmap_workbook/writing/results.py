"""Results of functions in cells: array formulas of fixed height, and columns of results beside an input table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from warmap.layout import TAB
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap_workbook.computed import BESIDE, Block, area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if, set_widths, stored
from warmap_workbook.writing.pages import ResultRows, print_rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

STATUS_HEAD = Text("自动计算", "Computed")
GAP_BESIDE = 2  # the width of the column left free between a table and its results
WIDTHS_BESIDE: Mapping[str, tuple[int, ...]] = {"people": (11, 9, 20, 70), "review": (18, 12, 14)}
OWN_COLOURS = frozenset({"wm_red_flags"})  # coloured by severity, on its own sheet
FIGURE = "[>=10]0;[>1]0.0;0.00"  # "0.##" would leave a dot behind a whole figure in Excel
COLUMN_FORMAT = {  # by block and column (from 0)
    ("wm_role_status", 2): style.PERCENT,
    ("wm_trust_pillars", 1): style.SCORE, ("wm_trust_pillars", 2): "0",
    ("wm_contact_status", 0): style.PERCENT, ("wm_contact_status", 1): style.SCORE,
    ("wm_health_why", 1): "0.00",
    ("wm_needs_view", 1): FIGURE,
    ("wm_competition_view", 1): "0.00", ("wm_competition_view", 2): "0.00",
    ("wm_competition_view", 4): '[>5]0.0;[<0]"−"0.00;+0.00',
    ("wm_fit_view", 0): style.SCORE,
    ("wm_negotiation_view", 1): '[>=1000]#,##0;[<=-1000]"−"#,##0;0.0',
    ("wm_review", 1): FIGURE, ("wm_review", 2): '[>0]+0.0;[<0]"−"0.0;0',
    ("wm_account_view", 1): '[>=10]0;[<0]"−"0.0;0.0',
    ("wm_decision_chain", 0): "0", ("wm_decision_chain", 3): style.PERCENT,
}  # fmt: skip


# Every result is an array formula, a single value too: LibreOffice recomputes array formulas when it loads a file and
# trusts the stored value of all others, so a file shows true results whether it is opened with the functions or without.
def write_array(draft: Draft, block: Block) -> None:
    """Write the headers of a block, and below them its array formula with the true value stored in every cell."""
    sheet, values = draft.sheet(block.tab), draft.values[block.name]
    first_row, first_column = block.row - 1, block.column - 1
    last_row, last_column = first_row + block.rows - 1, first_column + block.width - 1
    draft.write_heads(sheet, first_row - 1, first_column, block.function.columns, style.TEAL)
    formats = [
        draft.formats(num_format=COLUMN_FORMAT[block.name, column], align="center", **style.TOP_WRAPPED)
        if (block.name, column) in COLUMN_FORMAT
        else draft.formats(**style.TOP_WRAPPED)
        for column in range(block.width)
    ]
    if block.name not in OWN_COLOURS:
        first = f"${area(block.row, block.column, 1, 1)}"
        filled = draft.formats.conditional(bg_color=style.TEAL_PALE, **style.BOXED)
        format_if(sheet, (first_row, first_column, last_row, last_column), f"LEN({first})>0", filled)
    sheet.write_array_formula(
        first_row, first_column, last_row, last_column, f"{{={block.formula}}}", formats[0], stored(values[0][0])
    )
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            if row or column:
                put(sheet, first_row + row, first_column + column, value, formats[column])
    draft.define_name(block.name, block.tab, block.row, block.column, block.rows, block.width)


def write_single(draft: Draft, block: Block, look: Any) -> None:
    """Write a single value, and define its name."""
    one = (block.row - 1, block.column - 1) * 2
    value = stored(draft.values[block.name][0][0])
    draft.sheet(block.tab).write_array_formula(*one, f"{{={block.formula}}}", look, value)
    draft.define_name(block.name, block.tab, block.row, block.column)


def put(sheet: Worksheet, row: int, column: int, value: Scalar, look: Any = None) -> None:
    """Write a plain value; a blank becomes a formatted blank cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def widths_beside(tab: str) -> list[float]:
    """The widths of the columns right of a tab's table, including the one left free."""
    return [GAP_BESIDE, *WIDTHS_BESIDE[tab]] if tab in WIDTHS_BESIDE else []


def lines_beside(draft: Draft, tab: str) -> list[int]:
    """The number of lines that the results beside each row of a tab's table take."""
    if tab not in WIDTHS_BESIDE:
        return []
    rows = draft.values[BESIDE[tab].name]
    return [max(style.lines_of(str(c), w) for c, w in zip(cells, WIDTHS_BESIDE[tab], strict=True)) for cells in rows]


def write_beside(draft: Draft, tab: str) -> None:
    """Write the results beside each row of a table, each looked up in the array on the hidden status sheet.

    The array itself cannot stand there: Excel refuses to insert a row into the middle of an array formula.
    """
    sheet, block, place = draft.sheet(tab), BESIDE[tab], draft.places[TAB[tab].tables[0]]
    start = place.left + place.width  # one column is left free
    set_widths(sheet, start - 1, widths_beside(tab))
    head = draft.formats(bold=True, font_color=style.TEAL)
    sheet.write_string(place.header_row - 2, start, draft.say(STATUS_HEAD), head)
    draft.write_heads(sheet, place.header_row - 1, start, block.function.columns, style.TEAL)
    used = draft.formats(bg_color=style.TEAL_PALE, bottom=1, bottom_color=style.LINE)
    first = place.header_row
    box = (first, start, first + block.rows - 1, start + block.width - 1)
    format_if(sheet, box, f"LEN(TRIM($A{first + 1}))>0", used)
    if tab == "review":
        results = ResultRows(first + 1, block.rows, len(draft.map.reviews), place.width + 1 + block.width)
        print_rows(draft, tab, results, (2, 3))
    header = area(first, 1, 1, 1, absolute=True)
    for row, cells in enumerate(draft.values[block.name]):
        for column, value in enumerate(cells):
            num_format = COLUMN_FORMAT.get((block.name, column), style.NUMBER)
            look = draft.formats(num_format=num_format, **style.TOP_WRAPPED)
            formula = f'=IFERROR(INDEX({block.name},ROW()-ROW({header}),{column + 1}),"")'
            sheet.write_formula(first + row, start + column, formula, look, stored(value))
