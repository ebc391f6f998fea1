"""What follows from one fault is not told as another: a moved sheet is no tampering, and a column has one owner."""

from __future__ import annotations

import re

import pytest

from tools.patched_books import Patched, input_cell, told
from warmap.layout import TAB, placements
from warmap.text import LANGUAGES
from warmap_workbook.ooxml import cell_name

every_language = pytest.mark.parametrize("lang", LANGUAGES)
REFERRED_TO = ("settings", "lists", "status", "last", "marks")  # by formulas, by their address


def as_a_program_renames(book, tab, new):
    """A sheet renamed, and every formula and name that refers to it following."""
    old = book.sheet(tab)
    book.replace("xl/workbook.xml", f'name="{old}"', f'name="{new}"')
    for name, text in book.parts.items():
        if name == "xl/workbook.xml" or name.startswith("xl/worksheets/"):
            book.parts[name] = re.sub(rf"(?<![\w'])(?:'{old}'|{old})!(?=\$?[A-Z])", f"'{new}'!", text)
    return book


def as_a_script_deletes(book, tab):
    """A sheet gone, and what refers to it left dangling."""
    part, name = book.part(tab), book.sheet(tab)
    entry = re.search(rf'<sheet name="{name}"[^>]*/>', book.parts["xl/workbook.xml"])[0]
    book.replace("xl/workbook.xml", entry, "")
    del book.parts[part]
    book.parts["xl/_rels/workbook.xml.rels"] = re.sub(
        rf'<Relationship [^>]*Target="{part.removeprefix("xl/")}"/>', "", book.parts["xl/_rels/workbook.xml.rels"]
    )
    return book


@every_language
class TestSheets:
    """DV101, and nothing about the formulas that point there."""

    @pytest.mark.parametrize("tab", [*REFERRED_TO, "deal", "people", "scoreboard", "home", "stages"])
    def test_a_renamed_sheet_is_one_finding(self, lang, tab):
        new = f"{TAB[tab].name.to(lang)} 2"
        assert told(as_a_program_renames(Patched(lang), tab, new).read()) == [("DV101", new, "")]

    @pytest.mark.parametrize("tab", [*REFERRED_TO, "history", "deal", "home", "stages"])
    def test_a_deleted_sheet_is_one_finding(self, lang, tab):
        assert told(as_a_script_deletes(Patched(lang), tab).read()) == [("DV101", TAB[tab].name.to(lang), "")]

    def test_the_guide_may_go(self, lang):
        assert told(as_a_script_deletes(Patched(lang), "guide").read()) == []


@every_language
class TestHeaders:
    """DV102 and DV103."""

    @pytest.mark.parametrize("field", ["account", "close_date", "owner", "as_of"])
    def test_a_label_changed_on_the_deal_sheet_changes_no_formula(self, lang, field):
        book = Patched(lang)
        row = input_cell("deal", field)[1:]
        found = told(book.text("deal", f"A{row}", "…").read())
        assert [code for code, _, _ in found if code.startswith("DV3") and code != "DV305"] == []
        assert {("DV102", book.sheet("deal"), ""), ("DV201", book.sheet("deal"), "")} <= set(found)

    @pytest.mark.parametrize(("left", "tab"), [("strengths", "strengths"), ("visits", "visits")])
    def test_a_column_between_two_tables_is_told_once(self, lang, left, tab):
        place, book = placements()[left], Patched(lang)
        gap = cell_name(place.header_row, place.left + place.width)
        before = cell_name(place.header_row, place.left + place.width - 1)
        cell = re.search(rf'<c r="{before}".*?</c>', book.parts[book.part(tab)])[0]
        book.replace(book.part(tab), cell, f'{cell}<c r="{gap}" t="inlineStr"><is><t>Region</t></is></c>')
        assert told(book.read()) == [("DV103", book.sheet(tab), gap)]


@every_language
@pytest.mark.parametrize("number", [-5, 3_000_000])
def test_a_number_that_is_no_day_is_not_taken_for_a_blank(lang, number):
    book = Patched(lang)
    for field in ("quoted_on", "as_of"):
        where = input_cell("deal", field)
        found = told(Patched(lang).number("deal", where, number).read())
        assert ("DV203", book.sheet("deal"), where) in found
        assert ("DV201", book.sheet("deal"), where) not in found
