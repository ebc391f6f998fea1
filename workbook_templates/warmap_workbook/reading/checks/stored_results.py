"""Stored results against recomputed ones: they match, differ (DV303), are errors (DV304), or are not there (DV305).

Results of our functions are recomputed from the ranges the cells' formulas name, as the functions in the cells would see
them; those of the template's plain formulas only where a way to work these out is given.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from warmap.findings import Finding
from warmap.judgement import Judgement
from warmap.parsing import Context, TableRead
from warmap.parsing.entered import shown
from warmap.text import Lang, Text
from warmap.worksheet import Call, Rows, Scalar
from warmap.worksheet.declaration import ALL_TABLES, table_arguments
from warmap.worksheet.ranges import call_of, read_range
from warmap_workbook.computed import BLOCKS, Block
from warmap_workbook.ooxml import Book, ErrorValue, RangeRef, Sheet, cell_name
from warmap_workbook.reading.checks.stand_ins import result_shown, stand_in
from warmap_workbook.reading.checks.tamper import FormulaCheck, block_label, tab_label
from warmap_workbook.reading.sheet_tables import DenseSheets, as_handed_over, as_its_range_reads, cells_of

TOLERANCE = 1e-9
MOST_COMPARED = 32767
RANGES = {argument.table: argument.range_name for argument in table_arguments(*ALL_TABLES)}
BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
NAME_ERROR = "#NAME?"
PLAIN_ARGUMENTS = frozenset({"settings", "lang", "rows"})

NOT_CALCULATED = Text(
    "从未计算过（保存它的程序不会计算）", "they were never calculated (saved by a program that does not calculate)"
)
NO_FUNCTIONS = Text(
    "显示 #NAME?（保存它的程序没有 WARMAP 函数）", "they show #NAME? (saved by a program without the WARMAP functions)"
)
LAST_VALUES = Text(
    "显示的是上次计算的结果，之后又改过内容", "they are those last computed, and the entries were changed since"
)
STAND_INS = Text(
    "保存它的程序（如 Google 表格）在公式处放了替身，函数不再计算",
    "the program that saved the file (such as Google Sheets) put stand-ins in place of the formulas, which no longer compute",
)

PlainResult: TypeAlias = tuple[tuple[str, int, int], tuple[int, int], object]
PlainResults: TypeAlias = Callable[[Book], Iterable[PlainResult]]
"""What the plain formulas of a book come to: (sheet, row, column), (row, column) of the formula, value
(`calculating.plain_results`)."""


class ResultCheck:
    """Compares what is stored in the computed cells of one book with what its own map, judged, comes to.

    `lang` is the language the results are in. `reads` are the tables by their codes, as they were read on `sheets`, and
    `between` is what was found between their rows. With `plain_results` the template's plain formulas are compared too.
    """

    def __init__(
        self,
        formulas: FormulaCheck,
        judgement: Judgement,
        lang: Lang,
        sheets: DenseSheets,
        reads: Mapping[str, TableRead],
        between: Sequence[Finding],
        plain_results: PlainResults | None = None,
    ) -> None:
        self.formulas, self.judgement, self.lang = formulas, judgement, lang
        self._sheets, self._reads, self._between = sheets, reads, between
        self._plain_results = plain_results
        self._unstored: dict[Text, list[tuple[str, str]]] = {}

    @property
    def book(self) -> Book:
        """The raw book."""
        return self.formulas.book

    def run(self, *, is_compared: bool = True) -> Iterator[Finding]:
        """DV303, DV304, DV305; where the results are those of an older method only what needs no comparison."""
        tables = self._tables() if is_compared else {}
        call = call_of(tables, self.judgement, self.lang, self.formulas.places, self._between)
        # What hangs on a formula that was never calculated is told with it (DV212): there is nothing to compare with.
        unknown = {code for code, read in self._reads.items() if read.lacks_results}
        for block, needed in _blocks():
            place = self.formulas.found.get(block.name)
            if place is not None:
                is_comparable = needed is not None and tables.keys() >= needed and not needed & unknown
                yield from self._block(block, *place, call if is_comparable else None)
        yield from self._other_errors()
        # Plain formulas are as old as the others where the program that saved the file did not calculate; where names lead
        # nowhere, so do they.
        is_told = self._unstored or self.formulas.stand_ins or self.formulas.lost_names
        if is_compared and self._plain_results is not None and not is_told:
            yield from self._plain(self._plain_results(self.book))
        if self.formulas.stand_ins:  # that is why results are old or missing, and one cause is told once
            self._unstored = {STAND_INS: list(self.formulas.stand_ins)}
        for what, places in self._unstored.items():
            sheet, cell = places[0]
            yield Finding("DV305", sheet, cell, facts={"count": len(places), "what": what})

    def _tables(self) -> dict[str, TableRead]:
        tables: dict[str, TableRead] = {}
        for code, name in RANGES.items():
            found = self.book.named_range(name)
            if found is None:
                continue
            sheet, box = found
            rows, read = self._sheets.rows(sheet), self._reads.get(code)
            parsed = None if read is None or read.saw_more else as_its_range_reads(code, read, sheet.name, box, rows)
            if parsed is None:
                deal = tables.get("deal")
                context = Context(self.book.dates, deal.currency if deal is not None else None)
                # a name may reach to the sheet's end; no result hangs on how many blank rows follow
                used = box._replace(r2=max(box.r1, min(box.r2, len(rows))))
                parsed = read_range(code, as_handed_over(cells_of(rows, used)), context)
            if parsed is not None:
                tables[code] = parsed
        return tables

    def _block(self, block: Block, sheet: Sheet, box: RangeRef, call: Call | None) -> Iterator[Finding]:
        """What is wrong with the stored results of one block; without `call` only the errors among them."""
        stored = _stored(sheet, box, block)
        if self.formulas.stand_ins:
            _put_shown_results(stored, sheet, box)
        for row, cells in enumerate(stored):
            for column, value in enumerate(cells if ErrorValue in map(type, cells) else ()):
                if isinstance(value, ErrorValue):
                    where = (sheet.name, cell_name(box.r1 + row, box.c1 + column))
                    if value.code == NAME_ERROR:
                        self._unstored.setdefault(NO_FUNCTIONS, []).append(where)
                    else:
                        yield Finding(
                            "DV304", *where, facts={"what": block_label(block.name, block.tab), "value": value.code}
                        )
                    return
        if call is None:
            return
        expected = block.value(call)
        place = _first_difference(stored, expected)
        if place is None:
            return
        where = (sheet.name, cell_name(box.r1 + place[0], box.c1 + place[1]))
        if stored[0][0] is None:
            self._unstored.setdefault(NOT_CALCULATED, []).append(where)
        elif _first_difference(stored, self._last(block)) is None:  # whatever `wm_live` says: it is stored too
            self._unstored.setdefault(LAST_VALUES, []).append(where)
        else:
            facts = {
                "what": block_label(block.name, block.tab), "stored": _told(stored[place[0]][place[1]]),
                "expected": _told(expected[place[0]][place[1]]),
            }  # fmt: skip
            yield Finding("DV303", *where, facts=facts)

    def _last(self, block: Block) -> list[list[object]]:
        sheet = self.formulas.sheets.get("last")
        if sheet is None:
            return []
        box = RangeRef(None, block.last_row, 1, block.last_row + max(1, block.rows) - 1, block.width)
        return _stored(sheet, box, block)

    def _other_errors(self) -> Iterator[Finding]:
        """An error value in another formula of the template: one finding a tab."""
        meant = self.formulas.expected.errors_meant
        for tab, cells in self.formulas.errors.items():
            for sheet, row, column in sorted(cells, key=lambda cell: cell[1:]):
                value = sheet.value(row, column)
                if isinstance(value, ErrorValue) and (tab, row, column) not in meant:
                    where = (sheet.name, cell_name(row, column))
                    if value.code == NAME_ERROR:
                        self._unstored.setdefault(NO_FUNCTIONS, []).append(where)
                        continue
                    yield Finding("DV304", *where, facts={"what": tab_label(tab), "value": value.code})
                    break

    def _plain(self, results: Iterable[PlainResult]) -> Iterator[Finding]:
        """The first plain result of each tab that is stored otherwise; those never calculated are told together."""
        tabs = {sheet.name: (tab, sheet) for tab, sheet in self.formulas.sheets.items()}
        told = set()
        for (name, *at), formula, expected in sorted(results, key=lambda result: result[0]):
            tab, sheet = tabs.get(name, ("", None))
            stored = None if sheet is None else sheet.value(*at)
            if sheet is None or isinstance(stored, ErrorValue) or same(stored, expected):  # errors are told above
                continue
            if not self.formulas.is_of_the_template(tab, sheet, formula):
                continue
            where = (name, cell_name(*at))
            if stored is None:
                self._unstored.setdefault(NOT_CALCULATED, []).append(where)
            elif tab not in told:
                told.add(tab)
                wanted = getattr(expected, "code", expected)
                facts = {"what": tab_label(tab), "stored": _told(stored), "expected": _told(wanted)}
                yield Finding("DV303", *where, facts=facts)


@cache
def _blocks() -> tuple[tuple[Block, frozenset[str] | None], ...]:
    """Every block with the tables it works on; None where it needs what is not at hand: a rule's code, another cell."""

    def needed(block: Block) -> frozenset[str] | None:
        plain = {argument.name for argument in block.function.arguments if not argument.table}
        return frozenset(block.function.tables) if plain <= PLAIN_ARGUMENTS else None

    return tuple((block, needed(block)) for block in BLOCKS)


