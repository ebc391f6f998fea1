"""Where each table of a map stands in a book: the best match of headers over all sheets, each place for one table.

Of equal matches the one counts that the table's defined name points at, then the one on the tab of its name. A table that
stands complete where its name points is found there at once; only the others are looked for everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from warmap.layout import TABS, Tab
from warmap.model import TABLE, Table
from warmap.names import key
from warmap.parsing import Grid, Header, find_header
from warmap.parsing.grid import filled_by
from warmap.parsing.headers import (
    EVERYWHERE,
    FIELD_HEADER,
    HELP_HEADER,
    VALUE_HEADER,
    header_key,
    labels,
    spellings,
)
from warmap.parsing.one_record import RecordHeader, find_record
from warmap.parsing.rows import filled_cells
from warmap.worksheet import FUNCTIONS
from warmap_workbook.ooxml import Book, Sheet
from warmap_workbook.reading.checks.formula_text import TAB_OF
from warmap_workbook.reading.sheet_tables import DenseSheets

HEADER_DEPTH = 40
FEWEST = 2  # headers by which a table is told at all
FEWEST_OF_A_COPY = 3


@dataclass(frozen=True, slots=True)
class Home:
    """A place that bears a table's headers. `own` and `rows` are columns and rows (from 0) of the table's named range there."""

    table: Table
    sheet: Sheet
    header: Header | RecordHeader
    rows: range = EVERYWHERE

    @property
    def count(self) -> int:
        """How many of the table's own fields are named."""
        named = self.header.columns if isinstance(self.header, Header) else self.header.rows
        return sum(code in self.table.by_code for code in named)

    @property
    def is_complete(self) -> bool:
        """Whether all of them are, and nothing besides."""
        return self.count == len(self.table.fields)

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        """The cells (row, column, from 0) that name the fields: no other table may have them."""
        if isinstance(self.header, Header):
            return frozenset((self.header.row, column) for column in self.header.columns.values())
        return frozenset((row, self.header.column) for row in self.header.rows.values())


