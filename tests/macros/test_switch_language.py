"""Switch language: labels and picklists change, values stay, texts of people's own are not touched."""

from __future__ import annotations

import re
from functools import cache

import pytest
from excel_stand_in import Book
from macro_desk import Desk, sample

from warmap.history import content
from warmap.layout import TABS, TabKind
from warmap_templates.read import read_workbook

OTHER = {"zh": "en", "en": "zh"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def switched(tmp_path_factory):
    """A sample after the switch, by the language it was in; the tests only look at it."""

    @cache
    def look(lang):
        at = Desk(tmp_path_factory.mktemp(lang), sample(lang))
        at.press("switch_language")
        return at

    return look


def test_the_map_is_the_same_after_one_switch_and_after_two(desk, lang):
    at = desk(sample(lang))
    before = content(read_workbook(sample(lang)).map)
    at.press("switch_language")
    once = at.book.saved()
    intake = read_workbook(once)
    assert content(intake.map) == before
    assert intake.lang == OTHER[lang]
    assert not [f for f in intake.findings if f.code[:3] in {"DV0", "DV1", "DV2"}]
    at.book = Book(once, at.folder / "map.xlsx", at.app)
    at.press("switch_language")
    twice = read_workbook(at.book.saved())
    assert content(twice.map) == before
    assert twice.lang == lang


def test_every_tab_is_called_by_its_name_in_the_other_language(switched, lang):
    at = switched(lang)
    assert [sheet.name for sheet in at.book.sheets] == [tab.name.to(OTHER[lang]) for tab in TABS]


def test_no_label_of_the_old_language_is_left(switched):
    """From Chinese to English: what is still Chinese was typed by people."""
    at = switched("zh")
    entered = {str(value) for sheet in Book(sample("zh")).sheets for value in sheet.cells_.values() if value}
    template = read_workbook(sample("en")).book
    for tab in TABS:
        if tab.kind is TabKind.HIDDEN or tab.kind is TabKind.COMPUTED:
            continue
        sheet = at.book.sheets[tab.name.en]
        places = template.sheet(tab.name.en)
        for (row, column), value in sheet.cells_.items():
            if isinstance(value, str) and CHINESE.search(value):
                assert value in entered
                assert not (isinstance(places.value(row, column), str) and row < 4), (tab.code, row, column, value)


def test_formulas_carry_the_words_of_the_other_language(switched):
    at = switched("zh")
    texts = [text for sheet in at.book.sheets for text in sheet.formulas_.values()]
    assert texts
    assert not [text for text in texts if CHINESE.search(text)]


def test_the_formulas_are_those_of_a_template_in_that_language(switched, lang):
    at = switched(lang)
    found = {f.code for f in read_workbook(at.book.saved()).findings}
    assert not found & {"DV301", "DV302"}


def test_every_link_within_the_workbook_leads_to_a_sheet_that_is_there(switched, lang):
    at = switched(lang)
    names = {sheet.name for sheet in at.book.sheets}
    links = [address for sheet in at.book.sheets for address in sheet.links.values()]
    assert len(links) > 30
    assert all(re.fullmatch(r"#'(.+)'![A-Z]+\d+", link)[1] in names for link in links)


def test_yes_and_no_are_offered_in_the_other_language(switched, lang):
    at = switched(lang)
    choices = {words for sheet in at.book.sheets for words in sheet.choices.values()}
    assert choices == {{"zh": ("Yes", "No"), "en": ("是", "否")}[lang]}


def test_protected_sheets_are_protected_again_as_they_were(switched, lang):
    at = switched(lang)
    for tab, sheet in zip(TABS, at.book.sheets, strict=True):
        assert sheet.api.ProtectContents is (tab.kind is not TabKind.HIDDEN)
        if sheet.api.protected_with:
            assert sheet.api.protected_with["AllowSorting"] is True


def test_a_sheet_with_a_password_stops_it_before_anything_is_half_done_and_is_named(desk, lang):
    at = desk(sample(lang))
    at.book.sheets[TABS[0].name.to(lang)].api.password = "secret"
    words = at.press("switch_language")
    assert TABS[0].name.to(lang) in words
    assert not any(sheet.written for sheet in at.book.sheets)


def test_a_column_a_rival_and_a_sheet_of_the_users_own_stay(desk, lang):
    at = desk(sample(lang))
    people = at.book.sheets[{"zh": "关键人", "en": "People"}[lang]]
    own = at.book.sheets.add("姓名 Name", after=list(at.book.sheets)[-1])
    own.range("A1").value = {"zh": "姓名 *", "en": "Name *"}[lang]
    people.cells_[6, 40] = {"zh": "关键人", "en": "People"}[lang]
    rivals = Book(sample(lang)).sheets[{"zh": "竞争", "en": "Competition"}[lang]].range("D5:G5").value
    at.press("switch_language")
    assert own.range("A1").value == {"zh": "姓名 *", "en": "Name *"}[lang]
    assert people.cells_[6, 40] == {"zh": "关键人", "en": "People"}[lang]
    assert at.book.sheets[{"zh": "Competition", "en": "竞争"}[lang]].range("D5:G5").value == rivals


@pytest.mark.parametrize("lang", ["zh"])
def test_a_name_already_taken_is_left_and_said(desk, lang):
    at = desk(sample(lang))
    at.book.sheets.add("People", after=list(at.book.sheets)[-1])
    words = at.press("switch_language")
    assert "关键人" in words
    assert "关键人" in [sheet.name for sheet in at.book.sheets]
