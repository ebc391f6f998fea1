"""A table as a grid of cells with a header row: found, matched, read (worksheet ranges and sheets alike)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from warmap.checks import Finding
from warmap.intake.convert import CellError, is_blank, shown
from warmap.intake.nameless import nameless
from warmap.intake.places import TablePlace
from warmap.intake.rows import RowReader
from warmap.model import MAX_COMPETITORS
from warmap.text import Lang, Text
from warmap.vocabulary.term import LONGEST_REMEMBERED, key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from warmap.model import Table
    from warmap.model.types import Part

FIELD_HEADER = Text("项目", "Field")
VALUE_HEADER = Text("内容", "Value")


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a sheet's rectangle, row by row; `top` and `left` (from 1) are the place of its first cell."""

    rows: Sequence[Sequence[object]]
    sheet: str = ""
    top: int = 1
    left: int = 1


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header as it stands in a grid: the row, the column of each field, and what else stands there."""

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    unknown: Mapping[int, str]
    lang: Lang


@dataclass(slots=True)
class TableRead:
    """The rows of one table with their place and the findings made on the way; `header` is None for a record."""

    rows: list[Part] = field(default_factory=list)
    place: TablePlace | None = None
    findings: list[Finding] = field(default_factory=list)
    lang: Lang = "zh"
    header: Header | None = None


def header_key(cell: object) -> str:
    """A header cell as it is compared: a required mark and line breaks do not count."""
    if not isinstance(cell, str) or isinstance(cell, CellError):
        return ""
    return _remembered_key(cell) if len(cell) <= LONGEST_REMEMBERED else _bare_key(cell)


def _bare_key(words: str) -> str:
    return key(words).strip("*＊ ")


_remembered_key = lru_cache(maxsize=4096)(_bare_key)


@cache
def spellings(table: Table) -> dict[str, tuple[str, Lang | None]]:
    """Every header a field may stand under, to (field code, the language it is in)."""
    found: dict[str, tuple[str, Lang | None]] = {}
    for item in table.fields:
        for alias in item.aliases:
            found.setdefault(key(alias), (item.code, None))
    for item in table.fields:
        found[key(item.code)] = (item.code, None)
        found[key(item.label.en)] = (item.code, "en")
        found[key(item.label.zh)] = (item.code, None if item.label.zh == item.label.en else "zh")
    return found


@cache
def labels(table: Table) -> frozenset[str]:
    """The headers of a table in both languages, as `header_key` spells them."""
    return frozenset(header_key(words) for item in table.fields for words in (item.label.zh, item.label.en))


EVERYWHERE = range(0)
MOST_REMEMBERED = 64  # cells of a row whose match is remembered
NONE = type(None)


def match_header(
    table: Table,
    cells: Sequence[object],
    row: int = 0,
    others: frozenset[str] = frozenset(),
    own: range = EVERYWHERE,
) -> Header | None:
    """The table's columns in one row of cells; None where none of its headers stands there.

    `others` are headers (as `header_key` spells them) that belong to something else on the sheet. `own` are the columns
    (from 0) of the table's named range, where there is one: of a header that stands twice the one among these is meant.
    """
    if len(cells) <= MOST_REMEMBERED and {str, NONE}.issuperset(map(type, cells)):
        return _remembered_match(table, tuple(cells), row, others, own)
    return _match(table, cells, row, others, own)


def complete_header(
    table: Table, cells: Sequence[object], row: int = 0, others: frozenset[str] = frozenset(), own: range = EVERYWHERE
) -> Header | None:
    """The same for a row that holds all of the table's headers and none that is unknown; None for any other."""
    header = match_header(table, cells, row, others, own)
    return header if header is not None and not header.missing and not header.unknown else None


def _match(table: Table, cells: Sequence[object], row: int, others: frozenset[str], own: range) -> Header | None:
    known = spellings(table)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    foreign: list[int] = []
    votes = {"zh": 0, "en": 0, "none": 0}
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        name = header_key(cell)
        if not name:
            if table.open_field is not None and isinstance(cell, int | float):
                unknown[index] = shown(cell)  # a competitor may be called 360
            continue
        code, lang = known.get(name, ("", None))
        if code and _is_meant(code, index, columns, own, is_other=name in others):
            if code in columns:
                foreign.append(columns[code])
            columns[code] = index
            votes[lang or "none"] += 1
        elif name in others or (code and own and index not in own):
            foreign.append(index)
        else:
            unknown[index] = str(cell).strip()
    if not columns:
        return None
    unknown = _beside(columns, unknown, foreign, table)
    if table.open_field is not None:
        unknown = _take_competitors(columns, unknown)
    missing = tuple(item.code for item in table.fields if item.code not in columns)
    return Header(row, columns, missing, unknown, "en" if votes["en"] > votes["zh"] else "zh")


_remembered_match = lru_cache(maxsize=512)(_match)  # the workbooks of one template have the same headers


def _is_meant(code: str, index: int, columns: Mapping[str, int], own: Collection[int], *, is_other: bool) -> bool:
    """Whether a header is the table's column: among its own columns before all, else where no other claims it first."""
    if index in own:
        return code not in columns or columns[code] not in own
    return not is_other and code not in columns


def _beside(
    columns: Mapping[str, int], unknown: Mapping[int, str], foreign: Sequence[int], table: Table
) -> dict[int, str]:
    """The unknown headers that stand among the table's own columns or right beside them."""
    first, last = min(columns.values()), max(columns.values())
    reach = last + 1 + (MAX_COMPETITORS if table.open_field else 0)
    edge = min((index for index in foreign if index > last), default=reach + 1)
    found = {}
    for index, name in sorted(unknown.items()):
        if first - 1 <= index < edge and index <= reach:
            found[index] = name
            reach = max(reach, index + 1)
    return found


