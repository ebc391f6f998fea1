"""Whatever people did to the workbook, a button gives words and no unexpected error."""

from __future__ import annotations

import pytest
from macro_desk import sample

from warmap_addin.macros.running import MACROS

TABS = {
    "zh": ("商机", "关键人", "信任", "首页", "计分板", "设置"),
    "en": ("Deal", "People", "Trust", "Home", "Scoreboard", "Settings"),
}


def without(book, *names):
    book.sheets._sheets = [sheet for sheet in book.sheets if sheet.name not in names]
    for name, text in book.names.by_name.items():
        if any(f"'{gone}'!" in text or text.startswith(f"={gone}!") for gone in names):
            book.names.by_name[name] = "=#REF!"
    book.active_sheet = next(iter(book.sheets))
    book.selection = book.active_sheet.range("A6")


def no_names(book, lang):
    book.names.by_name.clear()


def no_hidden_sheets(book, lang):
    without(book, "_lists", "_status", "_last", "_history", "_marks")


def no_deal(book, lang):
    without(book, TABS[lang][0])


def no_people(book, lang):
    without(book, TABS[lang][1])


def no_trust_and_no_results(book, lang):
    without(book, *TABS[lang][2:])


def empty_people(book, lang):
    sheet = book.sheets[TABS[lang][1]]
    for at in list(sheet.cells_):
        if at[0] > 5:
            sheet.cells_[at] = None
    book.go(TABS[lang][1], "A6")


def errors_everywhere(book, lang):
    for sheet in book.sheets:
        for at in list(sheet.formulas_):
            sheet.cells_[at] = "#NAME?"
    book.go(TABS[lang][4], "C6")


def wild_entries(book, lang):
    sheet = book.sheets[TABS[lang][1]]
    for number, value in enumerate(("=1+1", "#REF!", -1e300, True, "x" * 9000, "{path}", "{what}", "'", "\u202e")):
        sheet.cells_[6, 1 + number] = value
    book.go(TABS[lang][1], "A6")


DAMAGES = (
    no_names,
    no_hidden_sheets,
    no_deal,
    no_people,
    no_trust_and_no_results,
    empty_people,
    errors_everywhere,
    wild_entries,
)


@pytest.mark.parametrize("lang", ["en"])
@pytest.mark.parametrize("name", sorted(MACROS.keys() - {"new_map", "show_log", "about", "settings", "export_csv"}))
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_workbook_gives_words(desk, lang, damage, name):
    at = desk(sample(lang))
    at.book.saved = lambda: b""
    damage(at.book, lang)
    words = at.press(name)
    assert "unexpected" not in words
    assert not at.log.exists()
