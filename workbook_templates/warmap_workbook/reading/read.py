"""A workbook of either language, as people changed it, back into a map with findings by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from warmap import TEMPLATE_VERSION, history
from warmap.findings import Finding
from warmap.judgement import judge
from warmap.layout import HISTORY_NAME, LANGUAGE_NAME, MARK, MARK_NAME, TAB, VERSION_NAME, tab_name, tabs_of
from warmap.model import TABLE, Snapshot, blank_map
from warmap.names import key
from warmap.parsing import (
    Context,
    Grid,
    Place,
    TableRead,
    cross_findings,
    judged_on,
    read_record,
    read_rows,
)
from warmap.parsing.between_days import judged_ahead
from warmap.parsing.entered import shown
from warmap.parsing.lists import people_of, with_lists_parted
from warmap.parsing.one_record import RecordHeader
from warmap.reading import ACROSS_FILES, Reading, count_checks, nothing_read
from warmap.settings import Settings
from warmap.terms import Severity
from warmap.text import LANGUAGES, Lang, Text
from warmap_workbook.ooxml import Book, Unreadable, cell_name, read_book
from warmap_workbook.reading.checks.audit import audit, template_language
from warmap_workbook.reading.checks.entry_formulas import changing_entries
from warmap_workbook.reading.checks.formula_text import versions_read
from warmap_workbook.reading.checks.stored_results import PlainResults, ResultCheck
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.reading.misplaced import copies, moved_or_missing
from warmap_workbook.reading.refusals import are_of_a_map, read_differently, refused
from warmap_workbook.reading.settings_sheet import own_settings
from warmap_workbook.reading.sheet_tables import DenseSheets
from warmap_workbook.reading.table_homes import Home, TableHomes, names_of_tab
from warmap_workbook.reading.unseen import Merges, far_cells

A_SNAPSHOT = Text("warmap 写下的快照", "a snapshot as warmap writes it")
OWN_FORMULAS_COMPARED = Text(
    "公式按该版本自己的清单核对过，存的得分没有核对",
    "its formulas were compared with that version's own, its stored scores with nothing",
)
NOT_COMPARED = Text(
    "这个版本已不再支持，公式和存的得分都没有核对",
    "it is no longer supported: neither formulas nor stored scores were compared",
)
LOOKED_AT = ("sheets", "cells", "formulas")


def read_workbook(
    source: Path | str | bytes,
    *,
    as_of: date | None = None,
    settings: Settings | None = None,
    today: date | None = None,
    plain_results: PlainResults | None = None,
) -> Reading:
    """Read an .xlsx or .xlsm file, a path or its bytes, into a map, and check it; whatever the file is, nothing raises.

    `as_of` replaces the day the map is judged on, `settings` those that travel in the workbook; the results stored in its
    cells are verified by the workbook's own. `today` is the day of the check, which no map can be judged after.
    `plain_results` works out plain formulas, whose stored results are then compared too.
    """
    try:
        book = read_book(source)
    except Unreadable as error:
        return nothing_read(refused(source, error), dict.fromkeys(LOOKED_AT, 0))
    return read_open_book(book, as_of=as_of, settings=settings, today=today, plain_results=plain_results)


def read_open_book(
    book: Book,
    *,
    as_of: date | None = None,
    settings: Settings | None = None,
    today: date | None = None,
    entries_only: bool = False,
    plain_results: PlainResults | None = None,
) -> Reading:
    """Read the map of a raw book. With `entries_only` formulas, stored results and what it brings along are not checked."""
    return WorkbookReader(book, as_of, settings, today).read(entries_only=entries_only, plain_results=plain_results)


class WorkbookReader:
    """Finds the tables in a raw book, reads and judges them, and checks what else the book holds."""

    def __init__(
        self, book: Book, as_of: date | None = None, settings: Settings | None = None, today: date | None = None
    ) -> None:
        self.book = book
        self.as_of, self.settings, self.today = as_of, settings, today
        self.findings: list[Finding] = []
        self.places: dict[str, Place] = {}
        self.lang: Lang = "zh"
        self.sheets = DenseSheets()
        self.context = Context(book.dates, template=self._template())
        self.reads: dict[str, TableRead] = {}
        self.tabs = tabs_of(self.context.template)
        self._homes = TableHomes(book, self.sheets, self.tabs)

    def read(self, *, entries_only: bool = False, plain_results: PlainResults | None = None) -> Reading:
        """Marks, tables, settings, the checks between rows, and those of the raw book."""
        version = self._text_at(VERSION_NAME)
        laid_out = version or self._written_on_marks(VERSION_NAME)
        self.lang = self._language(dict.fromkeys(LANGUAGES, 0))
        homes = self._homes.find()
        tables, votes = self._read_tables(homes)
        if self._text_at(MARK_NAME) != MARK and not are_of_a_map(self.reads, self._at_home):
            return self._no_map()
        self.findings += copies(self._homes, homes, self.sheets)
        self.findings += far_cells({home.sheet.name: home.sheet for home in homes.values()}.values())
        self.lang = self._language(votes)
        self._check_version(laid_out)
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
        if self.as_of is None:
            self.findings += judged_ahead(war_map.deal.as_of, self.places, self.today)
        self.findings += read_differently(self.book)
        counts: dict[str, int] = {}
        skipped = ACROSS_FILES
        if not entries_only:
            formulas = FormulaCheck(self.book, self.places, template_language(self.book, self.lang), laid_out)
            if war_map is not own.map:
                between = cross_findings(own.map, self.places)
            results = ResultCheck(formulas, own, self.lang, self.sheets, self.reads, between, plain_results)
            found, looked_at, not_looked_for = audit(formulas, results, laid_out, has_mark=version is not None)
            self.findings += found
            skipped = not_looked_for | ACROSS_FILES
            counts = looked_at | count_checks(skipped)
        judgement = own if is_own else judge(war_map, used)
        return Reading(
            judgement, self.findings, self.places, self.lang, version, counts, skipped,
            own_as_of=own.map.deal.as_of, saved=_moment(self.book.saved),
        )  # fmt: skip

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

    def _written_on_marks(self, name: str) -> str | None:
        """What the hidden sheet of marks says under a name that leads nowhere any more."""
        sheet = self.book.sheet(tab_name("marks", "en"))
        rows = () if sheet is None or not sheet.was_read else sheet.rows.values()
        found = next((cells.get(2) for cells in rows if cells.get(1) == name), None)
        return found if isinstance(found, str) else None

    def _template(self) -> int | None:
        """The version of the template that the workbook says it is; None where it does not say, or not as we write it."""
        found = self._text_at(VERSION_NAME) or self._written_on_marks(VERSION_NAME)
        return int(found) if found is not None and found.isascii() and found.isdigit() else None

    def _check_version(self, found: str | None) -> None:
        if found is None or found == TEMPLATE_VERSION:
            return
        older = found.isascii() and found.isdigit() and int(found) < int(TEMPLATE_VERSION)
        is_read = found in versions_read()
        facts = {
            "found": found, "current": TEMPLATE_VERSION, "compared": OWN_FORMULAS_COMPARED if is_read else NOT_COMPARED,
        }  # fmt: skip
        level = Severity.MAJOR if older and not is_read else None
        self.findings.append(Finding("DV003" if older else "DV004", facts=facts, level=level))

    # -- tables ----------------------------------------------------------------------------------------------------

    def _read_tables(self, homes: Mapping[str, Home]) -> tuple[dict[str, Any], dict[Lang, int]]:
        """What is entered in each table that has a place, and the languages of their headers."""
        tables: dict[str, Any] = {}
        votes: dict[Lang, int] = dict.fromkeys(LANGUAGES, 0)
        for tab in self.tabs:
            for code in tab.tables:
                home = homes.get(code)
                read = self._read_table(home) if home is not None else None
                if read is not None and home is not None:
                    self.reads[code] = read
                    read.findings = Merges(code, read, home.sheet, self.sheets.rows(home.sheet)).told()
                    if code == "deal":
                        self.context = replace(self.context, currency=read.currency)
                    tables[code] = read.rows[0] if TABLE[code].is_record else read.rows
                    votes[read.lang] += 1
                    self.findings += self._untold(read.findings)
                    self.findings += changing_entries(code, read, homes[code].sheet)
                    if read.place is not None:
                        self.places[code] = read.place
            if tab.tables:
                self.findings += moved_or_missing(tab, homes, self._homes.visible, self.lang)
        people = people_of(tables.get("contacts", ()))
        for code, read in self.reads.items():
            if read.lists:
                tables[code] = read.rows = with_lists_parted(read.rows, read.lists, people)
        return tables, votes

    def _untold(self, findings: list[Finding]) -> Iterator[Finding]:
        """All but a column in the gap between two tables that was told of the one before."""
        told = {(finding.sheet, finding.cell) for finding in self.findings if finding.code == "DV103"}
        return (f for f in findings if f.code != "DV103" or (f.sheet, f.cell) not in told)

    def _read_table(self, home: Home) -> TableRead | None:
        grid = Grid(self.sheets.rows(home.sheet), home.sheet.name)
        if isinstance(home.header, RecordHeader):
            return read_record(home.table, grid, home.header, self.context)
        return read_rows(home.table, grid, home.header, home.rows, self.context)

    @property
    def _at_home(self) -> set[str]:
        """The tables that stand on the tab of their name, or have a defined name of their own."""
        tabs = {code: names_of_tab(tab) for tab in self.tabs for code in tab.tables}
        return {
            code
            for code, read in self.reads.items()
            if (read.place is not None and key(read.place.sheet) in tabs[code]) or self.book.named_range(f"wm_{code}")
        }

    def _snapshots(self) -> list[Snapshot]:
        """The history on its hidden sheet; a snapshot that cannot be read is found, the others are kept."""
        found = self.book.named_range(HISTORY_NAME)
        sheet = found[0] if found else self.book.sheet(TAB["snapshots"].name.to(self.lang))
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


def _moment(text: str) -> datetime | None:
    """A moment as documents write it; one without a zone is taken for UTC, as Excel writes it."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