def _stored(sheet: Sheet, box: RangeRef, block: Block) -> list[list[object]]:
    """The cells of a block, as high and wide as the block should be."""
    columns = range(box.c1, box.c1 + block.width)
    lines = (sheet.rows.get(row) for row in range(box.r1, box.r1 + max(1, block.rows)))
    return [[None] * block.width if cells is None else [cells.get(column) for column in columns] for cells in lines]


def _put_shown_results(stored: list[list[object]], sheet: Sheet, box: RangeRef) -> None:
    """Where another program's stand-in has no stored result, the one written into it is the result; `#NAME?` is an error."""
    for row, cells in enumerate(stored):
        for column, value in enumerate(cells):
            formula = sheet.formulas.get((box.r1 + row, box.c1 + column))
            meant = stand_in(formula.text) if formula else None
            if meant is None:
                continue
            result = result_shown(meant.shown) if value is None else value
            cells[column] = ErrorValue(NAME_ERROR) if result == NAME_ERROR else result


def _first_difference(stored: list[list[object]], expected: Rows | list[list[object]]) -> tuple[int, int] | None:
    if len(stored) != len(expected):
        return (0, 0)
    for row, (cells, wanted) in enumerate(zip(stored, expected, strict=True)):
        if cells == wanted or (cells.count(None) == len(cells) and wanted.count("") == len(wanted)):
            continue
        for column, value in enumerate(cells):
            if value != wanted[column] and not same(value, wanted[column]):
                return row, column
    return None


def same(stored: object, expected: object) -> bool:
    """Numbers to 1e-9, relative or absolute; texts but for white space and what XML cannot carry; blank is ''."""
    if stored is None and expected == "":
        return True
    if isinstance(stored, int | float) and isinstance(expected, int | float):
        return math.isclose(stored, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(stored, int | float) or isinstance(expected, int | float):
        return False
    return stored == expected or _text(stored) == _text(expected)


def _text(value: object) -> str:
    return BLANKS.sub("", str(value)[:MOST_COMPARED]) if value is not None else ""


def _told(value: Scalar | object) -> object:
    return Text("空白", "blank") if value in (None, "") else value if isinstance(value, float) else shown(value)
