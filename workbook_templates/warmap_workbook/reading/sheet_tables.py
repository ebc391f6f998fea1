"""The rows of a raw book's sheets as the parser takes them, and tables on them as worksheet functions are given them."""

from dataclasses import replace

from warmap.layout import placements
from warmap.model import TABLE, Table
from warmap.parsing import (
    CellError,
    DateSerial,
    Grid,
    Shape,
    ShapedNumber,
    TablePlace,
    TableRead,
    Uncalculated,
    find_header,
)
from warmap.parsing.entered import UnknownType, truth
from warmap.worksheet.ranges import Cells
from warmap_workbook.ooxml import ErrorValue, Note, OddValue, RangeRef, Sheet

Rows = list[list[object]]


class DenseSheets:
    """The sheets of a book from A1 on, each made dense once however many tables it holds."""

    def __init__(self) -> None:
        self._rows: dict[str, Rows] = {}

    def rows(self, sheet: Sheet) -> Rows:
        """The rows of one sheet; they are not to be changed: blank ones are the same list."""
        if sheet.name not in self._rows:
            self._rows[sheet.name] = dense_rows(sheet)
        return self._rows[sheet.name]


def dense_rows(sheet: Sheet) -> Rows:
    """The sheet from A1 on, with what is known of its cells beside their values."""
    uncalculated = [
        (row, column, formula)
        for (row, column), formula in sheet.formulas.items()
        if (cells := sheet.rows.get(row)) is None or column not in cells
    ]
    if not sheet.rows and not uncalculated:
        return []
    width = max((max(cells, default=0) for cells in sheet.rows.values()), default=0)
    width = max(width, max((column for _, column, _ in uncalculated), default=0))
    blank: list[object] = [None] * width
    rows: Rows = [blank] * max(max(sheet.rows, default=0), max((row for row, _, _ in uncalculated), default=0))
    for row, cells in sheet.rows.items():
        line = rows[row - 1] = blank.copy()
        for column, value in cells.items():
            line[column - 1] = value
        if ErrorValue in map(type, line):
            line[:] = [CellError(value.code) if isinstance(value, ErrorValue) else value for value in line]
        if Note.unknown_type in sheet.notes and OddValue in map(type, line):
            line[:] = [UnknownType(value) if isinstance(value, OddValue) else value for value in line]
    _mark_formats(sheet, rows)
    for row, column, formula in uncalculated:
        if rows[row - 1] is blank:
            rows[row - 1] = blank.copy()
        rows[row - 1][column - 1] = Uncalculated(formula.text)
    return rows


def _mark_formats(sheet: Sheet, rows: Rows) -> None:
    """Put what its format adds to a number beside it."""
    for row, column in sheet.date_cells:
        serial = rows[row - 1][column - 1]
        if type(serial) is float:
            rows[row - 1][column - 1] = DateSerial(serial)
    for (row, column), number_format in sheet.formats.items():
        value = rows[row - 1][column - 1]
        if type(value) is not float:
            continue
        if number_format.is_percent(value):
            rows[row - 1][column - 1] = ShapedNumber(value, Shape.PERCENT, number_format.shows(value))
        elif number_format.lacks_unit(value):
            rows[row - 1][column - 1] = ShapedNumber(value, Shape.UNIT, number_format.shows(value))


def as_handed_over(cells: Cells) -> Cells:
    """Cells as a program hands them to a worksheet function: their values, and nothing of formats and formulas."""
    return tuple(tuple(map(_handed_over, row)) for row in cells)


def _handed_over(value: object) -> object:
    if isinstance(value, float):
        return float(value)
    return None if isinstance(value, Uncalculated) else truth(value)


def cells_of(rows: Rows, box: RangeRef) -> Cells:
    """A rectangle of a sheet's rows, as a function is given it; cells beyond the last used one are blank."""
    width, last = box.c2 - box.c1 + 1, min(box.r2, len(rows))
    lines = [tuple(rows[row][box.c1 - 1 : box.c2]) for row in range(box.r1 - 1, last)]
    blank = (None,) * width
    return (*(line + blank[len(line) :] for line in lines), *[blank] * (box.r2 - max(last, box.r1 - 1)))


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
    found = find_header(table, Grid(cells_of(rows, top)), HEADER_DEPTH, likely=0)
    if seen is None or found is None or read.place is None or max(read.place.rows, default=0) > box.r2:
        return None
    right = box.c1 - 1
    is_same = (
        (seen.row, seen.lang, seen.missing) == (box.r1 - 1 + found.row, found.lang, found.missing)
        and list(seen.columns.items()) == [(code, index + right) for code, index in found.columns.items()]
        and list(seen.unknown.items()) == [(index + right, name) for index, name in found.unknown.items()]
    )
    return found.row + 1 if is_same else None
