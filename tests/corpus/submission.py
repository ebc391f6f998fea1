"""One submitted workbook while it is made: its cells by table and field, what is planted in it, and what must be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape

from results_in_cells import Results
from saved_template import Formula

from warmap.layout import TAB, placements
from warmap.model import DO_NOTHING, MAX_COMPETITORS, TABLE, TABLES, Kind
from warmap.names import SEPARATORS
from warmap.parsing import TablePlace
from warmap.parsing.entered import shown
from warmap.parsing.headers import FIELD_HEADER
from warmap.reading import read_document
from warmap.terms import key
from warmap.text import LANGUAGES
from warmap_workbook.ooxml import cell_name
from warmap_workbook.writing.input_cells import REQUIRED_MARK, cell_values, competitor_names, printed_lines

CALCULATED, LAST_VALUES, UNSTORED = "calculated", "last values", "unstored"
NAMING = {"actions": "about", "strengths": "answers"}  # a contact's name, or something else
TICKS, YES_WORDS, NO_WORDS = (
    ("√", "是", "yes", "Y", "☑", "✅"),
    ("是", "YES", "true", "对"),
    ("否", "no", "FALSE", "没有"),
)


class Expected(NamedTuple):
    """A finding that must be made; `because` is empty for a planted fault, else why the planted one implies it."""

    code: str
    sheet: str
    cell: str
    because: str = ""


@dataclass
class Line:
    """One row of a table: raw cells by field code, and the sheet's row it stands in."""

    cells: dict[str, object]
    row: int = 0


