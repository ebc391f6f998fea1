"""A table of one record as a grid names its fields: a column of names, and the values beside them."""

from collections.abc import Iterator, Mapping
from itertools import compress
from typing import NamedTuple

from warmap.findings import Finding
from warmap.model import Table
from warmap.parsing.entered import PLAIN, Context, shown
from warmap.parsing.grid import TableRead, asked_for
from warmap.parsing.headers import (
    EVERYWHERE,
    FIELD_HEADER,
    Grid,
    TablePlace,
    cell_at,
    column_letters,
    header_key,
    spellings,
)
from warmap.parsing.problems import is_blank
from warmap.parsing.rows import RowReader, filled_cells
from warmap.text import Lang, Text

FIELD_KEYS = frozenset(header_key(name) for name in FIELD_HEADER)


class RecordHeader(NamedTuple):
    """Where a grid names the fields of a record (rows and column from 0); the values stand to the right of the names.

    `again` are rows that name a field once more, or outside the record's named range. `start` is the first row below
    the record's header.
    """

    column: int
    rows: Mapping[str, int]
    again: Mapping[int, str]
    start: int
    lang: Lang


def read_record(table: Table, grid: Grid, found: RecordHeader | None, context: Context = PLAIN) -> TableRead | None:
    """A table of one record: a column of field names and the values to its right. None where no field is named."""
    if found is None:
        return None
    column, rows = found.column, found.rows
    read = TableRead(lang=found.lang)
    sheet_rows = {code: grid.top + row for code, row in rows.items()}
    place = TablePlace(grid.sheet, dict.fromkeys(rows, grid.left + column + 1), (), sheet_rows)
    told = set(found.again.values())
    missing = [item.code for item in table.fields if item.code not in rows and item.code not in told]
    for code in asked_for(table, missing, context):
        facts = {"table": table.label, "header": table.by_code[code].label}
        read.findings.append(Finding("DV102", grid.sheet, "", code, facts))
    read.findings += (beside := list(_rows_beside(table, grid, found)))
    cells = {
        code: line[column + 1] for code, row in rows.items() if column + 1 < len(line := grid.rows[row])
    }  # fmt: skip
    reader = RowReader(table, place, read.findings, context)
    read.rows.append(reader.read(0, filled_cells(cells)))
    # A field that only stands elsewhere is told there; that it is missing here is no second fault.
    read.findings = [f for f in read.findings if f.code != "DV201" or f.field in rows or f.field not in told]
    read.place, read.saw_more = place._replace(quotes=reader.quotes), reader.saw_more or bool(beside)
    return read


def _rows_beside(table: Table, grid: Grid, found: RecordHeader) -> Iterator[Finding]:
    """DV104 for a field that stands there again or out of range, DV103 for a row of the user's own, where a value does."""
    column, taken = found.column, set(found.rows.values())
    for offset, line in enumerate(grid.rows[found.start :], found.start):
        name, value = cell_at(line, column), cell_at(line, column + 1)
        if offset in taken or is_blank(name) or is_blank(value):
            continue
        at = f"{column_letters(grid.left + column)}{grid.top + offset}"
        if offset in found.again:
            label = table.by_code[found.again[offset]].label
            what = NAMED_AGAIN.filled(table=table.label, field=label, value=shown(value))
            yield Finding("DV104", grid.sheet, at, found.again[offset], {"what": what, "advice": ONE_ROW})
        elif isinstance(name, str) and header_key(name):
            yield Finding("DV103", grid.sheet, at, "", {"table": table.label, "header": shown(name)})


NAMED_AGAIN = Text(
    "“{table}”表里另有一行“{field}”，填的是“{value}”", "another row “{field}” of the table “{table}”, with “{value}”"
)
ONE_ROW = Text(
    "每项只留一行，放在表格原来的位置，公式才看得到。",
    "Keep one row a field, where the table had it and the formulas see it.",
)


def find_record(table: Table, grid: Grid, bounds: range = EVERYWHERE) -> RecordHeader | None:
    """The column that names most of a record's fields, the row of each; `bounds` are the rows of its named range."""
    known = spellings(table)
    places: dict[int, dict[str, list[int]]] = {}
    for row, cells in enumerate(grid.rows):
        for column, cell in compress(enumerate(cells), cells):  # a sheet may have very many and very wide rows
            code, _ = known.get(header_key(cell), ("", None))
            if code:
                places.setdefault(column, {}).setdefault(code, []).append(row)
    best = max(places, key=lambda column: len(places[column]), default=None)
    if best is None:
        return None
    named = places[best]
    rows = {code: next((row for row in found if row in bounds), found[0]) for code, found in named.items()}
    if any(row in bounds for row in rows.values()):
        rows = {code: row for code, row in rows.items() if row in bounds}
    again = {row: code for code, found in named.items() for row in found if row != rows.get(code)}
    languages = [known[header_key(grid.rows[row][best])][1] for row in rows.values()]
    lang: Lang = "en" if languages.count("en") > languages.count("zh") else "zh"
    return RecordHeader(best, rows, again, min(_below_header(grid, best), *rows.values()), lang)


def _below_header(grid: Grid, column: int) -> int:
    """The first row below the record's header; that below the last row where there is none."""
    keys = (header_key(cell_at(cells, column)) for cells in grid.rows)
    return next((row for row, words in enumerate(keys, 1) if words in FIELD_KEYS), len(grid.rows))
