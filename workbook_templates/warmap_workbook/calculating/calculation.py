"""A book's computed cells, worked out anew from its entries, formula by formula on demand.

Whatever the formulas are, this ends: each has limits of depth and of the cells it may look at, all together have one of
steps, and what goes beyond is left as it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, TypeAlias

from warmap.parsing import CellError
from warmap.parsing.days import DateSystem
from warmap.parsing.entered import UnknownType
from warmap.parsing.entered import truth as as_entered
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.ranges import Range
from warmap_workbook.calculating.coercions import NA, NAME, REF, VALUE, Failed, Grid, Scalar, number, text, truth, whole
from warmap_workbook.calculating.formula_tree import (
    Called,
    Chain,
    Constant,
    Name,
    Negative,
    NotOurs,
    Reference,
    Tree,
    tree_of,
)
from warmap_workbook.calculating.plain_functions import OPERATORS, RANGED, SINGLES, Area, Operand, Ranged
from warmap_workbook.ooxml import Book, ErrorValue, Formula, OddValue, RangeRef, Sheet, cell_name, parse_range

MOST_CELLS = 300_000  # that one formula may ask for, or fill, at a time
MOST_STEPS = 3_000_000  # cells and signs, over all formulas of a book, some seconds: the template takes 170,000
DEEPEST = 150  # levels of formulas that ask each other before the innermost is worked out first

CIRCLE = Text("公式绕回到自己", "the formula leads back to itself")
TOO_LARGE = Text("公式要的单元格太多", "the formula asks for too many cells")
TOO_LONG = Text("要算的太多，到这里为止", "there was too much to work out before it")
UNKNOWN = Text("函数 {name} 这里不会算", "the function {name} is not worked out here")
COUNT = Text("{name} 的参数个数不对", "{name} is given the wrong number of arguments")
NO_RANGE = Text("名称 {name} 指的不是一块单元格", "the name {name} does not stand for cells")
ASKS_ONLY = (
    "ISERROR(WARMAP.VERSION()"  # and for nothing else: whether the program that shows the file has the functions
)

At: TypeAlias = tuple[str, int, int]
"""A cell: the sheet's name, row and column from 1."""


class Functions(Protocol):
    """The functions WARMAP.*, as a host has them."""

    def call(self, name: str, arguments: Sequence[object], dates: DateSystem) -> object:
        """The value: a scalar, rows, or an ErrorValue. A range comes as a `Range`, a blank as None."""

    def explain(self, formula: str, read: Callable[[str], object], lang: Lang, dates: DateSystem) -> str:
        """The words of WARMAP.WHY for a formula; `read` gives what stands behind a reference."""


class _Deeper(BaseException):
    """A formula to work out first, from a fresh stack. Not an Exception: what a host catches must not hold it up."""

    def __init__(self, home: At) -> None:
        super().__init__()
        self.home = home


class _Home(NamedTuple):
    """A formula and the cells that show its results."""

    sheet: Sheet
    formula: Formula
    box: RangeRef


