"""Reconnect functions: whatever form a call was stored in, it becomes WARMAP.NAME, and nothing else changes. Run in memory."""

import pytest
from excel_in_memory import ExcelInMemory

LINK = r"C:\Users\old\warmap.xlam"
CALL = "ROLE_COVERAGE(wm_contacts)"
FORMS = {
    "WARMAP.": None,
    "_xll.": None,
    "_xll.WARMAP.": None,
    "_xldudf_WARMAP_": None,
    "_xludf.WARMAP.": None,
    f"'{LINK}'!": LINK,
    "WARMAP_": None,
    "warmap.xlam!": LINK,
    "'warmap.xlam'!": LINK,
    "warmap.xlam!WARMAP.": LINK,
}


class Formulas:
    """A small workbook whose sheet Map holds formulas and a text in column C."""

    def __init__(self, path, formulas, kind="xlsm", links=None, live=1):
        self.excel = ExcelInMemory(path, kind)
        self.excel.book.links = links
        self.sheet = self.excel.app.sheet("Map")
        self.excel.book.calculator.value_of = self.stored  # it does not know our functions, and need not
        for row, formula in enumerate(formulas, 1):
            self.put(f"C{row}", formula)
        self.excel.app.sheet("_marks").set_value("B3", live)

    def stored(self, sheet, row, column):
        cell = self.excel.app.sheet(sheet).sheet.cell(row, column)
        return 0 if cell.formula else cell.value

    def put(self, cell, formula):
        self.sheet.sheet.vba_get("Range", [cell]).vba_set("Formula", formula)

    def reconnected(self):
        self.excel.app.add_module("Public Sub Go()\nWarmapReconnect ActiveWorkbook\nEnd Sub\n", name="Question")
        self.excel.app.run("Go")
        return self

    def formula(self, cell):
        return self.sheet.formula(cell)


@pytest.mark.parametrize(("prefix", "link"), FORMS.items())
class TestEveryStoredForm:
    def test_it_becomes_the_plain_form(self, small, prefix, link):
        book = Formulas(small["zh"], [f"=IF(A1=1,{prefix}{CALL},0)"], links=link and [link]).reconnected()
        assert book.formula("C1") == f"=IF(A1=1,WARMAP.{CALL},0)"

    def test_on_a_protected_sheet_too_which_stays_as_protected_as_it_was(self, small, prefix, link):
        book = Formulas(small["zh"], [f"={prefix}{CALL}"], links=link and [link])
        sheet = book.sheet.sheet
        sheet.vba_call("Protect", [], {"Password": "", "AllowSorting": True, "AllowFormattingCells": True})
        book.reconnected()
        assert book.formula("C1") == f"=WARMAP.{CALL}"
        assert sheet.vba_get("ProtectContents") is True
        rights = sheet.vba_get("Protection")
        assert [rights.vba_get(f"Allow{what}") for what in ("Sorting", "FormattingCells", "Filtering")] == [
            True,
            True,
            False,
        ]


class TestWhatIsLeftAlone:
    def test_links_to_other_peoples_files(self, small):
        book = Formulas(
            small["zh"], ["=prices.xlam!OUR_PRICE(wm_contacts)"], links=[r"C:\other\prices.xlam"]
        ).reconnected()
        assert book.formula("C1") == "=prices.xlam!OUR_PRICE(wm_contacts)"

    @pytest.mark.parametrize(
        "theirs", ["=_xll.BDP(A1)", "=_xludf.OTHER(A1)", '="see WARMAP.NOTES"', "=WARMAP.THEIRS(A1)"]
    )
    def test_functions_and_texts_of_others(self, small, theirs):
        """On the same sheet as calls of ours, in every form that one of ours might have."""
        for kind in ("xlsm", "xlam"):
            book = Formulas(small["zh"], [theirs, f"=_xll.{CALL}"], kind, live=0).reconnected()
            assert book.formula("C1").upper() == theirs.upper()  # a name it does not know, in capitals: as Excel
            assert CALL in book.formula("C2")

    def test_texts_in_cells(self, small):
        book = Formulas(small["zh"], ["=1+1", "=2+2"])
        book.sheet.set_value("D1", "write _xll.WARMAP.HEALTH here")
        book.put("C3", f"=_xll.{CALL}")
        book.reconnected()
        assert book.sheet.value("D1") == "write _xll.WARMAP.HEALTH here"

    def test_a_sheet_with_a_password(self, small):
        book = Formulas(small["zh"], [f"=_xll.{CALL}"])
        book.sheet.sheet.vba_call("Protect", [], {"Password": "theirs"})
        book.reconnected()
        assert book.formula("C1") == f"=_xll.{CALL}"
        assert book.sheet.sheet.vba_get("ProtectContents") is True


class TestWhereThePlainFormDoesNotReachTheAddIn:
    @pytest.mark.parametrize("kind", ["xlsm", "xlam"])
    def test_bare_names_are_tried_before_a_link(self, small, kind):
        """Plan B, where Excel does not find a function by its module."""
        book = Formulas(small["zh"], [f"=_xll.{CALL}"], kind, live=0)
        tried = []

        def calculate(_self):
            tried.append(book.formula("C1"))
            if tried[-1] == f"=WARMAP_{CALL}":
                book.excel.app.sheet("_marks").set_value("B3", 1)

        book.excel.host.on_calculate = calculate
        book.reconnected()
        assert tried == [f"=WARMAP.{CALL}", f"=WARMAP_{CALL}"]
        assert book.formula("C1") == f"=WARMAP_{CALL}"

    def test_the_add_in_links_to_itself(self, small):
        book = Formulas(small["zh"], [f"=_xll.{CALL}"], "xlam", live=0).reconnected()
        assert book.formula("C1").endswith(f"!{CALL}")
        assert "WARMAP." not in book.formula("C1")

    def test_a_macro_workbook_never_links_anywhere(self, small):
        book = Formulas(small["zh"], [f"=_xll.{CALL}"], "xlsm", live=0).reconnected()
        assert book.formula("C1") == f"=WARMAP.{CALL}"