class TableHomes:
    """Finds the tables of one book, which has these tabs."""

    def __init__(self, book: Book, sheets: DenseSheets, tabs: Sequence[Tab]) -> None:
        self.book, self._sheets, self._tabs = book, sheets, tabs
        self.visible = [sheet for sheet in book.sheets if sheet.was_read and not sheet.name.startswith("_")]
        self._heads: dict[str, list[frozenset[str]]] = {}

    def find(self) -> dict[str, Home]:
        """The place of every table that has one, by the table's code."""
        found: dict[str, Home] = {}
        rest: list[tuple[Tab, str]] = []
        for tab in self._tabs:
            for code in tab.tables:
                sheet = next(self._first(tab, code), None)
                home = self.match(TABLE[code], sheet, tab) if sheet is not None else None
                if home is not None and home.is_complete:
                    found[code] = home
                else:
                    rest.append((tab, code))
        if rest:
            self._place(rest, found)
        return found

    def _place(self, rest: Sequence[tuple[Tab, str]], found: dict[str, Home]) -> None:
        """Give the tables that are not complete at home the best places that are left, the best match first."""
        candidates = [
            (-home.count / len(home.table.fields), rank, place, code, home)
            for place, (tab, code) in enumerate(rest)
            for rank, home in self._candidates(tab, code)
        ]
        taken: dict[str, set[tuple[int, int]]] = {}
        for home in found.values():
            taken.setdefault(home.sheet.name, set()).update(home.cells)
        for _, _, _, code, home in sorted(candidates, key=lambda one: one[:4]):
            held = taken.setdefault(home.sheet.name, set())
            if code not in found and held.isdisjoint(home.cells):
                found[code] = home
                held.update(home.cells)

    def _first(self, tab: Tab, code: str) -> Iterator[Sheet]:
        """Where a table should stand: where its defined name points, then on the tab of its name."""
        named = self.book.named_range(f"wm_{code}")
        if named is not None and named[0] in self.visible:
            yield named[0]
        yield from (sheet for sheet in self.visible if key(sheet.name) in names_of_tab(tab))

    def _candidates(self, tab: Tab, code: str) -> Iterator[tuple[int, Home]]:
        """Every place that may be a table's, with its rank among equal matches."""
        table, first = TABLE[code], list(self._first(tab, code))
        for rank, sheet in enumerate([*first, *(sheet for sheet in self.visible if sheet not in first)]):
            other = TAB_OF.get(key(sheet.name))
            if other is not None and other not in WITH_TABLES:
                continue
            home = self.match(table, sheet, tab) if self._may_hold(table, sheet) else None
            is_elses = other not in {None, tab.code} and sheet not in first
            if home is not None and not (is_elses and 2 * home.count < len(table.fields)):
                yield rank, home

    def _may_hold(self, table: Table, sheet: Sheet) -> bool:
        if table.is_record:
            return True
        known, fewest = spellings(table).keys(), min(FEWEST, len(table.fields))
        return any(len(head & known) >= fewest for head in self._heads_of(sheet))

    def _heads_of(self, sheet: Sheet) -> list[frozenset[str]]:
        """The words of the first rows, as headers are compared."""
        if sheet.name not in self._heads:
            rows = self._sheets.rows(sheet)[:HEADER_DEPTH]
            self._heads[sheet.name] = [frozenset(map(header_key, row)) - {""} for row in rows]
        return self._heads[sheet.name]

    def match(self, table: Table, sheet: Sheet, tab: Tab) -> Home | None:
        """A table's headers on a sheet; None where fewer than two of them stand there."""
        grid = Grid(self._sheets.rows(sheet), sheet.name)
        named = self.book.named_range(f"wm_{table.code}")
        own, rows = EVERYWHERE, EVERYWHERE
        if named is not None and named[0] is sheet:
            own, rows = range(named[1].c1 - 1, named[1].c2), range(named[1].r1 - 1, named[1].r2)
        home: Home | None = None
        if table.is_record:
            record = find_record(table, grid, rows)
            home = Home(table, sheet, record, rows) if record is not None else None
        else:
            others = beside(tab, table.code)
            header = find_header(table, grid, HEADER_DEPTH, others, own, rows.start if rows else None)
            # A range without the header shows nothing in the cells either: then the sheet is all there is to read.
            bounds = rows if header is not None and header.row in rows else EVERYWHERE
            if header is not None and header.outside and not bounds:
                header = find_header(table, grid, HEADER_DEPTH, others)
            home = Home(table, sheet, header, bounds) if header is not None else None
        return home if home is not None and home.count >= min(FEWEST, len(table.fields)) else None

    # -- other sheets that bear a table's header ----------------------------------------------------------------------

    def copies(self, found: Mapping[str, Home]) -> Iterator[list[Home]]:
        """The tables of each sheet that bears such headers and is no table's home; a few like headers make no copy."""
        homes = {home.sheet.name for home in found.values()}
        for sheet in self.visible:
            tab_code = TAB_OF.get(key(sheet.name))
            if sheet.name in homes or sheet.state != "visible" or tab_code not in {None, *WITH_TABLES}:
                continue
            held: list[Home] = []
            for tab in self._tabs:
                for code in tab.tables if found else ():
                    table = TABLE[code]
                    home = self.match(table, sheet, tab) if code in found and self._may_hold(table, sheet) else None
                    fewest = min(len(table.fields), max(FEWEST_OF_A_COPY, (len(table.fields) + 1) // 2))
                    if home is not None and home.count >= fewest:
                        held.append(home)
            held.sort(key=lambda home: -home.count / len(home.table.fields))
            best = [
                home for index, home in enumerate(held) if all(home.cells.isdisjoint(o.cells) for o in held[:index])
            ]
            if best:
                yield best


WITH_TABLES = frozenset(tab.code for tab in TABS if tab.tables)
COMPUTED_HEADERS = frozenset(
    header_key(words)
    for text in (*(c for f in FUNCTIONS.values() for c in f.columns), FIELD_HEADER, VALUE_HEADER, HELP_HEADER)
    for words in (text.zh, text.en)
)


@cache
def names_of_tab(tab: Tab) -> frozenset[str]:
    """What a tab is called in both languages, as `key` writes it."""
    return frozenset(map(key, tab.name))


@cache
def beside(tab: Tab, code: str) -> frozenset[str]:
    """The headers that belong to something else on a table's tab: to the other tables, and to what is computed."""
    own = TABLE[code]
    siblings = frozenset[str]().union(*(labels(TABLE[other]) for other in tab.tables if other != code))
    return (siblings - labels(own)) | (COMPUTED_HEADERS - spellings(own).keys())


def entries_of(home: Home, rows: Sequence[Sequence[object]]) -> list[dict[str, object]]:
    """What is entered in each row of a table, by field code; of a record all of it as one row."""
    header = home.header
    if isinstance(header, Header):
        return [filled_by(list(header.columns.items()), cells) for cells in rows[header.row + 1 :]]
    cells = {
        code: line[header.column + 1] for code, row in header.rows.items() if header.column + 1 < len(line := rows[row])
    }
    return [filled_cells(cells)]
