"""A table as a grid of cells with a header row: read, from worksheet ranges and sheets alike."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from warmap._version import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.model import MAX_COMPETITORS, Model, Table
from warmap.parsing.convert import is_letter_x, is_other_tick
from warmap.parsing.entered import PLAIN, Context, UnclearTick, shown
from warmap.parsing.headers import (
    EVERYWHERE,
    Grid,
    Header,
    TablePlace,
    cell_at,
    column_letters,
)
from warmap.parsing.lists import Listed
from warmap.parsing.no_entries import Above, is_hollow, is_printed_only, looks_entered, no_entry
from warmap.parsing.problems import is_blank
from warmap.parsing.rows import RowReader
from warmap.settings import RETIRED, Settings
from warmap.text import Lang, Text

CURRENT = int(TEMPLATE_VERSION)


@dataclass(slots=True)
class TableRead:
    """The rows of one table with their place and the findings made on the way; `header` is None for a record.

    `lists` are the cells with lists of names, to be split again when it is known who is on the map.
    Of a range that a worksheet function is given, `first_row` is the sheet's row below the header, and `body_height` how
    many rows the range has there. `saw_more` tells that something counted that no function is handed: what a number format
    adds, a formula without a result.
    """

    rows: list[Model] = field(default_factory=list)
    place: TablePlace | None = None
    findings: list[Finding] = field(default_factory=list)
    lang: Lang = "zh"
    header: Header | None = None
    first_row: int = 0
    body_height: int = 0
    lists: list[Listed] = field(default_factory=list)
    saw_more: bool = False

    @property
    def lacks_results(self) -> bool:
        """Whether there are entries whose formula was never calculated."""
        return self.saw_more and any(finding.code == "DV212" for finding in self.findings)

    @property
    def currency(self) -> str | None:
        """The deal's currency, where this is the deal."""
        return getattr(self.rows[0], "currency", None)


def read_rows(
    table: Table, grid: Grid, header: Header, bounds: range = EVERYWHERE, context: Context = PLAIN
) -> TableRead:
    """Every row under the header in which one of the table's cells is filled, unless it is no entry.

    `bounds` are the rows (from 0) of the table's named range, where there is one: the functions in the cells see no
    others, and what stands outside is told and not taken.
    """
    read = TableRead(lang=header.lang, header=header)
    wanted = list(header.columns.items())
    sheet_columns = {code: grid.left + index for code, index in wanted}
    numbers: list[int] = []
    place = TablePlace(grid.sheet, sheet_columns, numbers)
    reader = RowReader(table, place, read.findings, context)
    _report_headers(table, grid, header, context, read.findings)
    above = Above()
    outside = list(_above(table, grid, header))
    beyond_the_range = any(row - grid.top not in bounds for row, _ in outside)
    grid = _with_unclear_ticks(table, grid, header)
    first, beyond = min(header.columns.values()), 1 + max(header.columns.values())
    for offset, cells in enumerate(grid.rows[header.row + 1 :], header.row + 1):
        near = cells[first:beyond]
        if near.count(None) == len(near):
            continue
        filled = filled_by(wanted, cells)
        if not filled or is_printed_only(table, filled):
            continue
        if is_hollow(filled.values()):
            reader.pass_over(grid.top + offset, filled)
            continue
        what = no_entry(table, filled, above)
        is_outside = bool(bounds) and offset not in bounds
        beyond_the_range |= is_outside
        if what is not None:
            read.findings.append(_not_taken(table, place, grid.top + offset, filled, what))
        elif is_outside:
            outside.append((grid.top + offset, filled))
        else:
            above.rows.append(filled)
            numbers.append(grid.top + offset)
            read.rows.append(reader.read(len(numbers) - 1, filled))
    if header.outside:  # that such a field is missing in each row is no second fault
        read.findings[:] = [
            found for found in read.findings if found.code != "DV201" or found.field not in header.outside
        ]
    read.findings += _outside(table, place, header.row + grid.top, outside)
    read.place, read.lists = place._replace(quotes=reader.quotes), reader.lists
    read.saw_more = reader.saw_more or beyond_the_range
    if table.open_field is not None:
        read.findings += _nameless(table, grid, header, numbers)
    return read


def _with_unclear_ticks(table: Table, grid: Grid, header: Header) -> Grid:
    """The grid, with each x marked that stands in a column of ticks among ticks of another kind."""
    ticks = [index for code, index in header.columns.items() if code in table.ticks]
    below = grid.rows[header.row + 1 :]
    unclear = []
    for index in ticks:
        marks = {cells[index] for cells in below if index < len(cells) and isinstance(cells[index], str | float)}
        if any(map(is_letter_x, marks)) and any(map(is_other_tick, marks)):
            unclear.append(index)
    if not unclear:
        return grid
    rows = [list(cells) for cells in grid.rows]
    for cells in rows[header.row + 1 :]:
        for index in unclear:
            if index < len(cells) and is_letter_x(cells[index]):
                cells[index] = UnclearTick(cells[index])
    return grid._replace(rows=rows)


def filled_by(wanted: Sequence[tuple[str, int]], cells: Sequence[object]) -> dict[str, object]:
    """The cells of a row in which something is entered, by field code."""
    return {
        code: cell
        for code, index in wanted
        if index < len(cells) and (cell := cells[index]) is not None and (type(cell) is not str or not is_blank(cell))
    }


