"""Legends in sight while a table is filled in: groups, rating anchors, win criteria, stages claimed and earned."""

import itertools
from collections.abc import Mapping
from typing import Any

from warmap.layout import SETTINGS_NAME
from warmap.model import Win
from warmap.terms import (
    STAGE_CRITERIA,
    WIN_CRITERIA,
    BuyingRole,
    EvidenceGrade,
    Outcome,
    ProcurementStage,
    StageCriterion,
    TrustPillar,
)
from warmap.text import COLON, LANGUAGES, Lang, Text
from warmap.worksheet.progress import DONE
from warmap.worksheet.score_functions import ASKED
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import NOT_FILLED, Draft, format_if, stored
from warmap_workbook.writing.guide import CAPS_LINE, COUNTED_LINE, PILLAR_MEANING, RATING_ANCHORS, ROLE_MEANING
from warmap_workbook.writing.input_cells import cell_values
from warmap_workbook.writing.row_results import CRITERIA_NAME

GROUPS: tuple[tuple[str, Text], ...] = (  # the field that begins a group of columns on People, and its heading
    ("name", Text("谁", "Who")),
    ("buying_roles.coach", Text("角色（打 ✓）", "Roles (tick)")),
    ("influence", Text("判断", "Judgement")),
    ("contact_frequency", Text("接触", "Contact")),
)
CLAIMED, EARNED = Text("▶ 申报阶段", "▶ Stage claimed"), Text("● 实际阶段", "● Stage earned")
DAYS_LEFT = Text("剩余天数", "Days left")
DAYS_NEEDED = Text("所需天数", "Days needed")
ASK_FIRST = Text(
    "先问这几条（牵动健康度基数几分）：依据最弱、分量最重的判断",
    "Ask these first: the judgements that weigh most on the weakest evidence, with the points of health (before flags) at stake",
)
SIGNED = Text("已签约", "signed")
STAGE_LINE = Text(
    "证据写客户方做了什么、哪一天。所需天数是余下各阶段通常要的（见“设置”）。",
    "Evidence is what the customer's side did, and when. Days needed: what the stages left usually take (Settings).",
)
FIRST_CELLS = Text(
    "黄色的格先填，其余以后再说；不知道就空着。",
    "The yellow cells first, the rest later; leave blank what you do not know.",
)


def write_legend(draft: Draft, tab: str) -> None:
    """Write the legend of a tab that has one."""
    if tab == "people":
        _groups(draft)
    elif tab == "trust":
        _trust(draft)
        _counted(draft)
    elif tab == "wins":
        _wins(draft)
    elif tab == "stages":
        _stages(draft)
    elif tab == "review":
        _review(draft)


def _groups(draft: Draft) -> None:
    sheet, place = draft.sheet("people"), draft.places["contacts"]
    codes = [field.code for field in place.table.fields]
    left = place.left - 1
    starts = [left + codes.index(code) for code, _ in GROUPS] + [left + len(codes)]
    look = draft.formats(bold=True, align="center", **style.LABEL)
    row = place.header_row - 2
    for (_, text), (first, after) in zip(GROUPS, itertools.pairwise(starts), strict=True):
        sheet.merge_range(row, first, row, after - 1, draft.say(text), look)
    sheet.write_string(2, left + 1, draft.say(FIRST_CELLS), draft.formats.quiet())


def _rating_columns(draft: Draft) -> dict[TrustPillar, int]:
    """The column of each pillar's rating, from 0; its evidence is in the next one."""
    codes = [field.code for field in draft.places["trust"].table.fields]
    return {pillar: codes.index(f"ratings.{pillar.value}.rating") for pillar in TrustPillar}


def _trust(draft: Draft) -> None:
    sheet = draft.sheet("trust")
    sheet.write_string(3, 0, draft.say(RATING_ANCHORS), draft.formats(bold=True, font_color=style.NAVY))
    caps = {grade.value: f"{draft.settings.evidence_cap[grade.value]:g}" for grade in EvidenceGrade}
    words = CAPS_LINE.say(draft.lang, caps) + COUNTED_LINE.say(draft.lang, caps)
    sheet.write_string(4, 0, words, draft.formats.quiet())
    look = draft.formats(**style.LEGEND)
    for pillar, column in _rating_columns(draft).items():
        sheet.merge_range(5, column, 5, column + 1, draft.say(PILLAR_MEANING[pillar]), look)
    sheet.set_row(5, 44 if draft.lang == "zh" else 58)


