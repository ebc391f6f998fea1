"""The scoreboard: every score with its reason, and the tables and charts behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.layout import TAB
from warmap.text import Text
from warmap.worksheet.overview import SCORES_BY_CODE
from warmap_workbook.computed import BLOCK, SCORE_ROW, area
from warmap_workbook.writing import style
from warmap_workbook.writing.arrays import write_array, write_heads, write_single
from warmap_workbook.writing.printing import scale_for
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

SCORES = Text("得分", "Scores")
SCORE_HEADS = (Text("得分项", "Score"), Text("单位", "Unit"), Text("数值", "Value"), Text("为什么", "Why"))
SHARES = frozenset(
    {"role_coverage", "trust_assessed_share", "win", "stage", "needs", "negotiation", "health_assessed_share"}
)
WHOLE = frozenset({"stage_reached"})
WHY_LAST = 5  # the last column of a reason on the scoreboard, from 0
EXPLAIN = Text("解释一格：信任分", "A cell explained: the trust score")
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
    "wm_account_view": Text(
        "客户本身：类型、四问、PEST、五力、SWOT、组织",
        "The account itself: class, key questions, PEST, five forces, SWOT, units",
    ),
    "wm_decision_chain": Text(
        "决策链：按决策顺序，哪一环还不牢", "Decision chain: in order of the decision, which link does not hold"
    ),
    "wm_contact_matrix": Text(
        "客户接触矩阵：行是客户的层级，列是我方对应人的层级",
        "Contact matrix: the customer's levels down, our counterparts' levels across",
    ),
}
HEIGHTS = {  # of the rows of each block, by the longest text it may hold
    "wm_health_why": 28, "wm_role_status": 30, "wm_trust_pillars": 18, "wm_power_map": 44, "wm_next_actions": 44,
    "wm_stage_gates": 18, "wm_needs_view": 30, "wm_competition_view": 18, "wm_fit_view": 18, "wm_negotiation_view": 30,
    "wm_account_view": 44, "wm_decision_chain": 18, "wm_contact_matrix": 30,
}  # fmt: skip
BREAK_BEFORE = (
    "wm_health_why",
    "wm_role_status",
    "wm_next_actions",
    "wm_stage_gates",
    "wm_needs_view",
    "wm_fit_view",
    "wm_decision_chain",
)  # begin a page
BOARD_WIDTHS = (58, 24, 36, 22, 20, 26, 20)


def write_scoreboard(draft: Draft, sheet: Worksheet) -> None:
    """The whole sheet but its charts."""
    for column, width in enumerate(BOARD_WIDTHS):
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
        write_single(draft, sheet, block, draft.formats(text_wrap=False))
    for name, label in SECTION.items():
        block = BLOCK[name]
        sheet.write_string(block.row - 3, 0, label.to(draft.lang), bold)
        write_heads(draft, sheet, block)
        write_array(draft, sheet, block)
        for row in range(block.row - 1, block.row - 1 + block.rows):
            sheet.set_row(row, HEIGHTS[name])
    sheet.freeze_panes(3, 0)
    sheet.set_print_scale(scale_for(BOARD_WIDTHS, (), 0))
    sheet.set_h_pagebreaks([BLOCK[name].row - 3 for name in BREAK_BEFORE])


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
        write_single(draft, sheet, BLOCK[name], shown)
    else:
        value = draft.values["wm_scores"][place][1]
        one = f"INDEX(wm_scores,{place + 1},2)"
        formula = f'=IF(LEN({one})=0,"",{one})'  # LibreOffice: what INDEX takes from an empty array cell is not ""
        sheet.write_formula(row, 2, formula, shown, stored(value))
        cell = area(row + 1, 3, 1, 1, absolute=True)
        draft.book.define_name(name, f"='{TAB['scoreboard'].name.to(draft.lang)}'!{cell}")
