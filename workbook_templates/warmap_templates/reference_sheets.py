"""Settings, guide, history, and the legends that stay in sight above the input tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap import history
from warmap.functions.declaration import SNAPSHOT_MARKS_NAME
from warmap.layout import HISTORY_NAME, SETTINGS_NAME, TAB
from warmap.settings import default_settings, flat, meaning
from warmap.text import Text
from warmap.vocabulary import (
    WIN_CRITERIA,
    BuyingRole,
    EvidenceGrade,
    Term,
    TrustPillar,
)
from warmap_templates import guide_sheet, style
from warmap_templates.computed import area
from warmap_templates.guide import CAPS_LINE, PILLAR_MEANING, RATING_ANCHORS, ROLE_MEANING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap.layout import Tab
    from warmap_templates.build import Draft

SETTINGS_HEADS = (Text("代码", "Code"), Text("数值", "Value"), Text("默认", "Default"), Text("含义", "Meaning"))
SETTINGS_TOP = 5  # the header row of the settings, from 1
GROUPS: tuple[tuple[str, Text], ...] = (
    ("name", Text("谁", "Who")),
    ("buying_roles.coach", Text("角色（打 ✓）", "Roles (tick)")),
    ("influence", Text("判断", "Judgement")),
    ("contact_frequency", Text("接触", "Contact")),
    ("post_status", Text("任职", "Post")),
)
STAGE_LINE = Text(
    "申报阶段与实际阶段见首页；证据写客户方做了什么。",
    "Stage claimed and earned stand on Home; evidence is what the customer did.",
)


def write(draft: Draft) -> None:
    """Settings, guide, history."""
    _settings(draft)
    guide_sheet.write(draft)
    _history(draft)


def legend(draft: Draft, sheet: Worksheet, tab: Tab) -> None:
    """What must stay in sight while a table is filled in."""
    if tab.code == "people":
        _groups(draft, sheet)
    elif tab.code == "trust":
        _trust_legend(draft, sheet)
    elif tab.code == "wins":
        _wins_legend(draft, sheet)
    elif tab.code == "stages":
        _stage_note(draft, sheet)


def _groups(draft: Draft, sheet: Worksheet) -> None:
    place = draft.places["contacts"]
    codes = [field.code for field in place.table.fields]
    starts = [codes.index(code) for code, _ in GROUPS] + [len(codes)]
    look = draft.formats(
        bold=True, font_color=style.NAVY, bg_color=style.NAVY_PALE, align="center", border=1, border_color=style.PAPER
    )
    for (_, text), first, after in zip(GROUPS, starts, starts[1:], strict=False):
        sheet.merge_range(place.header_row - 2, first, place.header_row - 2, after - 1, text.to(draft.lang), look)


def _trust_legend(draft: Draft, sheet: Worksheet) -> None:
    place = draft.places["trust"]
    quiet = draft.formats.quiet()
    sheet.write_string(3, 0, RATING_ANCHORS.to(draft.lang), draft.formats(bold=True, font_color=style.NAVY))
    caps = {grade.value: draft.settings.evidence_cap[grade.value] for grade in EvidenceGrade}
    sheet.write_string(4, 0, CAPS_LINE.say(draft.lang, caps), quiet)
    codes = [field.code for field in place.table.fields]
    look = draft.formats(font_color=style.NAVY, bg_color=style.NAVY_PALE, text_wrap=True, align="center", font_size=9,
                         border=1, border_color=style.PAPER)  # fmt: skip
    for pillar in TrustPillar:
        column = codes.index(f"ratings.{pillar.value}.rating")
        sheet.merge_range(5, column, 5, column + 1, PILLAR_MEANING[pillar].to(draft.lang), look)
    sheet.set_row(5, 44 if draft.lang == "zh" else 58)


def _wins_legend(draft: Draft, sheet: Worksheet) -> None:
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
    for row, role in enumerate(BuyingRole, 3):
        sheet.write_string(row, first - 1, role.label.to(draft.lang), head)
        for column, criterion in enumerate(WIN_CRITERIA[role], first):
            sheet.write_string(row, column, criterion.label.to(draft.lang), cell)
        sheet.merge_range(
            row,
            first + 6,
            row,
            first + 8,
            ROLE_MEANING[role].to(draft.lang),
            draft.formats.quiet(font_size=9, text_wrap=True),
        )
        sheet.set_row(row, 26)


def _stage_note(draft: Draft, sheet: Worksheet) -> None:
    """Where the stages claimed and earned are shown."""
    sheet.write_string(3, 0, STAGE_LINE.to(draft.lang), draft.formats.quiet())


def _settings(draft: Draft) -> None:
    from warmap_templates.build import page

    sheet = page(draft, TAB["settings"])
    for column, width in enumerate((42, 12, 12, 56)):
        sheet.set_column(column, column, width)
    top = SETTINGS_TOP - 1
    for column, text in enumerate(SETTINGS_HEADS):
        sheet.write_string(top, column, text.to(draft.lang), draft.formats.header(style.SAND))
    defaults = dict(flat(default_settings()))
    for row, (code, value) in enumerate(flat(draft.settings), top + 1):
        name, _, member = code.partition(".")
        sheet.write_string(row, 0, code, draft.formats(bg_color=style.SAND_PALE))
        sheet.write_number(row, 1, value, draft.formats.input(align="center", border=1, border_color=style.LINE))
        sheet.write_number(row, 2, defaults[code], draft.formats.quiet(align="center"))
        words = meaning(name).to(draft.lang) + (f" · {_member(member).to(draft.lang)}" if member else "")
        sheet.write_string(row, 3, words, draft.formats.quiet())
    last = top + len(defaults) + 1
    draft.book.define_name(SETTINGS_NAME, f"='{TAB['settings'].name.to(draft.lang)}'!$A${top + 1}:$B${last}")
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def _member(code: str) -> Text:
    """The words of a group's member: a term of the vocabulary, a component, or the code itself."""
    terms = (term for kind in Term.__subclasses__() for term in kind if term.value == code)
    return next((term.label for term in terms), Text(code, code))


def _history(draft: Draft) -> None:
    """The map's own history; programs write it, people do not."""
    sheet = draft.sheet("history")
    for row, cells in enumerate((history.COLUMNS, *history.rows_of(draft.map.snapshots))):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    width = len(history.COLUMNS)
    draft.book.define_name(HISTORY_NAME, f"=_history!{area(1, 1, history.MOST_ROWS, width, absolute=True)}")
    marks = area(1, 1, history.MARKED_ROWS + 1, len(history.MARKS), absolute=True)
    draft.book.define_name(SNAPSHOT_MARKS_NAME, f"=_history!{marks}")
