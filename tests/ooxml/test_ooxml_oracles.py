"""Other people's writers and readers: what openpyxl and XlsxWriter write, python-calamine and openpyxl read alike.

Differences that are meant, and the only ones allowed:

* calamine and openpyxl give dates and times of day as such; here they are numbers, and `date_cells` names them.
* calamine gives '' for an empty cell, for an error, and for a formula never calculated.
* Both writers round numbers to 16 digits.
* openpyxl gives whole numbers as int, errors as text, and nothing at all for an empty text.
"""

# ruff: noqa: DTZ001
from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from warmap.parsing.days import EXCEL
from warmap_workbook.ooxml import ErrorValue, Formula, Sheet, Value, read_book

NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e300, 1e300), st.sampled_from([0, 0.1, 1e-300]))
# XML cannot hold the other control characters, and writers differ in how they try.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30).filter(
    lambda text: not text.startswith(("=", "{=", "#")) and "_x" not in text.lower()
)
TABLES = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 30)), st.one_of(NUMBERS, TEXTS, st.booleans()), max_size=25
)


def by_xlsxwriter(table: dict[tuple[int, int], object]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    write = {bool: sheet.write_boolean, int: sheet.write_number, float: sheet.write_number, str: sheet.write_string}
    for (row, column), value in table.items():
        write[type(value)](row - 1, column - 1, value)
    book.close()
    return buffer.getvalue()


def by_openpyxl(table: dict[tuple[int, int], object]) -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    for (row, column), value in table.items():
        cell = book.active.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(buffer)
    return buffer.getvalue()


def seen_by_calamine(data: bytes, sheet: Sheet) -> dict[tuple[int, int], object]:
    """Cells that are not '', dates as numbers."""
    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_name(sheet.name)
        .to_python(skip_empty_area=False)
    )
    return {
        (r, c): as_number(value)
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if value != ""
    }


def seen_by_openpyxl(data: bytes, sheet: Sheet) -> dict[tuple[int, int], object]:
    loaded = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (cell.row, cell.column): ErrorValue(cell.value) if cell.data_type == "e" else as_number(cell.value)
        for row in loaded[sheet.name].iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def as_written(value: object) -> object:
    return float(f"{value:.16g}") if type(value) in (int, float) else value


def as_number(value: object) -> object:
    match value:
        case bool() | str():
            return value
        case int():
            return float(value)
        case datetime():
            return EXCEL.serial(value)
        case date():
            return EXCEL.serial(datetime(value.year, value.month, value.day))
        case time():
            return (datetime.combine(date(2000, 1, 1), value) - datetime(2000, 1, 1)) / timedelta(days=1)
        case timedelta():
            return value / timedelta(days=1)
    return value


def ours(sheet: Sheet, *, errors: bool = True) -> dict[tuple[int, int], Value]:
    return {
        (r, c): value
        for r, row in sheet.rows.items()
        for c, value in row.items()
        if value != "" and (errors or not isinstance(value, ErrorValue))
    }


def a_bit_of_everything() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm:ss"})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("商机 Deal")
    sheet.write_row(0, 0, ["客户", "amount", "  spaces  ", "line\nbreak", "<&>\"'"])
    sheet.write_rich_string(1, 0, "经济", bold, "买家", " economic buyer")
    sheet.write_datetime(2, 0, datetime(2024, 2, 29), day)
    sheet.write_datetime(2, 1, datetime(2024, 2, 29, 18, 30), day)
    sheet.write_datetime(2, 2, time(6, 0), clock)
    sheet.write_number(2, 3, 60, day)
    sheet.write_formula(3, 0, "=WARMAP.ROLE_COVERAGE(wm_contacts)", None, 0.75)
    sheet.write_formula(3, 1, '=IF(A1="x","a & b","")', None, "a & b")
    sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 3, "=A1=1", None, True)
    sheet.write_formula(3, 4, '=""', None, "")
    sheet.write_array_formula("A6:B7", "{=WARMAP.RED_FLAGS(wm_deal)}", None, "flag")
    sheet.write_dynamic_array_formula("D6", "=SORT(A1:A9)", None, 5)
    sheet.write_blank(8, 8, None, bold)
    book.add_worksheet("empty")
    book.add_chartsheet("chart").set_chart(chart_of(book))
    hidden = book.add_worksheet("hidden")
    hidden.hide()
    hidden.write(9, 9, "far")
    book.define_name("wm_deal", "='商机 Deal'!$A$1:$B$9")
    book.close()
    return buffer.getvalue()


