"""The computed sheets: red flags, checks, win checklist, the hidden status and last values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.layout import TAB
from warmap.text import Text
from warmap_workbook.computed import BLOCK, BLOCKS, RULE_SHOWN
from warmap_workbook.writing import style
from warmap_workbook.writing.arrays import put, write_array, write_heads, write_single
from warmap_workbook.writing.beside import WIDTHS_BESIDE, write_beside
from warmap_workbook.writing.printing import Placed, print_rows
from warmap_workbook.writing.scoreboard import write_scoreboard

if TYPE_CHECKING:
    from warmap_workbook.writing.build import Draft

LOOK_UP = Text("查规则（填代码）→", "Look up a rule (type its code) →")
NOTE_AT = {"red_flags": (1, 4), "checklist": (2, 3), "check": (2, 4)}  # where it is said that more stands below
NOTHING_FOUND = Text("✓ 没有发现问题，可以提交", "✓ Nothing found: ready to submit")
FOUND = Text("▲ 还有要改的，见下表", "▲ Something to mend, see below")


def write(draft: Draft) -> None:
    """All computed cells but those of the front page."""
    from warmap_workbook.writing.build import page

    _last_values(draft)
    board = page(draft, TAB["scoreboard"])
    write_scoreboard(draft, board)
    for code, widths, height in (
        ("red_flags", (11, 9, 16, 52, 70, 34), 44), ("checklist", (13, 24, 30, 15, 20, 88), 18),
        ("check", (14, 8, 9, 62, 62), 30),
    ):  # fmt: skip
        sheet = page(draft, TAB[code])
        if not any(b.tab == code for b in BLOCKS):
            continue
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        block = next(b for b in BLOCKS if b.tab == code and b.rows)
        write_heads(draft, sheet, block)
        write_array(draft, sheet, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, height)
        sheet.freeze_panes(block.row - 1, 0)
        sheet.repeat_rows(block.row - 2)
        in_use = sum(any(cell != "" for cell in row) for row in draft.values[block.name])
        print_rows(draft, TAB[code], Placed(block.row, block.rows, block.width), in_use, NOTE_AT[code])
    _colour_flags(draft)
    _look_up(draft)
    _verdict(draft)
    status = draft.sheet("status")
    for block in (block for block in BLOCKS if block.tab == "status"):
        write_heads(draft, status, block)
        write_array(draft, status, block)
    for tab in WIDTHS_BESIDE:
        write_beside(draft, tab)


def _last_values(draft: Draft) -> None:
    """The results as last computed, for a program that does not have the functions."""
    sheet = draft.sheet("last")
    sheet.write_string(0, 0, "last computed values")
    for block in BLOCKS:
        for row, cells in enumerate(draft.values[block.name], block.last_row - 1):
            for column, value in enumerate(cells):
                if value is not None and value != "":
                    put(sheet, row, column, value)


def _look_up(draft: Draft) -> None:
    """A cell for a rule's code and, beside it, what the rule says."""
    sheet, block = draft.sheet("red_flags"), BLOCK["wm_rule"]
    sheet.write_string(2, 2, LOOK_UP.to(draft.lang), draft.formats.quiet(align="right"))
    sheet.write_string(2, 3, RULE_SHOWN, draft.formats.input(border=1, border_color=style.LINE, bold=True))
    write_single(draft, sheet, block, draft.formats(text_wrap=True, valign="top", font_size=9))
    sheet.set_row(2, 44)


def _verdict(draft: Draft) -> None:
    """Above the findings whether there are any: an empty table alone does not tell."""
    words, found = NOTHING_FOUND.to(draft.lang), FOUND.to(draft.lang)
    is_clean = draft.values["wm_check"][0][0] in ("", None)
    formula = f'=IF(LEN(INDEX(wm_check,1,1))=0,"{words}","{found}")'
    look = draft.formats(bold=True, font_color=style.TEAL)
    draft.sheet("check").write_formula(2, 3, formula, look, words if is_clean else found)


def _colour_flags(draft: Draft) -> None:
    """Red flags by severity; the answered ones grey."""
    block = BLOCK["wm_red_flags"]
    sheet = draft.sheet("red_flags")
    first, last = block.row - 1, block.row + block.rows - 2
    for criteria, look in (
        (f"=LEN($F{block.row})>0", {"font_color": style.PALE_INK, "bg_color": style.GREY_PALE}),
        *((f'=LEFT($A{block.row},1)="{sign}"', {"bg_color": paper}) for sign, paper in style.SEVERITY_COLOUR.items()),
    ):
        shown = draft.book.add_format({**look, "border": 1, "border_color": style.LINE})
        what = {"type": "formula", "criteria": criteria, "format": shown, "stop_if_true": True}
        sheet.conditional_format(first, 0, last, block.width - 1, what)
