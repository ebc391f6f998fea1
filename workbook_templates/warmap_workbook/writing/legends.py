"""What must stay in sight while a table is filled in: groups, the anchors of ratings, criteria, stages claimed and earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.layout import SETTINGS_NAME, Tab
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, TrustPillar
from warmap.text import LANGUAGES, Text
from warmap.worksheet.overview import SCORES_BY_CODE
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.beside import widths_beside
from warmap_workbook.writing.guide import CAPS_LINE, COUNTED_LINE, PILLAR_MEANING, RATING_ANCHORS, ROLE_MEANING
from warmap_workbook.writing.home_top import NOT_FILLED, deal_cell, earned_stage
from warmap_workbook.writing.printing import Placed, print_rows
from warmap_workbook.writing.values import cell_values

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

GROUPS: tuple[tuple[str, Text], ...] = (
    ("name", Text("谁", "Who")),
    ("buying_roles.coach", Text("角色（打 ✓）", "Roles (tick)")),
    ("influence", Text("判断", "Judgement")),
    ("contact_frequency", Text("接触", "Contact")),
    ("post_status", Text("任职", "Post")),
)
CLAIMED, EARNED = Text("▶ 申报阶段", "▶ Stage claimed"), Text("● 实际阶段", "● Stage earned")
STAGE_LINE = Text("证据写客户方做了什么、哪一天。", "Evidence is what the customer's side did, and when.")
FIRST_CELLS = Text(
    "黄色的格先填，其余以后再说；不知道就空着。",
    "The yellow cells first, the rest later; leave blank what you do not know.",
)


def write(draft: Draft, sheet: Worksheet, tab: Tab) -> None:
    """The legend of a tab that has one."""
    if tab.code == "people":
        _groups(draft, sheet)
    elif tab.code == "trust":
        _trust(draft, sheet)
        _counted(draft, sheet)
    elif tab.code == "wins":
        _wins(draft, sheet)
    elif tab.code == "stages":
        _stages(draft, sheet)


def _groups(draft: Draft, sheet: Worksheet) -> None:
    place = draft.places["contacts"]
    codes = [field.code for field in place.table.fields]
    starts = [codes.index(code) for code, _ in GROUPS] + [len(codes)]
    look = draft.formats(
        bold=True, font_color=style.NAVY, bg_color=style.NAVY_PALE, align="center", border=1, border_color=style.PAPER
    )
    for (_, text), first, after in zip(GROUPS, starts, starts[1:], strict=False):
        sheet.merge_range(place.header_row - 2, first, place.header_row - 2, after - 1, text.to(draft.lang), look)
    placed = Placed(place.header_row + 1, place.room, place.width + len(widths_beside("people")))
    print_rows(draft, place.tab, placed, len(draft.map.contacts), (2, 11))
    sheet.write_string(2, 3, FIRST_CELLS.to(draft.lang), draft.formats.quiet())


def _trust(draft: Draft, sheet: Worksheet) -> None:
    place = draft.places["trust"]
    sheet.write_string(3, 0, RATING_ANCHORS.to(draft.lang), draft.formats(bold=True, font_color=style.NAVY))
    caps = {grade.value: f"{draft.settings.evidence_cap[grade.value]:g}" for grade in EvidenceGrade}
    words = CAPS_LINE.say(draft.lang, caps) + COUNTED_LINE.say(draft.lang, caps)
    sheet.write_string(4, 0, words, draft.formats.quiet())
    codes = [field.code for field in place.table.fields]
    look = draft.formats(font_color=style.NAVY, bg_color=style.NAVY_PALE, text_wrap=True, align="center", font_size=9,
                         border=1, border_color=style.PAPER)  # fmt: skip
    for pillar in TrustPillar:
        column = codes.index(f"ratings.{pillar.value}.rating")
        sheet.merge_range(5, column, 5, column + 1, PILLAR_MEANING[pillar].to(draft.lang), look)
    sheet.set_row(5, 44 if draft.lang == "zh" else 58)


def _counted(draft: Draft, sheet: Worksheet) -> None:
    """A rating above its evidence shows at once how much of it counts, as the settings of the workbook stand."""
    place = draft.places["trust"]
    codes = [field.code for field in place.table.fields]
    first, last = place.header_row, place.last_row - 1
    for pillar in TrustPillar:
        column = codes.index(f"ratings.{pillar.value}.rating") + place.left - 1
        rating, grade = (area(first + 1, column + 1 + beside, 1, 1) for beside in (0, 1))
        for level in EvidenceGrade:
            code = f"evidence_cap.{level.value}"
            cap = f'INDEX({SETTINGS_NAME},MATCH("{code}",INDEX({SETTINGS_NAME},0,1),0),2)'
            # either language's word, as for the signs of influence and support
            words = ",".join(f'{grade}="{level.label.to(lang)}"' for lang in LANGUAGES)
            is_level = f"OR(LEN({grade})=0,{words})" if level is EvidenceGrade.NONE else f"OR({words})"
            above, written = f"ISNUMBER({rating}),{rating}>{cap},{is_level}", draft.settings.evidence_cap[level.value]
            # a number format cannot look a figure up: where the settings were changed since, the sign stands alone
            for condition, shown in (
                (f"{above},{cap}={written:g}", f'General" → {written:g}"'),
                (above, 'General" ↓"'),
            ):
                look = draft.formats(num_format=shown, font_color=style.ORANGE, bg_color=style.ORANGE_PALE, bold=True)
                what = {"type": "formula", "criteria": f"=AND({condition})", "format": look, "stop_if_true": True}
                sheet.conditional_format(first, column, last, column, what)


def _wins(draft: Draft, sheet: Worksheet) -> None:
    """The six criteria of each role, in the columns they are answered in."""
    place = draft.places["wins"]
    codes = [field.code for field in place.table.fields]
    first = codes.index("statuses.1")
    head = draft.formats(
        bold=True, bg_color=style.NAVY_PALE, font_color=style.NAVY, border=1, border_color=style.PAPER, text_wrap=True
    )
    cell = draft.formats(
        bg_color=style.NAVY_PALE, font_size=9, text_wrap=True, align="center", border=1, border_color=style.PAPER
    )
    meaning = draft.formats.quiet(font_size=9, text_wrap=True, indent=1)
    for row, role in enumerate(BuyingRole, 3):
        sheet.write_string(row, first - 1, role.label.to(draft.lang), head)
        for column, criterion in enumerate(WIN_CRITERIA[role], first):
            sheet.write_string(row, column, criterion.label.to(draft.lang), cell)
        sheet.merge_range(row, first + 6, row, first + 7, ROLE_MEANING[role].to(draft.lang), meaning)
        sheet.set_row(row, 26)


def _stages(draft: Draft, sheet: Worksheet) -> None:
    """The stage claimed and the stage earned beside each other, and their signs at the lines below."""
    place, lang = draft.places["stage_evidence"], draft.lang
    blank = NOT_FILLED.to(lang)
    claimed = cell_values(draft.places["deal"].table, draft.map.deal, lang).get("stage", blank)
    reached = draft.values["wm_scores"][list(SCORES_BY_CODE).index("stage_reached")][1]
    earned, label = earned_stage(draft, reached)
    cell = deal_cell(draft, "stage")
    row = place.header_row - 2
    for column, text, ink in ((0, CLAIMED, style.NAVY), (2, EARNED, style.TEAL)):
        look = draft.formats(
            bold=True, font_color=ink, align="right" if column else "left", font_size=9, text_wrap=True
        )
        sheet.write_string(row, column, text.to(lang), look)
    for column, formula, value, ink in ((1, f'IF({cell}="","{blank}",{cell})', claimed, style.NAVY), (3, earned, label, style.TEAL)):  # fmt: skip
        sheet.write_formula(row, column, f"={formula}", draft.formats(bold=True, font_color=ink, indent=1), str(value))
    sheet.set_row(row, 26)
    sheet.write_string(2, 3, STAGE_LINE.to(lang), draft.formats.quiet())
    first, last = place.header_row, place.last_row - 1
    own, here, there = (
        area(first + 1, 1, 1, 1).replace("A", "$A"),
        *(area(row + 1, c, 1, 1, absolute=True) for c in (2, 4)),
    )
    for condition, sign, paper in (
        (f"AND({own}={here},{own}={there})", "▶● ", style.NAVY_PALE), (f"{own}={here}", "▶ ", style.NAVY_PALE),
        (f"{own}={there}", "● ", style.TEAL_PALE),
    ):  # fmt: skip
        look = draft.formats(bold=True, bg_color=paper, num_format=f'"{sign}"@')
        what = {"type": "formula", "criteria": f"={condition}", "format": look, "stop_if_true": True}
        sheet.conditional_format(first, 0, last, 0, what)
