"""Check this map: findings on a sheet of their own, each with a link to its cell and one back."""

from __future__ import annotations

import re

import pytest
from excel_stand_in import Book
from macro_desk import blank, sample

from warmap_workbook.reading.read import read_workbook

SHEET = {"zh": "检查结果", "en": "Check result"}
PEOPLE = {"zh": "关键人", "en": "People"}
DEAL = {"zh": "商机", "en": "Deal"}
LINK = re.compile(r"=HYPERLINK\(\"#'(.+)'!([A-Z]+\d+)\",\"(.+)\"\)")


def rows_of(book, lang):
    sheet = book.sheets[SHEET[lang]]
    last = sheet.used_range._box[2]
    return [sheet.range(f"A{row}:F{row}").value[0] for row in range(5, last + 1)]


def broken(lang, desk):
    """The sample with a stage that is none, and a contact in nobody's table."""
    at = desk(sample(lang))
    places = read_workbook(sample(lang)).places
    at.book.sheets[DEAL[lang]].range(places["deal"].cell(0, "stage")).value = "so so"
    at.book.sheets[places["trust"].sheet].range(places["trust"].cell(0, "contact")).value = "Nobody Known"
    return at


def test_a_map_without_findings_is_said_to_be_clean(desk, lang):
    at = desk(sample(lang))
    words = at.press("check_map")
    assert {"zh": "没有发现问题", "en": "nothing was found"}[lang] in words
    assert SHEET[lang] in [sheet.name for sheet in at.book.sheets]


def test_the_findings_are_those_of_the_file_check(desk, lang):
    at = broken(lang, desk)
    at.press("check_map")
    told = {(row[1], row[3]) for row in rows_of(at.book, lang) if row[3] != "DV305"}
    found = read_workbook(at.book.saved()).findings
    assert told == {(f.sheet, f.code) for f in found if f.code != "DV305"}
    assert {code for _, code in told} == {"DV202", "DV206"}


def test_each_link_leads_to_the_cell_of_its_finding(desk, lang):
    at = broken(lang, desk)
    at.press("check_map")
    sheet = at.book.sheets[SHEET[lang]]
    links = [LINK.fullmatch(sheet.formulas_[row, 3]).groups() for row in (5, 6)]
    places = read_workbook(sample(lang)).places
    assert sorted(links) == sorted(
        (place.sheet, place.cell(0, field), place.cell(0, field))
        for place, field in ((places["deal"], "stage"), (places["trust"], "contact"))
    )


def test_a_link_leads_back_from_each_sheet_with_a_finding(desk, lang):
    at = broken(lang, desk)
    at.press("check_map")
    back = LINK.fullmatch(at.book.sheets[DEAL[lang]].formulas_[3, 2])
    assert back[1] == SHEET[lang]
    assert at.book.sheets[DEAL[lang]].api.ProtectContents
    assert (3, 2) not in at.book.sheets[PEOPLE[lang]].formulas_


@pytest.mark.parametrize("lang", ["zh"])
def test_pressed_again_the_sheet_is_written_anew_and_links_no_longer_needed_go(desk, lang):
    at = broken(lang, desk)
    at.press("check_map")
    book = at.book
    places = read_workbook(sample(lang)).places
    stage = places["deal"].cell(0, "stage")
    book.sheets[DEAL[lang]].range(stage).value = Book(sample(lang)).cell(DEAL[lang], stage)
    book.sheets[DEAL[lang]].cells_[3, 2] = {"zh": "↩ 检查结果", "en": "↩ Check result"}[lang]  # as Excel computes it
    at.press("check_map")
    assert [row[3] for row in rows_of(book, lang) if row[3] not in {None, "DV305"}] == ["DV206"]
    assert (3, 2) not in book.sheets[DEAL[lang]].formulas_
    assert sum(sheet.name.startswith(SHEET[lang]) for sheet in book.sheets) == 1


def test_a_sheet_of_the_users_own_with_that_name_is_left_alone(desk, lang):
    at = desk(sample(lang))
    own = at.book.sheets.add(SHEET[lang], after=list(at.book.sheets)[-1])
    own.range("A1").value = "mine"
    at.press("check_map")
    assert own.range("A1").value == "mine"
    assert f"{SHEET[lang]} 2" in [sheet.name for sheet in at.book.sheets]


def test_a_sheet_with_a_password_gets_no_link_back_and_the_check_goes_on(desk, lang):
    at = broken(lang, desk)
    at.book.sheets[DEAL[lang]].api.password = "secret"
    words = at.press("check_map")
    assert "DV202" in [row[3] for row in rows_of(at.book, lang)]
    assert (3, 2) not in at.book.sheets[DEAL[lang]].formulas_
    assert {"zh": "2 条重要", "en": "2 major"}[lang] in words


def test_what_people_typed_is_never_written_as_a_formula(desk, lang):
    at = broken(lang, desk)
    places = read_workbook(sample(lang)).places
    at.book.sheets[places["trust"].sheet].range(places["trust"].cell(0, "contact")).value = "'=1+1"
    at.press("check_map")
    sheet = at.book.sheets[SHEET[lang]]
    assert {column for _, column in sheet.formulas_} <= {3}
    assert any("=1+1" in str(row[4]) for row in rows_of(at.book, lang))


def test_an_empty_map_lists_what_must_be_filled_in(desk, lang):
    at = desk(blank(lang))
    words = at.press("check_map")
    assert {row[3] for row in rows_of(at.book, lang)} == {"DV201"}
    assert {"zh": "8 条重要", "en": "8 major"}[lang] in words


@pytest.mark.parametrize("name", ["check_map", "weekly_update", "submit", "explain_cell", "rows_for_contact",
                                  "export_json", "export_csv", "switch_language", "settings", "next_actions"])  # fmt: skip
def test_in_another_workbook_a_macro_says_that_it_is_no_war_map(desk, lang, name):
    import io

    import openpyxl

    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    at = desk(stream.getvalue(), lang=lang)
    assert {"zh": "不是作战地图", "en": "not a war map"}[lang] in at.press(name)
    assert at.files() == []