def _take_competitors(columns: dict[str, int], unknown: Mapping[int, str]) -> dict[int, str]:
    """The columns to the right of ours are competitors, under the names that stand in the header."""
    start = columns.get("our_score", max(columns.values()))
    rest: dict[int, str] = {}
    names: list[str] = []
    for index, name in sorted(unknown.items()):
        if index > start and len(names) < MAX_COMPETITORS and name not in names:
            names.append(name)
            columns[f"scores.{name}"] = index
        else:
            rest[index] = name
    return rest


def find_header(
    table: Table,
    grid: Grid,
    depth: int = 5,
    others: frozenset[str] = frozenset(),
    own: range = EVERYWHERE,
    likely: int | None = None,
) -> Header | None:
    """The header row among the first rows of a grid: the one with most of the table's headers.

    The `likely` row (from 0) is taken at once when it holds them all and nothing that is unknown.
    """
    if likely is not None and likely < min(depth, len(grid.rows)):
        header = complete_header(table, grid.rows[likely], likely, others, own)
        if header is not None:
            return header
    best: Header | None = None
    most = len(table.fields) + (MAX_COMPETITORS if table.open_field else 0)
    for row, cells in enumerate(grid.rows[:depth]):
        header = match_header(table, cells, row, others, own)
        if header is not None and (best is None or len(header.columns) > len(best.columns)):
            best = header
            if len(best.columns) == most:
                break
    return best


def read_rows(table: Table, grid: Grid, header: Header) -> TableRead:
    """Every row under the header in which one of the table's cells is filled."""
    read = TableRead(lang=header.lang, header=header)
    wanted = list(header.columns.items())
    sheet_columns = {code: grid.left + index for code, index in wanted}
    numbers: list[int] = []
    place = TablePlace(grid.sheet, sheet_columns, numbers)
    reader = RowReader(table, place, read.findings)
    _report_headers(table, grid, header, read.findings)
    first, beyond = min(header.columns.values()), 1 + max(header.columns.values())
    for offset, cells in enumerate(grid.rows[header.row + 1 :], header.row + 1):
        near = cells[first:beyond]
        if near.count(None) == len(near):
            continue
        filled = {
            code: cell
            for code, index in wanted
            if index < len(cells) and (cell := cells[index]) is not None and not is_blank(cell)
        }
        if filled and not is_printed_only(table, filled):
            numbers.append(grid.top + offset)
            read.rows.append(reader.read(len(numbers) - 1, filled))
    read.place = place
    if table.open_field is not None:
        read.findings += nameless(table, grid, header, numbers)
    return read


def is_printed_only(table: Table, cells: Mapping[str, object]) -> bool:
    """A printed line of the stages sheet that nobody has answered is no row."""
    return table.code == "stage_evidence" and bool(cells) and all(
        code in {"stage", "criterion"} or is_blank(value) for code, value in cells.items()
    )  # fmt: skip


def _report_headers(table: Table, grid: Grid, header: Header, findings: list[Finding]) -> None:
    first = min(header.columns.values(), default=0)
    at = TablePlace(grid.sheet, {"": grid.left + first}, [grid.top + header.row]).cell(0, "")
    for code in header.missing:
        facts = {"table": table.label, "header": table.by_code[code].label}
        findings.append(Finding("DV102", grid.sheet, at, code, facts))
    for index, name in header.unknown.items():
        cell = TablePlace(grid.sheet, {"": grid.left + index}, [grid.top + header.row]).cell(0, "")
        findings.append(Finding("DV103", grid.sheet, cell, "", {"table": table.label, "header": name}))


def read_record(table: Table, grid: Grid) -> TableRead | None:
    """A table of one record: a column of field names and the values to its right. None where no field is named."""
    found = _record_columns(table, grid)
    if found is None:
        return None
    column, rows, lang = found
    read = TableRead(lang=lang)
    sheet_rows = {code: grid.top + row for code, row in rows.items()}
    place = TablePlace(grid.sheet, dict.fromkeys(rows, grid.left + column + 1), (), sheet_rows)
    for item in table.fields:
        if item.code not in rows:
            facts = {"table": table.label, "header": item.label}
            read.findings.append(Finding("DV102", grid.sheet, "", item.code, facts))
    cells = {
        code: line[column + 1] for code, row in rows.items() if column + 1 < len(line := grid.rows[row])
    }  # fmt: skip
    read.rows.append(RowReader(table, place, read.findings).read(0, cells))
    read.place = place
    return read


def _record_columns(table: Table, grid: Grid) -> tuple[int, dict[str, int], Lang] | None:
    """The column that names most of the record's fields, the row of each, and the language they are named in."""
    known = spellings(table)
    by_column: dict[int, dict[str, int]] = {}
    votes: dict[int, dict[str, int]] = {}
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            code, lang = known.get(header_key(cell), ("", None)) if cell is not None else ("", None)
            if code and code not in by_column.setdefault(column, {}):
                by_column[column][code] = row
                votes.setdefault(column, {"zh": 0, "en": 0})[lang or "zh"] += 1 if lang else 0
    best = max(by_column, key=lambda column: len(by_column[column]), default=None)
    if best is None or not by_column[best]:
        return None
    tally = votes[best]
    return best, by_column[best], "en" if tally["en"] > tally["zh"] else "zh"
