"""WARMAP.CHECK and WARMAP.THIS_WEEK: what they say of a range is what the batch says of the file, at the same cells."""

from __future__ import annotations

import datetime as dt

import pytest

from tools.patched_books import Patched, built, input_cell
from warmap.judgement import judge
from warmap.layout import TABS, tab_name
from warmap.model import WarMap
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS, Call
from warmap.worksheet.declaration import ALL_TABLES
from warmap_udfs.dispatch import WorksheetError, call
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.reading.sheet_tables import as_handed_over, cells_of, dense_rows
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook

every_language = pytest.mark.parametrize("lang", LANGUAGES)


def in_cells(name, data, lang, rows=None):
    """The function called on the named ranges of a workbook, as a cell calls it."""
    book = read_book(data)
    arguments = []
    for code in ALL_TABLES:
        sheet, box = book.named_range(f"wm_{code}")
        arguments.append(as_handed_over(cells_of(dense_rows(sheet), box)))
    return call(name, [*arguments, None, lang, rows])


def spoiled(lang):
    """Something wrong of every kind that tables show."""
    book = Patched(lang)
    book.text("deal", input_cell("deal", "owner"), "TBD")
    book.text("deal", input_cell("deal", "currency"), "XXX")
    book.text("deal", input_cell("deal", "opportunity"), " ")
    book.text(
        "people", input_cell("contacts", "name", 1), load_sample("telecom_core_network", lang)["contacts"][0]["name"]
    )
    book.text("people", input_cell("contacts", "influence", 2), "enormous")
    book.number("trust", input_cell("trust", "ratings.professional.rating", 0), 9)
    book.text("trust", input_cell("trust", "contact", 1), "nobody")
    book.text("wins", input_cell("wins", "personal_win", 0), "红包")
    book.text("actions", input_cell("actions", "due", 0), "soon")
    return book.content()


@every_language
class TestCheck:
    """The same findings as the batch check, in the same cells."""

    def test_it_says_what_the_batch_says(self, lang):
        data = spoiled(lang)
        batch = [f for f in read_workbook(data).findings if not f.code.startswith("DV3")]
        expected = {(f.sheet, f.cell, f.code, f.message(lang), f.hint(lang)) for f in batch}
        rows = in_cells("CHECK", data, lang)
        assert {tuple(row) for row in rows} == expected
        assert {"DV201", "DV202", "DV203", "DV204", "DV206", "DV207", "DV401", "CP001"} == {
            code for _, _, code, _, _ in rows
        }

    def test_the_heavy_ones_come_first_then_the_order_of_the_sheets(self, lang):
        data = spoiled(lang)
        rows = in_cells("CHECK", data, lang)
        severity = {(f.sheet, f.cell, f.code): f.severity for f in read_workbook(data).findings}
        tabs = [tab.name.to(lang) for tab in TABS]
        places = [(severity[sheet, cell, code].place, tabs.index(sheet)) for sheet, cell, code, _, _ in rows]
        assert places == sorted(places)

    @pytest.mark.parametrize("name", [None, *sample_names()])
    def test_of_a_map_it_says_what_the_built_workbook_will_show(self, lang, name):
        war_map = read_document(load_sample(name, lang)).map if name else WarMap()
        for function in ("CHECK", "THIS_WEEK"):
            rows = FUNCTIONS[function].compute(Call(judge(war_map), lang))
            cells = in_cells(function, built(lang, name), lang)
            assert [list(row) for row in rows] == [row for row in cells if any(row)]

    def test_a_fixed_height_is_kept(self, lang):
        rows = in_cells("CHECK", spoiled(lang), lang, rows=4)
        assert len(rows) == 4
        assert "14" in "".join(rows[-1])

    def test_a_range_that_is_no_table_is_an_error(self, lang):
        with pytest.raises(WorksheetError):
            call("CHECK", [(("x", "y"),), (("x",),)])


DAY = dt.date(2026, 6, 30)
DEAL = {
    "account": "a", "opportunity": "b", "objective": "c", "amount": 1, "currency": "CNY", "close_date": "2026-12-01",
    "stage": "market_research", "owner": "o", "as_of": "2026-06-30",
}  # fmt: skip
ROLES = [
    {"name": role, "buying_roles": [role], "influence": "medium", "support": "neutral", "assessed_on": "2026-06-29",
     "contact_frequency": "frequent", "last_contact": "2026-06-29"}
    for role in ("coach", "user", "technical", "economic")
]  # fmt: skip


def changed(index, **fields):
    return [{**row, **(fields if place == index else {})} for place, row in enumerate(ROLES)]


