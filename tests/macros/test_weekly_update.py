"""Weekly update and next actions: from cell to cell, the heaviest first; words say what and how many are left."""

from __future__ import annotations

from macro_desk import NOW, blank, sample

from warmap.reading import read_document
from warmap.worksheet import FUNCTIONS
from warmap_addin.macros.edits import Select
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.running import MACROS
from warmap_addin.macros.session import read_open_book
from warmap_workbook.computed import BLOCK
from warmap_workbook.ooxml import cell_name
from warmap_workbook.writing.build import build_workbook

TAB = {"zh": "关键人", "en": "People"}


def week_of(at):
    """The lines of THIS_WEEK for the open workbook: (words, cell)."""
    opened = Opened(read_open_book(at.book), NOW.date())
    return FUNCTIONS["THIS_WEEK"].compute(opened.call)


def where(at):
    sheet, row, column = at.book.at
    return f"'{sheet}'!{cell_name(row, column)}"


def test_each_press_goes_to_the_next_cell_until_all_were_seen(desk, lang):
    at = desk(sample(lang))
    lines = week_of(at)
    cells = list(dict.fromkeys(cell for _, cell in lines))
    walked = []
    for left in range(len(cells) - 1, -1, -1):
        words = at.press("weekly_update")
        walked.append(where(at))
        said = [what for what, cell in lines if cell == walked[-1]]
        assert all(what in words for what in said)
        assert str(left) in words or left == 0
    assert walked == cells
    assert {"zh": "最后一处", "en": "last one"}[lang] in words


def test_after_the_round_it_begins_again_and_says_so(desk, lang):
    at = desk(sample(lang))
    cells = list(dict.fromkeys(cell for _, cell in week_of(at)))
    for _ in cells:
        at.press("weekly_update")
    words = at.press("weekly_update")
    assert where(at) == cells[0]
    assert {"zh": "从头再来", "en": "Starting again from the top"}[lang] in words


def test_what_was_mended_is_not_shown_again_and_what_was_skipped_waits_for_the_next_round(desk, lang):
    at = desk(blank(lang))
    at.press("weekly_update")
    skipped = where(at)
    at.press("weekly_update")
    second = where(at)
    at.book.selection.value = "filled"
    at.press("weekly_update")
    assert where(at) not in {skipped, second}


def test_a_map_in_which_nothing_is_due_says_so(desk, lang):
    document = (("deal", {"account": "A", "opportunity": "B", "amount": 1, "currency": "CNY", "close_date": "2027-01-01",
                          "stage": "need_identification", "owner": "L", "as_of": "2026-06-30"}),)  # fmt: skip
    people = [
        {"name": f"P{n}", "buying_roles": [role], "influence": "low", "support": "support", "assessed_on": "2026-06-29",
         "evidence_grade": "proven", "contact_frequency": "frequent", "last_contact": "2026-06-29"}
        for n, role in enumerate(("coach", "user", "technical", "economic"))
    ]  # fmt: skip
    content = build_workbook(read_document({**dict(document), "contacts": people}).map, lang)
    at = desk(content)
    assert {"zh": "没有要补的", "en": "Nothing needs updating"}[lang] in at.press("weekly_update")


def test_the_next_actions_are_said_with_person_and_reason(desk, lang):
    at = desk(sample(lang))
    words = at.press("next_actions")
    opened = Opened(read_open_book(at.book), NOW.date())
    for what, who, why, *_ in FUNCTIONS["NEXT_ACTIONS"].compute(opened.call):
        assert all(piece in words for piece in (what, who, why))
    assert at.book.at == ({"zh": "计分板", "en": "Scoreboard"}[lang], BLOCK["wm_next_actions"].row, 1)


def test_a_sheet_that_was_renamed_is_still_walked(desk, lang):
    at = desk(sample(lang))
    at.book.sheets[TAB[lang]].name = "VIP"
    edits = MACROS["weekly_update"](Opened(read_open_book(at.book), NOW.date()))
    names = {sheet.name for sheet in at.book.sheets}
    assert all(one.sheet in names for one in edits if isinstance(one, Select))