def chart_of(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=hidden!$A$1:$A$3"})
    return chart


class TestXlsxWriter:
    """A workbook with a bit of everything, as XlsxWriter writes it."""

    DATA = a_bit_of_everything()

    def test_sheets(self):
        found = [(sheet.name, sheet.kind, sheet.state) for sheet in read_book(self.DATA).sheets]
        told = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.DATA)).sheet_names
        assert [name for name, _, _ in found] == told == ["商机 Deal", "empty", "chart", "hidden"]
        assert found[2:] == [("chart", "chartsheet", "visible"), ("hidden", "worksheet", "hidden")]

    def test_values_as_calamine_reads_them(self):
        for sheet in read_book(self.DATA).sheets:
            if sheet.was_read:
                assert ours(sheet, errors=False) == pytest.approx(
                    seen_by_calamine(self.DATA, sheet) | self.the_day_that_never_was(sheet)
                )

    def test_values_as_openpyxl_reads_them(self):
        for sheet in read_book(self.DATA).sheets:
            if sheet.was_read:
                assert ours(sheet) == pytest.approx(
                    seen_by_openpyxl(self.DATA, sheet) | self.the_day_that_never_was(sheet)
                )

    def the_day_that_never_was(self, sheet: Sheet) -> dict[tuple[int, int], float]:
        """Serial 60 is 29 February 1900: each reader makes another date of it."""
        return {(3, 4): 60.0} if sheet.name == "商机 Deal" else {}

    def test_formulas_as_openpyxl_reads_them(self):
        loaded = openpyxl.load_workbook(io.BytesIO(self.DATA))
        for sheet in read_book(self.DATA).sheets:
            if sheet.was_read:
                told = {}
                for cell in (cell for row in loaded[sheet.name].iter_rows() for cell in row if cell.data_type == "f"):
                    array = isinstance(cell.value, ArrayFormula)
                    text, ref = (cell.value.text, cell.value.ref) if array else (cell.value, None)
                    told[(cell.row, cell.column)] = Formula(text.removeprefix("="), ref)
                assert sheet.formulas == told

    def test_dates_are_the_cells_that_openpyxl_takes_for_dates(self):
        loaded = openpyxl.load_workbook(io.BytesIO(self.DATA))
        sheet = read_book(self.DATA).sheets[0]
        told = {(cell.row, cell.column) for row in loaded[sheet.name].iter_rows() for cell in row if cell.is_date}
        assert sheet.date_cells == told

    def test_names(self):
        assert read_book(self.DATA).defined_names == {"wm_deal": "'商机 Deal'!$A$1:$B$9"}


class TestAnyTable:
    """Whatever is written, three readers agree on it."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TABLES)
    def test_xlsxwriter(self, table):
        data = by_xlsxwriter(table)
        sheet = read_book(data).sheets[0]
        assert ours(sheet) == {place: as_written(value) for place, value in table.items()}
        assert ours(sheet) == seen_by_calamine(data, sheet)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TABLES)
    def test_openpyxl(self, table):
        data = by_openpyxl(table)
        sheet = read_book(data).sheets[0]
        assert ours(sheet) == {place: as_written(value) for place, value in table.items()}
        assert ours(sheet) == seen_by_openpyxl(data, sheet)
