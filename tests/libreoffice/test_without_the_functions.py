"""Nobody sees #NAME? where the functions are missing: which forms of a fallback hold in LibreOffice, and which do not.

LibreOffice trusts the stored values of plain formulas on opening an .xlsx, but always computes array formulas anew. So
an array formula of one cell knows at once whether the functions are there, and every array formula that asks it does.
"""

import pytest
from small_book import FALLBACK, range_of, write_book

from warmap_udfs.dispatch import call

pytestmark = pytest.mark.office
STATUS = "WARMAP.ROLE_STATUS(wm_contacts,,,6)"
SCALARS = {
    "A1": "=IF(wm_live=1,WARMAP.ROLE_COVERAGE(wm_contacts),_last!A1)",
    "A2": "=IFERROR(WARMAP.ROLE_COVERAGE(wm_contacts),_last!A1)",
    "A3": "=IF(ISERROR(WARMAP.VERSION()),_last!A1,WARMAP.ROLE_COVERAGE(wm_contacts))",
    "A4": "=IF(ISERROR(WARMAP.VERSION()),0,1)",
}
ARRAYS = {
    "A11:A11": "=IF(wm_live=1,WARMAP.ROLE_COVERAGE(wm_contacts),_last!A1)",
    "C1:H6": f"=IF(wm_live=1,{STATUS},_last!A1:F6)",
    "C11:H16": f"=IFERROR({STATUS},_last!A1:F6)",
    "C21:H26": f"=IF(ISERROR(WARMAP.VERSION()),_last!A1:F6,{STATUS})",
}
TWO_DIMENSIONAL = [area for area in ARRAYS if area != "A11:A11"]


@pytest.fixture(scope="module")
def live():
    contacts = range_of("contacts")
    return call("ROLE_COVERAGE", [contacts]), [list(row) for row in call("ROLE_STATUS", [contacts, None, None, 6])]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("book") / "fallback.xlsx", SCALARS, ARRAYS)


def read(office, path, recalculate=False, save=None):
    document = office.open(path)
    if recalculate:
        document.recalculate()
    if save:
        document.save_as(save, save.suffix[1:])
    cells = document.cells("main")
    document.close()
    return cells


class TestWithTheFunctions:
    def test_recalculated_every_form_is_live(self, office, book, live):
        cells = read(office, book, recalculate=True)
        assert [cells.value(cell) for cell in ("A1", "A2", "A3", "A11")] == [live[0]] * 4
        assert cells.value("A4") == 1
        assert all(cells.rows(area) == live[1] for area in TWO_DIMENSIONAL)

    def test_on_opening_array_formulas_are_live_and_plain_ones_show_what_is_stored(self, office, book, live):
        cells = read(office, book)
        assert cells.value("A11") == live[0]
        assert all(cells.rows(area) == live[1] for area in TWO_DIMENSIONAL)
        assert [cells.value(cell) for cell in SCALARS] == ["stored"] * 4


class TestWithoutTheFunctions:
    @pytest.mark.parametrize("recalculate", [False, True])
    def test_array_formulas_show_the_fallback_whole(self, plain_office, book, recalculate):
        cells = read(plain_office, book, recalculate)
        assert cells.value("A11") == 0.5
        assert all(cells.rows(area) == [row[:6] for row in FALLBACK[:6]] for area in TWO_DIMENSIONAL)
        assert not cells.errors

    def test_recalculated_plain_formulas_show_the_fallback(self, plain_office, book):
        cells = read(plain_office, book, recalculate=True)
        assert [cells.value(cell) for cell in SCALARS] == [0.5, 0.5, 0.5, 0]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
class TestSavedByLibreOffice:
    """A file may go to and fro between people with and without the extension."""

    def test_from_with_to_without(self, office, plain_office, book, tmp_path, kind):
        saved = tmp_path / f"saved.{kind}"
        read(office, book, recalculate=True, save=saved)
        cells = read(plain_office, saved)
        assert all(cells.rows(area) == FALLBACK[:6] for area in TWO_DIMENSIONAL)
        assert not cells.errors

    def test_from_without_to_with(self, office, plain_office, book, live, tmp_path, kind):
        """LibreOffice without the extension writes the names in lower case; they bind all the same."""
        saved = tmp_path / f"saved.{kind}"
        without = read(plain_office, book, recalculate=True, save=saved)
        assert "warmap.role_status(" in without.formula("C1")
        cells = read(office, saved)
        assert "WARMAP.ROLE_STATUS(" in cells.formula("C1")
        assert all(cells.rows(area) == live[1] for area in TWO_DIMENSIONAL)
        assert read(office, saved, recalculate=True).value("A1") == live[0]


def test_a_wrong_input_is_hidden_by_iferror_and_shown_by_the_question_whether_the_functions_are_there(office, tmp_path):
    arrays = {
        "A1:A1": "=IFERROR(WARMAP.ROLE_COVERAGE(wm_trust),_last!A1)",
        "A2:A2": "=IF(wm_live=1,WARMAP.ROLE_COVERAGE(wm_trust),_last!A1)",
    }
    cells = read(office, write_book(tmp_path / "wrong.xlsx", arrays=arrays), recalculate=True)
    assert cells.value("A1") == 0.5
    assert cells.strings["A2"] == "#VALUE!"


def test_a_plain_array_formula_shows_name_errors_at_once(plain_office, tmp_path):
    cells = read(plain_office, write_book(tmp_path / "bare.xlsx", arrays={"A1:F6": f"={STATUS}"}))
    assert cells.errors["A1"] == 525


def test_a_live_mark_that_is_a_plain_formula_is_stale_on_opening(office, plain_office, tmp_path):
    """Why `wm_live` must be an array formula: else arrays computed on opening ask a stored value, and show #NAME?."""
    import xlsxwriter

    first, saved = tmp_path / "plain.xlsx", tmp_path / "saved.xlsx"
    with xlsxwriter.Workbook(first) as book:
        sheet = book.add_worksheet("main")
        sheet.write_formula("A1", "=IF(ISERROR(WARMAP.VERSION()),0,1)", None, 0)
        sheet.write_array_formula("A2:A2", '{=IF(A1=1,WARMAP.RULE("RF101"),"fallback")}', None, "fallback")
    read(office, first, recalculate=True, save=saved)
    assert read(plain_office, saved).errors == {"A2": 525}
