"""The computed sheets: red flags, checks, win checklist, scoreboard, status."""

from typing import Any

from warmap.scores import Kind, Score, all_scores
from warmap.text import Text
from warmap_workbook.computed import BLOCK, BLOCKS, RULE_SHOWN, SCORE_ROW, Block, area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if, set_widths, stored, write_result, write_value
from warmap_workbook.writing.pages import ResultRows, page, print_rows, scale_for

# Sheets of one long table: the block, the widths of its columns, the height of its rows, and the cell (from 0) that
# says when more stands below the print area.
LONG_SHEETS = {
    "red_flags": ("wm_red_flags", (11, 9, 16, 48, 64, 22, 8, 30), 44, (1, 4)),
    "checklist": ("wm_win_checklist", (13, 24, 30, 15, 20, 88), 18, (2, 3)),
    "check": ("wm_check", (14, 8, 9, 62, 62), 30, (2, 4)),
}
LOOK_UP = Text("查规则（填代码）→", "Look up a rule (type its code) →")
NOTHING_FOUND = Text("✓ 没有发现问题，可以提交", "✓ Nothing found: ready to submit")
FOUND = Text("▲ 还有要改的，见下表", "▲ Something to fix, see below")
SCORES = Text("得分", "Scores")
SCORE_HEADS = (Text("得分项", "Score"), Text("单位", "Unit"), Text("数值", "Value"), Text("为什么", "Why"))
NUMBER_FORMAT = {Kind.SHARE: style.PERCENT, Kind.COUNT: "0", Kind.MONEY: style.MONEY}
WHY_LAST = 5  # the last column of a reason on the scoreboard, from 0
EXPLAIN = Text("解释一格：信任分", "A cell explained: the trust score")
SECTIONS: dict[str, tuple[Text, int]] = {  # title of each block of the scoreboard; height of its rows, for long texts
    "wm_health_why": (Text("健康度的每一分丢在哪里（合计 = 100 − 健康度）", "Where every point of health went (adds up to 100 − health)"), 28),
    "wm_role_status": (Text("四类购买角色", "The four buying roles"), 30),
    "wm_trust_pillars": (Text("信任的四根支柱", "The four pillars of trust"), 18),
    "wm_power_map": (Text("权力地图：影响力 × 支持度", "Power map: influence × support"), 44),
    "wm_next_actions": (Text("下一步行动", "Next actions"), 44),
    "wm_stage_gates": (Text("阶段出口标准：申报与实际", "Exit criteria: the stage claimed and the stage earned"), 18),
    "wm_needs_view": (Text("需求", "Needs"), 30),
    "wm_competition_view": (Text("竞争", "Competition"), 18),
    "wm_fit_view": (Text("理想客户", "Ideal customer"), 18),
    "wm_negotiation_view": (Text("谈判", "Negotiation"), 30),
    "wm_account_view": (Text("客户本身：类型、四问、PEST、五力、SWOT、组织", "The account itself: class, key questions, PEST, five forces, SWOT, units"), 44),
    "wm_decision_chain": (Text("决策链：按决策顺序，哪一环还不牢", "Decision chain: in order of the decision, which link does not hold"), 18),
    "wm_contact_matrix": (Text("客户接触矩阵：行是客户的层级，列是我方对应人的层级", "Contact matrix: the customer's levels down, our counterparts' levels across"), 30),
}  # fmt: skip
BREAK_BEFORE = (
    "wm_health_why", "wm_role_status", "wm_next_actions", "wm_stage_gates", "wm_needs_view", "wm_fit_view",
    "wm_decision_chain",
)  # fmt: skip
BOARD_WIDTHS = (58, 24, 36, 22, 20, 26, 20)
OWN_COLOURS = frozenset({"wm_red_flags"})  # coloured by severity, on its own sheet
COLUMN_FORMAT = {  # by block and column (from 0)
    ("wm_role_status", 2): style.PERCENT,
    ("wm_trust_pillars", 1): style.SCORE, ("wm_trust_pillars", 2): "0",
    ("wm_health_why", 1): style.SCORE,
    ("wm_red_flags", 6): style.SCORE, ("wm_next_actions", 5): style.SCORE,
    ("wm_needs_view", 1): style.FIGURE,
    ("wm_competition_view", 1): "0.00", ("wm_competition_view", 2): "0.00",
    ("wm_competition_view", 4): '[>5]0.0;[<0]"−"0.00;+0.00',
    ("wm_fit_view", 0): style.SCORE,
    ("wm_negotiation_view", 1): '[>=1000]#,##0;[<=-1000]"−"#,##0;0.0',
    ("wm_account_view", 1): '[>=10]0;[<0]"−"0.0;0.0',
    ("wm_decision_chain", 0): "0", ("wm_decision_chain", 3): style.PERCENT,
}  # fmt: skip


def write_computed_sheets(draft: Draft) -> None:
    """All computed cells but those of the front page."""
    _last_values(draft)
    _scoreboard(draft)
    for tab, (name, widths, height, note_at) in LONG_SHEETS.items():
        sheet, block = page(draft, tab), BLOCK[name]
        set_widths(sheet, 0, widths)
        write_array(draft, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, height)
        sheet.freeze_panes(block.row - 1, 0)
        sheet.repeat_rows(block.row - 2)
        in_use = sum(any(cell != "" for cell in row) for row in draft.values[name])
        print_rows(draft, tab, ResultRows(block.row, block.rows, in_use, block.width), note_at)
    _colour_flags(draft)
    _look_up(draft)
    _verdict(draft)
    for block in BLOCKS:
        if block.tab == "status":
            write_array(draft, block)


