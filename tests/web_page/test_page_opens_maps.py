"""A map opened in the page shows what the plain module gives, cell by cell."""

import pytest
from page_in_chromium import TEMPLATES, native, unlike

from sampling import IS_WHOLE
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.ooxml import read_book

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
