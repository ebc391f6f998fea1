"""An open Excel shows a formula otherwise than the file holds it; that is never called tampering, and Submit goes on."""

from __future__ import annotations

import re

import pytest
from macro_desk import NOW, sample

from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.session import read_open_book

SHEET_NAME = re.compile(r"'([^\W\d]\w*)'!")  # Excel quotes only names that it must, and Chinese ones it need not
OUTSIDE_TEXTS = re.compile(r'"(?:[^"]|"")*"|[^"]+')
FORMS = {
    # in a text, such as the target of a link, Excel lets them alone
    "quotes it need not have are gone": lambda text: OUTSIDE_TEXTS.sub(
        lambda part: part[0] if part[0].startswith('"') else SHEET_NAME.sub(r"\1!", part[0]), text
    ),
    # a name in a text, such as the target "#wm_deal" of a link, Excel lets alone
    "@ before what is one value of many": lambda text: re.sub(r"(?<![\w.!'#])(wm_\w+|INDEX\()", r"@\1", text),
    "the add-in's file, open": lambda text: text.replace("WARMAP.", "warmap.xlam!"),
    "the add-in's file, by its path": lambda text: text.replace("WARMAP.", r"'C:\Users\李 雷\XLSTART\warmap.xlam'!"),
    "no module": lambda text: text.replace("WARMAP.", ""),
    "names in other letters": lambda text: text.replace("wm_live", "WM_Live"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_formula_is_called_changed(desk, lang, form):
    book, shown = desk(sample(lang)).book, 0
    for sheet in book.sheets:
        changed = {at: FORMS[form](text) for at, text in sheet.formulas_.items()}
        shown += changed != sheet.formulas_
        sheet.formulas_ = changed
    assert shown
    found = {finding.code for finding in Opened(read_open_book(book), NOW.date()).checked.findings}
    assert not found & {"DV301", "DV302", "DV304"}


def test_a_formula_that_is_another_is_still_found(desk):
    at = desk(sample("en"))
    home = at.book.sheets["Scoreboard"]
    cell = next(cell for cell, text in home.formulas_.items() if "WARMAP." in text)
    home.formulas_[cell] = home.formulas_[cell].replace("WARMAP.", "warmap.xlam!MY_")
    assert "DV302" in at.press("submit")


def test_an_error_that_xlwings_knows_by_number_only_is_an_error(desk):
    """#SPILL! comes over as -2146826243, which is no amount of money."""
    at = desk(sample("en"))
    deal = at.book.sheets["Deal"]
    deal.cells_[8, 2] = -2146826243
    opened = Opened(read_open_book(at.book), NOW.date())
    assert opened.entries.map.deal.amount is None
    assert "#SPILL!" in str([f.message("en") for f in opened.entries.findings])
