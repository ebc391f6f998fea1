"""Formula cells overwritten, changed or gone (DV301, DV302), told from what programs and users may rightly do.

Rows and columns may be inserted, sheets renamed, and each program stores a formula in its own way: so blocks are found
by their defined names, and formulas are compared by what they mean (`formula_text`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import TAB, tabs_of
from warmap.model import TABLE
from warmap.names import key
from warmap.parsing import Place
from warmap.parsing.entered import shown
from warmap.text import Lang, Text
from warmap_workbook.computed import BLOCK
from warmap_workbook.ooxml import LAST_ROW, Book, ErrorValue, RangeRef, Sheet, cell_name, parse_range
from warmap_workbook.reading.checks.formula_text import (
    TAB_OF,
    Address,
    BlockPlace,
    Coordinates,
    template_formulas,
    versions_read,
    without_places,
)
from warmap_workbook.reading.checks.stand_ins import stand_in
from warmap_workbook.reading.checks.tab_sheets import find_renamed, gone_tabs, missing_sheets, points_nowhere, sheets_of
from warmap_workbook.reading.checks.wrong_cells import WrongCell, WrongCells

OUR_CALL = re.compile(r"WARMAP\.(?!VERSION\()[A-Z_]+\(")  # every formula asks for the version first
RESULTS = ("scoreboard", "home", "red_flags")


def block_label(name: str, tab: str) -> Text:
    """A block, by its defined name, as a message names it; one that this version no longer has, by its tab."""
    block = BLOCK.get(name)
    if block is None:
        return tab_label(tab)
    text = block.function.help
    return Text(f"“{text.zh}”（{block.function.shown_name}）", f"“{text.en}” ({block.function.shown_name})")


def tab_label(code: str) -> Text:
    """The other formulas of a tab as a message names them."""
    name = TAB[code].name
    return Text(f"“{name.zh}”表", f"the sheet “{name.en}”")


class FormulaCheck:
    """Compares the formulas of one book with those of a version of the template.

    `lang` is the language of the template, `expected` what it has. `found` are the blocks whose cells are as they should
    be, `sheets` the sheet of each tab, `errors` the other formulas of a tab that show an error, `stand_ins` the cells where
    another program put something in place of a formula, `lost_names` the names that lead nowhere although their sheets are
    there, `compared` and `unsure` count the formula cells that were looked at and those that could not be told.
    """

    def __init__(
        self, book: Book, places: Mapping[str, Place], lang: Lang, version: str | None = TEMPLATE_VERSION
    ) -> None:
        self.book, self.places, self.lang = book, places, lang
        compared_with = version if version is not None and version in versions_read() else TEMPLATE_VERSION
        self.expected = template_formulas(lang, compared_with)
        self.tabs = tabs_of(int(compared_with))
        self.known = self.expected.known
        self.found: dict[str, tuple[Sheet, RangeRef]] = {}
        self.errors: dict[str, list[tuple[Sheet, int, int]]] = {}
        self.sheets = sheets_of(book, places)
        self.stand_ins: list[tuple[str, str]] = []
        self.lost_names: tuple[str, ...] = ()
        self.compared = self.unsure = 0
        self._areas: dict[str, tuple[Sheet, RangeRef]] = {}
        self._wrong: dict[str, WrongCells] = {}
        self._plains: dict[str, frozenset[str]] = {}
        self._gone: tuple[str, ...] = ()
        self._untouched: set[str] = set()

    def run(self) -> Iterator[Finding]:
        """DV101 for computed sheets, DV301, DV302."""
        expected = self.expected
        known = self._with_lost_names(Coordinates.of(self.book, self.places))
        if known.is_like(expected.known):
            known = expected.known
        known = self.known = find_renamed(self.book, self.sheets, known, expected)
        self._gone = gone_tabs(self.sheets)
        yield from missing_sheets(self.sheets, self.tabs, self.lang)
        if known is expected.known:
            self._untouched = {tab for tab, sheet in self.sheets.items() if self._is_untouched(tab, sheet)}
        for name, place in expected.places.items():
            sheet = self.sheets.get(place.tab)
            if sheet is not None:
                self._block(name, place, sheet, known)
        for tab, cells in expected.others.items():
            sheet = self.sheets.get(tab)
            if sheet is not None:
                self._others(tab, sheet, known, cells)
        for wrong in self._wrong.values():
            yield from wrong.findings()

    def has_formulas(self) -> bool:
        """Whether the sheets with the results hold any formula: without the template's marks, only these tell it."""
        return any(sheet.formulas for tab in RESULTS if (sheet := self.sheets.get(tab)) is not None)

    def is_of_the_template(self, tab: str, sheet: Sheet, at: Address) -> bool:
        """Whether the formula of a cell is one that the template has on this tab, wherever it stands now; after `run`."""
        plain = self.known.plain(sheet.formulas[at].text, sheet.name, *at)
        if tab not in self._plains:
            blocks = (self.expected.blocks[name] for name, place in self.expected.places.items() if place.tab == tab)
            self._plains[tab] = frozenset({*self.expected.others.get(tab, {}).values(), *blocks})
        return plain in self._plains[tab]

    def _with_lost_names(self, known: Coordinates) -> Coordinates:
        """Where a name leads nowhere although its sheet is there, things stand where the template has them."""
        lost: dict[str, list[tuple[RangeRef, str]]] = {}
        there = {name for ranges in known.areas.values() for _, name in ranges}
        for own, ranges in self.expected.known.areas.items():
            sheet = self.sheets.get(TAB_OF.get(key(own), ""))
            for box, name in ranges:
                if sheet is not None and name not in there:
                    lost.setdefault(sheet.name.casefold(), []).append((box, name))
                    self._areas[name] = (sheet, box)
        self.lost_names = tuple(self._areas)
        return known.with_areas(lost) if lost else known

    def _area(self, name: str) -> tuple[Sheet, RangeRef] | None:
        """The cells of a name; where it leads nowhere, those that the template has."""
        return self.book.named_range(name) or self._areas.get(name)

    def _is_untouched(self, tab: str, sheet: Sheet) -> bool:
        """Whether every formula of a tab is the very one that the template stores; said of a book laid out like it."""
        is_called_so = sheet.name.casefold() == TAB[tab].name.to(self.lang).casefold()
        return is_called_so and self.expected.stored.get(tab, {}).items() <= sheet.formulas.items()

    def _is_as_wanted(self, actual: str | None, wanted: str) -> bool:
        """Whether a formula is the one wanted. Without the names, what stood in its place cannot be told: it is unsure."""
        if actual == wanted:
            return True
        if self.lost_names and actual is not None and without_places(actual) == without_places(wanted):
            self.unsure += 1
            return True
        return False

    def _note_stand_in(self, sheet: Sheet, at: Address) -> None:
        formula = sheet.formulas.get(at)
        if formula is not None and stand_in(formula.text) is not None:
            self.stand_ins.append((sheet.name, cell_name(*at)))

    # -- blocks ----------------------------------------------------------------------------------------------------

    def _block(self, name: str, place: BlockPlace, home: Sheet, known: Coordinates) -> None:
        wanted = self.expected.blocks[name]
        sheet, box = self._place(name, place, wanted, home, known)
        at = (box.r1, box.c1)
        formula = sheet.formulas.get(at)
        self.compared += 1
        is_untouched = place.tab in self._untouched and at == (place.box.r1, place.box.c1)
        if is_untouched or (
            formula is not None and self._is_as_wanted(known.plain(formula.text, sheet.name, *at), wanted)
        ):
            self.found[name] = (sheet, box)
            if not is_untouched:
                self._note_stand_in(sheet, at)
        else:
            self._differs(place.tab, block_label(name, place.tab), sheet, at, wanted)

    def _place(
        self, name: str, place: BlockPlace, wanted: str, home: Sheet, known: Coordinates
    ) -> tuple[Sheet, RangeRef]:
        """The cells of a block: where its name points; else where its function is called; else where it should be."""
        named = self.book.named_range(name)
        if named is not None and (named[1].r1, named[1].c1) in named[0].formulas:
            return named
        own = place.box
        if (own.r1, own.c1) in home.formulas and place.tab in self._untouched:
            return home, own
        call = OUR_CALL.search(wanted)
        for (row, column), formula in home.formulas.items() if call else ():
            if call and call[0] in known.plain(formula.text, home.name, row, column):
                box = parse_range(formula.array_ref) if formula.array_ref else None
                return home, box or RangeRef(None, row, column, row + own.r2 - own.r1, column + own.c2 - own.c1)
        return named or (home, own)

    def _differs(
        self, tab: str, label: Text, sheet: Sheet, at: Address, wanted: str, *, may_be_blank: bool = False
    ) -> None:
        """Note a cell that is not as it should be, and what stands there instead."""
        formula, value = sheet.formulas.get(at), sheet.value(*at)
        code, found = "DV302", None
        if formula is not None:
            if self._gone and points_nowhere(formula.text, self._gone):
                return
            found = formula.text
        elif value is not None and value != "":
            code, found = "DV301", shown(getattr(value, "code", value))
        elif may_be_blank:
            return
        wrong = self._wrong.get(sheet.name)
        if wrong is None:
            formulas = len(self.expected.stored.get(tab, ()))
            wrong = self._wrong[sheet.name] = WrongCells(sheet, tab_label(tab), formulas)
        wrong.cells.setdefault(at, WrongCell(code, label, self.expected.shown[wanted], found))

    # -- other formulas --------------------------------------------------------------------------------------------

    def _others(self, tab: str, sheet: Sheet, known: Coordinates, cells: Mapping[Address, str]) -> None:
        self.compared += len(cells)
        self.errors[tab] = self._errors(tab, sheet, known, cells)
        if tab in self._untouched:
            return
        actual = {at: known.plain(formula.text, sheet.name, *at) for at, formula in sheet.formulas.items()}
        beside = self._beside(tab)
        if not all(actual.get(at) == plain for at, plain in beside.items()):
            self._beside_rows(tab, sheet, actual, beside)
            cells = {at: plain for at, plain in cells.items() if at not in beside}
        for at, moved in zip(cells, _moved(cells, actual), strict=True):
            if self._is_as_wanted(actual.get(moved), cells[at]):
                self._note_stand_in(sheet, moved)
            else:
                self._differs(tab, tab_label(tab), sheet, moved, cells[at])

    def _errors(
        self, tab: str, sheet: Sheet, known: Coordinates, cells: Mapping[Address, str]
    ) -> list[tuple[Sheet, int, int]]:
        """The cells with one of these formulas that show an error."""
        wrong = [
            (row, column)
            for row, values in sheet.rows.items()
            if ErrorValue in map(type, values.values())
            for column, value in values.items()
            if isinstance(value, ErrorValue) and (row, column) in sheet.formulas
        ]
        if not wrong:
            return []
        plains, last = set(cells.values()), self._last_row_beside(tab)
        return [
            (sheet, *at)
            for at in wrong
            if at[0] <= last and known.plain(sheet.formulas[at].text, sheet.name, *at) in plains
        ]

    def _beside(self, tab: str) -> Mapping[Address, str]:
        """The template's formulas of a tab that stand beside the rows of its table."""
        top = self._header_row(tab)
        return {at: plain for at, plain in self.expected.others[tab].items() if at[0] > top}

    def _header_row(self, tab: str) -> int:
        """Where the template has the header of the table of a tab, or the sheet's end where no rows follow one."""
        for code in TAB[tab].tables:
            for box, name in self.expected.known.areas.get(TAB[tab].name.to(self.lang).casefold(), ()):
                if name == f"wm_{code}" and not TABLE[code].is_record:
                    return box.r1
        return LAST_ROW

    def _last_row_beside(self, tab: str) -> int:
        """The last row beside a table that has a result: where rows were inserted, those below it look up nothing."""
        beside = self._beside(tab)
        named = self._area(f"wm_{TAB[tab].tables[0]}") if beside else None
        return named[1].r1 + max(row for row, _ in beside) - self._header_row(tab) if named else LAST_ROW

    def _beside_rows(self, tab: str, sheet: Sheet, actual: Mapping[Address, str], cells: Mapping[Address, str]) -> None:
        """Formulas beside each row of a table: rows may be inserted (blank), sorted and deleted."""
        named = self._area(f"wm_{TAB[tab].tables[0]}")
        last = min(named[1].r2, self._last_row_beside(tab)) if named else 0
        for plain, home in dict(zip(cells.values(), cells, strict=True)).items():
            columns = Counter(column for (_, column), text in actual.items() if text == plain)
            column = columns.most_common(1)[0][0] if columns else home[1]
            for row in range(named[1].r1 + 1, last + 1) if named else ():
                at = (row, column)
                if self._is_as_wanted(actual.get(at), plain):
                    self._note_stand_in(sheet, at)
                else:
                    self._differs(tab, tab_label(tab), sheet, at, plain, may_be_blank=bool(columns))


def _moved(cells: Mapping[Address, str], actual: Mapping[Address, str]) -> Iterable[Address]:
    """Where each cell of the template now stands, going by the formulas that are still to be recognised."""
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    by_text: dict[str, list[Address]] = {}
    for at, text in sorted(actual.items()):
        by_text.setdefault(text, []).append(at)
    wanted: dict[str, list[Address]] = {}
    for at, text in sorted(cells.items()):
        wanted.setdefault(text, []).append(at)
    for text, places in wanted.items():
        for (row, column), (new_row, new_column) in zip(places, by_text.get(text, ()), strict=False):
            if len(places) == len(by_text[text]):
                rows[row], columns[column] = new_row, new_column
    return [(_shifted(row, rows), _shifted(column, columns)) for row, column in cells]


def _shifted(place: int, moved: Mapping[int, int]) -> int:
    """A row or column moved as the nearest recognised one before it, else the nearest after it."""
    if place in moved or not moved:
        return moved.get(place, place)
    before = [known for known in moved if known < place]
    nearest = max(before) if before else min(moved)
    return place + moved[nearest] - nearest
