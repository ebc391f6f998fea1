"""A table that was read on its sheet is given to the functions in the cells as its range would read, or read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warmap.model import TABLE
from warmap.reading import read_document
from warmap.worksheet.ranges import read_range
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import WorkbookReader
from warmap_workbook.reading.sheet_tables import as_its_range_reads, cells_of
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook


@pytest.fixture(scope="module", params=["zh", "en"])
def reader(request):
    content = build_workbook(read_document(load_sample("telecom_core_network", request.param)).map, request.param)
    found = WorkbookReader(read_book(content))
    found.read()
    return found


def taken(reader, code, **moved):
    """(the table as it was read on its sheet, as its range reads) for a range that may be moved or cut."""
    sheet, box = reader.book.named_range(f"wm_{code}")
    box, rows = (
        box._replace(**{side: getattr(box, side) + by for side, by in moved.items()}),
        reader.sheets.rows(sheet),
    )
    return as_its_range_reads(code, reader.reads[code], sheet.name, box, rows), read_range(code, cells_of(rows, box))


@pytest.mark.parametrize("code", TABLE)
def test_a_table_where_the_layout_has_it_is_not_read_again_and_is_what_its_range_reads(reader, code):
    once, again = taken(reader, code)
    assert once is not None
    assert once.rows is reader.reads[code].rows
    assert (once.first_row, once.body_height, once.lang) == (again.first_row, again.body_height, again.lang)
    assert once.rows == again.rows
    assert once.place._replace(sheet=code) == again.place
    assert [replace(finding, sheet=code) for finding in once.findings] == again.findings


@pytest.mark.parametrize(
    ("code", "moved"),
    [
        ("contacts", {"r1": 1}), ("contacts", {"c1": 1}), ("contacts", {"c2": -3}), ("contacts", {"r2": -58}),
        ("deal", {"r2": -2}), ("deal", {"c1": 1}), ("competition", {"c2": -2}),
    ],
)  # fmt: skip
def test_a_table_whose_range_was_moved_or_cut_is_read_again(reader, code, moved):
    once, _ = taken(reader, code, **moved)
    assert once is None
