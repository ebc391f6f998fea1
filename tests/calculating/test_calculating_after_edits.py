"""After an edit only what depends on it is worked out again, and every cell is as if all had been."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap.model import TABLE
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.ooxml import Book, ErrorValue, Formula, Sheet, read_book

ROOT = Path(__file__).parents[2]


class Counting:
    """The functions, with how often they were asked."""

    def __init__(self):
        self.asked = 0

    def call(self, name, arguments, dates):
        self.asked += 1
        return OwnFunctions().call(name, arguments, dates)

    explain = staticmethod(OwnFunctions().explain)


def put(book, at, value):
    """Enter a value, or blank the cell."""
    name, row, column = at
    cells = book.sheet(name).rows.setdefault(row, {})
    if value is None:
        cells.pop(column, None)
    else:
        cells[column] = value


def whole(book):
    """Every cell worked out from nothing."""
    calculation = Calculation(book, OwnFunctions())
    calculation.run()
    return calculation


def cells_of(sheet):
    """The cells of the first 40 rows that hold no result."""
    return [(sheet.name, row, column) for row in range(1, 40) for column in range(1, 12)]


@pytest.fixture(scope="module")
def book():
    return read_book(ROOT / "workbook_templates" / "samples" / "manufacturer_mes.zh.xlsx")


@pytest.fixture(scope="module")
def calculation(book):
    return whole(book)


VALUES = [None, "支持", "反对", "经济决策者", "教练", "x", 1.0, 5.0, 0.0, 46000.0, True, "王明", ErrorValue("#N/A")]


@settings(max_examples=6)
@given(data=st.data())
def test_any_edits_of_a_war_map(book, calculation, data):
    inputs = {box[0].name for code in TABLE if (box := book.named_range(f"wm_{code}"))}
    sheets = [sheet for sheet in book.sheets if sheet.name in inputs]
    entries = [at for sheet in sheets for at in cells_of(sheet) if at not in calculation.results]
    edits = data.draw(st.dictionaries(st.sampled_from(entries), st.sampled_from(VALUES), min_size=1, max_size=6))
    for at, value in edits.items():
        put(book, at, value)
    before = dict(calculation.results)
    changed = calculation.renew(edits)
    anew = whole(book)
    assert calculation.results == anew.results
    assert calculation.left == anew.left
    assert changed == {at: value for at, value in anew.results.items() if before.get(at) != value}


def small(**formulas):
    """A book of one sheet with formulas by cell, `A1` to `A9`, `B1` to `B9`."""
    sheet = Sheet("S", "visible", "worksheet", was_read=True)
    for cell, text in formulas.items():
        sheet.formulas[int(cell[1]), "AB".index(cell[0]) + 1] = Formula(text)
    return Book([sheet], {})


@pytest.mark.parametrize(
    ("formulas", "edits", "shown"),
    [
        ({"B1": "A1+1", "B2": "B1+1"}, {(1, 1): 5.0}, {(1, 2): 6.0, (2, 2): 7.0}),
        ({"B1": "IF(A1=1,A2,A3)", "B2": "B1"}, {(1, 1): 1.0, (2, 1): 8.0, (3, 1): 9.0}, {(1, 2): 8.0, (2, 2): 8.0}),
        ({"B1": "COUNTA(A1:A99)"}, {(50, 1): "far below"}, {(1, 2): 1.0}),
        ({"B1": "B2+A1", "B2": "B3+A1", "B3": "A1*2"}, {(1, 1): 1.0}, {(1, 2): 4.0, (2, 2): 3.0, (3, 2): 2.0}),
        ({"B1": "MIN(A1:A3)", "B2": "IF(B1>1,B3,0)", "B3": "A1+B1"}, {(1, 1): 4.0}, {(1, 2): 4.0, (2, 2): 8.0, (3, 2): 8.0}),
    ],
)  # fmt: skip
def test_small_books(formulas, edits, shown):
    book = small(**formulas)
    calculation = whole(book)
    for (row, column), value in edits.items():
        put(book, ("S", row, column), value)
        calculation.renew([("S", row, column)])
    assert {at[1:]: value for at, value in calculation.results.items()} == shown
    assert calculation.results == whole(book).results


def test_what_does_not_depend_on_it_is_left_alone(book):
    counting = Counting()
    calculation = Calculation(book, counting)
    calculation.run()
    counting.asked = 0
    note = ("说明", 200, 1) if book.sheet("说明") else (book.sheets[0].name, 400, 40)
    put(book, note, "a note beside everything")
    assert calculation.renew([note]) == {}
    assert counting.asked == 0


def test_a_chain_as_long_as_a_sheet_is_renewed_too():
    sheet = Sheet("S", "visible", "worksheet", was_read=True)
    sheet.formulas = {(row, 2): Formula(f"B{row - 1}+1" if row > 1 else "A1") for row in range(1, 3000)}
    book = Book([sheet], {})
    calculation = whole(book)
    put(book, ("S", 1, 1), 7.0)
    changed = calculation.renew([("S", 1, 1)])
    assert changed["S", 2999, 2] == 7.0 + 2998
    assert len(changed) == 2999


@pytest.mark.parametrize("formulas", [{"B1": "IF(A1=1,B2,0)", "B2": "B1+1"}, {"B1": "B2+A1", "B2": "B1+1", "B3": "B2"}])
def test_an_edit_that_leads_into_a_circle_is_told_as_if_all_were_worked_out(formulas):
    book = small(**formulas)
    calculation = whole(book)
    for value in (1.0, 0.0, 1.0):
        put(book, ("S", 1, 1), value)
        calculation.renew([("S", 1, 1)])
        anew = whole(book)
        assert (calculation.results, calculation.left) == (anew.results, anew.left)


def test_a_refused_formula_is_tried_again_when_what_it_looks_at_changes():
    book = small(B1="COUNTIFS(A1:A3,A4)")
    put(book, ("S", 4, 1), ">1")
    calculation = whole(book)
    assert ("S", 1, 2) in calculation.left
    put(book, ("S", 4, 1), 2.0)
    put(book, ("S", 1, 1), 2.0)
    calculation.renew([("S", 4, 1), ("S", 1, 1)])
    assert (calculation.left, calculation.results["S", 1, 2]) == ({}, 1.0)
