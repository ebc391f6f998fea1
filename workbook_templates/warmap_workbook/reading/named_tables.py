"""Tables that were found on their sheets, as the functions in the cells are given them: by their defined names."""

from __future__ import annotations

from dataclasses import replace

from warmap.layout import placements
from warmap.model import TABLE, Table
from warmap.parsing import Grid, TablePlace, TableRead, complete_header, find_header
from warmap_workbook.ooxml import RangeRef
from warmap_workbook.reading.sheet_rows import Rows, cells_of

HEADER_DEPTH = 5  # rows of a range in which its header is looked for


def as_its_range_reads(code: str, read: TableRead | None, sheet: str, box: RangeRef, rows: Rows) -> TableRead | None:
    """A table read on its sheet, as `read_range` would give it from the range of its name, without reading it again.

    None where the two might differ: the range is not where the layout has it, or holds another header or fewer rows.
    The findings name the sheet as it is called.
    """
    if code not in TABLE or read is None or read.place is None or read.place.sheet != sheet:
        return None
    table, home = TABLE[code], placements()[code]
    if (box.r1, box.c1) != (home.header_row, home.left):
        return None
    if table.is_record:
        below: int | None = 1 if _holds_record(read.place, box) else None
    else:
        below = _rows_below_header(table, read, box, rows)
    return None if below is None else replace(read, first_row=box.r1 + below, body_height=box.r2 - box.r1 + 1 - below)


def _holds_record(place: TablePlace, box: RangeRef) -> bool:
    """Whether a range holds the names of all fields of a record, and the values beside them."""
    fields, values = (place.record_rows or {}).values(), set(place.columns.values())
    return len(values) == 1 and box.c1 < min(values) <= box.c2 and box.r1 <= min(fields) and max(fields) <= box.r2


def _rows_below_header(table: Table, read: TableRead, box: RangeRef, rows: Rows) -> int | None:
    """Where (from 0) the rows of a range begin, if its header and its rows are those that were read."""
    seen = read.header
    top = RangeRef(None, box.r1, box.c1, min(box.r2, box.r1 + HEADER_DEPTH - 1), box.c2)
    found = complete_header(table, cells_of(rows, top._replace(r2=box.r1))[0])
    found = found or find_header(table, Grid(cells_of(rows, top)), HEADER_DEPTH)
    if seen is None or found is None or read.place is None or max(read.place.rows, default=0) > box.r2:
        return None
    right = box.c1 - 1
    is_same = (
        (seen.row, seen.lang, seen.missing) == (box.r1 - 1 + found.row, found.lang, found.missing)
        and list(seen.columns.items()) == [(code, index + right) for code, index in found.columns.items()]
        and list(seen.unknown.items()) == [(index + right, name) for index, name in found.unknown.items()]
    )
    return found.row + 1 if is_same else None
