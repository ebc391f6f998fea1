"""What the VBA does when a live workbook is saved: the last values, which a program without the functions shows. In memory."""

import pytest
from small_war_map import Server, excel, value
from xlsxwriter import Workbook

from warmap import VERSION
from warmap.layout import MARK
from warmap_addin.excel.build import with_macros

CALL = 'IF(ISERROR(WARMAP.VERSION()&wm_live),IF(_last!$A${0}:$B${1}="","",_last!$A${0}:$B${1}),WARMAP.X())'


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    """A macro workbook with a block of computed cells, its last values, and the day they are of."""
    folder = tmp_path_factory.mktemp("computed")
    with Workbook(folder / "book.xlsx") as book:
        sheet, marks, last = (book.add_worksheet(name) for name in ("Map", "_marks", "_last"))
        for row, (name, held) in enumerate(
            (("wm_mark", MARK), ("wm_language", "en"), ("wm_live", 1), ("wm_computed_on", "2026-01-01"))
        ):
            marks.write(row, 1, held)
            book.define_name(name, f"=_marks!$B${row + 1}")
        sheet.write_formula("A1", "=" + CALL.format(2, 3), None, "Trust")
        sheet.write_string("A2", "=SUM(1)")
        book.define_name("wm_scores", "=Map!$A$1:$B$2")
        last.write_row("A2", ["Trust", 40.0])
        last.write_row("A3", ["old", "old"])
    path = folder / "computed.xlsm"
    path.write_bytes(with_macros((folder / "book.xlsx").read_bytes(), "en"))
    return {"en": path}


class Saved:
    """The workbook with results shown in its cells, about to be saved."""

    def __init__(self, computed, shown, answers=True):
        self.excel = excel(computed, Server(answer=VERSION))
        if answers:
            value(self.excel, "VERSION()")
        self.sheet, self.last = self.excel.app.sheet("Map"), self.excel.app.sheet("_last")
        self.shown = shown
        for (row, column), held in shown.items():
            if (row, column) != (1, 1) and held not in {"", "=SUM(1)"}:  # these stand in the file
                self.sheet.set_value(f"{'AB'[column - 1]}{row}", held)
        self.excel.book.calculator.value_of = self.value_of  # it does not know our functions

    def value_of(self, sheet, row, column):
        if sheet == "Map" and (row, column) in self.shown:
            return self.shown[row, column]
        return self.excel.app.sheet(sheet).sheet.cell(row, column).value

    def keep(self):
        self.excel.app.add_module("Public Sub Go()\nWarmapKeepLast ThisWorkbook\nEnd Sub\n", name="Question")
        self.excel.app.run("Go")
        return [[self.last.value(cell) for cell in row] for row in (("A2", "B2"), ("A3", "B3"))]


SHOWN = {(1, 1): "Trust", (1, 2): 55.5, (2, 1): "=SUM(1)", (2, 2): ""}
OLD = [["Trust", 40.0], ["old", "old"]]


class TestALiveWorkbookIsSaved:
    def test_the_results_are_kept_blanks_as_blanks_and_texts_as_texts(self, computed):
        (first, second) = Saved(computed, SHOWN).keep()
        assert first == ["Trust", 55.5]
        assert str(second[0]).removeprefix("'") == "=SUM(1)", "a text that looks like a formula stays a text"
        assert second[1] in (None, "")

    def test_the_day_is_kept_with_them(self, computed):
        saved = Saved(computed, SHOWN)
        saved.keep()
        assert str(saved.excel.app.sheet("_marks").value("B4")) != "2026-01-01"

    def test_where_nothing_differs_nothing_is_written(self, computed):
        """Each writing empties Excel's list of steps to undo."""
        saved = Saved(computed, {(1, 1): "Trust", (1, 2): 40.0, (2, 1): "old", (2, 2): "old"})
        assert saved.keep() == OLD
        assert saved.excel.app.sheet("_marks").value("B4") == "2026-01-01"


class TestNothingIsKept:
    def test_under_autosave_which_saves_all_the_time(self, computed):
        saved = Saved(computed, SHOWN)
        saved.excel.book.auto_saved = True
        assert saved.keep() == OLD

    def test_where_the_functions_have_not_answered_in_this_session(self, computed):
        """What is shown is then what was stored, whatever the mark says."""
        assert Saved(computed, SHOWN, answers=False).keep() == OLD

    def test_where_the_mark_says_that_results_are_not_live(self, computed):
        saved = Saved(computed, SHOWN)
        saved.excel.app.sheet("_marks").set_value("B3", 0)
        assert saved.keep() == OLD


def test_help_texts_do_not_make_the_workbook_ask_to_be_saved(computed):
    found = excel(computed, Server(answer=VERSION))
    found.book.saved = True
    found.app.run("WarmapDescribe")
    assert bool(found.book.saved)
    assert found.host.options
