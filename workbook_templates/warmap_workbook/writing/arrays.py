"""Results of functions as array formulas of fixed height, each cell with its true value stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import TAB
from warmap.worksheet import Scalar
from warmap_workbook.computed import Block, area
from warmap_workbook.writing import style
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

OWN_COLOURS = frozenset({"wm_red_flags"})  # by severity, see below
WRAPPED = {"text_wrap": True, "valign": "top"}
FIGURE = "[>=10]0;[>1]0.0;0.00"  # "0.##" would leave a dot behind a whole figure in Excel
COLUMN_FORMAT = {
    ("wm_role_status", 2): style.PERCENT, ("wm_trust_pillars", 1): style.SCORE, ("wm_contact_status", 0): style.PERCENT,
    ("wm_contact_status", 1): style.SCORE, ("wm_health_why", 1): "0.00", ("wm_needs_view", 1): FIGURE,
    ("wm_competition_view", 1): "0.00", ("wm_competition_view", 2): "0.00", ("wm_competition_view", 4): '[>5]0.0;[<0]"−"0.00;+0.00',
    ("wm_trust_pillars", 2): "0", ("wm_fit_view", 0): style.SCORE, ("wm_negotiation_view", 1): '[>=1000]#,##0;[<=-1000]"−"#,##0;0.0',
    ("wm_review", 1): FIGURE, ("wm_review", 2): '[>0]+0.0;[<0]"−"0.0;0',
    ("wm_account_view", 1): '[>=10]0;[<0]"−"0.0;0.0', ("wm_decision_chain", 0): "0", ("wm_decision_chain", 3): style.PERCENT,
}  # fmt: skip


def write_heads(draft: Draft, sheet: Worksheet, block: Block) -> None:
    """The headings of a block, in the row above it."""
    for column, text in enumerate(block.function.columns, block.column - 1):
        sheet.write_string(block.row - 2, column, text.to(draft.lang), draft.formats.header(style.TEAL))


# Every result is an array formula, a single value too: LibreOffice recomputes array formulas when it loads a file and
# trusts the stored value of the others, so both ways of opening it (with the functions, and without) show what is true.
def write_array(draft: Draft, sheet: Worksheet, block: Block) -> None:
    """An array formula of fixed height with its true values stored in every cell."""
    values = draft.values[block.name]
    first_row, first_column = block.row - 1, block.column - 1
    formats = [
        draft.formats(num_format=COLUMN_FORMAT[block.name, column], align="center", **WRAPPED)
        if (block.name, column) in COLUMN_FORMAT
        else draft.formats(**WRAPPED)
        for column in range(block.width)
    ]
    if block.name not in OWN_COLOURS:
        first = area(block.row, block.column, 1, 1).replace(str(block.row), "")
        what = {"type": "formula", "criteria": f"=LEN(${first}{block.row})>0", "format": draft.formats.filled()}
        last_row, last_column = first_row + block.rows - 1, first_column + block.width - 1
        sheet.conditional_format(first_row, first_column, last_row, last_column, what)
    head = values[0][0]
    sheet.write_array_formula(
        first_row, first_column, first_row + block.rows - 1, first_column + block.width - 1,
        f"{{={block.formula}}}", formats[0], stored(head),
    )  # fmt: skip
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            if row or column:
                put(sheet, first_row + row, first_column + column, value, formats[column])
    draft.book.define_name(
        block.name, f"='{TAB[block.tab].name.to(draft.lang)}'!" + area(block.row, block.column, block.rows, block.width, absolute=True)
    )  # fmt: skip


def put(sheet: Worksheet, row: int, column: int, value: Scalar, cell_format: object = None) -> None:
    """A value as it is; a blank one as a blank cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)


def write_single(draft: Draft, sheet: Worksheet, block: Block, shown: Any) -> None:
    """A single value and its name."""
    value = draft.values[block.name][0][0]
    one = (block.row - 1, block.column - 1) * 2
    sheet.write_array_formula(*one, f"{{={block.formula}}}", shown, stored(value))
    cell = area(block.row, block.column, 1, 1, absolute=True)
    draft.book.define_name(block.name, f"='{TAB[block.tab].name.to(draft.lang)}'!{cell}")
