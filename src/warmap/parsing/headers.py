"""The header row of a table: its columns found by their names, wherever and in whichever language they stand."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from warmap.model import MAX_COMPETITORS, Table
from warmap.parsing.entered import CellError, shown
from warmap.terms import LONGEST_REMEMBERED, key
from warmap.text import Lang, Text

FIELD_HEADER = Text("项目", "Field")
VALUE_HEADER = Text("内容", "Value")
HELP_HEADER = Text("怎么填", "What to put in")
NOTHING: Mapping[str, int] = MappingProxyType({})


class Grid(NamedTuple):
    """Cells of a sheet's rectangle, row by row; `top` and `left` (from 1) are the place of its first cell."""

    rows: Sequence[Sequence[object]]
    sheet: str = ""
    top: int = 1
    left: int = 1


def cell_at(cells: Sequence[object], index: int) -> object:
    """The cell at this index (from 0) of a row; None beyond its end."""
    return cells[index] if index < len(cells) else None


class Header(NamedTuple):
    """A table's header as it stands in a grid: the row, the column of each field, and what else stands there.

    `outside` are columns of the table that its named range does not hold: the formulas do not see them.
    """

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    unknown: Mapping[int, str]
    lang: Lang
    outside: Mapping[str, int] = NOTHING


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
    outside = _cut_off(columns, own) if own else {}
    foreign += outside.values()
    unknown = _beside(columns, unknown, foreign, table)
    if table.open_field is not None:
        unknown = _take_competitors(columns, unknown, own)
    missing = tuple(item.code for item in table.fields if item.code not in columns and item.code not in outside)
    return Header(row, columns, missing, unknown, "en" if votes["en"] > votes["zh"] else "zh", outside)


_remembered_match = lru_cache(maxsize=512)(_match)  # the workbooks of one template have the same headers


def _cut_off(columns: dict[str, int], own: range) -> dict[str, int]:
    """Take out the columns that the named range does not hold; where it holds none of the table it tells nothing."""
    outside = {code: index for code, index in columns.items() if index not in own}
    if len(outside) == len(columns):
        return {}
    for code in outside:
        del columns[code]
    return outside


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


def _take_competitors(columns: dict[str, int], unknown: Mapping[int, str], own: range) -> dict[int, str]:
    """The columns to the right of ours, as far as the named range goes, are competitors under the names in the header."""
    start = columns.get("our_score", max(columns.values()))
    rest: dict[int, str] = {}
    names: set[str] = set()
    for index, name in sorted(unknown.items()):
        is_own = not own or index in own or not any(column in own for column in columns.values())
        if index > start and is_own and len(names) < MAX_COMPETITORS and key(name) not in names:
            names.add(key(name))
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
        header = match_header(table, grid.rows[likely], likely, others, own)
        if header is not None and not header.missing and not header.unknown and not header.outside:
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


def column_letters(number: int) -> str:
    """1 → A, 27 → AA. ValueError below 1."""
    if number < 1:
        raise ValueError(f"no column {number}")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=2048)
def column_number(letters: str) -> int:
    """Column of ASCII letters in either case, whatever their count: 'A' is 1, 'XFD' is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


Quotes = Mapping[tuple[int, str], str]
NO_QUOTES: Quotes = {}  # no proxy, for readings go from process to process


class TablePlace(NamedTuple):
    """The cells of one table on a sheet: the column of each field and the row of each record.

    For a table of one record it is the other way round: `rows` of the fields stand in `record_rows`, all in one column.
    `quotes` are the days that were typed otherwise than they are written, by row and field.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[int] = ()
    record_rows: Mapping[str, int] | None = None
    quotes: Quotes = NO_QUOTES

    def cell(self, index: int, field: str) -> str:
        """A1 name of a field of the record with this index; empty where the column is missing."""
        column = self.columns.get(field)
        row = self.record_rows.get(field) if self.record_rows is not None else self.rows[index]
        return f"{column_letters(column)}{row}" if column and row else ""


class DocumentPlace(NamedTuple):
    """The place in a JSON or YAML document, as a path; `rows` are the places in its list of the rows that were taken."""

    sheet: str
    is_record: bool
    rows: Sequence[int] = ()
    quotes: Quotes = NO_QUOTES

    def cell(self, index: int, field: str) -> str:
        """`contacts[2].influence`, or `deal.amount`."""
        return f"{self.sheet}.{field}" if self.is_record else f"{self.sheet}[{self.rows[index]}].{field}"


Place = TablePlace | DocumentPlace


def at(places: Mapping[str, Place], table: str, index: int, field: str) -> tuple[str, str]:
    """(sheet, cell) of a field; the table's code and no cell where it is not known where the table stands."""
    place = places.get(table)
    return (place.sheet, place.cell(index, field)) if place else (table, "")


def quoted(places: Mapping[str, Place], table: str, index: int, field: str, value: object) -> object:
    """The value of a field as a message quotes it: as it was typed."""
    place = places.get(table)
    return place.quotes.get((index, field), value) if place else value