def _above(table: Table, grid: Grid, header: Header) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The rows above the header that look like entries: titles, links and legends stand there too."""
    wanted = list(header.columns.items())
    for offset, cells in enumerate(grid.rows[: header.row]):
        filled = filled_by(wanted, cells)
        if looks_entered(table, filled):
            yield grid.top + offset, filled


def _not_taken(table: Table, place: TablePlace, row: int, filled: Mapping[str, object], what: Text) -> Finding:
    code, cell = next(iter(filled.items()))
    facts = {"table": table.label, "value": shown(cell), "what": what}
    return Finding("DV105", place.sheet, f"{column_letters(place.columns[code])}{row}", "", facts)


def _outside(
    table: Table, place: TablePlace, header_row: int, rows: Sequence[tuple[int, Mapping[str, object]]]
) -> Iterator[Finding]:
    """DV104 for each run of rows that stand above the header or below the named range."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1][0] - pair[0]):
        (first, filled), *rest = (row for _, row in run)
        last = rest[-1][0] if rest else first
        code, cell = next(iter(filled.items()))
        where = ABOVE if first < header_row else BELOW
        lines = f"{first}" if last == first else f"{first}–{last}"
        what = where.filled(table=table.label, rows=lines, value=shown(cell))
        at = f"{column_letters(place.columns[code])}{first}"
        yield Finding("DV104", place.sheet, at, "", {"what": what, "advice": MOVE_IN})


BESIDE = Text(
    "“{table}”表命名区域以外的列“{field}”", "the column “{field}” beyond the named range of the table “{table}”"
)
MOVE_COLUMN = Text(
    "把这一列剪切后插入到表格的其他列之间；表里的公式才看得到。",
    "Cut the column and insert it between the others of the table, where the formulas see it.",
)
ABOVE = Text(
    "“{table}”表表头上方第 {rows} 行（“{value}”）", "row {rows} above the header of the table “{table}” (“{value}”)"
)
BELOW = Text(
    "“{table}”表命名区域以外的第 {rows} 行（“{value}”）",
    "row {rows} beyond the named range of the table “{table}” (“{value}”)",
)
MOVE_IN = Text(
    "移进表格：在表的最后一行上方插入行，把内容剪切进去；表里的公式才看得到。",
    "Move it into the table: insert rows above the table's last row and cut and paste it there, where the formulas see it.",
)


def read_settings(rows: Sequence[Sequence[object]]) -> dict[str, tuple[int, object]]:
    """Read a table of settings (code, value): each code's row, from 0, and its value, None where it is blank.

    The first row is a header where it names no setting and others do, or where a word stands under its "value".
    """
    pairs = [(index, str(row[0]).strip(), row[1]) for index, row in enumerate(rows) if len(row) > 1]
    pairs = [
        pair for pair in pairs if not is_blank(pair[1]) and rows[pair[0]][0] is not None and pair[1] not in RETIRED
    ]
    known = [code.partition(".")[0] in Settings.model_fields for _, code, _ in pairs]
    if pairs and not known[0] and (any(known) or (isinstance(pairs[0][2], str) and len(pairs) > 1)):
        pairs = pairs[1:]
    return {code: (index, None if is_blank(value) else value) for index, code, value in pairs}


def asked_for(table: Table, missing: Collection[str], context: Context, *, has_others: bool = False) -> Iterator[str]:
    """The missing columns that a workbook of its template should have.

    Where the version is not known, one without any of the columns that came later is taken to be older than these,
    unless it has columns of another name, which may be one of them.
    """
    later = {item.code for item in table.fields if item.since > 1}
    is_older = context.template is None and not has_others and later.issubset(missing)
    for code in missing:
        if not (is_older and code in later) and table.by_code[code].since <= (context.template or CURRENT):
            yield code


def _report_headers(table: Table, grid: Grid, header: Header, context: Context, findings: list[Finding]) -> None:
    at = _header_cell(grid, header, min(header.columns.values()))
    for code in asked_for(table, header.missing, context, has_others=bool(header.unknown)):
        facts = {"table": table.label, "header": table.by_code[code].label}
        findings.append(Finding("DV102", grid.sheet, at, code, facts))
    for code, index in header.outside.items():
        what = BESIDE.filled(table=table.label, field=table.by_code[code].label)
        cell = _header_cell(grid, header, index)
        findings.append(Finding("DV104", grid.sheet, cell, code, {"what": what, "advice": MOVE_COLUMN}))
    for index, name in header.unknown.items():
        cell = _header_cell(grid, header, index)
        findings.append(Finding("DV103", grid.sheet, cell, "", {"table": table.label, "header": name}))


def _header_cell(grid: Grid, header: Header, index: int) -> str:
    return f"{column_letters(grid.left + index)}{grid.top + header.row}"


NAME_OF_COMPETITOR = Text("竞争对手的名称", "the name of a competitor")


def _nameless(table: Table, grid: Grid, header: Header, numbers: Sequence[int]) -> Iterator[Finding]:
    """DV102 for a column among the competitors that has scores and no name: nobody's scores count for nothing."""
    start, taken = header.columns.get("our_score"), set(header.columns.values())
    if start is None or not numbers:
        return
    lines = [grid.rows[number - grid.top] for number in numbers]
    for index in range(start + 1, start + 1 + MAX_COMPETITORS):
        if index in taken:
            continue
        if not is_blank(cell_at(grid.rows[header.row], index)):
            return  # another table begins
        if any(not is_blank(cell_at(cells, index)) for cells in lines):
            facts = {"table": table.label, "header": NAME_OF_COMPETITOR}
            yield Finding("DV102", grid.sheet, _header_cell(grid, header, index), "scores", facts)
