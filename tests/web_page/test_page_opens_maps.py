"""A map opened in the page shows what the plain module gives, cell by cell."""

import pytest
from page_in_chromium import TEMPLATES, native, unlike

from sampling import IS_WHOLE
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.ooxml import read_book
from warmap_workbook.writing.pages import OVERFLOW

EVERY = sorted(path.stem for path in TEMPLATES.rglob("*.xlsx"))
SOME = ["manufacturer_mes.en", "hospital_imaging.zh"]
MEANT = {
    "_marks!B5": "whether the functions are there: in the page they are, in a file for any other program they are not",
    "B34": "Home's sentence that says so",
}
"""Cells that are meant to differ from the plain module, by the end of their place."""


@pytest.mark.parametrize("name", EVERY if IS_WHOLE else SOME)
def test_every_computed_cell_is_what_the_plain_module_gives(web_page, name):
    web_page.open(name)
    book = read_book(web_page.content)
    plain = Calculation(book, OwnFunctions())
    plain.run()
    cells = web_page.cells()
    assert len(plain.results) > 5000
    assert sorted(unlike(cells, plain.results)) == sorted(
        place if "!" in place else f"{book.sheets[0].name}!{place}" for place in MEANT
    )
    assert unlike(cells, native(web_page.content).calculation.results) == {}, "told that they are there, none differs"


LOOKS = """(names) => Object.fromEntries(names.map((name) => {
    const sheet = window.warmap.grid.book.getSheetByName(name).getSheet(), found = {};
    for (let row = 0; row < 40; row++) for (let column = 0; column < 12; column++) {
        const cell = sheet.getCell(row, column);
        if (typeof cell?.s === "object") found[`${row} ${column}`] = [cell.v ?? "", cell.s.bg?.rgb ?? "", cell.s.cl?.rgb ?? ""];
    }
    return [name, found];
}))"""


def test_what_a_format_hides_or_says_instead_is_shown_so(web_page):
    web_page.open("manufacturer_mes.en")
    warning = next(at for at, value in web_page.cells().items() if value == OVERFLOW.en)
    shown = "([name, row, column]) => window.warmap.grid.book.getSheetByName(name).getSheet().getCell(row - 1, column - 1).v"
    assert web_page.page.evaluate(shown, list(warning)) == ""


def test_colours_and_signs_follow_an_edit(web_page):
    """They are those that the saved file has when it is opened again."""
    sheets = ["Home", "Red flags", "Scoreboard", "Relationship map", "People", "Trust"]
    web_page.open("manufacturer_mes.en")
    before = web_page.page.evaluate(LOOKS, sheets)
    assert all(before.values())
    web_page.fill([["People", 7, 16, "Oppose"], ["People", 8, 17, None], ["Deal", 10, 2, 46300], ["Trust", 8, 3, 5]])
    after = web_page.page.evaluate(LOOKS, sheets)
    assert {name for name in sheets if before[name] != after[name]} >= {"Home", "Red flags", "Trust"}
    _, saved = web_page.save()
    web_page.open("saved", saved)
    assert web_page.page.evaluate(LOOKS, sheets) == after
