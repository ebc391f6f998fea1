"""One formula at its place: what its tree comes to, asking the book for the cells it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

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
from warmap_workbook.ooxml import Book, ErrorValue, OddValue, RangeRef, Sheet, parse_range

MOST_CELLS = 300_000  # that one formula may ask for, or fill, at a time
TOO_LARGE = Text("公式要的单元格太多", "the formula asks for too many cells")
UNKNOWN = Text("函数 {name} 这里不会算", "the function {name} is not worked out here")
COUNT = Text("{name} 的参数个数不对", "{name} is given the wrong number of arguments")
AS_STORED = Text("WARMAP 函数的结果按存的算", "what the functions WARMAP.* show is taken as it is stored")
NO_RANGE = Text("名称 {name} 指的不是一块单元格", "the name {name} does not stand for cells")


class Functions(Protocol):
    """The functions WARMAP.*, as a host has them."""

    def call(self, name: str, arguments: Sequence[object], dates: DateSystem) -> object:
        """The value: a scalar, rows, or an ErrorValue. A range comes as a `Range`, a blank as None."""

    def explain(self, formula: str, read: Callable[[str], object], lang: Lang, dates: DateSystem) -> str:
        """The words of WARMAP.WHY for a formula; `read` gives what stands behind a reference."""


class Around(Protocol):
    """What a formula sees of the book that it stands in; whatever it asks for, it is known to depend on."""

    book: Book
    functions: Functions | None

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """What a cell holds by now."""

    def rows(self, area: Area) -> Grid:
        """What the cells of an area hold by now."""

    def handed(self, area: Area, values: Callable[[], Range]) -> Range:
        """An area as the functions take it: what was handed over of it before, or else these values."""

    def shared(self, function: object, operands: Sequence[Operand], values: Callable[[], Grid]) -> Grid:
        """What a function came to for the same operands before, while their cells are the same, or else these values."""

    def lead(self, target: str) -> None:
        """The formula leads to a place in the workbook, or to an address outside of it."""

    def spend(self, steps: int) -> None:
        """Count steps. NotOurs where there are none left."""

    def last_row(self, sheet: Sheet) -> int:
        """The last row of a sheet in which something stands."""

    def formula_at(self, area: Area) -> str:
        """The formula of a cell, that of its array for a cell inside one; empty where there is none."""


def within(grid: Grid, row: int, column: int) -> Scalar:
    """A cell of an array: one row or one column stands for all, and beyond the last there is #N/A."""
    row, column = 0 if len(grid) == 1 else row, 0 if len(grid[0]) == 1 else column
    return grid[row][column] if row < len(grid) and column < len(grid[0]) else NA


def _widened(grid: Grid, height: int, width: int) -> Grid:
    """A grid at the size of the largest beside it."""
    if len(grid) == height and len(grid[0]) == width:
        return grid
    if len(grid) == 1 == len(grid[0]):
        return [[grid[0][0]] * width] * height
    return [[within(grid, row, column) for column in range(width)] for row in range(height)]


def _is_several(operand: Operand) -> bool:
    return isinstance(operand, list) or (isinstance(operand, Area) and (operand.height, operand.width) != (1, 1))


def _as_number(dates: DateSystem, value: Scalar) -> Scalar:
    return number(value, dates)


def _chosen(_: DateSystem, test: Scalar, yes: Scalar, no: Scalar) -> Scalar:
    return yes if truth(test) else no


def _or_else(_: DateSystem, value: Scalar, instead: Scalar) -> Scalar:
    return instead if isinstance(value, ErrorValue) else value


def _last(_: DateSystem, *values: Scalar) -> Scalar:
    return values[-1]


def _negated(dates: DateSystem, value: Scalar) -> Scalar:
    return -number(value, dates)


