"""Which rows of a table are entries (specification, section 5, DV104 and DV105): taken, not taken or outside, always said."""

from __future__ import annotations

from datetime import datetime

import pytest

from warmap.layout import placements
from warmap.model import TABLE
from warmap.parsing import Grid, find_header, read_rows
from warmap.text import LANGUAGES
from warmap.worksheet.ranges import read_range

# table, cells of the row by field code, whether it is an entry
ROWS = [
    *(("competition", {"criterion": word, "weight": 100, "our_score": 2.6}, False)
      for word in ("Total", "TOTAL:", "合计", "合 计", "总计：", "小计", "Sub-total", "subtotal", "Grand total", "Sum", "平均分", "Average", "加权总分")),
    ("competition", {"criterion": "Total price", "weight": 20, "our_score": 3}, True),
    ("competition", {"criterion": "总价合计优惠", "weight": 20}, True),
    ("competition", {"criterion": "Sum insured", "weight": 20}, True),
    ("competition", {"criterion": "Sample quality", "weight": 20}, True),
    ("competition", {"weight": 30, "our_score": 7}, False),  # the sum of the two above, without a word
    ("competition", {"weight": 31, "our_score": 3}, True),
    ("contacts", {"name": "合计", "influence": "高"}, True),  # somebody of that name, with a judgement
    ("contacts", {"name": "Name", "department": "Department", "influence": "Influence"}, False),
    ("contacts", {"name": "姓名", "title": "职务", "support": "态度 *"}, False),
    ("contacts", {"name": "name", "department": "department"}, False),
    ("contacts", {"name": "Wang", "buying_roles.coach": "Coach", "buying_roles.user": "User"}, True),
    ("contacts", {"name": "Name", "department": "Purchasing", "influence": "High"}, True),
    *(("contacts", {"name": words}, False)
      for words in ("以下空白", "（以下空白）", "——以下空白——", "以下无正文", "end of list", "-- END --", "The end", "Nothing follows", "结束")),
    ("contacts", {"name": "End", "department": "Purchasing"}, True),
    ("contacts", {"name": "Endo"}, True),
    *(("contacts", {"name": words, "influence": "高"}, False)
      for words in ("示例", "例：王芳", "例如王芳", "e.g.", "e.g. John Smith", "Example: John Smith", "（示例）", "示例1", "Sample")),
    ("contacts", {"name": "李例", "influence": "高"}, True),
    ("contacts", {"name": "Sample, Ann", "influence": "高"}, True),
    *(("contacts", {"name": words}, False) for words in ("注：以上来自客户官网", "Note: from their web site", "制表人：李晨", "Prepared by: Li Chen")),
    ("strengths", {"text": "Note: on site within two hours"}, True),
    ("actions", {"what": "Example calculation for Han", "owner": "Li"}, True),
    ("resources", {"resource": "Example devices", "needed": "是"}, True),
]  # fmt: skip
HOLLOW = [
    {"buying_roles.coach": False, "buying_roles.user": False},
    {"buying_roles.coach": "FALSE", "decision_order": 0.0},
    {"decision_order": 0},
]
NO_ENTRY, OUTSIDE = "DV105", "DV104"


def grid_of(table, rows, above=(), lang="en"):
    fields = [field.code for field in TABLE[table].fields]
    header = [field.label.to(lang) for field in TABLE[table].fields]
    lines = [[row.get(code) for code in fields] for row in rows]
    return [*([row.get(code) for code in fields] for row in above), header, *lines]


def first_entries(table):
    number = "weight" in TABLE[table].by_code
    name = (TABLE[table].required or TABLE[table].fields)[0].code
    return [{name: "One", **({"weight": 10, "our_score": 3} if number else {})},
            {name: "Two", **({"weight": 20, "our_score": 4} if number else {})}]  # fmt: skip


def codes(read):
    return [finding.code for finding in read.findings if finding.code in {NO_ENTRY, OUTSIDE}]


class TestRowsUnderTheHeader:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize(("table", "row", "is_entry"), ROWS, ids=[" ".join(map(str, r[1].values())) for r in ROWS])
    def test_taken_or_told(self, table, row, is_entry, lang):
        before = first_entries(table)
        read = read_range(table, tuple(map(tuple, grid_of(table, [*before, row], lang=lang))))
        assert len(read.rows) == len(before) + is_entry
        assert codes(read) == ([] if is_entry else [NO_ENTRY])
        if not is_entry:
            (found,) = [finding for finding in read.findings if finding.code == NO_ENTRY]
            assert found.cell.endswith(str(placements()[table].header_row + 3))

    @pytest.mark.parametrize("row", HOLLOW, ids=str)
    def test_check_boxes_and_zeros_alone_are_no_row(self, row):
        read = read_range("contacts", tuple(map(tuple, grid_of("contacts", [{"name": "One"}, row, row]))))
        assert len(read.rows) == 1
        assert read.findings == []

    def test_an_entry_with_check_boxes_is_one(self):
        read = read_range(
            "contacts", tuple(map(tuple, grid_of("contacts", [{"name": "One", "buying_roles.coach": False}])))
        )
        assert [contact.name for contact in read.rows] == ["One"]


class TestRowsOutside:
    def read(self, rows, above=(), last=None):
        cells = grid_of("contacts", rows, above)
        grid = Grid(cells, "People", top=4)
        header = find_header(TABLE["contacts"], grid, 40)
        bounds = range(len(above), len(cells) if last is None else last)
        return read_rows(TABLE["contacts"], grid, header, bounds)

    def test_rows_below_the_named_range_are_told_in_runs_and_not_taken(self):
        read = self.read([{"name": "One"}, {"name": "Two"}, {"department": "X"}, {}, {"name": "Five"}], last=2)
        assert [contact.name for contact in read.rows] == ["One"]
        assert [(f.code, f.cell) for f in read.findings] == [(OUTSIDE, "A6"), (OUTSIDE, "A9")]
        assert "6–7" in read.findings[0].message("en")
        assert "Two" in read.findings[0].message("zh")

    def test_what_is_no_entry_is_none_there_either(self):
        read = self.read([{"name": "One"}, {"name": "合计"}, {"buying_roles.coach": False}], last=2)
        assert codes(read) == [NO_ENTRY]

    def test_an_entry_above_the_header_is_told(self):
        title = {"name": "People", "department": "fill in the yellow cells"}
        entry = {"name": "Zero", "influence": "High"}
        dated = {"name": "Minus", "last_contact": datetime(2026, 6, 1)}  # noqa: DTZ001  as cells hold days
        read = self.read([{"name": "One"}], above=[title, entry, {"level": "Manager"}, dated])
        assert [contact.name for contact in read.rows] == ["One"]
        assert [(f.code, f.cell) for f in read.findings] == [(OUTSIDE, "A5"), (OUTSIDE, "A7")]
