"""The computed sheets: red flags, checks, win checklist, scoreboard, status."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from warmap.scores import Kind, Score, all_scores
from warmap.text import Lang, Text
from warmap.worksheet import Rows, Scalar
from warmap_workbook.computed import BLOCK, BLOCKS, SCORE_ROW, Block, area, rule_shown
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if, set_widths, stored, write_result, write_value
from warmap_workbook.writing.pages import ResultRows, page, print_rows, scale_for

# Sheets of one long table: the block, the widths of its columns, the height of its rows, and the cell (from 0) that
# says when more stands below the print area.
LONG_SHEETS = {
    "red_flags": ("wm_red_flags", (10, 8, 15, 40, 58, 13, 7, 18), 42, (1, 4)),
    "checklist": ("wm_win_checklist", (12, 18, 24, 11, 20, 94), 16, (2, 3)),
    "check": ("wm_check", (14, 8, 9, 62, 62), 29, (2, 4)),
}
PLAN_IT = Text("写进“行动” ▸", "plan it ▸")
PLAN = Text("计划", "Plan")
GO, GO_THERE = Text("去改", "Fix"), Text("去那格 ▸", "go ▸")
LINK_WIDTH = 12
FREE_ACTION = "wm_free_action"  # the first free row of the actions, as a link names it
SECOND_RISK = (
    "wm_second_risk"  # the row of the red flags with the second worst risk; of the first after it where none is open
)
BOLD = 0.85  # of a column's width, for bold letters
LINE = 13  # points of a line of the small letters of a computed table
SMALL: Mapping[Lang, float] = {"zh": 1.12, "en": 1.3}  # how many of them a unit of width takes
HELPERS_AT = (29, 11)  # on the status sheet, from 0
LOOK_UP = Text("查规则（填代码）→", "Look up a rule (type its code) →")
NOTHING_FOUND = Text("✓ 填写没有问题，可以提交", "✓ Nothing wrong with the entries: ready to submit")
FOUND = Text("▲ 还有要改的，见下表", "▲ Something to fix, see below")
NOT_ASSESSED = Text("未评估", "not assessed")
SCORES = Text("得分", "Scores")
SCORE_HEADS = (Text("得分项", "Score"), Text("单位", "Unit"), Text("数值", "Value"), Text("为什么", "Why"))
NUMBER_FORMAT = {Kind.SHARE: style.PERCENT, Kind.COUNT: "0", Kind.MONEY: style.MONEY}
WHY_LAST = 5  # the last column of a reason on the scoreboard, from 0
EXPLAIN = Text("解释一格：信任分", "A cell explained: the trust score")
SECTIONS: dict[str, tuple[Text, int]] = {  # title of each block of the scoreboard; height of its rows, for long texts
    "wm_health_why": (Text("健康度的每一分丢在哪里（合计 = 100 − 健康度）", "Where every point of health went (adds up to 100 − health)"), 16),
    "wm_role_status": (Text("四类购买角色", "The four buying roles"), 28),
    "wm_trust_pillars": (Text("信任的四根支柱", "The four pillars of trust"), 16),
    "wm_power_map": (Text("权力地图：影响力 × 支持度", "Power map: influence × support"), 40),
    "wm_next_actions": (Text("下一步行动", "Next actions"), 28),
    "wm_stage_gates": (Text("阶段出口标准：申报与实际", "Exit criteria: the stage claimed and the stage earned"), 16),
    "wm_needs_view": (Text("需求", "Needs"), 16),
    "wm_competition_view": (Text("竞争", "Competition"), 16),
    "wm_fit_view": (Text("理想客户", "Ideal customer"), 16),
    "wm_negotiation_view": (Text("谈判", "Negotiation"), 16),
    "wm_account_view": (Text("客户本身：类型、四问、PEST、五力、SWOT、组织", "The account itself: class, key questions, PEST, five forces, SWOT, units"), 28),
    "wm_decision_chain": (Text("决策链：按决策顺序，哪一环还不牢", "Decision chain: in order of the decision, which link does not hold"), 16),
    "wm_contact_matrix": (Text("客户接触矩阵：行是客户的层级，列是我方对应人的层级", "Contact matrix: the customer's levels down, our counterparts' levels across"), 28),
}  # fmt: skip
SCORED = {"wm_trust_pillars": 2, "wm_needs_view": 2}  # blocks with scores, and the column of these (from 1)
BOARD_SCALE = 56  # per cent; at it the tables between two breaks fit a page
BREAK_BEFORE = ("wm_health_why", "wm_next_actions", "wm_needs_view", "wm_account_view")
BOARD_WIDTHS = (52, 20, 34, 22, 20, 26, 20)
COLOURED = frozenset({*LONG_SHEETS, "relationships"})  # sheets whose results are not coloured as computed
COLUMN_FORMAT = {  # by block and column (from 0)
    ("wm_role_status", 2): style.PERCENT,
    ("wm_trust_pillars", 1): style.SCORE, ("wm_trust_pillars", 2): "0",
    ("wm_health_why", 1): style.SCORE,
    ("wm_red_flags", 6): style.SCORE, ("wm_next_actions", 5): style.SCORE,
    ("wm_needs_view", 1): style.FIGURE,
    ("wm_competition_view", 1): style.SCORE, ("wm_competition_view", 2): style.SCORE,
    ("wm_competition_view", 4): '[>5]0.0;[<0]"−"0.0;+0.0',
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
        set_heights(draft, block, widths, (height,))
        sheet.freeze_panes(block.row - 1, 0)
        sheet.repeat_rows(block.row - 2)
        in_use = sum(any(cell != "" for cell in row) for row in draft.values[name])
        print_rows(draft, tab, ResultRows(block.row, block.rows, in_use, block.width), note_at)
    _find_risks_and_room(draft)
    _flags(draft)
    _tell_groups(draft, BLOCK["wm_win_checklist"], 1)
    _look_up(draft)
    _verdict(draft)
    for block in BLOCKS:
        if block.tab == "status":
            write_array(draft, block)


def set_heights(draft: Draft, block: Block, widths: Sequence[float], least: Sequence[float]) -> None:
    """Make each row of a block as high as its longest text needs, and at least so high that a change has room.

    `least` are those heights, row by row; the last is that of all rows below.
    """
    for row, cells in enumerate(draft.values[block.name]):
        pairs = zip(cells, widths, strict=False)
        lines = max(style.lines_of(str(cell), width * SMALL[draft.lang]) for cell, width in pairs)
        height = max(least[min(row, len(least) - 1)], LINE * lines + 3)
        draft.sheet(block.tab).set_row(block.row - 1 + row, height)


def _last_values(draft: Draft) -> None:
    """The results as last computed, for a program that does not have the functions."""
    sheet = draft.sheet("last")
    sheet.write_string(0, 0, "last computed values")
    for block in BLOCKS:
        for row, cells in enumerate(draft.values[block.name], block.last_row - 1):
            for column, value in enumerate(cells):
                if value is not None and value != "":
                    write_value(sheet, row, column, value)


def _links(
    draft: Draft,
    block: Block,
    head: Text,
    words: Text,
    condition: str,
    target: str,
    leads: Callable[[Sequence[Scalar]], bool],
) -> None:
    """Write a column of links right of a block: where they lead, and the condition (also for its stored values)."""
    sheet, column, said = draft.sheet(block.tab), block.width, draft.say(words)
    draft.write_heads(sheet, block.row - 2, column, (head,), style.TEAL)
    set_widths(sheet, column, (LINK_WIDTH,))
    look = draft.formats(**style.TABLE_CELL, font_size=9, font_color=style.BLUE, underline=1)
    for row, cells in enumerate(draft.values[block.name], block.row):
        formula = f'IF({condition},HYPERLINK("#"&{target},"{said}"),"")'.replace("{row}", str(row))
        sheet.write_formula(row - 1, column, f"={formula}", look, stored(said if cells[1] and leads(cells) else ""))


def _tell_groups(draft: Draft, block: Block, column: int) -> None:
    """Write what a group of rows is about (in a column from 1) in bold letters on its first row, in pale ones below."""
    sheet, box = draft.sheet(block.tab), (block.row - 1, column - 1, block.row + block.rows - 2, column - 1)
    own, above = (area(row, column, 1, 1) for row in (block.row, block.row - 1))
    # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
    again = f"AND(LEN({own})>0,LEFT({own},99)=LEFT({above},99))"
    format_if(sheet, box, again, draft.formats.conditional(font_color=style.PALE_INK), stop=True)
    format_if(sheet, box, f"LEN({own})>0", draft.formats.conditional(bold=True))


def _look_up(draft: Draft) -> None:
    sheet = draft.sheet("red_flags")
    sheet.write_string(2, 2, draft.say(LOOK_UP), draft.formats.quiet(align="right"))
    sheet.write_string(2, 3, rule_shown(draft.values), draft.formats.input(bold=True, **style.BOXED))
    write_single(draft, BLOCK["wm_rule"], draft.formats(font_size=9, **style.TOP_WRAPPED))
    sheet.set_row(2, 60)  # five lines, as most rules take


def _verdict(draft: Draft) -> None:
    """Above the findings whether there are any: an empty table alone does not tell."""
    words, found = draft.say(NOTHING_FOUND), draft.say(FOUND)
    is_clean = draft.values["wm_check"][0][0] in ("", None)
    formula = f'=IF(LEN(INDEX(wm_check,1,1))=0,"{words}","{found}")'
    look = draft.formats(bold=True, font_color=style.TEAL)
    draft.sheet("check").write_formula(2, 3, formula, look, words if is_clean else found)
    _links(draft, BLOCK["wm_check"], GO, GO_THERE, "LEN($B{row})>0", '"\'"&$A{row}&"\'!"&$B{row}', lambda _: True)


def _find_risks_and_room(draft: Draft) -> None:
    """Find, for links and for the front page, the first free row of the actions and the second of the worst risks."""
    sheet, (row, column) = draft.sheet("status"), HELPERS_AT
    actions, tab = draft.places["actions"], draft.tab_name("actions")
    last = "SUMPRODUCT(MAX(ROW(INDEX(wm_actions,0,1))*(LEN(wm_actions)>0)))"
    free = f"'{tab}'!A{actions.header_row + len(draft.map.actions) + 1}"
    flags = draft.values["wm_red_flags"]
    mine = "--(LEFT(INDEX(wm_red_flags,0,3),99)=LEFT(INDEX(wm_red_flags,1,3),99))"
    of_the_first = f"SUMPRODUCT({mine},--(LEN(INDEX(wm_red_flags,0,8))=0))"
    first = area(row + 2, column + 1, 1, 1, absolute=True)
    code, answer = (f"LEN(INDEX(wm_red_flags,{first}+1,{one}))" for one in (2, 8))
    for place, (formula, value, name) in enumerate((
        (f"\"'{tab}'!A\"&{last}+1", free, FREE_ACTION), (of_the_first, flags_of_the_first(flags), ""),
        (f"IFERROR(IF(OR(AND({code}>0,{answer}=0),{first}<2),{first}+1,2),2)", second_risk(flags) + 1, SECOND_RISK),
    ), row):  # fmt: skip
        sheet.write_formula(place, column, f"={formula}", None, stored(value))
        if name:
            draft.define_name(name, "status", place + 1, column + 1)


def flags_of_the_first(flags: Rows) -> int:
    """How many open flags are about the subject of the first row; they stand together."""
    return sum(cells[2] == flags[0][2] and not cells[7] for cells in flags)


def second_risk(flags: Rows) -> int:
    """The row (from 0) of the second of the two worst open risks: the first about another subject, where there is one.

    Where at most one is open, the row after it: the first that is answered, or a blank one.
    """
    after = flags_of_the_first(flags)
    has_other = after < len(flags) and flags[after][1] and not flags[after][7]
    return after if has_other or after < 2 else 1


def _flags(draft: Draft) -> None:
    """Link each open flag to the plan, and colour the flags: by severity, in groups, the answered ones grey."""
    sheet, block = draft.sheet("red_flags"), BLOCK["wm_red_flags"]
    first, last = block.row - 1, block.row + block.rows - 2
    _links(draft, block, PLAN, PLAN_IT, "AND(LEN($B{row})>0,LEN($H{row})=0)", FREE_ACTION, lambda cells: not cells[7])
    conditional, whole = draft.formats.conditional, (first, 0, last, block.width)
    format_if(
        sheet,
        whole,
        f"LEN($H{block.row})>0",
        conditional(font_color=style.PALE_INK, bg_color=style.GREY_PALE),
        stop=True,
    )
    _tell_groups(draft, block, 3)
    for sign, paper in style.SEVERITY_COLOUR.items():
        format_if(sheet, (first, 0, last, 1), f'LEFT($A{block.row},1)="{sign}"', conditional(bg_color=paper))


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
    _say_not_assessed(draft, SCORE_ROW, 3, len(all_scores()), 1)
    block = BLOCK["wm_why"]
    sheet.write_string(block.row - 1, 0, draft.say(EXPLAIN), bold)
    write_single(draft, block, draft.formats(text_wrap=False))
    for name, (title, height) in SECTIONS.items():
        block = BLOCK[name]
        sheet.write_string(block.row - 3, 0, draft.say(title), bold)
        if name in SCORED:
            _say_not_assessed(draft, block.row, SCORED[name], block.rows, block.column)
        write_array(draft, block)
        set_heights(draft, block, BOARD_WIDTHS, (height,))
        heads = zip(block.function.columns, BOARD_WIDTHS, strict=False)
        if any(style.lines_of(draft.say(head), BOLD * width) > 1 for head, width in heads):
            sheet.set_row(block.row - 2, 2 * LINE + 3)
    sheet.freeze_panes(3, 0)
    sheet.set_print_scale(min(BOARD_SCALE, scale_for(BOARD_WIDTHS)))
    sheet.set_h_pagebreaks([BLOCK[name].row - 3 for name in BREAK_BEFORE])


def _say_not_assessed(draft: Draft, row: int, column: int, rows: int, named: int) -> None:
    """Show words in cells (from 1) that are blank beside a name, by a number format: the cells themselves stay blank."""
    look = draft.formats.conditional(
        num_format=f';;;"{draft.say(NOT_ASSESSED)}"', font_color=style.PALE_INK, bg_color=style.TEAL_PALE
    )
    name, cell = (f"${area(row, one, 1, 1)}" for one in (named, column))
    box = (row - 1, column - 1, row + rows - 2, column - 1)
    format_if(draft.sheet("scoreboard"), box, f"AND(LEN({name})>0,LEN({cell})=0)", look)


def _score_line(draft: Draft, place: int, score: Score) -> None:
    """One score: from its own function where it has one, else looked up in the list of all scores."""
    sheet, row, name = draft.sheet("scoreboard"), SCORE_ROW - 1 + place, f"wm_score_{score.code}"
    sheet.write_string(row, 0, draft.say(score.name), draft.formats.computed(bold=True))
    sheet.write_string(row, 1, draft.say(score.scale), draft.formats.computed(font_color=style.PALE_INK))
    why = f"INDEX(wm_scores,{place + 1},4)"
    look = draft.formats.computed(font_color=style.PALE_INK, font_size=9, valign="vcenter")
    said = str(draft.values["wm_scores"][place][3] or "")
    write_result(sheet, row, 3, WHY_LAST, f'IF(LEN({why})=0,"",{why})', said, look)
    lines = style.lines_of(said, sum(BOARD_WIDTHS[3 : WHY_LAST + 1]) * SMALL[draft.lang])
    sheet.set_row(row, LINE * max(2, lines))
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
def write_array(draft: Draft, block: Block, looks: Sequence[Any] | None = None) -> None:
    """Write the headers of a block, and below them its array formula with the true value stored in every cell.

    `looks` are the formats of its columns (default: by `COLUMN_FORMAT`).
    """
    sheet, values = draft.sheet(block.tab), draft.values[block.name]
    first_row, first_column = block.row - 1, block.column - 1
    last_row, last_column = first_row + block.rows - 1, first_column + block.width - 1
    draft.write_heads(sheet, first_row - 1, first_column, block.function.columns, style.TEAL)
    cell = {**style.TABLE_CELL, "font_size": 9}
    formats = looks or [
        draft.formats(num_format=COLUMN_FORMAT[block.name, column], align="center", **cell)
        if (block.name, column) in COLUMN_FORMAT
        else draft.formats(**cell)
        for column in range(block.width)
    ]
    if block.tab not in COLOURED:
        first = f"${area(block.row, block.column, 1, 1)}"
        filled = draft.formats.conditional(bg_color=style.TEAL_PALE)
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
