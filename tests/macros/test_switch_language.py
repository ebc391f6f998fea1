"""Switch language: labels and picklists change, values stay, texts of people's own are not touched."""

from __future__ import annotations

import io
import re
from functools import cache
from types import SimpleNamespace

import openpyxl
import pytest
from excel_stand_in import Book
from macro_desk import NOW, Desk, sample

from warmap.history import content
from warmap.layout import TABS, TabKind
from warmap.terms import Influence, Support
from warmap_addin.macros.edits import Messages, Say, Write, joined
from warmap_addin.macros.excel_edits import put_messages
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.session import read_open_book
from warmap_addin.macros.template_pair import template_pair
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.home import FOOT_ROW
from warmap_workbook.writing.home_cards import FIRST

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
    for spoken in (OTHER[lang], lang):
        at.press("switch_language")
        intake = Opened(read_open_book(at.book), NOW.date()).entries
        assert content(intake.map) == before
        assert intake.lang == spoken
        assert not [f for f in intake.findings if f.code[:3] in {"DV0", "DV1", "DV2"}]


def test_every_tab_is_called_by_its_name_in_the_other_language(switched, lang):
    at = switched(lang)
    assert [sheet.name for sheet in at.book.sheets] == [tab.name.to(OTHER[lang]) for tab in TABS]


def test_no_label_of_the_old_language_is_left(switched):
    """From Chinese to English: what is still Chinese was typed by people."""
    at = switched("zh")
    entered = {str(value) for sheet in Book(sample("zh")).sheets for value in sheet.cells_.values() if value}
    template = read_book(sample("en"))
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


def test_saved_it_is_a_workbook_of_that_language_with_its_formulas(switched, lang):
    saved = read_workbook(switched(lang).book.saved())
    assert saved.lang == OTHER[lang]
    assert content(saved.map) == content(read_workbook(sample(lang)).map)
    assert not [f for f in saved.findings if f.code[:3] in {"DV0", "DV1", "DV2"} or f.code in {"DV301", "DV302"}]


def test_every_link_within_the_workbook_leads_to_a_sheet_that_is_there(switched, lang):
    at = switched(lang)
    names = {sheet.name for sheet in at.book.sheets}
    links = [address for sheet in at.book.sheets for address in sheet.links.values()]
    assert len(links) > 30
    assert all(re.fullmatch(r"#'(.+)'![A-Z]+\d+", link)[1] in names for link in links)


def test_a_link_in_a_formula_names_the_sheet_as_it_is_called_now(switched, lang):
    book = switched(lang).book
    names = {sheet.name for sheet in book.sheets}
    named = [
        name
        for sheet in book.sheets
        for text in sheet.formulas_.values()
        for name in re.findall(r"\"#?'([^'\"]+)'!", text)
    ]
    assert named
    assert set(named) <= names


def test_yes_and_no_are_offered_in_the_other_language(switched, lang):
    words = ("是", "否", "Yes", "No")
    offered = {
        rule["Formula1"].strip('"')
        for s in switched(lang).book.sheets
        for rule in s.rules_.values()
        if rule["Formula1"]
    }
    assert {one for one in offered if one.split(",")[0] in words} == {{"zh": "Yes,No", "en": "是,否"}[lang]}


SAID = ("kind", "InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage")


def test_every_cell_says_what_it_says_in_a_workbook_of_that_language(switched, lang):
    """Input messages and refusals; the sample in the other language is the oracle."""
    for here, there in zip(switched(lang).book.sheets, Book(sample(OTHER[lang])).sheets, strict=True):
        assert here.rules_.keys() == there.rules_.keys()
        for at, rule in here.rules_.items():
            assert [rule[name] for name in SAID] == [there.rules_[at][name] for name in SAID], (here.name, at)


def test_charts_and_printed_pages_say_what_they_say_in_a_workbook_of_that_language(switched, lang):
    here, there = switched(lang).book.sheets, Book(sample(OTHER[lang])).sheets
    assert [[c.said() for c in s.charts] for s in here] == [[c.said() for c in s.charts] for s in there]
    assert sum(len(sheet.charts) for sheet in here) == 3
    assert [s.page_setup.api.LeftFooter for s in here] == [s.page_setup.api.LeftFooter for s in there]


@pytest.mark.parametrize("lang", ["zh"])
def test_words_of_the_users_own_in_charts_and_footers_stay(desk, lang):
    at = desk(sample(lang))
    board = at.book.sheets["计分板"]
    board.charts[0].title, board.page_setup.api.LeftFooter = "我的图", "机密"
    at.press("switch_language")
    assert board.charts[0].title == "我的图"
    assert board.page_setup.api.LeftFooter == "机密"
    assert board.charts[1].title.startswith("Power map")


@pytest.mark.parametrize("lang", ["zh"])
def test_without_a_printer_the_foot_of_the_pages_stays_and_the_rest_is_done(desk, lang):
    at = desk(sample(lang))
    for sheet in at.book.sheets:
        sheet.page_setup.without_printer()
    assert "in English now" in at.press("switch_language")
    assert not at.log.exists()


