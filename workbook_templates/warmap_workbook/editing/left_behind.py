"""What a rebuilt workbook has no place for: every entry, formula, note and picture of the old one that is not in its tables.

Nothing that somebody entered may vanish in silence; what is found here is kept on a sheet of its own and listed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from warmap.layout import SETTINGS_NAME, TAB, TABS, TabKind
from warmap.model import TABLE
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.text import Lang, Text
from warmap_workbook.ooxml import Beside, Book, ErrorValue, RangeRef, Sheet, Value, cell_name, parse_range
from warmap_workbook.reading.checks.formula_text import Address
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.writing.input_cells import cell_values

NOT_TAKEN = Text("不能作为这一格的值", "could not be taken as a value of its field")
OUTSIDE = Text("写在模板的表格之外", "stood outside the template's tables")
ROW_NOT_TAKEN = Text("所在的行没有作为一条记录读取", "stood in a row that was not taken")
OWN_FORMULA = Text("自己写的公式，结果是 {result}", "a formula of your own; its result was {result}")
ENTRY_FORMULA = Text("公式没有带过来，只带了结果 {result}", "the formula was not carried over, its result {result} was")
CHANGED = Text("改动过的模板公式，已恢复原样", "a changed formula of the template, which is back as it was")
OVERWRITTEN = Text("盖住了模板的公式，公式已恢复", "was typed over a formula of the template, which is back")
NOTE = Text("批注（{author}）", "a note ({author})")
DRAWN = Text("没有带过来", "was not carried over")
KINDS = {
    "picture": Text("图片", "a picture"), "chart": Text("图表", "a chart"), "shape": Text("图形", "a shape"),
}  # fmt: skip
NOT_CARRIED = frozenset({"DV103", "DV104", "DV202", "DV203", "DV204", "DV205", "DV210", "DV211", "DV401"})
OF_SEVERAL = "DV202"  # one of several names or terms in a cell may be lost although the others were taken
SHOWN_TO_PEOPLE = (TabKind.INPUT, TabKind.COMPUTED, TabKind.OTHER)
OUR_AUTHOR = "warmap"  # of the notes that a check puts into a copy


class Left(NamedTuple):
    """One thing that was left behind: where it stood, what it was, and why it has no place."""

    sheet: str
    cell: str
    value: object
    why: Text


class LeftBehind:
    """Looks through one raw book that was read. `fresh` is an empty workbook of the template, by which its words are known."""

    def __init__(self, book: Book, reading: Reading, fresh: Book, template_lang: Lang) -> None:
        self.book, self.reading, self.fresh, self.lang = book, reading, fresh, template_lang
        self.formulas = FormulaCheck(book, reading.places, template_lang, reading.template_version)
        list(self.formulas.run())
        self._found: dict[tuple[str, str], Left] = {}
        self._filled: set[tuple[str, int, int]] = set()

    def of_cells(self) -> list[Left]:
        """Everything in the cells, sheet by sheet."""
        for tab in TABS:
            sheet = self.formulas.sheets.get(tab.code)
            if sheet is not None and tab.kind in SHOWN_TO_PEOPLE:
                self._of_tab(tab.code, sheet)
        self._told_by_findings()
        order = {sheet.name: place for place, sheet in enumerate(self.book.sheets)}
        return sorted(self._found.values(), key=lambda one: (order.get(one.sheet, 0), *_address(one.cell)))

    def _add(self, sheet: Sheet, at: Address, value: object, why: Text) -> None:
        self._found.setdefault((sheet.name, cell_name(*at)), Left(sheet.name, cell_name(*at), value, why))

    def _told_by_findings(self) -> None:
        """The cells that a finding says could not be taken; of a column that the template does not have, all cells."""
        for finding in self.reading.findings:
            sheet = self.book.sheet(finding.sheet) if finding.code in NOT_CARRIED and finding.cell else None
            if sheet is None:
                continue
            box = parse_range(finding.cell)
            rows = sorted(sheet.rows) if finding.code == "DV103" else [box.r1]
            for row in rows:
                value = sheet.value(row, box.c1)
                is_taken = (sheet.name, row, box.c1) in self._filled and finding.code != OF_SEVERAL
                if row >= box.r1 and value not in (None, "") and not is_taken:
                    self._add(sheet, (row, box.c1), self.shown(sheet, (row, box.c1)), NOT_TAKEN)

    def shown(self, sheet: Sheet, at: Address) -> object:
        """What a cell shows: days as days, errors by their code."""
        return shown_value(self.book, sheet, at)

    # -- one tab -----------------------------------------------------------------------------------------------------

    def _of_tab(self, tab: str, sheet: Sheet) -> None:
        taken = self._cells_taken(tab, sheet)
        rows_of_tables = self._rows_of_tables(tab)
        computed = self._computed(tab, sheet)
        words = self._own_words(tab)
        values = {(row, column): value for row, cells in sheet.rows.items() for column, value in cells.items()}
        free = {
            at: value
            for at, value in sorted(values.items())
            if at not in taken and at not in sheet.formulas and at not in computed and value != ""
        }
        if TAB[tab].kind is not TabKind.INPUT:  # nobody writes over words there; another version of them is no entry
            free = {at: value for at, value in free.items() if not isinstance(words.get(at), str)}
        free = self._without_words(free, words)
        for at in free:
            why = ROW_NOT_TAKEN if at in rows_of_tables else OVERWRITTEN if self._is_overwritten(tab, at) else OUTSIDE
            self._add(sheet, at, self.shown(sheet, at), why)
        for at in sorted(sheet.formulas):
            self._formula(tab, sheet, at, is_entry=at in taken)

    def _formula(self, tab: str, sheet: Sheet, at: Address, *, is_entry: bool) -> None:
        if self.formulas.is_of_the_template(tab, sheet, at):
            return
        result = self.shown(sheet, at)
        told = {"result": "—" if result in (None, "") else result}
        was_ours = at in self.formulas.expected.stored.get(tab, {})
        why = ENTRY_FORMULA.filled(**told) if is_entry else CHANGED if was_ours else OWN_FORMULA.filled(**told)
        self._add(sheet, at, f"={sheet.formulas[at].text}", why)

    def _cells_taken(self, tab: str, sheet: Sheet) -> set[Address]:
        """The cells of the tables that were read; one whose value did not get into the map is noted."""
        found: set[Address] = set()
        for code in TAB[tab].tables:
            place = self.reading.places.get(code)
            if not isinstance(place, TablePlace) or place.sheet != sheet.name:
                continue
            if place.record_rows is not None:
                found |= self._record_taken(code, place, sheet)
                continue
            named = self.book.named_range(f"wm_{code}")
            header = named[1].r1 if named else min(place.rows, default=1) - 1
            found |= {(header, column) for column in place.columns.values()}  # rivals' names stand there
            entries = getattr(self.reading.map, code)
            for row, entry in zip(place.rows, entries, strict=False):
                values = cell_values(TABLE[code], entry, self.lang)
                for field, column in place.columns.items():
                    found.add((row, column))
                    self._note_if_lost(sheet, (row, column), is_there=field in values)
        settings = self.book.named_range(SETTINGS_NAME) if tab == "settings" else None
        if settings is not None:
            found |= set(_inside(settings[1]))
        return found

    def _record_taken(self, code: str, place: TablePlace, sheet: Sheet) -> set[Address]:
        values = cell_values(TABLE[code], getattr(self.reading.map, code), self.lang)
        column = next(iter(place.columns.values()))
        found: set[Address] = set()
        for field, row in (place.record_rows or {}).items():
            found |= {(row, column + step) for step in (-1, 0, 1)}
            self._note_if_lost(sheet, (row, column), is_there=field in values)
        return found

    def _note_if_lost(self, sheet: Sheet, at: Address, *, is_there: bool) -> None:
        value = sheet.value(*at)
        if is_there:
            self._filled.add((sheet.name, *at))
        elif value not in (None, "", 0.0, False) and at not in sheet.formulas:
            self._add(sheet, at, self.shown(sheet, at), NOT_TAKEN)

    def _rows_of_tables(self, tab: str) -> set[Address]:
        """The cells inside the ranges of a tab's tables, taken or not."""
        found: set[Address] = set()
        for code in TAB[tab].tables:
            named = self.book.named_range(f"wm_{code}")
            if named is not None and not TABLE[code].is_record:
                found |= {at for at in _inside(named[1]) if at[0] > named[1].r1}
        return found

    def _computed(self, tab: str, sheet: Sheet) -> set[Address]:
        """The cells that array formulas fill, their first ones left out where something was typed over them."""
        found: set[Address] = set()
        for name, place in self.formulas.expected.places.items():
            if place.tab == tab:
                home, box = self.formulas.found.get(name) or (sheet, place.box)
                cells = set(_inside(box)) if home is sheet else set()
                found |= cells - {(box.r1, box.c1)}
        return found if sheet.formulas else set(self.formulas.expected.stored.get(tab, ())) | found

    def _is_overwritten(self, tab: str, at: Address) -> bool:
        return at in self.formulas.expected.stored.get(tab, {})

    def _own_words(self, tab: str) -> Mapping[Address, Value]:
        """The template's own words on a tab, by where they stand on an empty one."""
        sheet = self.fresh.sheet(TAB[tab].name.to(self.lang))
        if sheet is None:
            return {}
        return {(row, column): value for row, cells in sheet.rows.items() for column, value in cells.items()}

    @staticmethod
    def _without_words(free: Mapping[Address, Value], words: Mapping[Address, Value]) -> dict[Address, Value]:
        """The cells without the template's own words: those at their places first, then as many of each as it has."""
        left = Counter(value for value in words.values() if isinstance(value, str))
        moved: dict[Address, Value] = {}
        for at, value in free.items():
            if words.get(at) != value or type(words.get(at)) is not type(value):
                moved[at] = value
            elif isinstance(value, str):
                left[value] -= 1
        kept: dict[Address, Value] = {}
        for at, value in moved.items():
            if isinstance(value, str) and left[value] > 0:
                left[value] -= 1
            else:
                kept[at] = value
        return kept


def of_what_is_beside(beside: Beside, fresh: Beside, lang: Lang) -> list[Left]:
    """People's notes, and what is drawn beyond the template's own charts."""
    found = [
        Left(one.sheet, cell_name(one.row, one.column), one.text, NOTE.filled(author=one.author or "…"))
        for one in beside.notes
        if one.author != OUR_AUTHOR
    ]
    ours = Counter((one.sheet, one.kind) for one in fresh.drawn)
    for one in beside.drawn:
        if ours[one.sheet, one.kind] > 0:
            ours[one.sheet, one.kind] -= 1
        else:
            found.append(Left(one.sheet, cell_name(one.row, one.column), KINDS[one.kind].to(lang), DRAWN))
    return found


def shown_value(book: Book, sheet: Sheet, at: Address) -> object:
    """What a cell shows: days as days, errors by their code."""
    value = sheet.value(*at)
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, float) and at in sheet.date_cells:
        return book.dates.moment(value) or value
    return value


def _inside(box: RangeRef) -> Iterator[Address]:
    return ((row, column) for row in range(box.r1, box.r2 + 1) for column in range(box.c1, box.c2 + 1))


def _address(cell: str) -> Address:
    box = parse_range(cell)
    return box.r1, box.c1
