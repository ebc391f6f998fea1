"""A workbook of the first template, as people filled it in: read as it is, and brought to the present one with nothing lost."""

from functools import cache
from pathlib import Path

import openpyxl
import pytest

from warmap import TEMPLATE_VERSION
from warmap.history import content
from warmap_workbook.editing.upgrade import upgraded
from warmap_workbook.ooxml import read_beside, read_book
from warmap_workbook.reading.read import read_workbook

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.xlsx"))
UNDERSTOOD = {"o01_x_among_ticks": {"√"}}
"""What is read as something else than the text typed."""
RESULTS_AS_VALUES = "D2_values_only_forged_score"  # what was pasted over formulas there are old results, not entries


each = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


class TestEveryCase:
    @each
    def test_it_is_an_older_one_that_is_still_read(self, path):
        told = [
            (one.code, one.severity.value) for one in read_workbook(path).findings if one.code in {"DV003", "DV004"}
        ]
        assert told == [("DV003", "minor")]

    @each
    def test_brought_over_it_is_the_same_map_on_the_present_template(self, path):
        before = read_workbook(path)
        after = read_workbook(upgraded(read_book(path), before, read_beside(path)).content)
        assert after.template_version == TEMPLATE_VERSION
        assert content(after.map) == content(before.map)
        assert after.settings == before.settings
        assert not {"DV003", "DV101", "DV102", "DV301", "DV302", "DV303"} & {one.code for one in after.findings}

    @pytest.mark.parametrize(
        "path", [path for path in CASES if path.stem != RESULTS_AS_VALUES], ids=lambda path: path.stem
    )
    def test_each_word_that_only_this_one_has_is_in_it(self, path):
        """Wherever it stood: in a field, on a sheet of one's own, or listed on the sheet of what found no place."""
        book = read_book(path)
        kept = _words(read_book(upgraded(book, read_workbook(path), read_beside(path)).content))
        others = set().union(*(_words_of(other) for other in CASES if other != path))
        assert _words_of(path) - others - kept == UNDERSTOOD.get(path.stem, set())


@cache
def _words_of(path):
    return _words(read_book(path))


def _words(book):
    return {
        " ".join(value.split())
        for sheet in book.sheets
        if not sheet.name.startswith("_")
        for row, cells in sheet.rows.items()
        for column, value in cells.items()
        if isinstance(value, str) and value.strip() and (row, column) not in sheet.formulas
    }


class TestRetiredSettings:
    """What somebody set that the method no longer has is told, with what takes its place; never dropped unsaid."""

    def test_a_changed_one_is_found_and_listed_by_upgrade(self, tmp_path):
        book = openpyxl.load_workbook(CASES[0])
        area = book.defined_names["wm_settings"].attr_text
        sheet = book[area.rpartition("!")[0].strip("'")]
        cell = next(cell for (cell,) in sheet["A1:A200"] if cell.value == "penalty_limit")
        sheet.cell(cell.row, 2).value = 25
        path = tmp_path / "changed.xlsx"
        book.save(path)
        reading = read_workbook(path)
        (found,) = (one for one in reading.findings if one.code == "DV308")
        assert found.cell == f"B{cell.row}"
        assert "shares of what is left need no limit" in found.message("en")
        (listed,) = (one for one in upgraded(read_book(path), reading).kept if "penalty_limit" in str(one.value))
        assert listed.value == "penalty_limit = 25"

    @each
    def test_at_its_default_nothing_is_lost_and_nothing_said(self, path):
        is_told = "DV308" in {one.code for one in read_workbook(path).findings}
        assert is_told == (path.stem == "p_settings_changed")