class Calculation:
    """Every formula of a book, worked out by `run`.

    `results` are the cells that formulas fill, a blank one as an empty text; `left` tells of each formula that was not
    worked out why, by its first cell: there the stored values stay, and others are worked out from these.
    """

    def __init__(self, book: Book, functions: Functions) -> None:
        self.book, self.functions = book, functions
        self.results: dict[At, Scalar] = {}
        self.left: dict[At, Text] = {}
        self.ranges: dict[tuple[object, ...], Range] = {}
        self._steps = MOST_STEPS
        self._homes: dict[At, _Home] = {}
        self._home_of: dict[At, At] = {}
        self._done: set[At] = set()
        self._open: set[At] = set()
        self._waiting: dict[At, None] = {}  # each needs the next, which leads to it
        self._depth = 0
        self._last_rows = {sheet.name: max(sheet.rows, default=0) for sheet in book.sheets}
        for sheet in book.sheets:
            for at, formula in sheet.formulas.items():
                self._add(sheet, at, formula)

    def _add(self, sheet: Sheet, at: tuple[int, int], formula: Formula) -> None:
        home = (sheet.name, *at)
        try:
            box = parse_range(formula.array_ref or cell_name(*at))
        except ValueError:
            box = RangeRef(None, *at, *at)
        if (box.r2 - box.r1 + 1) * (box.c2 - box.c1 + 1) + len(self._home_of) > MOST_CELLS or box[1:3] != at:
            self.left[home] = TOO_LARGE
            return
        self._homes[home] = _Home(sheet, formula, box)
        for row in range(box.r1, box.r2 + 1):
            self._home_of.update(((sheet.name, row, column), home) for column in range(box.c1, box.c2 + 1))
        self._last_rows[sheet.name] = max(self._last_rows[sheet.name], box.r2)

    def run(self) -> None:
        """Work out every formula."""
        for home in self._homes:
            self._waiting[home] = None
            while self._waiting:
                try:
                    self._settle(next(reversed(self._waiting)))
                    self._waiting.popitem()
                except _Deeper as deeper:
                    self._waiting[deeper.home] = None

    def _settle(self, home: At) -> None:
        """Work out one formula, unless that was done."""
        if home in self._done or home in self.left:
            return
        sheet, formula, box = self._homes[home]
        depth = self._depth
        try:
            tree, levels = tree_of(formula.text)
            if self._depth and self._depth + levels > DEEPEST:
                raise _Deeper(home)
            self._depth += levels
            self._open.add(home)
            asks_only = formula.text.count("WARMAP.") == 1 and ASKS_ONLY in formula.text
            asking = _Asking(self, sheet, home[1], home[2], formula.array_ref is not None, not asks_only)
            found = asking.evaluate(tree)
            grid = asking.grid(found) if asking.is_array else [[asking.single(found)]]
        except NotOurs as refusal:
            self.left[home] = refusal.words
            return
        finally:
            self._depth = depth
            self._open.discard(home)
        if home in self.left:  # others asked for it while it asked for them
            return
        self._done.add(home)
        for row in range(box.r1, box.r2 + 1):
            for column in range(box.c1, box.c2 + 1):
                value = _within(grid, row - box.r1, column - box.c1)
                if self._home_of.get((sheet.name, row, column)) == home:
                    self.results[sheet.name, row, column] = 0.0 if value is None else value

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """What a cell holds by now; a formula that was not worked out yet, is."""
        at = (sheet.name, row, column)
        home = self._home_of.get(at)
        if home is not None and home not in self._done and home not in self.left:
            if home in self._open or home in self._waiting:
                self.left[home] = CIRCLE
            else:
                self._settle(home)
        return self.results[at] if at in self.results else sheet.value(row, column)

    def spend(self, steps: int) -> None:
        """Count steps. NotOurs where there are none left."""
        self._steps -= steps
        if self._steps < 0:
            raise NotOurs(TOO_LONG)

    def last_row(self, sheet: Sheet) -> int:
        """The last row of a sheet in which something stands."""
        return self._last_rows[sheet.name]

    def formula_at(self, area: Area) -> str:
        """The formula of a cell, that of its array for a cell inside one; empty where there is none."""
        home = self._home_of.get((area.sheet.name, area.r1, area.c1))
        return "" if home is None else self._homes[home].formula.text


def _within(grid: Grid, row: int, column: int) -> Scalar:
    """A cell of an array: one row or one column stands for all, and beyond the last there is #N/A."""
    row, column = 0 if len(grid) == 1 else row, 0 if len(grid[0]) == 1 else column
    return grid[row][column] if row < len(grid) and column < len(grid[0]) else NA


def _is_several(operand: Operand) -> bool:
    return isinstance(operand, list) or (isinstance(operand, Area) and (operand.height, operand.width) != (1, 1))