@pytest.mark.parametrize("lang", ["zh"])
def test_a_cell_that_lost_its_rule_to_a_paste_gets_none_and_its_neighbours_speak_the_new_language(desk, lang):
    at = desk(sample(lang))
    people = at.book.sheets["关键人"]
    name = 4  # its column
    del people.rules_[8, name]
    people.rules_[9, name] = {**people.rules_[9, name], "kind": "list", "Formula1": "a,b"}
    words = at.press("switch_language")
    assert "in English now" in words
    assert (8, name) not in people.rules_
    assert {people.rules_[row, name]["InputTitle"] for row in (6, 7, 9, 10)} == {"Name"}
    assert people.rules_[9, name]["Formula1"] == "a,b"


def test_the_colours_of_influence_and_support_know_the_words_of_both_languages():
    """So they need no switching, and stay when a name of the other language is typed."""
    rules = {}
    for lang, tab in (("zh", "关键人"), ("en", "People")):
        sheet = openpyxl.load_workbook(io.BytesIO(sample(lang)))[tab]
        rules[lang] = [rule.formula for area in sheet.conditional_formatting for rule in area.rules]
    assert rules["zh"] == rules["en"]
    text = str(rules["zh"])
    for term in (*Influence, *Support):
        assert f'"{term.label.zh}"' in text
        assert f'"{term.label.en}"' in text


def test_what_is_an_array_formula_in_a_workbook_stays_one(switched, lang):
    """Excel shows it like any other; LibreOffice computes only array formulas when it opens a file."""
    assert switched(lang).book.sheets[TABS[0].name.to(OTHER[lang])].arrays == {(FOOT_ROW + 1, FIRST + 1)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_array_formula_with_words_is_one_cell_and_short_enough_for_excel(lang):
    """Excel takes no longer one than 255 characters from a program, and no part of one."""
    book, pairs = read_book(sample(lang)), template_pair(lang, OTHER[lang])
    spoken = [
        (formula.array_ref, pairs[tab.code].formula(formula.text))
        for tab in TABS
        for formula in book.sheet(tab.name.to(lang)).formulas.values()
        if formula.array_ref and pairs[tab.code].formula(formula.text) != formula.text
    ]
    assert spoken
    assert all(":" not in ref and len(text) < 255 for ref, text in spoken)


@pytest.mark.parametrize("lang", ["zh"])
def test_formulas_as_an_open_excel_shows_them_are_known_too(desk, lang):
    at = desk(sample(lang))
    for sheet in at.book.sheets:
        sheet.formulas_ = {
            cell: text.replace("'商机'!", "商机!").replace("IF(wm_", "IF(@wm_")
            for cell, text in sheet.formulas_.items()
        }
    at.press("switch_language")
    texts = [text for sheet in at.book.sheets for text in sheet.formulas_.values()]
    assert not [text for text in texts if CHINESE.search(text)]


def test_protected_sheets_are_protected_again_as_they_were(switched, lang):
    at = switched(lang)
    for tab, sheet in zip(TABS, at.book.sheets, strict=True):
        assert sheet.api.ProtectContents is (tab.kind is not TabKind.HIDDEN)
        if sheet.api.protected_with:
            assert sheet.api.protected_with["AllowSorting"] is True


@pytest.mark.parametrize("tab", [TABS[0], TABS[9], TABS[18]], ids=lambda tab: tab.code)
def test_a_sheet_with_a_password_stops_it_before_anything_is_half_done_and_is_named(desk, lang, tab):
    at = desk(sample(lang))
    at.book.sheets[tab.name.to(lang)].api.password = "secret"
    words = at.press("switch_language")
    assert tab.name.to(lang) in words
    assert not any(sheet.written for sheet in at.book.sheets)
    assert all(sheet.api.ProtectContents for sheet in at.book.sheets if sheet.visible == -1)


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


@pytest.mark.parametrize("kind", ["none", "mixed_criteria", "inconsistent"])
def test_a_single_cell_whose_rule_excel_does_not_tell_is_let_alone(kind):
    cell = SimpleNamespace(count=1, data_validation=SimpleNamespace(type=kind))
    put_messages(cell, Messages("S", "A1:A1", "title", "message", "", ""))
    assert vars(cell.data_validation) == {"type": kind}


def test_cells_below_each_other_are_written_in_one_call():
    def one(cell, value, sheet="Map"):
        return Write(sheet, cell, ((value,),))

    assert list(joined([one("A1", "a"), one("A2", "b"), one("B3", "c"), one("B4", "d", "Other"), Say("x"), one("B5", "e")])) == [
        Write("Map", "A1", (("a",), ("b",))), one("B3", "c"), one("B4", "d", "Other"), Say("x"), one("B5", "e"),
    ]  # fmt: skip


def test_the_user_sees_how_far_it_is_and_the_printer_is_not_asked(desk, lang):
    at = desk(sample(lang))
    seen, printing = [], []

    class Watching(type(at.app)):
        @property
        def status_bar(self):
            return seen[-1] if seen else False

        @status_bar.setter
        def status_bar(self, words):
            seen.append(words)
            printing.append(self.api.PrintCommunication)

    at.app.__class__ = Watching
    at.press("switch_language")
    *sheets, given_back = seen
    assert len(sheets) > 15
    assert sheets[0].endswith(f"(1/{len(sheets)})")
    assert given_back is False
    assert set(printing[:-1]) == {False}
    assert at.app.api.PrintCommunication is True
