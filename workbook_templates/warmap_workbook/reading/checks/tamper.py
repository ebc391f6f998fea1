"""Formula cells overwritten, changed or gone (DV301, DV302), told from what programs and users may rightly do.

Rows and columns may be inserted, sheets renamed, and each program stores a formula in its own way: so blocks are found
by their defined names, and formulas are compared by what they mean (`formula_text`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from warmap.findings import Finding
from warmap.layout import TAB
from warmap.parsing import Place
from warmap.parsing.entered import shown
from warmap.text import Lang, Text
from warmap_workbook.computed import BESIDE, BLOCKS, Block
from warmap_workbook.ooxml import LAST_ROW, Book, ErrorValue, RangeRef, Sheet, cell_name, parse_range
from warmap_workbook.reading.checks.formula_text import Address, Coordinates, TemplateFormulas, template_formulas
from warmap_workbook.reading.checks.tab_sheets import find_renamed, gone_tabs, missing_sheets, points_nowhere, sheets_of

GONE = Text("公式不见了", "it is gone")


def block_label(block: Block) -> Text:
    """A block as a message names it."""
    text = block.function.help
    return Text(f"“{text.zh}”（{block.function.shown_name}）", f"“{text.en}” ({block.function.shown_name})")


def tab_label(code: str) -> Text:
    """The other formulas of a tab as a message names them."""
    name = TAB[code].name
    return Text(f"“{name.zh}”表", f"the sheet “{name.en}”")


class FormulaCheck:
    """Compares the formulas of one book with the template's; `found` are the blocks whose cells are as they should be.

    `lang` is the language of the template, `sheets` the sheet of each tab, `errors` the other formulas of a tab that
    show an error, `compared` counts the formula cells looked at.
    """

    def __init__(self, book: Book, places: Mapping[str, Place], lang: Lang) -> None:
        self.book, self.places, self.lang = book, places, lang
        self.found: dict[str, tuple[Sheet, RangeRef]] = {}
        self.errors: dict[str, list[tuple[Sheet, int, int]]] = {}
        self.sheets: dict[str, Sheet] = {}
        self.compared = 0
        self._told: set[tuple[str, str]] = set()
        self._gone: tuple[str, ...] = ()
        self._untouched: set[str] = set()

    def run(self) -> Iterator[Finding]:
        """DV101 for computed sheets, DV301, DV302."""
        expected = template_formulas(self.lang)
        known = Coordinates.of(self.book, self.places)
        if known.is_like(expected.known):
            known = expected.known
        self.sheets = sheets_of(self.book, self.places)
        known = find_renamed(self.book, self.sheets, known, expected)
        self._gone = gone_tabs(self.sheets)
        yield from missing_sheets(self.sheets, self.lang)
        if known is expected.known:
            self._untouched = {tab for tab, sheet in self.sheets.items() if self._is_untouched(tab, sheet, expected)}
        for block in BLOCKS:
            sheet = self.sheets.get(block.tab)
            if sheet is not None and block.name in expected.blocks:
                yield from self._block(block, sheet, known, expected)
        for tab, cells in expected.others.items():
            sheet = self.sheets.get(tab)
            if sheet is not None:
                yield from self._others(tab, sheet, known, cells, expected)

    def _is_untouched(self, tab: str, sheet: Sheet, expected: TemplateFormulas) -> bool:
        """Whether every formula of a tab is the very one that the template stores; said of a book laid out like it."""
        is_called_so = sheet.name.casefold() == TAB[tab].name.to(self.lang).casefold()
        return is_called_so and expected.stored.get(tab, {}).items() <= sheet.formulas.items()

    # -- blocks ----------------------------------------------------------------------------------------------------

    def _block(self, block: Block, home: Sheet, known: Coordinates, expected: TemplateFormulas) -> Iterator[Finding]:
        sheet, box = self._place(block, home, known)
        plain = expected.blocks[block.name]
        formula = sheet.formulas.get((box.r1, box.c1))
        self.compared += 1
        is_untouched = block.tab in self._untouched and (box.r1, box.c1) == (block.row, block.column)
        if formula is not None and (is_untouched or known.plain(formula.text, sheet.name, box.r1, box.c1) == plain):
            self.found[block.name] = (sheet, box)
        else:
            yield from self._differs(block.name, block_label(block), sheet, (box.r1, box.c1), expected.shown[plain])

    def _place(self, block: Block, home: Sheet, known: Coordinates) -> tuple[Sheet, RangeRef]:
        """The cells of a block: where its name points; else where its function is called; else where it should be."""
        height, width = max(1, block.rows), block.width
        named = self.book.named_range(block.name)
        if named is not None and (named[1].r1, named[1].c1) in named[0].formulas:
            return named
        for (row, column), formula in home.formulas.items():
            if f"{block.function.shown_name}(" in known.plain(formula.text, home.name, row, column):
                box = parse_range(formula.array_ref) if formula.array_ref else None
                return home, box or RangeRef(None, row, column, row + height - 1, column + width - 1)
        if named is not None:
            return named
        return home, RangeRef(None, block.row, block.column, block.row + height - 1, block.column + width - 1)

    def _differs(
        self, subject: str, label: Text, sheet: Sheet, at: Address, wanted: str, *, may_be_blank: bool = False
    ) -> Iterator[Finding]:
        """One finding for each subject and code."""
        formula, value = sheet.formulas.get(at), sheet.value(*at)
        facts: dict[str, object] = {"what": label, "expected": shown(f"={wanted}")}
        if formula is not None:
            if self._gone and points_nowhere(formula.text, self._gone):
                return
            code = "DV302"
            facts["found"] = shown(f"={formula.text}")
        elif value is not None and value != "":
            code = "DV301"
            facts["value"] = shown(getattr(value, "code", value))
        elif may_be_blank:
            return
        else:
            code = "DV302"
            facts["found"] = GONE
        if (subject, code) not in self._told:
            self._told.add((subject, code))
            yield Finding(code, sheet.name, cell_name(*at), facts=facts)

    # -- other formulas --------------------------------------------------------------------------------------------

    def _others(
        self, tab: str, sheet: Sheet, known: Coordinates, cells: Mapping[Address, str], expected: TemplateFormulas
    ) -> Iterator[Finding]:
        self.compared += len(cells)
        self.errors[tab] = self._errors(tab, sheet, known, cells)
        if tab in self._untouched:
            return
        actual = {at: known.plain(formula.text, sheet.name, *at) for at, formula in sheet.formulas.items()}
        if all(actual.get(at) == plain for at, plain in cells.items()):
            return
        label = tab_label(tab)
        if tab in BESIDE:
            yield from self._beside_rows(tab, sheet, actual, cells, expected)
            return
        for at, moved in zip(cells, _moved(cells, actual), strict=True):
            if actual.get(moved) != cells[at]:
                yield from self._differs(tab, label, sheet, moved, expected.shown[cells[at]])

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

    def _last_row_beside(self, tab: str) -> int:
        """The last row beside a table that has a result: where rows were inserted, those below it look up nothing."""
        beside = BESIDE.get(tab)
        named = self.book.named_range(f"wm_{TAB[tab].tables[0]}") if beside else None
        return named[1].r1 + beside.rows if named and beside else LAST_ROW

    def _beside_rows(
        self,
        tab: str,
        sheet: Sheet,
        actual: Mapping[Address, str],
        cells: Mapping[Address, str],
        expected: TemplateFormulas,
    ) -> Iterator[Finding]:
        """Formulas beside each row of a table: rows may be inserted (blank), sorted and deleted."""
        named = self.book.named_range(f"wm_{TAB[tab].tables[0]}")
        rows = range(named[1].r1 + 1, min(named[1].r2, named[1].r1 + BESIDE[tab].rows) + 1) if named else range(0)
        for plain, home in dict(zip(cells.values(), cells, strict=True)).items():
            columns = Counter(column for (_, column), text in actual.items() if text == plain)
            column = columns.most_common(1)[0][0] if columns else home[1]
            for row in rows:
                if actual.get((row, column)) != plain:
                    wanted = expected.shown[plain]
                    yield from self._differs(
                        tab, tab_label(tab), sheet, (row, column), wanted, may_be_blank=bool(columns)
                    )


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