@dataclass
class Submission:
    """A workbook to be; `saved` tells how its results are stored: calculated, as last calculated, or not at all."""

    template: object
    document: dict
    rng: object
    saved: str = CALCULATED
    expected: list[Expected] = field(default_factory=list)
    edits: dict = field(default_factory=dict)
    part_changes: list = field(default_factory=list)
    used: set = field(default_factory=set)
    headers: dict = field(default_factory=dict)
    tab_names: dict = field(default_factory=dict)
    gone: set = field(default_factory=set)
    planted: list[str] = field(default_factory=list)
    is_changed: bool = False
    is_other_version: bool = False
    suffix: str = ".xlsx"
    formulas: dict = field(default_factory=dict)

    def __post_init__(self):
        self.lang = self.template.lang
        self.map = read_document(self.document).map
        self.lines = {}
        self.columns = {}
        for table in TABLES:
            self._lay_out(table)
        self.results = Results(self)

    # -- the tables ------------------------------------------------------------------------------------------------

    def _lay_out(self, table):
        content = getattr(self.map, table.code)
        if table.is_record:
            self.lines[table.code] = [Line(cell_values(table, content, self.lang))]
            return
        rows = printed_lines(content) if table.code == "stage_evidence" else content
        self.lines[table.code] = [Line(cell_values(table, row, self.lang)) for row in rows]
        codes = [item.code for item in table.fields]
        if table.open_field:
            codes += [f"scores.{name}" for name in competitor_names(rows)]
        self.columns[table.code] = codes
        self._number(table.code)

    def _number(self, code, gaps=()):
        row = placements()[code].header_row
        for index, line in enumerate(self.lines[code]):
            row += 1 + (index in gaps)
            line.row = row

    def with_gaps(self, code):
        """Blank rows left between the rows, as people do."""
        lines = self.lines[code]
        most = placements()[code].room - len(lines)
        count = min(most, len(lines), self.rng.randint(1, 3))
        self._number(code, set(self.rng.sample(range(len(lines)), count)))

    def with_moved_columns(self, code):
        """Two columns in each other's place; dates stay among dates, for their format does not move along here."""
        codes, fields = self.columns[code], TABLE[code].fields
        movable = [place for place, item in enumerate(fields) if item.kind is not Kind.DATE]
        one, other = self.rng.sample(movable, 2)
        codes[one], codes[other] = codes[other], codes[one]

    def respelled(self):
        """Some cells written as people write them: codes, the other language, other ticks, dates and figures as text."""
        for table in TABLES:
            for line in self.lines[table.code] if table.code != "stage_evidence" else ():
                for code, value in line.cells.items():
                    item = table.by_code.get(code)
                    if item is not None and self.rng.random() < 0.06:
                        line.cells[code] = _respelled(item, value, self.rng)

    def lines_in_use(self, code):
        """The rows of a table that have an entry; of the printed stage lines those that were answered."""
        lines = self.lines[code]
        printed = {"stage", "criterion"} if code == "stage_evidence" else set()
        return [
            line
            for line in lines
            if any(value is not None and name not in printed for name, value in line.cells.items())
        ]

    def add_line(self, code, cells):
        """A row below the last one."""
        line = Line(cells, max((line.row for line in self.lines[code]), default=placements()[code].header_row) + 1)
        if line.row > placements()[code].last_row:
            return None
        self.lines[code].append(line)
        return line

    def lines_of_map(self, code):
        """The rows that the map has: without the printed stage lines that nobody answered."""
        return self.lines_in_use(code)[: len(getattr(self.map, code))]

    # -- where things stand ----------------------------------------------------------------------------------------

    def sheet_name(self, tab):
        return self.tab_names.get(tab, TAB[tab].name.to(self.lang))

    def sheet_of(self, code):
        return self.sheet_name(placements()[code].tab.code)

    def address(self, code, line, name):
        """(row, column) of a field."""
        place = placements()[code]
        if place.table.is_record:
            offset = [item.code for item in place.table.fields].index(name)
            return place.header_row + 1 + offset, place.left + 1
        return line.row, place.left + self.columns[code].index(name)

    def places(self):
        """Where every field of the map stands, as a reader of the workbook would say."""
        found = {}
        for table in TABLES:
            place, sheet = placements()[table.code], self.sheet_of(table.code)
            if table.is_record:
                rows = {item.code: row for row, item in enumerate(table.fields, place.header_row + 1)}
                found[table.code] = TablePlace(sheet, dict.fromkeys(rows, place.left + 1), (), rows)
            else:
                columns = {name: column for column, name in enumerate(self.columns[table.code], place.left)}
                found[table.code] = TablePlace(sheet, columns, [line.row for line in self.lines_of_map(table.code)])
        return found

    def header_texts(self, code):
        """What stands in the header row of a table."""
        place = placements()[code]
        texts = []
        for name in self.columns[code]:
            item = place.table.by_code.get(name)
            if item is None:
                texts.append(name.removeprefix("scores."))
            else:
                texts.append(item.label.to(self.lang) + (REQUIRED_MARK if item.required else ""))
        if place.table.open_field:
            texts += [None] * (MAX_COMPETITORS + len(place.table.fields) - len(texts))
            if texts[len(place.table.fields)] is None:
                texts[len(place.table.fields)] = DO_NOTHING.to(self.lang)
        for offset, words in self.headers.get(code, {}).items():
            texts += [None] * (offset + 1 - len(texts))
            texts[offset] = words
        return texts

    def record_labels(self, code):
        """The column of field names of a table of one record, its header first."""
        fields = TABLE[code].fields
        texts = [FIELD_HEADER.to(self.lang)]
        texts += [item.label.to(self.lang) + (REQUIRED_MARK if item.required else "") for item in fields]
        for offset, words in self.headers.get(code, {}).items():
            texts[offset] = words
        return texts

    # -- faults ----------------------------------------------------------------------------------------------------

    def laid_out(self):
        """All rows and columns stand where they will; from now on faults are planted."""
        return self.results.before is not None

    def must_find(self, code, table, line, name, because=""):
        """A finding at the cell of a field."""
        self.expect(code, self.sheet_of(table), cell_name(*self.address(table, line, name)), because)

    def expect(self, code, sheet="", cell="", because=""):
        self.expected.append(Expected(code, sheet, cell, because))

    def put(self, table, line, name, value):
        """An entry as the rep types it over what stood there."""
        self.is_changed = True
        line.cells[name] = value

    def take(self, *what):
        """Whether nothing else was planted there; from now on something is."""
        if self.used & {*what}:
            return False
        self.used |= {*what}
        return True

    def take_table(self, code):
        """Whether nothing else was planted in a table; from now on all of it is taken."""
        if any(mark[0] == code for mark in self.used):
            return False
        self.used.add((code,))
        return True

    def is_free(self, table, line, name):
        """Whether a cell is in no row (of a record: is no field) where something was planted."""
        mark = (table, name) if TABLE[table].is_record else (table, line.row)
        return not self.used & {mark, (table,)}

    def choose(self, candidates):
        """One of the places (table, line, field) in a row that no other fault touches; None when there is none."""
        places = list(candidates)
        self.rng.shuffle(places)
        for table, line, name in places:
            if self.is_free(table, line, name):
                self.used.add((table, name) if TABLE[table].is_record else (table, line.row))
                return table, line, name
        return None

    def references(self, name=None):
        """Every (table, line, field, name) where a contact is named: this one, or any (but under About and Answers)."""
        for table, line, code in self.fields(
            lambda item: item.ref == "contacts" and item.kind in (Kind.NAME, Kind.NAMES)
        ):
            value = line.cells[code]
            several = TABLE[table].by_code[code].kind is Kind.NAMES
            for one in SEPARATORS.split(value) if several else [value]:
                if isinstance(one, str) and one.strip() and (name is None or key(one) == key(name)):
                    yield table, line, code, one.strip()
        for table, code in NAMING.items() if name is not None else ():
            for line in self.lines_in_use(table):
                value = line.cells.get(code)
                several = TABLE[table].by_code[code].kind is Kind.NAMES
                for one in SEPARATORS.split(value) if several and value else [value]:
                    if isinstance(one, str) and key(one) == key(name):
                        yield table, line, code, one.strip()

    def fields(self, wanted, *, filled=True):
        """Every (table, line, field) whose field is wanted, and whose cell is filled."""
        for table in TABLES:
            for line in self.lines_in_use(table.code):
                for item in table.fields:
                    if wanted(item) and (not filled or line.cells.get(item.code) is not None):
                        yield table.code, line, item.code

    # -- the file --------------------------------------------------------------------------------------------------

    def edit(self, tab, row, column, value):
        self.edits.setdefault(tab, {}).setdefault(row, {})[column] = value

    def bytes(self):
        """The workbook; call it once, when everything is planted."""
        for table in TABLES:
            self._write(table)
        self.results.write()
        return self.template.workbook(self.edits, self.part_changes)

    def _write(self, table):
        place = placements()[table.code]
        tab = place.tab.code
        if tab in self.gone:
            return
        if table.is_record:
            for offset, words in self.headers.get(table.code, {}).items():
                self.edit(tab, place.header_row + offset, place.left, words)
        else:
            for offset, words in enumerate(self.header_texts(table.code)):
                self.edit(tab, place.header_row, place.left + offset, words)
        for line in self.lines[table.code]:
            for name, value in line.cells.items():
                text = self.formulas.get((table.code, id(line), name))
                stored = value if text is None else Formula(f"<f>{escape(text)}</f>", value)
                self.edit(tab, *self.address(table.code, line, name), stored)


def _respelled(item, value, rng):
    if item.kind is Kind.PICK and isinstance(value, str):
        from warmap.terms import term_for

        term = term_for(item.enum, value)
        return rng.choice((term.value, term.value.upper(), *(term.label.to(lang) for lang in LANGUAGES), f"  {value} "))
    if item.kind is Kind.TICK:
        return rng.choice(TICKS)
    if item.kind is Kind.YES_NO:
        from warmap.text import YES

        return rng.choice(YES_WORDS if value in (YES.zh, YES.en) else NO_WORDS)
    if item.kind is Kind.DATE and isinstance(value, int):
        from warmap.parsing.days import EXCEL

        day = EXCEL.day(value)
        return rng.choice((day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", value + 0.375))
    if item.kind in (Kind.NUMBER, Kind.WHOLE, Kind.MONEY) and isinstance(value, int | float):
        spelt = (shown(value), f" {shown(value)} ", f"{value:,}")
        return rng.choice((*spelt, f"{value / 10000}万") if item.kind is Kind.MONEY and value >= 10_000_000 else spelt)
    return value
