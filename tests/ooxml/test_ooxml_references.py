"""References in A1 notation, and dates as numbers."""

# ruff: noqa: DTZ001
from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap_workbook.ooxml import (
    cell_name,
    column_letter,
    column_number,
    datetime_to_serial,
    parse_range,
    parse_ref,
    serial_to_datetime,
)


class TestCells:
    """Columns run from A to XFD, rows from 1 to 1,048,576."""

    @pytest.mark.parametrize(
        ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")]
    )
    def test_letters(self, number, letters):
        assert column_letter(number) == letters
        assert column_number(letters.lower()) == number

    def test_there_is_no_column_0(self):
        with pytest.raises(ValueError, match="no column"):
            column_letter(0)

    @given(st.integers(1, 1_048_576), st.integers(1, 16_384))
    def test_a_name_names_its_cell(self, row, column):
        assert parse_ref(cell_name(row, column)) == (row, column)

    @pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "A1:B2", "AAAA1", "A1 ", "Ä1", "A１"])
    def test_anything_else_is_no_cell(self, text):
        with pytest.raises(ValueError, match="not"):
            parse_ref(text)


class TestRanges:
    """(sheet, r1, c1, r2, c2), corners in order."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("A1", (None, 1, 1, 1, 1)),
            ("$A$1:$B$9", (None, 1, 1, 9, 2)),
            ("B9:A1", (None, 1, 1, 9, 2)),
            ("'Sheet'!$A$1:$B$9", ("Sheet", 1, 1, 9, 2)),
            ("'It''s a!b'!C3", ("It's a!b", 3, 3, 3, 3)),
            ("商机!$A$1:$B$2", ("商机", 1, 1, 2, 2)),
            ("S!$A:$C", ("S", 1, 1, 1_048_576, 3)),
            ("S!$2:$5", ("S", 2, 1, 5, 16_384)),
            (" a1:b2 ", (None, 1, 1, 2, 2)),
        ],
    )
    def test_ranges(self, text, found):
        assert parse_range(text) == found

    @pytest.mark.parametrize(
        "text", ["", "#REF!", "S!#REF!", "A1,B2", "S!A1:S!B2", "OFFSET(A1,1,1)", "A", "1", "A:1", "A1:B", "S!", "5:A1"]
    )
    def test_anything_else_is_no_range(self, text):
        with pytest.raises(ValueError, match="not"):
            parse_range(text)


class TestSerials:
    """18.17.4: the 1900 system counts a 29 February 1900 that never was; the 1904 system does not."""

    @pytest.mark.parametrize(
        ("serial", "moment"),
        [
            (1, datetime(1900, 1, 1)),
            (59, datetime(1900, 2, 28)),
            (61, datetime(1900, 3, 1)),
            (45296.5, datetime(2024, 1, 5, 12)),
            (2_958_465, datetime(9999, 12, 31)),
        ],
    )
    def test_1900(self, serial, moment):
        assert serial_to_datetime(serial) == moment
        assert datetime_to_serial(moment) == serial

    @pytest.mark.parametrize("serial", [-1, 60, 60.5, 2_958_466, 1e300, float("nan"), float("inf")])
    def test_numbers_that_are_no_date(self, serial):
        assert serial_to_datetime(serial) is None

    def test_1904(self):
        assert serial_to_datetime(0, date1904=True) == datetime(1904, 1, 1)
        assert datetime_to_serial(datetime(2024, 1, 5), date1904=True) == 45296 - 1462
        assert datetime_to_serial(datetime(1903, 1, 5), date1904=True) is None

    def test_a_moment_that_rounds_into_the_year_10000_is_no_date(self):
        assert serial_to_datetime(2_958_465.9999999995) is None