@dataclass(frozen=True, slots=True)
class _Asking:
    """One formula at its place; `answers` is whether it may know that the functions are there."""

    book: Calculation
    sheet: Sheet
    row: int
    column: int
    is_array: bool
    answers: bool

    @property
    def dates(self) -> DateSystem:
        return self.book.book.dates

    # -- values --------------------------------------------------------------------------------------------------------

    def cells(self, operand: Operand) -> Iterator[Scalar]:
        if isinstance(operand, Area):
            operand = operand._replace(r2=max(operand.r1, min(operand.r2, self.book.last_row(operand.sheet))))
        return (value for row in self.grid(operand) for value in row)

    def grid(self, operand: Operand) -> Grid:
        if isinstance(operand, list):
            return operand
        if not isinstance(operand, Area):
            return [[operand]]
        size = operand.height * operand.width
        if size > MOST_CELLS:
            raise NotOurs(TOO_LARGE)
        self.book.spend(size)
        sheet, columns = operand.sheet, range(operand.c1, operand.c2 + 1)
        return [
            [self.book.value(sheet, row, column) for column in columns] for row in range(operand.r1, operand.r2 + 1)
        ]

    def single(self, operand: Operand) -> Scalar:
        """The value that one cell shows: of a row or a column the cell beside it."""
        if isinstance(operand, list):
            return operand[0][0]
        if not isinstance(operand, Area):
            return operand
        sheet, r1, c1, r2, c2 = operand
        if r1 != r2:
            if not r1 <= self.row <= r2:
                return VALUE
            r1 = r2 = self.row
        if c1 != c2:
            if not c1 <= self.column <= c2:
                return VALUE
            c1 = c2 = self.column
        return self.book.value(sheet, r1, c1)

    def one(self, operand: Operand) -> Scalar:
        value = self.single(operand)
        if isinstance(value, ErrorValue):
            raise Failed(value)
        return value

    def given(self, operand: Operand) -> object:
        """An argument as the functions WARMAP.* take it; the same range is the same object, so that it is read once."""
        if not _is_several(operand):
            return _handed_over(self.single(operand))
        if isinstance(operand, list):
            return Range(tuple(map(_handed_over, row)) for row in operand)
        last = max(operand.r1, min(operand.r2, self.book.last_row(operand.sheet)))  # type: ignore[union-attr]
        area = operand._replace(r2=last)  # type: ignore[union-attr]
        place = (area.sheet.name, *area[1:])
        if place not in self.book.ranges:
            self.book.ranges[place] = Range(tuple(map(_handed_over, row)) for row in self.grid(area))
        return self.book.ranges[place]

    # -- formulas ------------------------------------------------------------------------------------------------------

    def evaluate(self, tree: Tree) -> Operand:
        """What a formula comes to; error values are values."""
        self.book.spend(1)
        try:
            match tree:
                case Constant(value):
                    return value
                case Reference(box):
                    return self._area(box)
                case Name(words):
                    return self._named(words)
                case Called(name, arguments):
                    return self._called(name, arguments)
                case Chain(first, rest):
                    operand = self.evaluate(first)
                    for sign, other in rest:
                        operand = self.lifted(OPERATORS[sign], [operand, self.evaluate(other)])
                    return operand
                case Negative(times, of):
                    return self.lifted(lambda dates, value: (-1.0) ** times * number(value, dates), [self.evaluate(of)])
        except Failed as failure:
            return failure.error

    def _area(self, box: RangeRef) -> Operand:
        sheet = self.sheet if box.sheet is None else self.book.book.sheet(box.sheet)
        return REF if sheet is None or not sheet.was_read else Area(sheet, *box[1:])

    def _named(self, words: str) -> Operand:
        own = self.sheet.defined_names
        stands = next((own[name] for name in own if name.casefold() == words.casefold()), None)
        stands = stands or self.book.book.defined_name(words)
        if stands is None:
            return NAME
        try:
            return self._area(parse_range(stands))
        except ValueError:
            if "#REF!" in stands:
                return REF
            raise NotOurs(NO_RANGE.filled(name=words)) from None

    def lifted(
        self, function: Callable[..., Scalar], operands: Sequence[Operand], *, takes_errors: bool = False
    ) -> Operand:
        """A function of single values, in an array formula for each cell of its operands."""

        def applied(values: Sequence[Scalar]) -> Scalar:
            if not takes_errors:
                for value in values:
                    if isinstance(value, ErrorValue):
                        return value
            try:
                result = function(self.dates, *values)
            except Failed as failure:
                return failure.error
            self.book.spend(1 + (len(result) >> 2 if isinstance(result, str) else 0))
            return result

        if not self.is_array or not any(map(_is_several, operands)):
            return applied([self.single(operand) for operand in operands])
        grids = [self.grid(operand) for operand in operands]
        rows, columns = range(max(map(len, grids))), range(max(len(grid[0]) for grid in grids))
        if len(rows) * len(columns) > MOST_CELLS:
            raise NotOurs(TOO_LARGE)
        return [[applied([_within(grid, row, column) for grid in grids]) for column in columns] for row in rows]

    def _called(self, name: str, arguments: Sequence[Tree]) -> Operand:
        if name.startswith("WARMAP."):
            return self._ours(name.removeprefix("WARMAP."), arguments)
        known = SINGLES.get(name) or RANGED.get(name) or LAZY.get(name)
        if known is None:
            raise NotOurs(UNKNOWN.filled(name=name[:40]))
        if not known.least <= len(arguments) <= known.most:
            raise NotOurs(COUNT.filled(name=name))
        if isinstance(known, _Lazy):
            return known.of(self, arguments)
        asked = replace(self, is_array=True) if name == "SUMPRODUCT" else self
        operands = [asked.evaluate(argument) for argument in arguments]
        if isinstance(known, Ranged):
            return known.of(asked, *operands)
        return self.lifted(known.of, operands, takes_errors=name == "ISERROR")

    def _ours(self, name: str, arguments: Sequence[Tree]) -> Operand:
        """One of our functions, as the workbook's own host would call it."""
        if name not in FUNCTIONS:
            raise NotOurs(UNKNOWN.filled(name=f"WARMAP.{name[:40]}"))
        if name == "VERSION" and not self.answers:
            return NAME
        if name == "WHY" and arguments:
            return self._why(arguments)
        given = [self.given(self.evaluate(argument)) for argument in arguments]
        return _taken_back(self.book.functions.call(name, given, self.dates))

    def _why(self, arguments: Sequence[Tree]) -> Scalar:
        cell = self.evaluate(arguments[0])
        lang = text(self.single(self.evaluate(arguments[1]))) if len(arguments) > 1 else ""
        formula = self.book.formula_at(cell) if isinstance(cell, Area) else ""

        def read(words: str) -> object:
            return self.given(self.evaluate(tree_of(words)[0]))

        return self.book.functions.explain(formula, read, "en" if lang == "en" else "zh", self.dates)