def _counted(draft: Draft) -> None:
    """Show beside a rating above its evidence how much of it counts, by the settings of the workbook."""
    sheet, place = draft.sheet("trust"), draft.places["trust"]
    first, last = place.header_row, place.last_row - 1
    for column in _rating_columns(draft).values():
        rating, grade = (area(first + 1, column + 1 + beside, 1, 1) for beside in (0, 1))
        for level in EvidenceGrade:
            code = f"evidence_cap.{level.value}"
            cap = f'INDEX({SETTINGS_NAME},MATCH("{code}",INDEX({SETTINGS_NAME},0,1),0),2)'
            # Either language's word: the colours stay when the workbook's language is switched.
            words = ",".join(f'{grade}="{level.label.to(lang)}"' for lang in LANGUAGES)
            is_level = f"OR(LEN({grade})=0,{words})" if level is EvidenceGrade.NONE else f"OR({words})"
            above, written = f"ISNUMBER({rating}),{rating}>{cap},{is_level}", draft.settings.evidence_cap[level.value]
            # A number format cannot look up a figure: where the settings were changed since, it shows only the arrow.
            for condition, shown in (
                (f"{above},{cap}={written:g}", f'General" → {written:g}"'),
                (above, 'General" ↓"'),
            ):
                look = draft.formats(num_format=shown, font_color=style.ORANGE, bg_color=style.ORANGE_PALE, bold=True)
                format_if(sheet, (first, column, last, column), f"AND({condition})", look, stop=True)


def _wins(draft: Draft) -> None:
    """Write the six criteria of each role above the columns that answer them."""
    sheet = draft.sheet("wins")
    codes = [field.code for field in draft.places["wins"].table.fields]
    first = draft.places["wins"].left - 1 + codes.index("statuses.1")
    head = draft.formats(bold=True, text_wrap=True, **style.LABEL)
    cell = draft.formats(**{**style.LEGEND, "font_color": style.INK})
    meaning = draft.formats.quiet(font_size=9, text_wrap=True, indent=1)
    for row, role in enumerate(BuyingRole, 3):
        sheet.write_string(row, first - 1, draft.say(role.label), head)
        for column, criterion in enumerate(WIN_CRITERIA[role], first):
            sheet.write_string(row, column, draft.say(criterion.label), cell)
        sheet.merge_range(row, first + 6, row, first + 7, draft.say(ROLE_MEANING[role]), meaning)
        sheet.set_row(row, 26)
    _name_statuses(draft, first)
    draft.define_name(CRITERIA_NAME, "wins", 4, first, len(BuyingRole), 1 + len(WIN_CRITERIA[BuyingRole.COACH]))


def _name_statuses(draft: Draft, first: int) -> None:
    """Let each status say which criterion of its row's role it is about; `first` is the column of the first, from 0."""
    sheet, place = draft.sheet("wins"), draft.places["wins"]
    role_cell = f"${area(place.header_row + 1, first, 1, 1)}"
    for role, criteria in WIN_CRITERIA.items():
        for column, criterion in enumerate(criteria, first):
            box = (place.header_row, column, place.last_row - 1, column)
            for lang in LANGUAGES:
                named, is_role = (
                    f'"{criterion.label.to(lang)}{COLON.to(lang)}"@',
                    f'{role_cell}="{role.label.to(lang)}"',
                )
                # shaded once more here, for LibreOffice 7.4 shows only the first of two rules that meet in a cell
                shaded = draft.formats.conditional(num_format=named, bg_color=style.GREY_PALE)
                format_if(sheet, box, f"AND({is_role},MOD(ROW()-{place.header_row},2)=0)", shaded)
                format_if(sheet, box, is_role, draft.formats.conditional(num_format=named))


