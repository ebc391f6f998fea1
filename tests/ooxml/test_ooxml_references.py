"""References in A1 notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.parsing import column_letters, column_number
from warmap_workbook.ooxml import (
    cell_name,
    parse_range,
    parse_ref,
)


class TestCells:
    """Columns run from A to XFD, rows from 1 to 1,048,576."""

    @pytest.mark.parametrize(
        ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")]
    )
    def test_letters(self, number, letters):
        assert column_letters(number) == letters
        assert column_number(letters.lower()) == number

    def test_there_is_no_column_0(self):
        with pytest.raises(ValueError, match="no column"):
            column_letters(0)

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
