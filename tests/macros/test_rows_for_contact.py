"""Rows for this contact: what is missing, one wins row for each role, never twice, never over something."""

from __future__ import annotations

from functools import cache

import pytest
from macro_desk import NOW, sample

from warmap.reading import read_document
from warmap.terms import BuyingRole
from warmap_addin.macros.contact_rows import rows_for_contact
from warmap_addin.macros.edits import Write
from warmap_addin.macros.open_book import OpenBook, Opened, OpenSheet, Place
from warmap_workbook.ooxml import Formula, read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

PEOPLE = {"zh": "关键人", "en": "People"}
DOCUMENT = {
    "deal": {"account": "A", "opportunity": "B"},
    "contacts": [
        {"name": "王芳", "buying_roles": ["user", "economic"]},
        {"name": "Bob Gray", "buying_roles": []},
        {"name": "李强", "buying_roles": ["technical"]},
    ],
    "trust": [{"contact": "李强"}],
    "wins": [
        {"contact": "李强", "role": "technical", "personal_win": "x"},
        {"contact": "王芳", "role": "user", "evidence": "e"},
    ],
}


@cache
def book_of(lang):
    return build_workbook(read_document(DOCUMENT).map, lang)


def on(desk, lang, row, column="D"):
    at = desk(book_of(lang))
    at.book.go(PEOPLE[lang], f"{column}{row}")
    return at


def test_the_missing_rows_are_added_and_read_back(desk, lang):
    at = on(desk, lang, 6)
    words = at.press("rows_for_contact")
    found = read_workbook(at.book.saved()).map
    assert [row.contact for row in found.trust] == ["李强", "王芳"]
    assert [(row.contact, row.role) for row in found.wins] == [
        ("李强", BuyingRole.TECHNICAL), ("王芳", BuyingRole.USER), ("王芳", BuyingRole.ECONOMIC),
    ]  # fmt: skip
    assert found.wins[1].evidence == "e"
    assert "王芳" in words
    assert at.book.at == ({"zh": "信任", "en": "Trust"}[lang], 9, 1)


def test_pressed_twice_nothing_is_added_twice(desk, lang):
    at = on(desk, lang, 6)
    at.press("rows_for_contact")
    at.book.go(PEOPLE[lang], "A6")
    written = [len(sheet.written) for sheet in at.book.sheets]
    words = at.press("rows_for_contact")
    assert [len(sheet.written) for sheet in at.book.sheets] == written
    assert {"zh": "没有添加", "en": "nothing was added"}[lang] in words


def test_somebody_without_a_role_gets_a_trust_row_and_is_told_about_the_roles(desk, lang):
    at = on(desk, lang, 7, "T")
    words = at.press("rows_for_contact")
    assert {"zh": "还没有打 ✓ 的角色", "en": "no role ticked"}[lang] in words
    assert at.book.cell({"zh": "信任", "en": "Trust"}[lang], "A9") == "Bob Gray"


def test_a_row_in_which_something_stands_is_passed_over(desk, lang):
    at = on(desk, lang, 6)
    trust = {"zh": "信任", "en": "Trust"}[lang]
    at.book.sheets[trust].range("K9").value = "a note of the user's own"
    at.press("rows_for_contact")
    assert at.book.cell(trust, "K9") == "a note of the user's own"
    assert at.book.cell(trust, "A10") == "王芳"


def test_a_row_with_nothing_but_a_formula_that_shows_nothing_is_passed_over(desk, lang):
    at = on(desk, lang, 6)
    trust = {"zh": "信任", "en": "Trust"}[lang]
    sheet = at.book.sheets[trust]
    sheet.formulas_[9, 1] = formula = '=IF(1=1,"","")'
    sheet.cells_[9, 1] = ""
    at.press("rows_for_contact")
    assert sheet.formulas_[9, 1] == formula
    assert at.book.cell(trust, "A10") == "王芳"


@pytest.mark.parametrize("column", [1, 11])
def test_nor_is_one_written_over_that_the_page_cannot_work_out(lang, column):
    """Of such a formula the page hands over the result that the file stores: here a text without a character."""
    book, trust = read_book(book_of(lang)), {"zh": "信任", "en": "Trust"}[lang]
    book.sheet(trust).rows[9] = {column: ""}
    book.sheet(trust).formulas[9, column] = Formula('CUBEVALUE("x","y")')
    sheets = [OpenSheet(sheet.name) for sheet in book.sheets]
    seen = OpenBook(sheets, book.defined_names, Place(PEOPLE[lang], 6, 4))
    edits = rows_for_contact(Opened(seen, NOW.date(), as_read=book))
    assert [one.cell for one in edits if isinstance(one, Write) and one.sheet == trust] == ["A10"]


def test_a_formula_of_the_users_own_beside_the_fields_takes_no_row_away(desk, lang):
    at = on(desk, lang, 6)
    trust = {"zh": "信任", "en": "Trust"}[lang]
    at.book.names.by_name["wm_trust"] = f"='{trust}'!$A$7:$L$207"
    sheet = at.book.sheets[trust]
    for row in range(8, 208):
        sheet.formulas_[row, 12], sheet.cells_[row, 12] = f'=IF(A{row}="","",LEN(A{row}))', ""
    at.press("rows_for_contact")
    assert at.book.cell(trust, "A9") == "王芳"
    assert (9, 12) in sheet.formulas_


@pytest.mark.parametrize("cell", ["A1", "A5", "B40"])
def test_outside_the_row_of_a_person_it_says_where_to_go(desk, lang, cell):
    at = desk(book_of(lang))
    at.book.go(PEOPLE[lang], cell)
    assert {"zh": "请先选中", "en": "Select a cell in the row"}[lang] in at.press("rows_for_contact")


def test_from_a_wins_row_the_person_of_that_row_is_meant(desk, lang):
    at = desk(book_of(lang))
    at.book.go({"zh": "赢标准", "en": "Wins"}[lang], "C11")
    assert "王芳" in at.press("rows_for_contact")


def test_a_table_without_a_free_row_is_said(desk, lang):
    at = on(desk, lang, 6)
    trust = {"zh": "信任", "en": "Trust"}[lang]
    sheet = at.book.sheets[trust]
    at.book.names.by_name["wm_trust"] = f"='{trust}'!$A$7:$K$8"
    words = at.press("rows_for_contact")
    assert {"zh": "没有空行", "en": "no free row"}[lang] in words
    assert sheet.range("A9").value is None


@pytest.mark.parametrize("lang", ["zh"])
def test_on_a_sample_only_what_is_missing_is_written(desk, lang):
    at = desk(sample(lang))
    before = read_workbook(sample(lang)).map
    at.book.go(PEOPLE[lang], "A7")
    at.press("rows_for_contact")
    after = read_workbook(at.book.saved()).map
    assert after.trust[: len(before.trust)] == before.trust
    assert after.wins[: len(before.wins)] == before.wins
    assert after.contacts == before.contacts
    who = before.contacts[1]
    assert {w.role for w in after.wins if w.contact == who.name} == set(who.buying_roles)
    assert sum(t.contact == who.name for t in after.trust) >= 1