def named_statuses(row: Any, values: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """The statuses of a row of wins as their cells show them, by field code; none of any other row."""
    criteria = WIN_CRITERIA[row.role] if isinstance(row, Win) and row.role else ()
    return {
        code: f"{criterion.label.to(lang)}{COLON.to(lang)}{values[code]}"
        for number, criterion in enumerate(criteria, 1)
        if (code := f"statuses.{number}") in values
    }


def _stages(draft: Draft) -> None:
    """Write the stage claimed beside the stage earned, the time left beside the time needed; mark the lines below."""
    sheet, place = draft.sheet("stages"), draft.places["stage_evidence"]
    row = place.header_row - 3
    _time(draft, row + 1)
    deal = cell_values(draft.places["deal"].table, draft.map.deal, draft.lang)
    earned, label = draft.earned_stage()
    for column, text, ink in ((0, CLAIMED, style.NAVY), (2, EARNED, style.TEAL)):
        sheet.write_string(row, column, draft.say(text), _label(draft, ink, column))
    claimed = deal.get("stage", draft.say(NOT_FILLED))
    for column, formula, value, ink in (
        (1, draft.deal_value("stage"), claimed, style.NAVY), (3, earned, label, style.TEAL),
    ):  # fmt: skip
        sheet.write_formula(row, column, f"={formula}", draft.formats(bold=True, font_color=ink, indent=1), str(value))
    sheet.set_row(row, 26)
    sheet.write_string(2, 3, draft.say(STAGE_LINE), draft.formats.quiet())
    _mark_stages(draft, row)


def _time(draft: Draft, row: int) -> None:
    """Write the days until the close date beside those that the stages left usually take (RF506), by the settings.

    Of a deal that is signed or has ended that is no question any more: how it ended stands there, and no days are needed.
    """
    sheet, (close, as_of) = draft.sheet("stages"), (draft.deal_cell(code) for code in ("close_date", "as_of"))
    the_deal, usual = draft.map.deal, draft.settings.stage_days
    reached = draft.score("stage_reached")
    assert isinstance(reached, float)
    over, word = _over(draft)
    left: str | int = "–"
    if the_deal.close_date and the_deal.as_of:
        left = (the_deal.close_date - the_deal.as_of).days
    needed = sum(usual[stage.value] for stage in ProcurementStage if stage.number >= reached and stage.value in usual)
    terms = [
        f"IF(wm_score_stage_reached>{stage.number},0,"
        f'INDEX({SETTINGS_NAME},MATCH("stage_days.{stage.value}",INDEX({SETTINGS_NAME},0,1),0),2))'
        for stage in ProcurementStage
        if stage.value in usual
    ]
    days, usual_days = (area(row + 1, column, 1, 1, absolute=True) for column in (2, 4))
    formulas = (
        f'IF(LEN({over})>0,{over},IF(OR(LEN({close})=0,LEN({as_of})=0),"–",{close}-{as_of}))',
        f'IF(LEN({over})>0,"–",{"+".join(terms)})',
    )
    values = (word or left, "–" if word else needed)
    for place, (text, formula, value) in enumerate(zip((DAYS_LEFT, DAYS_NEEDED), formulas, values, strict=True)):
        sheet.write_string(row, 2 * place, draft.say(text), _label(draft, style.PALE_INK, 2 * place))
        look = draft.formats(bold=True, indent=1, align="left", num_format="0")
        sheet.write_formula(row, 2 * place + 1, f"={formula}", look, value)
    sheet.set_row(row, 26)
    short = draft.formats.conditional(font_color=style.RED, num_format='"▲ "0;"▲ −"0')
    is_short = f"AND(ISNUMBER({days}),N({usual_days})>0,{days}<{usual_days})"
    format_if(sheet, (row, 1, row, 1), is_short, short)


def _over(draft: Draft) -> tuple[str, str]:
    """How a deal ended, or that its contract is signed, as formula and value; empty while neither is so."""
    outcome, stage, (signed, still_open) = (
        draft.deal_cell("outcome"),
        draft.deal_cell("stage"),
        map(draft.say, (SIGNED, Outcome.OPEN.label)),
    )
    lines = [criterion for criteria in STAGE_CRITERIA.values() for criterion in criteria]
    line = lines.index(StageCriterion.CONTRACT_SIGNED) + 1
    last = draft.say(ProcurementStage.FULFILMENT.label)
    # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
    is_signed = f'OR({stage}="{last}",LEFT(INDEX(wm_stage_gates,{line},3),1)="{DONE}")'
    formula = f'IF(AND(LEN({outcome})>0,{outcome}<>"{still_open}"),{outcome},IF({is_signed},"{signed}",""))'
    ended, gates = draft.map.deal.outcome, draft.values["wm_stage_gates"]
    if ended is not None and ended is not Outcome.OPEN:
        return formula, draft.say(ended.label)
    is_signed_now = draft.map.deal.stage is ProcurementStage.FULFILMENT or gates[line - 1][2] == DONE
    return formula, signed if is_signed_now else ""


def _review(draft: Draft) -> None:
    """Write above the reviews what to ask first: the points at stake, and the question across the table."""
    sheet, place = draft.sheet("review"), draft.places["reviews"]
    sheet.write_string(3, 0, draft.say(ASK_FIRST), draft.formats(bold=True, font_color=style.NAVY))
    points = draft.formats(num_format=style.SCORE, bold=True, align="center", valign="vcenter")
    question = draft.formats(text_wrap=True, valign="vcenter")
    for row, cells in enumerate(draft.values["wm_review"][:ASKED], 1):
        at = 3 + row
        sheet.merge_range(at, 1, at, place.width - 1, "", question)
        for column, shown, look in ((0, 5, points), (1, 4, question)):
            formula = f'=IFERROR(INDEX(wm_review,{row},{shown}),"")'
            sheet.write_formula(at, column, formula, look, stored(cells[shown - 1]))
        sheet.set_row(at, 32)


def _label(draft: Draft, ink: str, column: int) -> Any:
    align = "right" if column else "left"
    return draft.formats(bold=True, font_color=ink, align=align, font_size=9, text_wrap=True)


def _mark_stages(draft: Draft, row: int) -> None:
    """Mark the lines of the stage claimed and of the stage earned, which are written in a row (from 0)."""
    sheet, place = draft.sheet("stages"), draft.places["stage_evidence"]
    own = f"$A{place.header_row + 1}"
    here, there = (area(row + 1, column, 1, 1, absolute=True) for column in (2, 4))
    for condition, sign, paper in (
        (f"AND({own}={here},{own}={there})", "▶● ", style.NAVY_PALE), (f"{own}={here}", "▶ ", style.NAVY_PALE),
        (f"{own}={there}", "● ", style.TEAL_PALE),
    ):  # fmt: skip
        look = draft.formats(bold=True, bg_color=paper, num_format=f'"{sign}"@')
        format_if(sheet, (place.header_row, 0, place.last_row - 1, 0), condition, look, stop=True)