def _if(asking: _Asking, arguments: Sequence[Tree]) -> Operand:
    test, branches = asking.evaluate(arguments[0]), [*arguments[1:], Constant(False)]
    if not (asking.is_array and _is_several(test)):
        return asking.evaluate(branches[0 if truth(asking.single(test)) else 1])
    operands = [test, *map(asking.evaluate, branches[:2])]
    return asking.lifted(lambda _, one, yes, no: yes if truth(one) else no, operands, takes_errors=True)


def _if_error(asking: _Asking, arguments: Sequence[Tree]) -> Operand:
    operand = asking.evaluate(arguments[0])
    if not (asking.is_array and _is_several(operand)):
        return asking.evaluate(arguments[1]) if isinstance(asking.single(operand), ErrorValue) else operand
    operands = [operand, asking.evaluate(arguments[1])]
    return asking.lifted(lambda _, one, no: no if isinstance(one, ErrorValue) else one, operands, takes_errors=True)


def _choose(asking: _Asking, arguments: Sequence[Tree]) -> Operand:
    place = whole(asking.one(asking.evaluate(arguments[0])), asking.dates)
    if not 1 <= place < len(arguments):
        raise Failed(VALUE)
    return asking.evaluate(arguments[place])


class _Lazy(NamedTuple):
    """A function that does not look at all of its arguments, and how many it takes."""

    of: Callable[[_Asking, Sequence[Tree]], Operand]
    least: int
    most: int


LAZY: Mapping[str, _Lazy] = {
    "CHOOSE": _Lazy(_choose, 2, 255), "IF": _Lazy(_if, 2, 3), "IFERROR": _Lazy(_if_error, 2, 2),
}  # fmt: skip


def _handed_over(value: Scalar) -> object:
    if isinstance(value, ErrorValue):
        return CellError(value.code)
    return UnknownType(value) if isinstance(value, OddValue) else as_entered(value)


def _taken_back(result: object) -> Operand:
    if isinstance(result, list | tuple):
        return [[_cell(value) for value in row] for row in result]
    return _cell(result)


def _cell(value: object) -> Scalar:
    if value is None or isinstance(value, str | bool | ErrorValue):
        return "" if value is None else value
    return float(value)  # type: ignore[arg-type]  # all else is a number
