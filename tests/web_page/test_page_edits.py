"""What a person types, chooses, pastes, sorts and takes back: after each, every computed cell is what the same entries come to
in the plain module."""

import pytest
from page_in_chromium import is_as_native, on_clipboard
from playwright.sync_api import expect

EXCEL_TABLE = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><!--StartFragment--><table border=0>"
    "<tr height=20><td class=xl65>Ann Lee</td><td>Buyer</td></tr><tr><td>Bo Li</td><td>Clerk of works</td></tr>"
    "</table><!--EndFragment--></body></html>"
)


@pytest.fixture(scope="module", autouse=True)
def _sample(shared_page):
    shared_page.open("manufacturer_mes.en")


@pytest.fixture(autouse=True)
def _taken_back(web_page):
    """Each test takes back what it entered, with the key for it, and leaves the file's own cells."""
    yield
    web_page.page.keyboard.press("Escape")
    for _ in range(8):
        if is_as_native(web_page) == {}:
            return
        web_page.page.keyboard.press("Control+z")
        web_page.settle()
    pytest.fail(f"still there: {is_as_native(web_page)}")


class TestTyping:
    def test_a_word_a_number_a_day(self, web_page):
        web_page.type("Strong support", "People", "P7")
        assert is_as_native(web_page) == {"People!P7": "Strong support"}
        web_page.type("9000000", "Deal", "B8")
        web_page.type("2026-07-15", "Deal", "B10")
        assert is_as_native(web_page) == {"People!P7": "Strong support", "Deal!B8": 9000000, "Deal!B10": 46218}
        expect(web_page.page.locator("#state")).to_contain_text("cells changed, health")

    def test_a_value_is_deleted(self, web_page):
        web_page.go("People", "P6")
        web_page.page.keyboard.press("Delete")
        web_page.settle()
        assert is_as_native(web_page) == {"People!P6": None}

    def test_what_looks_like_a_formula_is_a_text(self, web_page):
        web_page.type("=1+1", "Deal", "B17")
        assert set(is_as_native(web_page)) <= {"Deal!B17"}

    def test_undo_and_redo(self, web_page):
        web_page.type("Strong support", "People", "P7")
        web_page.page.keyboard.press("Control+z")
        web_page.settle()
        assert is_as_native(web_page) == {}
        web_page.page.keyboard.press("Control+y")
        web_page.settle()
        assert is_as_native(web_page) == {"People!P7": "Strong support"}

    def test_the_buttons_undo_and_redo_too(self, web_page):
        web_page.type("Strong support", "People", "P7")
        web_page.press("undo")
        web_page.settle()
        assert is_as_native(web_page) == {}
        web_page.press("redo")
        web_page.settle()
        assert is_as_native(web_page) == {"People!P7": "Strong support"}


class TestLists:
    def test_a_new_person_is_in_the_lists_at_once(self, web_page):
        web_page.type("Bo Newman", "People", "D15")
        web_page.type("Bo Newman", "Objections", "A9")
        web_page.type("Bo Nobody", "Objections", "A10")
        fits = "async (cell) => (await window.warmap.grid.book.getSheetByName('Objections').getRange(cell).getValidatorStatus())[0][0]"
        assert [web_page.page.evaluate(fits, cell) for cell in ("A9", "A10")] == ["valid", "invalid"]


class TestTables:
    def test_a_table_from_the_clipboard(self, web_page):
        on_clipboard(web_page.page, EXCEL_TABLE, "Ann Lee\tBuyer\r\nBo Li\tClerk of works\r\n")
        web_page.go("People", "D20")
        web_page.page.keyboard.press("Control+v")
        expect(web_page.page.locator("#state")).to_contain_text("cells changed")
        web_page.page.wait_for_timeout(500)
        web_page.settle()
        assert is_as_native(web_page) == {
            "People!D20": "Ann Lee", "People!E20": "Buyer", "People!D21": "Bo Li", "People!E21": "Clerk of works"
        }  # fmt: skip

    def test_what_is_copied_brings_its_value_and_not_its_looks(self, web_page):
        web_page.go("People", "P7")  # which a rule paints
        web_page.page.keyboard.press("Control+c")
        web_page.page.wait_for_timeout(500)  # the clipboard is written after the key
        web_page.go("People", "P9")
        web_page.page.keyboard.press("Control+v")
        expect(web_page.page.locator("#state")).to_contain_text("cells changed")
        web_page.page.wait_for_timeout(500)
        web_page.settle()
        assert is_as_native(web_page) == {"People!P9": web_page.cell("People", "P7")}
        looks = """() => {
            const { book } = window.warmap.grid, sheet = book.getSheetByName('People').getSheet(), styles = book.getWorkbook().getStyles();
            return [sheet.getCellRaw(8, 15).s, sheet.getColumnManager().getColumn(15).s].map((one) => styles.get(one));
        }"""
        pasted, of_the_column = web_page.page.evaluate(looks)
        assert pasted == of_the_column, "the format that the file has there"

    def test_rows_are_sorted(self, web_page):
        web_page.select("Objections", "A6:J8")
        web_page.press("up")
        web_page.page.wait_for_timeout(500)
        web_page.settle()
        assert [web_page.cell("Objections", f"A{row}") for row in (6, 7, 8)] == [
            "Han Lijun",
            "Peng Yan",
            "Shen Guoliang",
        ]
        assert web_page.cell("Objections", "J7") == 46087, "a row goes with all its cells"
        assert is_as_native(web_page)


class TestRefused:
    @pytest.mark.parametrize(
        ("sheet", "cell", "words"),
        [("Scoreboard", "C6", "computed and cannot be typed into"), ("Deal", "A5", "belongs to the template")],
    )
    def test_a_cell_that_nobody_may_type_into(self, web_page, sheet, cell, words):
        before = web_page.cell(sheet, cell)
        web_page.hear_nothing()
        web_page.type("9", sheet, cell)
        assert words in web_page.told()
        assert web_page.cell(sheet, cell) == before
        assert is_as_native(web_page) == {}

    def test_a_word_that_the_list_does_not_have(self, web_page):
        web_page.type("no such thing", "People", "P7")
        words = web_page.page.get_by_text("Only values of the list fit here")
        expect(words.last).to_be_visible()
        assert is_as_native(web_page) == {}

    def test_results_are_not_deleted(self, web_page):
        web_page.hear_nothing()
        web_page.go("Scoreboard", "C6")
        web_page.page.keyboard.press("Delete")
        web_page.settle()
        assert web_page.cell("Scoreboard", "C6") is not None
        assert "computed" in web_page.told()
