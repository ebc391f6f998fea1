"""The computed sheets: scoreboard, red flags, win checklist, the hidden status and last values, the columns on People."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.functions.overview import SCORES_BY_CODE
from warmap.layout import TAB
from warmap.text import Text
from warmap_templates import style
from warmap_templates.computed import BESIDE, BLOCK, BLOCKS, RULE_SHOWN, SCORE_ROW, area
from warmap_templates.writer import stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from warmap.functions import Scalar
    from warmap_templates.build import Draft
    from warmap_templates.computed import Block

SCORES = Text("得分", "Scores")
SCORE_HEADS = (Text("得分项", "Score"), Text("单位", "Unit"), Text("数值", "Value"), Text("为什么", "Why"))
SHARES = frozenset(
    {"role_coverage", "trust_assessed_share", "win", "stage", "needs", "negotiation", "health_assessed_share"}
)
WHOLE = frozenset({"stage_reached"})
OWN_COLOURS = frozenset({"wm_red_flags"})  # by severity, see below
WRAPPED = {"text_wrap": True, "valign": "top"}
WHY_LAST = 5  # the last column of a reason on the scoreboard, from 0
EXPLAIN = Text("解释一格：信任分", "A cell explained: the trust score")
LOOK_UP = Text("查规则（填代码）→", "Look up a rule (type its code) →")
SECTION = {
    "wm_health_why": Text(
        "健康度的每一分丢在哪里（合计 = 100 − 健康度）", "Where every point of health went (adds up to 100 − health)"
    ),
    "wm_role_status": Text("四类购买角色", "The four buying roles"),
    "wm_trust_pillars": Text("信任的四根支柱", "The four pillars of trust"),
    "wm_power_map": Text("权力地图：影响力 × 支持度", "Power map: influence × support"),
    "wm_next_actions": Text("下一步行动", "Next actions"),
    "wm_stage_gates": Text("阶段出口标准：申报与实际", "Exit criteria: the stage claimed and the stage earned"),
    "wm_needs_view": Text("需求", "Needs"),
    "wm_competition_view": Text("竞争", "Competition"),
    "wm_fit_view": Text("理想客户", "Ideal customer"),
    "wm_negotiation_view": Text("谈判", "Negotiation"),
}
LONG_TEXT = {"wm_next_actions": 44, "wm_needs_view": 30, "wm_health_why": 18}
COLUMN_FORMAT = {
    ("wm_role_status", 2): style.PERCENT, ("wm_trust_pillars", 1): style.SCORE, ("wm_contact_status", 0): style.PERCENT,
    ("wm_contact_status", 1): style.SCORE, ("wm_health_why", 1): "0.00", ("wm_needs_view", 1): "0.##",
    ("wm_competition_view", 1): "0.##", ("wm_competition_view", 2): "0.##", ("wm_competition_view", 4): "+0.00;−0.00;0",
    ("wm_fit_view", 0): style.SCORE, ("wm_negotiation_view", 1): "#,##0.##",
    ("wm_review", 1): "0.##", ("wm_review", 2): "+0.##;−0.##;0",
}  # fmt: skip
SPARE_PRINTED = 20  # rows printed below those in use, so that a map that grows still prints whole
STATUS_HEAD = Text("自动计算", "Computed")


def write(draft: Draft) -> None:
    """All computed cells but those of the front page."""
    from warmap_templates.build import page

    _last_values(draft)
    board = page(draft, TAB["scoreboard"])
    _scoreboard(draft, board)
    for code, widths, height in (
        ("red_flags", (11, 9, 16, 46, 62, 34), 42 if draft.lang == "zh" else 56), ("checklist", (13, 16, 24, 12, 18, 60), 30),
        ("check", (14, 8, 9, 60, 60), 30),
    ):  # fmt: skip
        sheet = page(draft, TAB[code])
        if not any(b.tab == code for b in BLOCKS):
            continue
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        block = next(b for b in BLOCKS if b.tab == code and b.rows)
        _heads(draft, sheet, block)
        _array(draft, sheet, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, height)
        sheet.freeze_panes(block.row - 1, 0)
        sheet.repeat_rows(block.row - 2)
        filled = sum(any(cell != "" for cell in row) for row in draft.values[block.name])
        sheet.print_area(0, 0, min(block.row + block.rows, block.row + filled + SPARE_PRINTED) - 2, block.width - 1)
    _colour_flags(draft)
    _look_up(draft)
    status = draft.sheet("status")
    for block in (block for block in BLOCKS if block.tab == "status"):
        _heads(draft, status, block)
        _array(draft, status, block)
    _beside(draft, "people", (11, 9, 18, 48))
    _beside(draft, "review", (18, 12, 14))


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
    for column, width in enumerate((58, 26, 22, 24, 20, 44, 18)):
        sheet.set_column(column, column, width)
    bold = draft.formats(bold=True, font_size=12, font_color=style.TEAL)
    sheet.write_string(3, 0, SCORES.to(draft.lang), bold)
    for column, text in enumerate(SCORE_HEADS[:-1]):
        sheet.write_string(4, column, text.to(draft.lang), draft.formats.header(style.TEAL))
    sheet.merge_range(4, 3, 4, WHY_LAST, SCORE_HEADS[-1].to(draft.lang), draft.formats.header(style.TEAL))
    for place, code in enumerate(SCORES_BY_CODE):
        _score_line(draft, sheet, place, code)
    if "wm_why" in BLOCK:
        block = BLOCK["wm_why"]
        sheet.write_string(block.row - 1, 0, EXPLAIN.to(draft.lang), bold)
        _single(draft, sheet, block, draft.formats(text_wrap=False))
    for name, label in SECTION.items():
        block = BLOCK[name]
        sheet.write_string(block.row - 3, 0, label.to(draft.lang), bold)
        _heads(draft, sheet, block)
        _array(draft, sheet, block)
        for row in range(block.row - 1, block.row - 1 + block.rows if name in LONG_TEXT else 0):
            sheet.set_row(row, LONG_TEXT[name])
    sheet.freeze_panes(3, 0)


def _score_line(draft: Draft, sheet: Worksheet, place: int, code: str) -> None:
    """One score: from its own function where it has one, else looked up in the list of all scores."""
    label, unit = SCORES_BY_CODE[code]
    row, name = SCORE_ROW - 1 + place, f"wm_score_{code}"
    sheet.write_string(row, 0, label.to(draft.lang), draft.formats.computed(bold=True))
    sheet.write_string(row, 1, unit.to(draft.lang), draft.formats.computed(font_color=style.PALE_INK))
    reason = draft.values["wm_scores"][place][3]
    cell = f"INDEX(wm_scores,{place + 1},4)"
    look = draft.formats.computed(font_color=style.PALE_INK, font_size=9, valign="vcenter")
    sheet.merge_range(row, 3, row, WHY_LAST, "", look)
    sheet.write_formula(row, 3, f'=IF(LEN({cell})=0,"",{cell})', look, stored(reason or ""))
    sheet.set_row(row, 26)
    num_format = style.PERCENT if code in SHARES else "0" if code in WHOLE else "0.0" if code != "zopa" else style.MONEY
    shown = draft.formats.computed(num_format=num_format, bold=True, align="center")
    if name in BLOCK:
        _single(draft, sheet, BLOCK[name], shown)
    else:
        value = draft.values["wm_scores"][place][1]
        one = f"INDEX(wm_scores,{place + 1},2)"
        formula = f'=IF(LEN({one})=0,"",{one})'  # LibreOffice: what INDEX takes from an empty array cell is not ""
        sheet.write_formula(row, 2, formula, shown, stored(value))
        cell = area(row + 1, 3, 1, 1, absolute=True)
        draft.book.define_name(name, f"='{TAB['scoreboard'].name.to(draft.lang)}'!{cell}")


def _single(draft: Draft, sheet: Worksheet, block: Block, shown: Any) -> None:
    """A single value and its name."""
    value = draft.values[block.name][0][0]
    one = (block.row - 1, block.column - 1) * 2
    sheet.write_array_formula(*one, f"{{={block.formula}}}", shown, stored(value))
    cell = area(block.row, block.column, 1, 1, absolute=True)
    draft.book.define_name(block.name, f"='{TAB[block.tab].name.to(draft.lang)}'!{cell}")


def _look_up(draft: Draft) -> None:
    """A cell for a rule's code and, beside it, what the rule says."""
    sheet, block = draft.sheet("red_flags"), BLOCK["wm_rule"]
    sheet.write_string(2, 2, LOOK_UP.to(draft.lang), draft.formats.quiet(align="right"))
    sheet.write_string(2, 3, RULE_SHOWN, draft.formats.input(border=1, border_color=style.LINE, bold=True))
    _single(draft, sheet, block, draft.formats(text_wrap=True, valign="top", font_size=9))
    sheet.set_row(2, 44)


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
    ):
        shown = draft.book.add_format({**look, "border": 1, "border_color": style.LINE})
        what = {"type": "formula", "criteria": criteria, "format": shown, "stop_if_true": True}
        sheet.conditional_format(first, 0, last, block.width - 1, what)


