"""The computed sheets: scoreboard, red flags, win checklist, the hidden status and last values, the columns on People."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.text import Text
from warmap_templates import style
from warmap_templates.computed import BLOCK, BLOCKS, CONTACT_ROOM, area
from warmap.layout import TAB

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap.functions import Scalar
    from warmap_templates.build import Draft
    from warmap_templates.computed import Block

SCORES = Text("得分", "Scores")
SCORE_HEADS = (Text("得分项", "Score"), Text("说明", "What it is"), Text("数值", "Value"))
SCORE_LINES: tuple[tuple[str, Text], ...] = (
    ("wm_score_role_coverage", Text("角色覆盖", "Role coverage")),
    ("wm_score_trust", Text("信任", "Trust")),
    ("wm_score_win", Text("赢标准", "Win criteria")),
    ("wm_score_stage_reached", Text("实际阶段", "Stage earned")),
)
SCORE_FORMAT = {
    "wm_score_role_coverage": style.PERCENT,
    "wm_score_trust": style.SCORE,
    "wm_score_win": style.PERCENT,
    "wm_score_stage_reached": "0",
}
SECTION = {
    "wm_role_status": Text("四类购买角色", "The four buying roles"),
    "wm_trust_pillars": Text("信任的四根支柱", "The four pillars of trust"),
    "wm_next_actions": Text("下一步行动", "Next actions"),
    "wm_stage_gates": Text("阶段出口标准：申报与实际", "Exit criteria: the stage claimed and the stage earned"),
}
COLUMN_FORMAT = {("wm_role_status", 2): style.PERCENT, ("wm_trust_pillars", 1): style.SCORE,
                 ("wm_contact_status", 0): style.PERCENT, ("wm_contact_status", 1): style.SCORE}  # fmt: skip
SPARE_PRINTED = 20  # rows printed below those in use, so that a map that grows still prints whole
STATUS_HEAD = Text("自动计算", "Computed")


def write(draft: Draft) -> None:
    """All computed cells but those of the front page."""
    from warmap_templates.build import page

    _last_values(draft)
    board = page(draft, TAB["scoreboard"])
    _scoreboard(draft, board)
    for code, widths, height in (
        ("red_flags", (11, 9, 14, 46, 52, 34), 42), ("checklist", (13, 16, 24, 12, 18, 60), 30),
    ):  # fmt: skip
        sheet = page(draft, TAB[code])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        block = next(b for b in BLOCKS if b.tab == code)
        _heads(draft, sheet, block)
        _array(draft, sheet, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, height)
        sheet.freeze_panes(block.row - 1, 0)
        sheet.repeat_rows(block.row - 2)
        filled = sum(any(cell != "" for cell in row) for row in draft.values[block.name])
        sheet.print_area(0, 0, min(block.row + block.rows, block.row + filled + SPARE_PRINTED) - 2, block.width - 1)
    _colour_flags(draft)
    status = draft.sheet("status")
    _heads(draft, status, BLOCK["wm_contact_status"])
    _array(draft, status, BLOCK["wm_contact_status"])
    _people_columns(draft)


def _heads(draft: Draft, sheet: Worksheet, block: Block) -> None:
    for column, text in enumerate(block.function.columns, block.column - 1):
        sheet.write_string(block.row - 2, column, text.to(draft.lang), draft.formats.header(style.TEAL))


# Every result is an array formula, a single value too: LibreOffice recomputes array formulas when it loads a file and
# trusts the stored value of the others, so both ways of opening it (with the functions, and without) show what is true.
def _array(draft: Draft, sheet: Worksheet, block: Block) -> None:
    """An array formula of fixed height with its true values stored in every cell."""
    values = draft.values[block.name]
    first_row, first_column = block.row - 1, block.column - 1
    formats = [
        draft.formats.computed(num_format=COLUMN_FORMAT.get((block.name, column), "General"))
        for column in range(block.width)
    ]
    head = values[0][0]
    sheet.write_array_formula(
        first_row, first_column, first_row + block.rows - 1, first_column + block.width - 1,
        f"{{={block.formula}}}", formats[0], "" if head is None else head,
    )  # fmt: skip
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            if row or column:
                _put(sheet, first_row + row, first_column + column, value, formats[column])
    draft.book.define_name(
        block.name, f"='{TAB[block.tab].name.to(draft.lang)}'!" + area(block.row, block.column, block.rows, block.width, absolute=True)
    )  # fmt: skip


def _put(sheet: Worksheet, row: int, column: int, value: Scalar, cell_format: object = None) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)


def _last_values(draft: Draft) -> None:
    """The results as last computed, for a program that does not have the functions."""
    sheet = draft.sheet("last")
    sheet.write_string(0, 0, "last computed values")
    for block in BLOCKS:
        for row, cells in enumerate(draft.values[block.name], block.last_row - 1):
            for column, value in enumerate(cells):
                if value is not None and value != "":
                    _put(sheet, row, column, value)


def _scoreboard(draft: Draft, sheet: Worksheet) -> None:
    for column, width in enumerate((58, 26, 22, 24, 18, 44)):
        sheet.set_column(column, column, width)
    bold = draft.formats(bold=True, font_size=12, font_color=style.TEAL)
    sheet.write_string(3, 0, SCORES.to(draft.lang), bold)
    for column, text in enumerate(SCORE_HEADS):
        sheet.write_string(4, column, text.to(draft.lang), draft.formats.header(style.TEAL))
    for name, label in SCORE_LINES:
        block = BLOCK[name]
        sheet.write_string(block.row - 1, 0, label.to(draft.lang), draft.formats.computed(bold=True))
        what = f"{block.function.help.to(draft.lang)} ({block.function.result.to(draft.lang)})"
        sheet.write_string(block.row - 1, 1, what, draft.formats.computed())
        value = draft.values[name][0][0]
        shown = draft.formats.computed(num_format=SCORE_FORMAT[name], bold=True, align="center")
        one = (block.row - 1, block.column - 1) * 2
        sheet.write_array_formula(*one, f"{{={block.formula}}}", shown, "" if value is None else value)
        cell = area(block.row, block.column, 1, 1, absolute=True)
        draft.book.define_name(name, f"='{TAB['scoreboard'].name.to(draft.lang)}'!{cell}")
        sheet.set_row(block.row - 1, 30)
    for name, label in SECTION.items():
        block = BLOCK[name]
        sheet.write_string(block.row - 3, 0, label.to(draft.lang), bold)
        _heads(draft, sheet, block)
        _array(draft, sheet, block)
    for row in range(BLOCK["wm_next_actions"].row - 1, BLOCK["wm_next_actions"].row + 9):
        sheet.set_row(row, 32)
    sheet.freeze_panes(3, 0)


def _colour_flags(draft: Draft) -> None:
    """Red flags by severity; the answered ones grey."""
    block = BLOCK["wm_red_flags"]
    sheet = draft.sheet("red_flags")
    first, last = block.row - 1, block.row + block.rows - 2
    for criteria, look in (
        (f"=LEN($F{block.row})>0", {"font_color": style.PALE_INK, "bg_color": style.GREY_PALE}),
        (f'=LEFT($A{block.row},1)="▲"', {"bg_color": style.RED_PALE}),
        (f'=LEFT($A{block.row},1)="■"', {"bg_color": style.ORANGE_PALE}),
        (f'=LEFT($A{block.row},1)="●"', {"bg_color": style.BLUE_PALE}),
        (f"=LEN($A{block.row}&$B{block.row})=0", {"bg_color": style.PAPER}),
    ):
        what = {"type": "formula", "criteria": criteria, "format": draft.book.add_format(look), "stop_if_true": True}
        sheet.conditional_format(first, 0, last, block.width - 1, what)


def _people_columns(draft: Draft) -> None:
    """Beside each person: engagement, trust, open flags, next step, looked up row by row from the hidden status sheet.

    An array formula beside the rows would keep Excel from inserting a row among them.
    """
    place, block = draft.places["contacts"], BLOCK["wm_contact_status"]
    sheet = draft.sheet("people")
    start = place.left + place.width  # one column is left free
    for column, width in enumerate((11, 9, 18, 48)):
        sheet.set_column(start + column, start + column, width)
    sheet.set_column(start - 1, start - 1, 2)
    sheet.write_string(place.header_row - 2, start, STATUS_HEAD.to(draft.lang), draft.formats(bold=True, font_color=style.TEAL))
    for column, text in enumerate(block.function.columns):
        sheet.write_string(place.header_row - 1, start + column, text.to(draft.lang), draft.formats.header(style.TEAL))
    used = draft.formats(bg_color=style.TEAL_PALE, bottom=1, bottom_color=style.LINE)
    first, last = place.header_row, place.header_row + CONTACT_ROOM - 1
    criteria = f"=LEN(TRIM($A{first + 1}))>0"
    what = {"type": "formula", "criteria": criteria, "format": used}
    sheet.conditional_format(first, start, last, start + block.width - 1, what)
    for row in range(CONTACT_ROOM):
        values = draft.values[block.name][row]
        for column in range(block.width):
            num_format = COLUMN_FORMAT.get((block.name, column), "General")
            shown = draft.formats(num_format=num_format, text_wrap=True, valign="top")
            formula = f"=INDEX(wm_contact_status,ROW()-ROW({area(place.header_row, 1, 1, 1, absolute=True)}),{column + 1})"
            value = values[column]
            sheet.write_formula(place.header_row + row, start + column, formula, shown, "" if value is None else value)