# what of the map is changed, the cell that THIS_WEEK points at, a word of what it says
LINES = [
    ({"deal": {**DEAL, "close_date": "2026-06-29"}}, ("deal", "close_date", 0), "2026-06-29"),
    ({"deal": {**DEAL, "owner": ""}}, ("deal", "owner", 0), "Rep"),
    ({"contacts": ROLES[1:]}, ("contacts", "name", 3), "Coach"),
    ({"contacts": changed(0, last_contact="2026-04-30")}, ("contacts", "last_contact", 0), "61"),
    ({"contacts": changed(1, assessed_on=None)}, ("contacts", "assessed_on", 1), "user"),
    ({"contacts": changed(2, influence=None)}, ("contacts", "influence", 2), "Influence"),
    ({"contacts": changed(2, support=None)}, ("contacts", "support", 2), "Support"),
    ({"contacts": changed(3, contact_frequency=None)}, ("contacts", "contact_frequency", 3), "Contact frequency"),
    ({"actions": [{"what": "w", "owner": "o", "due": "2026-06-29"}]}, ("actions", "due", 0), "2026-06-29"),
    ({"visits": [{"date": "2026-06-20", "goal": "g"}]}, ("visits", "actual_result", 0), "2026-06-20"),
    ({"objections": [{"contact": "user", "objection": "x", "raised_on": "2026-06-15"}]}, ("objections", "closed_on", 0), "15"),
    ({"contacts": changed(0, last_contact="2026-07-02")}, ("deal", "as_of", 0), "2026-07-02"),
]  # fmt: skip


def week(lang="en", **tables):
    war_map = read_document({"deal": DEAL, "contacts": ROLES, **tables}).map
    return FUNCTIONS["THIS_WEEK"].compute(Call(judge(war_map), lang)), war_map


class TestThisWeek:
    """What is stale, open, overdue or missing, each with the cell to fix."""

    def test_nothing_to_do(self):
        assert week()[0] == []

    @pytest.mark.parametrize(("tables", "where", "word"), LINES, ids=[f"{line[1][0]}.{line[1][1]}" for line in LINES])
    def test_each_kind_points_at_its_cell(self, tables, where, word):
        from warmap.layout import placements

        ((what, cell),) = week(**tables)[0]
        sheet = tab_name(placements()[where[0]].tab.code, "en")
        assert cell == f"'{sheet}'!{input_cell(*where)}"
        assert word in what

    def test_the_cells_are_those_of_the_built_workbook(self):
        from warmap_workbook.ooxml import parse_range

        rows, war_map = week(**LINES[3][0])
        book = read_book(build_workbook(war_map, "en"))
        box = parse_range(rows[0][1])
        assert book.sheet(box.sheet).value(box.r1, box.c1) == (dt.date(2026, 4, 30) - dt.date(1899, 12, 30)).days

    def test_heaviest_first_then_influence_then_date(self):
        contacts = [{**row, "last_contact": "2025-01-01"} for row in ROLES]
        contacts[1]["influence"] = "low"
        contacts[2]["influence"] = "high"
        contacts[3]["last_contact"] = "2024-01-01"
        rows, _ = week(deal={**DEAL, "close_date": "2026-06-29"}, contacts=contacts)
        people = [f"'People'!{input_cell('contacts', 'last_contact', row)}" for row in (2, 3, 0, 1)]
        assert [cell for _, cell in rows] == ["'Deal'!B10", *people]

    def test_a_role_nobody_holds_points_at_the_first_free_row_of_people(self):
        rows = in_cells("THIS_WEEK", built("en", "manufacturer_mes"), "en")
        taken = read_workbook(built("en", "manufacturer_mes")).places["contacts"].rows
        assert [cell for what, cell in rows if "Coach" in what] == [f"'People'!D{max(taken) + 1}"]

    def test_the_day_of_judging_comes_first_where_something_newer_is_entered_and_no_plan_counts_as_such(self):
        first, *_ = week(deal={**DEAL, "close_date": "2026-06-29"}, contacts=changed(0, last_contact="2026-07-02"))[0]
        assert first[1] == "'Deal'!" + input_cell("deal", "as_of", 0)
        assert week(visits=[{"date": "2026-07-20", "goal": "g"}], actions=[])[0] == []

    def test_it_is_not_asked_where_somebody_stands_whom_nobody_has_met(self):
        assert week(contacts=changed(2, support=None, contact_frequency="never", last_contact=None))[0] == []

    def test_at_most_as_many_lines_as_asked_for(self):
        assert len(in_cells("THIS_WEEK", built("en", "manufacturer_mes"), "en", rows=12)) == 12
