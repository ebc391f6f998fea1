"""Plan it: a red flag becomes an action with the flag's remedy, code, owner and day, and is answered by it."""

from __future__ import annotations

from macro_desk import NOW, sample

from warmap.worksheet.guidance import red_flags
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.session import read_open_book
from warmap_workbook.computed import BLOCK
from warmap_workbook.reading.read import read_workbook

SHEET = {"zh": "红旗", "en": "Red flags"}
ACTIONS = {"zh": "行动", "en": "Actions"}
TOP = BLOCK["wm_red_flags"].row


def on_flag(desk, lang, row):
    """A desk with the cursor on a row of the red flags (from 0), and what stands there."""
    at = desk(sample(lang))
    at.book.go(SHEET[lang], f"E{TOP + row}")
    return at, red_flags(Opened(read_open_book(at.book), NOW.date()).call)[row]


def test_a_flag_is_planned_and_then_answered(desk, lang):
    at, (_, code, _, _, remedy, *_) = on_flag(desk, lang, 0)
    before = read_workbook(at.book.saved())
    words = at.press("plan_it")
    after = read_workbook(at.book.saved())
    *kept, planned = after.map.actions
    assert kept == before.map.actions
    assert planned.what == remedy
    assert planned.about[0] == code
    assert planned.owner
    assert planned.due > after.map.deal.as_of
    assert code in words
    assert at.book.at[0] == ACTIONS[lang]
    flag = next(flag for flag in after.judgement.flags if flag.code == code)
    assert flag.mitigated_by == planned


def test_an_answered_flag_is_not_planned_again(desk, lang):
    at, row = on_flag(desk, lang, 1)
    assert row[7], "the second flag of the sample is no longer answered: choose another one, or another sample"
    assert {"zh": "已有回应", "en": "answered already"}[lang] in at.press("plan_it")
    assert not any(sheet.written for sheet in at.book.sheets)


def test_it_can_be_taken_back_once(desk, lang):
    at, _ = on_flag(desk, lang, 0)
    before = read_workbook(at.book.saved())
    at.press("plan_it")
    assert at.answer.after == "undo"
    at.press("undo")
    assert read_workbook(at.book.saved()).map == before.map
    assert at.answer.after == ""
    assert {"zh": "没有可以撤销", "en": "nothing to undo"}[lang] in at.press("undo")


def test_what_was_changed_by_hand_since_is_not_taken_back(desk, lang):
    at, _ = on_flag(desk, lang, 0)
    at.press("plan_it")
    at.book.selection.value = "my own words"
    at.press("undo")
    assert at.book.selection.value == "my own words"
