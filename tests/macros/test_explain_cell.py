"""Explain this cell: why this score or flag, what would raise it; of an entry, what it asks and what hangs on it."""

from __future__ import annotations

import pytest
from macro_desk import NOW, blank, sample

from warmap.flags import subject_label
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.terms import key
from warmap_addin.macros.explaining import raises
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.session import read_open_book
from warmap_workbook.computed import BLOCK, SCORE_ROW
from warmap_workbook.writing.home_cards import CARD_ROW

NAMES = {
    "board": {"zh": "计分板", "en": "Scoreboard"}, "flags": {"zh": "红旗", "en": "Red flags"},
    "people": {"zh": "关键人", "en": "People"}, "home": {"zh": "首页", "en": "Home"}, "deal": {"zh": "商机", "en": "Deal"},
    "guide": {"zh": "说明", "en": "Guide"}, "wins": {"zh": "赢标准", "en": "Wins"},
}  # fmt: skip
RAISE = {"zh": "怎样提高", "en": "What would raise it"}


def opened(at):
    return Opened(read_open_book(at.book), NOW.date())


@pytest.mark.parametrize("code", all_scores())
def test_each_line_of_the_scoreboard_says_why(desk, code):
    at = desk(sample("zh"))
    row = SCORE_ROW + list(all_scores()).index(code)
    at.book.go("计分板", f"{'ABCD'[row % 4]}{row}")
    words = at.press("explain_cell")
    assert all_scores()[code].name.zh in words
    assert all_scores()[code].reason(opened(at).judgement, "zh") in words
    ways = raises(opened(at), code)
    assert all(way in words for way in ways)
    assert (RAISE["zh"] in words) is bool(ways)


def test_what_would_raise_role_coverage_is_what_the_roles_lack(desk, lang):
    at = desk(blank(lang))
    at.book.go(NAMES["board"][lang], f"C{SCORE_ROW}")
    words = at.press("explain_cell")
    assert words.count({"zh": "还没有找到担任此角色的人", "en": "Nobody is known in this role"}[lang]) == 4


def test_a_card_on_the_front_page_is_its_score(desk, lang):
    at = desk(sample(lang))
    at.book.go(NAMES["home"][lang], f"B{CARD_ROW + 2}")
    assert all_scores()["health"].name.to(lang) in at.press("explain_cell")


def test_a_red_flag_is_explained_with_its_rule_its_cost_and_its_remedy(desk, lang):
    at = desk(sample(lang))
    flags = sorted(opened(at).judgement.flags, key=lambda flag: flag.mitigated_by is not None)
    for row, flag in enumerate(flags, 5):
        at.book.go(NAMES["flags"][lang], f"D{row}")
        words = at.press("explain_cell")
        assert flag.code in words
        assert all_rules()[flag.code].why.to(lang) in words
        if flag.mitigated_by is None:
            assert flag.remedy(lang) in words
        else:
            assert {"zh": "已有应对", "en": "Answered by"}[lang] in words


def test_an_entry_says_what_it_asks_and_what_is_wrong_in_it(desk, lang):
    at = desk(blank(lang))
    at.book.go(NAMES["deal"][lang], "B5")
    words = at.press("explain_cell")
    assert {"zh": "这是必填项", "en": "must be filled in"}[lang] in words
    assert "DV201" in words


def test_a_row_of_a_person_tells_the_flags_about_that_person(desk, lang):
    at = desk(sample(lang))
    for row, contact in enumerate(opened(at).entries.map.contacts, 6):
        at.book.go(NAMES["people"][lang], f"{'AKZ'[row % 3]}{row}")
        words = at.press("explain_cell")
        about = [f for f in opened(at).judgement.open_flags if key(f.subject) == key(contact.name)]
        assert contact.name in words
        assert all(flag.message(lang) in words and flag.remedy(lang) in words for flag in about)
        assert all(subject_label(flag.subject, lang) == contact.name for flag in about)


def test_a_cell_with_another_function_is_explained_by_that_function(desk, lang):
    at = desk(sample(lang))
    at.book.go(NAMES["board"][lang], f"A{BLOCK['wm_health_why'].row}")
    assert "WARMAP.HEALTH_WHY" in at.press("explain_cell")


def test_a_call_that_cannot_work_is_explained_in_words(desk, lang):
    at = desk(sample(lang))
    own = at.book.sheets.add("mine", after=list(at.book.sheets)[-1])
    own.range("A1").formula = "=WARMAP.TRUST_SCORE(wm_contacts)"
    at.book.go("mine", "A1")
    assert "WARMAP.TRUST_SCORE" in at.press("explain_cell")
    assert {"zh": "缺少参数", "en": "is missing"}[lang] in at.press("explain_cell")


@pytest.mark.parametrize(("sheet", "cell"), [("guide", "A1"), ("people", "A1"), ("people", "D50")])
def test_where_nothing_is_to_be_explained_it_says_so_or_what_belongs_there(desk, lang, sheet, cell):
    at = desk(sample(lang))
    at.book.go(NAMES[sheet][lang], cell)
    words = at.press("explain_cell")
    assert words
    assert "Traceback" not in words


def test_with_a_picture_selected_it_asks_for_a_cell(desk, lang):
    at = desk(sample(lang))
    at.book.selection = None
    assert {"zh": "请先选中一个单元格", "en": "Select a cell first"}[lang] in at.press("explain_cell")
