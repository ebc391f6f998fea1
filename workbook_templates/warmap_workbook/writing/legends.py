"""Legends in sight while a table is filled in: groups, rating anchors, win criteria, stages claimed and earned."""

import itertools

from warmap.layout import SETTINGS_NAME
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, TrustPillar
from warmap.text import LANGUAGES, Text
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import NOT_FILLED, Draft, format_if
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
STAGE_LINE = Text("证据写客户方做了什么、哪一天。", "Evidence is what the customer's side did, and when.")
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
    draft.define_name(CRITERIA_NAME, "wins", 4, first, len(BuyingRole), 1 + len(WIN_CRITERIA[BuyingRole.COACH]))


def _stages(draft: Draft) -> None:
    """Write the stage claimed beside the stage earned, and mark the lines of both below."""
    sheet, place = draft.sheet("stages"), draft.places["stage_evidence"]
    row = place.header_row - 2
    deal = cell_values(draft.places["deal"].table, draft.map.deal, draft.lang)
    earned, label = draft.earned_stage()
    for column, text, ink in ((0, CLAIMED, style.NAVY), (2, EARNED, style.TEAL)):
        align = "right" if column else "left"
        look = draft.formats(bold=True, font_color=ink, align=align, font_size=9, text_wrap=True)
        sheet.write_string(row, column, draft.say(text), look)
    claimed = deal.get("stage", draft.say(NOT_FILLED))
    for column, formula, value, ink in (
        (1, draft.deal_value("stage"), claimed, style.NAVY), (3, earned, label, style.TEAL),
    ):  # fmt: skip
        sheet.write_formula(row, column, f"={formula}", draft.formats(bold=True, font_color=ink, indent=1), str(value))
    sheet.set_row(row, 26)
    sheet.write_string(2, 3, draft.say(STAGE_LINE), draft.formats.quiet())
    own = f"$A{place.header_row + 1}"
    here, there = (area(row + 1, column, 1, 1, absolute=True) for column in (2, 4))
    for condition, sign, paper in (
        (f"AND({own}={here},{own}={there})", "▶● ", style.NAVY_PALE), (f"{own}={here}", "▶ ", style.NAVY_PALE),
        (f"{own}={there}", "● ", style.TEAL_PALE),
    ):  # fmt: skip
        look = draft.formats(bold=True, bg_color=paper, num_format=f'"{sign}"@')
        format_if(sheet, (place.header_row, 0, place.last_row - 1, 0), condition, look, stop=True)