def _beside(draft: Draft, tab: str, widths: Sequence[int]) -> None:
    """Beside each row of a table its results, looked up row by row from the hidden status sheet.

    An array formula beside the rows would keep Excel from inserting a row among them.
    """
    beside = BESIDE[tab]
    place, block = draft.places[beside.table], BLOCK[beside.block]
    sheet = draft.sheet(tab)
    start = place.left + place.width  # one column is left free
    for column, width in enumerate(widths):
        sheet.set_column(start + column, start + column, width)
    sheet.set_column(start - 1, start - 1, 2)
    sheet.write_string(
        place.header_row - 2, start, STATUS_HEAD.to(draft.lang), draft.formats(bold=True, font_color=style.TEAL)
    )
    for column, text in enumerate(block.function.columns):
        sheet.write_string(place.header_row - 1, start + column, text.to(draft.lang), draft.formats.header(style.TEAL))
    used = draft.formats(bg_color=style.TEAL_PALE, bottom=1, bottom_color=style.LINE)
    first, last = place.header_row, place.header_row + beside.rows - 1
    what = {"type": "formula", "criteria": f"=LEN(TRIM($A{first + 1}))>0", "format": used}
    sheet.conditional_format(first, start, last, start + block.width - 1, what)
    header = area(place.header_row, 1, 1, 1, absolute=True)
    for row in range(beside.rows):
        for column, value in enumerate(draft.values[block.name][row]):
            num_format = COLUMN_FORMAT.get((block.name, column), "General")
            shown = draft.formats(num_format=num_format, text_wrap=True, valign="top")
            formula = f'=IFERROR(INDEX({block.name},ROW()-ROW({header}),{column + 1}),"")'
            sheet.write_formula(place.header_row + row, start + column, formula, shown, stored(value))
