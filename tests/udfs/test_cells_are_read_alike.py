"""One cell, whatever is in it, is the same value to the worksheet functions and to the reader of files."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warmap.model import TABLE, TABLES, Kind
from warmap.parsing import Context, Grid, find_header, find_record, read_record, read_rows
from warmap.parsing.days import EXCEL, EXCEL_1904
from warmap.worksheet.ranges import parse_table
from warmap_udfs.dispatch import as_cells
from warmap_workbook.ooxml import Sheet
from warmap_workbook.reading.sheet_tables import dense_rows

FIELDS = [(table.code, field.code) for table in TABLES for field in table.fields]
TYPED = [
    "12.800",
    "1,200,000元",
    "￥5",
    "1280万",
    "80%",
    "12%",
    "TRUE",
    "FALSE",
    "true",
    "x",
    "✓",
    "√",
    "yes",
    "否",
    "TBD",
    "待定（问王总）",
    "n/a",
    "2026-06-30",
    "30 June 2026",
    "5/6/2026",
    "20260630",
    "high",
    "高",
    "coach",
    "1",
    "0",
    " ",
    "5",
    "５",
    "٥",
    "王芳、李强",
    "a → b",
    "CNY",
    "RF205",
    "#N/A",
    "\u200b5",
    "4.5",
    "报价及谈判",
]
NUMBERS = (
    0.0,
    1.0,
    2.0,
    59.0,
    60.0,
    61.0,
    0.8,
    -1.0,
    5.0,
    2026.0,
    44741.0,
    46203.0,
    46203.75,
    20260630.0,
    73416.0,
    1e15,
    12800000.0,
)
CELLS = st.one_of(
    st.sampled_from(TYPED), st.sampled_from(NUMBERS), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12),
)  # fmt: skip


def grid_of(code, field, value):
    """A table with one entry, and a word in another column that makes it a row."""
    table = TABLE[code]
    words = (
        each for each in table.fields if each.kind in (Kind.TEXT, Kind.NAME) and each.code not in (field, "currency")
    )
    entered = {**{each.code: "word" for each in [next(words, None)] if each is not None}, field: value}
    if table.is_record:
        return [["项目", "内容"], *([each.label.zh, entered.get(each.code)] for each in table.fields)]
    return [[each.label.zh for each in table.fields], [entered.get(each.code) for each in table.fields]]


def by_the_file(code, rows, dates):
    """The first row as the reader of files takes it from a sheet."""
    sheet = Sheet("S", "visible", "worksheet", was_read=True)
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None and value != "":
                sheet.rows.setdefault(row, {})[column] = value
    grid, table, context = Grid(dense_rows(sheet)), TABLE[code], Context(dates)
    read = (
        read_record(table, grid, find_record(table, grid), context)
        if table.is_record
        else read_rows(table, grid, find_header(table, grid), context=context)
    )
    return read.rows


@settings(max_examples=400)
@given(st.sampled_from(FIELDS), CELLS, st.sampled_from([EXCEL, EXCEL_1904]))
@example(("trust", "ratings.professional.rating"), True, EXCEL)
@example(("trust", "ratings.professional.rating"), False, EXCEL)
@example(("contacts", "notes"), True, EXCEL)
@example(("contacts", "notes"), False, EXCEL)
@example(("contacts", "title"), 0.0, EXCEL)
@example(("deal", "as_of"), 60.0, EXCEL)
@example(("deal", "as_of"), 44741.0, EXCEL_1904)
@example(("deal", "stage"), True, EXCEL)
def test_the_functions_and_the_file_agree(place, value, dates):
    code, field = place
    rows = grid_of(code, field, value)
    told = parse_table(code, as_cells(rows), Context(dates))
    assert told.rows == by_the_file(code, rows, dates)


@pytest.mark.parametrize("dates", [EXCEL, EXCEL_1904])
def test_excel_hands_over_a_day_and_the_file_its_serial_number(dates):
    day = datetime(2026, 6, 30, 10, 30)  # noqa: DTZ001  a spreadsheet knows no time zone
    told = parse_table("deal", as_cells(grid_of("deal", "as_of", day)), Context(dates))
    (read,) = by_the_file("deal", grid_of("deal", "as_of", dates.serial(day)), dates)
    assert told.rows[0].as_of == read.as_of == date(2026, 6, 30)