def _last_values(draft: Draft) -> None:
    """The results as last computed, for a program that does not have the functions."""
    sheet = draft.sheet("last")
    sheet.write_string(0, 0, "last computed values")
    for block in BLOCKS:
        for row, cells in enumerate(draft.values[block.name], block.last_row - 1):
            for column, value in enumerate(cells):
                if value is not None and value != "":
                    write_value(sheet, row, column, value)


def _look_up(draft: Draft) -> None:
    sheet = draft.sheet("red_flags")
    sheet.write_string(2, 2, draft.say(LOOK_UP), draft.formats.quiet(align="right"))
    sheet.write_string(2, 3, RULE_SHOWN, draft.formats.input(bold=True, **style.BOXED))
    write_single(draft, BLOCK["wm_rule"], draft.formats(font_size=9, **style.TOP_WRAPPED))
    sheet.set_row(2, 44)


def _verdict(draft: Draft) -> None:
    """Above the findings whether there are any: an empty table alone does not tell."""
    words, found = draft.say(NOTHING_FOUND), draft.say(FOUND)
    is_clean = draft.values["wm_check"][0][0] in ("", None)
    formula = f'=IF(LEN(INDEX(wm_check,1,1))=0,"{words}","{found}")'
    look = draft.formats(bold=True, font_color=style.TEAL)
    draft.sheet("check").write_formula(2, 3, formula, look, words if is_clean else found)


def _colour_flags(draft: Draft) -> None:
    block = BLOCK["wm_red_flags"]
    answered = {"font_color": style.PALE_INK, "bg_color": style.GREY_PALE}
    for condition, look in (
        (f"LEN($H{block.row})>0", answered),
        *((f'LEFT($A{block.row},1)="{sign}"', {"bg_color": paper}) for sign, paper in style.SEVERITY_COLOUR.items()),
    ):
        box = (block.row - 1, 0, block.row + block.rows - 2, block.width - 1)
        shown = draft.formats.conditional(**look, **style.BOXED)
        format_if(draft.sheet("red_flags"), box, condition, shown, stop=True)


def _scoreboard(draft: Draft) -> None:
    """Every score with its reason, then the tables behind them; the charts come later."""
    sheet = page(draft, "scoreboard")
    set_widths(sheet, 0, BOARD_WIDTHS)
    bold = draft.formats(bold=True, font_size=12, font_color=style.TEAL)
    sheet.write_string(3, 0, draft.say(SCORES), bold)
    draft.write_heads(sheet, 4, 0, SCORE_HEADS[:-1], style.TEAL)
    sheet.merge_range(4, 3, 4, WHY_LAST, draft.say(SCORE_HEADS[-1]), draft.formats.header(style.TEAL))
    for place, score in enumerate(all_scores().values()):
        _score_line(draft, place, score)
    block = BLOCK["wm_why"]
    sheet.write_string(block.row - 1, 0, draft.say(EXPLAIN), bold)
    write_single(draft, block, draft.formats(text_wrap=False))
    for name, (title, height) in SECTIONS.items():
        block = BLOCK[name]
        sheet.write_string(block.row - 3, 0, draft.say(title), bold)
        write_array(draft, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, height)
    sheet.freeze_panes(3, 0)
    sheet.set_print_scale(scale_for(BOARD_WIDTHS))
    sheet.set_h_pagebreaks([BLOCK[name].row - 3 for name in BREAK_BEFORE])


def _score_line(draft: Draft, place: int, score: Score) -> None:
    """One score: from its own function where it has one, else looked up in the list of all scores."""
    sheet, row, name = draft.sheet("scoreboard"), SCORE_ROW - 1 + place, f"wm_score_{score.code}"
    sheet.write_string(row, 0, draft.say(score.name), draft.formats.computed(bold=True))
    sheet.write_string(row, 1, draft.say(score.unit), draft.formats.computed(font_color=style.PALE_INK))
    why = f"INDEX(wm_scores,{place + 1},4)"
    look = draft.formats.computed(font_color=style.PALE_INK, font_size=9, valign="vcenter")
    write_result(sheet, row, 3, WHY_LAST, f'IF(LEN({why})=0,"",{why})', draft.values["wm_scores"][place][3] or "", look)
    sheet.set_row(row, 26)
    shown = draft.formats.computed(num_format=NUMBER_FORMAT.get(score.kind, style.SCORE), bold=True, align="center")
    if name in BLOCK:
        write_single(draft, BLOCK[name], shown)
    else:
        one = f"INDEX(wm_scores,{place + 1},2)"
        formula = f'=IF(LEN({one})=0,"",{one})'  # LibreOffice: what INDEX takes from an empty array cell is not ""
        sheet.write_formula(row, 2, formula, shown, stored(draft.score(score.code)))
        draft.define_name(name, "scoreboard", row + 1, 3)


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
                write_value(sheet, first_row + row, first_column + column, value, formats[column])
    draft.define_name(block.name, block.tab, block.row, block.column, block.rows, block.width)


def write_single(draft: Draft, block: Block, look: Any) -> None:
    """Write a single value, and define its name."""
    one = (block.row - 1, block.column - 1) * 2
    value = stored(draft.values[block.name][0][0])
    draft.sheet(block.tab).write_array_formula(*one, f"{{={block.formula}}}", look, value)
    draft.define_name(block.name, block.tab, block.row, block.column)