@dataclass(frozen=True, slots=True)
class Asking:
    """One formula at its place; `answers` is whether it may know that the functions are there."""

    around: Around
    sheet: Sheet
    row: int
    column: int
    is_array: bool
    answers: bool

    @property
    def dates(self) -> DateSystem:
        """From which day the book counts."""
        return self.around.book.dates

    # -- values --------------------------------------------------------------------------------------------------------

    def cells(self, operand: Operand) -> Iterator[Scalar]:
        """The values row by row, without the blank rows below the last used one."""
        if isinstance(operand, Area):
            operand = self._used(operand)
        return (value for row in self.grid(operand) for value in row)

    def grid(self, operand: Operand) -> Grid:
        """The values as rows. NotOurs for too many."""
        if isinstance(operand, list):
            return operand
        if not isinstance(operand, Area):
            return [[operand]]
        size = operand.height * operand.width
        if size > MOST_CELLS:
            raise NotOurs(TOO_LARGE)
        self.around.spend(size)
        return self.around.rows(operand)

    def _used(self, area: Area) -> Area:
        """The area without the blank rows below the last used one of its sheet."""
        return area._replace(r2=max(area.r1, min(area.r2, self.around.last_row(area.sheet))))

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
        return self.around.value(sheet, r1, c1)

    def one(self, operand: Operand) -> Scalar:
        """The same. Failed for an error value."""
        value = self.single(operand)
        if isinstance(value, ErrorValue):
            raise Failed(value)
        return value

    def given(self, operand: Operand) -> object:
        """An argument as the functions WARMAP.* take it; the same range is the same object, so that it is read once."""
        if isinstance(operand, list):
            return Range(tuple(map(_handed_over, row)) for row in operand)
        if not isinstance(operand, Area) or not _is_several(operand):
            return _handed_over(self.single(operand))
        area = self._used(operand)
        return self.around.handed(area, lambda: Range(tuple(map(_handed_over, row)) for row in self.grid(area)))

    # -- formulas ------------------------------------------------------------------------------------------------------

    def evaluate(self, tree: Tree) -> Operand:
        """What a formula comes to; error values are values."""
        self.around.spend(1)
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
                    return self.lifted(_as_number if times % 2 == 0 else _negated, [self.evaluate(of)])
        except Failed as failure:
            return failure.error

    def _area(self, box: RangeRef) -> Operand:
        sheet = self.sheet if box.sheet is None else self.around.book.sheet(box.sheet)
        return REF if sheet is None or not sheet.was_read else Area(sheet, *box[1:])

    def _named(self, words: str) -> Operand:
        own = self.sheet.defined_names
        stands = next((own[name] for name in own if name.casefold() == words.casefold()), None)
        stands = stands or self.around.book.defined_name(words)
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
        dates, spend = self.dates, self.around.spend

        def applied(values: Sequence[Scalar]) -> Scalar:
            if not takes_errors:
                for value in values:
                    if isinstance(value, ErrorValue):
                        return value
            try:
                result = function(dates, *values)
            except Failed as failure:
                return failure.error
            if isinstance(result, str):
                spend(len(result) >> 2)
            return result

        if not self.is_array or not any(map(_is_several, operands)):
            spend(1)
            return applied([self.single(operand) for operand in operands])
        return self.around.shared(function, operands, lambda: self._for_each(applied, operands))

    def _for_each(self, applied: Callable[[Sequence[Scalar]], Scalar], operands: Sequence[Operand]) -> Grid:
        """The function over every place of the largest operand; one row or one column stands for all."""
        grids = [self.grid(operand) for operand in operands]
        height, width = max(map(len, grids)), max(len(grid[0]) for grid in grids)
        if height * width > MOST_CELLS:
            raise NotOurs(TOO_LARGE)
        self.around.spend(height * width)
        full = [_widened(grid, height, width) for grid in grids]
        return [[applied(values) for values in zip(*lines, strict=True)] for lines in zip(*full, strict=True)]

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
        functions = self.around.functions
        if functions is None:
            raise NotOurs(AS_STORED)
        if name == "VERSION" and not self.answers:
            return NAME
        if name == "WHY" and arguments:
            return self._why(functions, arguments)
        given = [self.given(self.evaluate(argument)) for argument in arguments]
        return _taken_back(functions.call(name, given, self.dates))

    def _why(self, functions: Functions, arguments: Sequence[Tree]) -> Scalar:
        cell = self.evaluate(arguments[0])
        lang = text(self.single(self.evaluate(arguments[1]))) if len(arguments) > 1 else ""
        formula = self.around.formula_at(cell) if isinstance(cell, Area) else ""

        def read(words: str) -> object:
            return self.given(self.evaluate(tree_of(words)[0]))

        return functions.explain(formula, read, "en" if lang == "en" else "zh", self.dates)


def _if(asking: Asking, arguments: Sequence[Tree]) -> Operand:
    test, branches = asking.evaluate(arguments[0]), [*arguments[1:], Constant(False)]
    if not (asking.is_array and _is_several(test)):
        return asking.evaluate(branches[0 if truth(asking.single(test)) else 1])
    operands = [test, *map(asking.evaluate, branches[:2])]
    return asking.lifted(_chosen, operands, takes_errors=True)


def _if_error(asking: Asking, arguments: Sequence[Tree]) -> Operand:
    operand = asking.evaluate(arguments[0])
    if not (asking.is_array and _is_several(operand)):
        return asking.evaluate(arguments[1]) if isinstance(asking.single(operand), ErrorValue) else operand
    operands = [operand, asking.evaluate(arguments[1])]
    return asking.lifted(_or_else, operands, takes_errors=True)


def _choose(asking: Asking, arguments: Sequence[Tree]) -> Operand:
    place = whole(asking.one(asking.evaluate(arguments[0])), asking.dates)
    if not 1 <= place < len(arguments):
        raise Failed(VALUE)
    return asking.evaluate(arguments[place])


def _link(asking: Asking, arguments: Sequence[Tree]) -> Operand:
    operands = [asking.evaluate(argument) for argument in arguments]
    target = asking.single(operands[0])
    if isinstance(target, str):
        asking.around.lead(target)
    return asking.lifted(_last, operands)


class _Lazy(NamedTuple):
    """A function that does not look at all of its arguments or that does more than give a value, and how many it takes."""

    of: Callable[[Asking, Sequence[Tree]], Operand]
    least: int
    most: int


LAZY: Mapping[str, _Lazy] = {
    "CHOOSE": _Lazy(_choose, 2, 255), "IF": _Lazy(_if, 2, 3), "IFERROR": _Lazy(_if_error, 2, 2), "HYPERLINK": _Lazy(_link, 1, 2),
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
