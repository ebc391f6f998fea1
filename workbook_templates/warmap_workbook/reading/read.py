"""A workbook of either language, as people changed it, back into a map with findings by cell."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from warmap import TEMPLATE_VERSION, history
from warmap.findings import Finding
from warmap.judgement import judge
from warmap.layout import HISTORY_NAME, LANGUAGE_NAME, MARK, MARK_NAME, TAB, TABS, VERSION_NAME, Tab
from warmap.model import TABLE, Snapshot, Table, blank_map
from warmap.names import key
from warmap.parsing import (
    Context,
    Grid,
    Place,
    TableRead,
    cross_findings,
    find_header,
    judged_on,
    read_record,
    read_rows,
)
from warmap.parsing.entered import shown
from warmap.parsing.headers import EVERYWHERE, FIELD_HEADER, HELP_HEADER, VALUE_HEADER, header_key, labels, spellings
from warmap.parsing.lists import people_of, with_lists_parted
from warmap.reading import ACROSS_FILES, Reading, count_checks, nothing_read
from warmap.settings import Settings
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet import FUNCTIONS
from warmap_workbook.ooxml import Book, Sheet, Unreadable, cell_name, read_book
from warmap_workbook.reading.checks.audit import audit, template_language
from warmap_workbook.reading.checks.stored_results import ResultCheck
from warmap_workbook.reading.checks.tab_sheets import IS_MISSING, IS_NOW_CALLED
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.reading.refusals import are_of_a_map, read_differently, refused
from warmap_workbook.reading.settings_sheet import own_settings
from warmap_workbook.reading.sheet_tables import DenseSheets

HEADER_DEPTH = 40
A_SNAPSHOT = Text("warmap 写下的快照", "a snapshot as warmap writes it")
LOOKED_AT = ("sheets", "cells", "formulas")


def read_workbook(
    source: Path | str | bytes, *, as_of: date | None = None, settings: Settings | None = None
) -> Reading:
    """Read an .xlsx or .xlsm file, a path or its bytes, into a map, and check it; whatever the file is, nothing raises.

    `as_of` replaces the day the map is judged on, `settings` those that travel in the workbook; the results stored in its
    cells are verified by the workbook's own.
    """
    try:
        book = read_book(source)
    except Unreadable as error:
        return nothing_read(refused(source, error), dict.fromkeys(LOOKED_AT, 0))
    return read_open_book(book, as_of=as_of, settings=settings)


def read_open_book(
    book: Book, *, as_of: date | None = None, settings: Settings | None = None, entries_only: bool = False
) -> Reading:
    """Read the map of a raw book. With `entries_only` formulas, stored results and what it brings along are not checked."""
    return WorkbookReader(book, as_of, settings).read(entries_only=entries_only)


class WorkbookReader:
    """Finds the tables in a raw book, reads and judges them, and checks what else the book holds."""

    def __init__(self, book: Book, as_of: date | None = None, settings: Settings | None = None) -> None:
        self.book = book
        self.as_of, self.settings = as_of, settings
        self.findings: list[Finding] = []
        self.places: dict[str, Place] = {}
        self.lang: Lang = "zh"
        self.sheets = DenseSheets()
        self.context = Context(book.dates)
        self.reads: dict[str, TableRead] = {}
        self._at_home: set[str] = set()
        self.visible = [sheet for sheet in book.sheets if _is_visible(sheet)]

    def read(self, *, entries_only: bool = False) -> Reading:
        """Marks, tables, settings, the checks between rows, and those of the raw book."""
        version = self._text_at(VERSION_NAME)
        self.lang = self._language(dict.fromkeys(LANGUAGES, 0))
        tables, votes = self._read_tables()
        if self._text_at(MARK_NAME) != MARK and not are_of_a_map(self.reads, self._at_home):
            return self._no_map()
        self.lang = self._language(votes)
        self._check_version(version)
        brought = own_settings(self.book)
        self.findings += brought.findings
        tables["snapshots"] = self._snapshots()
        own = judge(blank_map().model_copy(update=tables), brought.settings)
        war_map = judged_on(self.as_of, own.map, self.findings)
        used = self.settings or brought.settings
        self.findings += brought.unlike(used)
        is_own = war_map is own.map and used == brought.settings
        between = cross_findings(war_map, self.places)
        self.findings += between
        self.findings += read_differently(self.book)
        counts: dict[str, int] = {}
        skipped = ACROSS_FILES
        if not entries_only:
            formulas = FormulaCheck(self.book, self.places, template_language(self.book, self.lang))
            if war_map is not own.map:
                between = cross_findings(own.map, self.places)
            results = ResultCheck(formulas, own, self.lang, self.sheets, self.reads, between)
            found, looked_at, not_looked_for = audit(formulas, results, version)
            self.findings += found
            skipped = not_looked_for | ACROSS_FILES
            counts = looked_at | count_checks(skipped)
        judgement = own if is_own else judge(war_map, used)
        return Reading(judgement, self.findings, self.places, self.lang, version, counts, skipped)

    def _read_tables(self) -> tuple[dict[str, Any], dict[Lang, int]]:
        """What stands in each table by its code, and how many tables are in each language."""
        tables: dict[str, Any] = {}
        votes: dict[Lang, int] = dict.fromkeys(LANGUAGES, 0)
        for tab in TABS:
            if tab.tables:
                for code, read in self._read_tab(tab).items():
                    self.reads[code] = read
                    if code == "deal":
                        self.context = Context(self.book.dates, read.currency)
                    tables[code] = read.rows[0] if TABLE[code].is_record else read.rows
                    votes[read.lang] += 1
                    self.findings += self._untold(read.findings)
                    if read.place is not None:
                        self.places[code] = read.place
        people = people_of(tables.get("contacts", ()))
        for code, read in self.reads.items():
            if read.lists:
                tables[code] = read.rows = with_lists_parted(read.rows, read.lists, people)
        return tables, votes

    def _no_map(self) -> Reading:
        """Some other workbook: all of it is skipped."""
        book = self.book
        skipped = {
            "sheets_skipped": len(book.sheets),
            "cells_skipped": book.cell_count,
            "formulas_skipped": book.formula_count,
        }
        return nothing_read([Finding("DV001")], {**dict.fromkeys(LOOKED_AT, 0), **skipped})

    # -- marks -----------------------------------------------------------------------------------------------------

    def _text_at(self, name: str) -> str | None:
        found = self.book.named_range(name)
        value = found[0].value(found[1].r1, found[1].c1) if found else None
        return str(value) if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else None

    def _language(self, votes: dict[Lang, int]) -> Lang:
        mark = self._text_at(LANGUAGE_NAME)
        if mark in LANGUAGES:
            return "en" if mark == "en" else "zh"
        return "en" if votes["en"] > votes["zh"] else "zh"

    def _check_version(self, found: str | None) -> None:
        if found is None or found == TEMPLATE_VERSION:
            return
        older = found.isascii() and found.isdigit() and int(found) < int(TEMPLATE_VERSION)
        facts = {"found": found, "current": TEMPLATE_VERSION}
        self.findings.append(Finding("DV003" if older else "DV004", facts=facts))

    # -- tables ----------------------------------------------------------------------------------------------------

    def _read_tab(self, tab: Tab) -> dict[str, TableRead]:
        """The tables of one tab, wherever they stand; a tab that is gone or renamed is one finding."""
        names, _ = _names_of(tab)
        reads: dict[str, TableRead] = {}
        homes: dict[str, Sheet] = {}
        for code in tab.tables:
            for sheet in self._candidates(tab, code):
                read = self._read_table(TABLE[code], sheet, tab)
                if read is not None:
                    reads[code], homes[code] = read, sheet
                    if key(sheet.name) in names or self.book.named_range(f"wm_{code}"):
                        self._at_home.add(code)
                    break
        expected = next((sheet for sheet in self.visible if key(sheet.name) in names), None)
        if expected is None:
            home = next(iter(homes.values()), None)
            what = IS_MISSING if home is None else IS_NOW_CALLED.filled(name=home.name)
            sheet_name = home.name if home else tab.name.to(self.lang)
            self.findings.append(Finding("DV101", sheet_name, facts={"sheet": tab.name, "what": what}))
        for code in tab.tables:
            if code not in reads and expected is not None:
                table = TABLE[code]
                facts = {"table": table.label, "header": table.fields[0].label}
                self.findings.append(Finding("DV102", expected.name, "", table.fields[0].code, facts))
        return reads

    def _untold(self, findings: list[Finding]) -> Iterator[Finding]:
        """All but a column in the gap between two tables that was told of the one before."""
        told = {(finding.sheet, finding.cell) for finding in self.findings if finding.code == "DV103"}
        return (f for f in findings if f.code != "DV103" or (f.sheet, f.cell) not in told)

    def _candidates(self, tab: Tab, code: str) -> Iterator[Sheet]:
        """Where a table may stand: where its defined name points, on the tab of its name, then anywhere."""
        own, others = _names_of(tab)
        named = self.book.named_range(f"wm_{code}")
        first = [named[0]] if named and _is_visible(named[0]) else []
        first += [sheet for sheet in self.visible if key(sheet.name) in own and sheet not in first]
        yield from first
        yield from (s for s in self.visible if s not in first and key(s.name) not in others)

    def _read_table(self, table: Table, sheet: Sheet, tab: Tab) -> TableRead | None:
        grid = Grid(self.sheets.rows(sheet), sheet.name)
        if table.is_record:
            read = read_record(table, grid, self.context)
            return read if read is not None and len(read.place.columns if read.place else {}) > 1 else None
        named = self.book.named_range(f"wm_{table.code}")
        own, rows = EVERYWHERE, EVERYWHERE
        if named is not None and named[0] is sheet:
            own, rows = range(named[1].c1 - 1, named[1].c2), range(named[1].r1 - 1, named[1].r2)
        header = find_header(table, grid, HEADER_DEPTH, _beside(tab, table.code), own, rows.start if rows else None)
        if header is None or len(header.columns) < min(2, len(table.fields)):
            return None
        # A range that does not hold the header shows nothing in the cells either: then the sheet is all there is to read.
        return read_rows(table, grid, header, rows if header.row in rows else EVERYWHERE, self.context)

    def _snapshots(self) -> list[Snapshot]:
        """The history on its hidden sheet; a snapshot that cannot be read is found, the others are kept."""
        found = self.book.named_range(HISTORY_NAME)
        sheet = found[0] if found else self.book.sheet(TAB["history"].name.to(self.lang))
        if sheet is None or not sheet.was_read:
            return []
        numbers = sorted(row for row in sheet.rows if row > 1)
        columns = range(1, len(history.COLUMNS) + 1)
        snapshots, unread = history.read_rows([[sheet.value(row, c) for c in columns] for row in numbers])
        for index in unread:
            facts = {
                "field": history.LABEL,
                "wanted": A_SNAPSHOT,
                "value": shown(sheet.value(numbers[index], len(columns))),
            }
            where = cell_name(numbers[index], len(columns))
            self.findings.append(Finding("DV203", sheet.name, where, "snapshots", facts))
        return snapshots


def _is_visible(sheet: Sheet) -> bool:
    return sheet.was_read and not sheet.name.startswith("_")


@cache
def _names_of(tab: Tab) -> tuple[frozenset[str], frozenset[str]]:
    """What a tab is called in both languages, and what the other tabs are."""
    own = frozenset(key(name) for name in (tab.name.zh, tab.name.en))
    return own, frozenset(key(name) for other in TABS for name in (other.name.zh, other.name.en)) - own


@cache
def _beside(tab: Tab, code: str) -> frozenset[str]:
    """The headers that belong to something else on a table's tab: to the other tables, and to what is computed."""
    own = TABLE[code]
    siblings = frozenset[str]().union(*(labels(TABLE[other]) for other in tab.tables if other != code))
    return (siblings - labels(own)) | (COMPUTED_HEADERS - spellings(own).keys())


COMPUTED_HEADERS = frozenset(
    header_key(words)
    for text in (*(c for f in FUNCTIONS.values() for c in f.columns), FIELD_HEADER, VALUE_HEADER, HELP_HEADER)
    for words in (text.zh, text.en)
)
