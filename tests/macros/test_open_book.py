"""An open workbook read through xlwings is the workbook that the file reader reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from macro_desk import NOW, sample

from warmap_addin.macros.open_book import OpenBook, Opened, OpenSheet, raw_book
from warmap_addin.macros.session import read_open_book
from warmap_workbook.ooxml import ErrorValue, read_book
from warmap_workbook.reading.read import read_workbook


def test_map_places_settings_and_language_are_the_same(desk, lang):
    opened = Opened(read_open_book(desk(sample(lang)).book), NOW.date())
    file = read_workbook(sample(lang))
    assert opened.entries.map == file.map
    assert opened.entries.places == file.places
    assert opened.entries.settings == file.settings
    assert opened.lang == lang
    assert opened.entries.findings == [f for f in file.findings if f.code[:3] != "DV3"]


def test_the_formulas_are_those_of_the_file(desk):
    """An array formula stands in each of its cells in Excel, and in the first one in the file."""
    opened = Opened(read_open_book(desk(sample("en")).book), NOW.date())
    for sheet in read_book(sample("en")).sheets:
        open_formulas = opened.raw.sheet(sheet.name).formulas
        assert all(open_formulas[at].text == formula.text for at, formula in sheet.formulas.items())


def test_each_kind_of_value_becomes_what_the_file_reader_gives():
    values = [[None, "", "text", 3, 2.5, True, Decimal("1.25"), datetime(2026, 6, 30), date(2026, 6, 30), "#N/A"]]  # noqa: DTZ001
    sheet = OpenSheet("S", top=2, left=3, values=values, formulas=[["", "", "text", "=1+2"]])
    raw = raw_book(OpenBook([sheet], {"a": "=S!$A$1", "S!local": "=S!$B$1"})).sheets[0]
    assert raw.rows == {
        2: {5: "text", 6: 3.0, 7: 2.5, 8: True, 9: 1.25, 10: 46203.0, 11: 46203.0, 12: ErrorValue("#N/A")}
    }
    assert raw.date_cells == {(2, 10), (2, 11)}
    assert {at: formula.text for at, formula in raw.formulas.items()} == {(2, 6): "1+2"}


def test_a_formula_that_shows_nothing_is_calculated_and_blank(desk, lang):
    """As in a file; else a field with such a formula would be told as never calculated, and its row as filled."""
    book = desk(sample(lang)).book
    place = read_workbook(sample(lang)).places["contacts"]
    sheet, row, column = book.sheets[place.sheet], place.rows[0], place.columns["notes"]
    sheet.formulas_[row, column], sheet.cells_[row, column] = '=IF(1=1,"","x")', ""
    opened = Opened(read_open_book(book), NOW.date())
    assert opened.raw.sheet(place.sheet).value(row, column) == ""
    assert opened.entries.map.contacts[0].notes is None
    assert [one for one in opened.entries.findings if one.code == "DV212"] == []


def test_names_of_one_sheet_are_not_those_of_the_workbook():
    book = raw_book(OpenBook([OpenSheet("S")], {"a": "=S!$A$1", "S!local": "=S!$B$1"}))
    assert book.defined_names == {"a": "S!$A$1"}


def test_of_a_sheet_formatted_down_to_its_end_only_what_is_filled_is_read(desk):
    book = desk(sample("en")).book
    before = Opened(read_open_book(book), NOW.date()).entries.map
    for name in ("People", "_lists"):
        book.sheets[name].formatted = [(1_048_576, 16_384)]
    empty = book.sheets.add("Empty", after=list(book.sheets)[-1])
    empty.formatted = [(1_048_576, 16_384)]
    opened = read_open_book(book)
    assert Opened(opened, NOW.date()).entries.map == before
    assert max(len(sheet.values) * len(sheet.values[0]) for sheet in opened.sheets if sheet.values) < 20_000


def test_a_sheet_that_is_filled_beyond_reason_is_named(desk):
    at = desk(sample("en"))
    at.book.sheets["People"].cells_[1_000_000, 20] = "x"
    assert "“People” has more than 400000 cells" in at.press("check_map")


def test_a_single_cell_is_a_sheet_too(desk):
    import io

    import openpyxl

    stream, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(stream)
    (sheet,) = read_open_book(desk(stream.getvalue()).book).sheets
    assert sheet.formulas == (("=1+1",),)
