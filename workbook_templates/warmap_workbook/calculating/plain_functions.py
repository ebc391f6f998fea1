"""The plain functions that the template's formulas use, each as Excel has it; any other is not worked out here.

Some take single values and are asked once for each cell of an array; the others take whole ranges. Those that do not look at
all of their arguments (IF, IFERROR, CHOOSE) are the evaluator's own.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from warmap.parsing.days import DateSystem
from warmap.text import Text
from warmap_workbook.calculating.coercions import (
    DIV,
    LONGEST_TEXT,
    NA,
    NEAR,
    NUM,
    REF,
    VALUE,
    Failed,
    Grid,
    Scalar,
    bounded,
    compared,
    finite,
    number,
    rounded,
    shown,
    text,
    truth,
    whole,
)
from warmap_workbook.calculating.formula_tree import NotOurs
from warmap_workbook.ooxml import ErrorValue, Sheet

LONGEST_PATTERN = 255  # characters of what MATCH looks for


class Area(NamedTuple):
    """Cells of a sheet, corners included."""

    sheet: Sheet
    r1: int
    c1: int
    r2: int
    c2: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.r2 - self.r1 + 1

    @property
    def width(self) -> int:
        """Columns."""
        return self.c2 - self.c1 + 1


Operand: TypeAlias = Scalar | Grid | Area


class Asked(Protocol):
    """The formula that asks: where it stands, and the values of the cells it names."""

    dates: DateSystem
    row: int
    is_array: bool

    def cells(self, operand: Operand) -> Iterator[Scalar]:
        """The values row by row, without the blank rows below the last used one."""

    def grid(self, operand: Operand) -> Grid:
        """The values as rows."""

    def one(self, operand: Operand) -> Scalar:
        """The value that a single cell takes of it. Failed for an error value."""


# -- of single values --------------------------------------------------------------------------------------------------


def _add(dates: DateSystem, left: Scalar, right: Scalar, sign: int = 1) -> float:
    a, b = number(left, dates), sign * number(right, dates)
    total = a + b
    return finite(total) if abs(total) > NEAR * abs(a) else 0.0  # as Excel does: 0.1+0.2-0.3 is 0


def _subtract(dates: DateSystem, left: Scalar, right: Scalar) -> float:
    return _add(dates, left, right, -1)


def _multiply(dates: DateSystem, left: Scalar, right: Scalar) -> float:
    return finite(number(left, dates) * number(right, dates))


def _divide(dates: DateSystem, left: Scalar, right: Scalar) -> float:
    a, b = number(left, dates), number(right, dates)
    if b == 0:
        raise Failed(DIV)
    return finite(a / b)


def _power(dates: DateSystem, left: Scalar, right: Scalar) -> float:
    a, b = number(left, dates), number(right, dates)
    try:
        result = a**b
    except ZeroDivisionError:
        raise Failed(DIV) from None
    except OverflowError:
        raise Failed(NUM) from None
    if isinstance(result, complex) or a == b == 0:
        raise Failed(NUM)
    return finite(result)


def _join(_: DateSystem, left: Scalar, right: Scalar) -> str:
    return bounded(text(left) + text(right))


def _comparing(holds: Callable[[int, int], bool]) -> "Plain":
    return lambda _, left, right: holds(compared(left, right), 0)


def _units(words: str) -> bytes:
    """Excel counts the characters of a text in UTF-16: most signs beyond the common ones are two."""
    return words.encode("utf-16-le", "surrogatepass")


def _first(words: str, count: int) -> str:
    return _units(words)[: 2 * count].decode("utf-16-le", "ignore")


def _left(dates: DateSystem, value: Scalar, count: Scalar = 1.0) -> str:
    length = whole(count, dates)
    if length < 0:
        raise Failed(VALUE)
    return _first(text(value), length)


def _find(dates: DateSystem, what: Scalar, value: Scalar, start: Scalar = 1.0) -> float:
    words, begin = text(value), whole(start, dates) - 1
    at = words.find(text(what), len(_first(words, begin))) if 0 <= begin <= len(words) else -1
    if at < 0:
        raise Failed(VALUE)
    return len(_units(words[:at])) // 2 + 1.0


def _substitute(dates: DateSystem, value: Scalar, old: Scalar, new: Scalar, which: Scalar = None) -> str:
    words, before, after = text(value), text(old), text(new)
    if not before:
        return words
    if which is not None:
        place = whole(which, dates)
        if place < 1:
            raise Failed(VALUE)
        pieces = words.split(before, place)
        return words if len(pieces) <= place else bounded(before.join(pieces[:-1]) + after + pieces[-1])
    if len(words) + words.count(before) * (len(after) - len(before)) > LONGEST_TEXT:
        raise Failed(VALUE)
    return bounded(words.replace(before, after))


def _repeat(dates: DateSystem, value: Scalar, times: Scalar) -> str:
    words, count = text(value), whole(times, dates)
    if count < 0 or len(words) * count > LONGEST_TEXT:  # before it is made
        raise Failed(VALUE)
    return bounded(words * count)


def _text(dates: DateSystem, value: Scalar, code: Scalar) -> str:
    return value if isinstance(value, str) else shown(number(value, dates), text(code))


def _round(dates: DateSystem, value: Scalar, digits: Scalar) -> float:
    return rounded(number(value, dates), whole(digits, dates))


def _char(dates: DateSystem, code: Scalar) -> str:
    value = whole(code, dates)
    if not 1 <= value <= 255:
        raise Failed(VALUE)
    return bytes([value]).decode("cp1252", "replace")


Plain: TypeAlias = Callable[..., Scalar]
OPERATORS: Mapping[str, Plain] = {
    "+": _add, "-": _subtract, "*": _multiply, "/": _divide, "^": _power, "&": _join,
    "=": _comparing(operator.eq), "<>": _comparing(operator.ne), "<": _comparing(operator.lt),
    ">": _comparing(operator.gt), "<=": _comparing(operator.le), ">=": _comparing(operator.ge),
}  # fmt: skip


class Single(NamedTuple):
    """A function of single values, and how many it takes."""

    of: Plain
    least: int
    most: int


SINGLES: Mapping[str, Single] = {
    "CHAR": Single(_char, 1, 1),
    "FIND": Single(_find, 2, 3),
    "ISERROR": Single(lambda _, value: isinstance(value, ErrorValue), 1, 1),
    "ISNUMBER": Single(lambda _, value: isinstance(value, float) and not isinstance(value, bool), 1, 1),
    "LEFT": Single(_left, 1, 2),
    "LEN": Single(lambda _, value: len(_units(text(value))) / 2, 1, 1),
    "REPT": Single(_repeat, 2, 2),
    "ROUND": Single(_round, 2, 2),
    "SUBSTITUTE": Single(_substitute, 3, 4),
    "TEXT": Single(_text, 2, 2),
}


# -- of ranges ---------------------------------------------------------------------------------------------------------


def _failing(values: Iterator[Scalar]) -> Iterator[Scalar]:
    """The values. Failed at the first error value."""
    for value in values:
        if isinstance(value, ErrorValue):
            raise Failed(value)
        yield value


def _truths(asked: Asked, operands: tuple[Operand, ...]) -> list[bool]:
    """What AND and OR look at: texts and blanks in cells do not count, texts in the formula must say TRUE or FALSE."""
    found: list[bool] = []
    for operand in operands:
        if isinstance(operand, Area | list):
            found += [bool(value) for value in _failing(asked.cells(operand)) if isinstance(value, bool | float)]
        else:
            found.append(truth(operand))
    if not found:
        raise Failed(VALUE)
    return found


def _numbers(asked: Asked, operands: tuple[Operand, ...]) -> Iterator[float]:
    """What MIN, MAX and SUM look at: only numbers in cells; what stands in the formula must be one."""
    for operand in operands:
        if isinstance(operand, Area | list):
            yield from (value for value in _failing(asked.cells(operand)) if type(value) is float)
        else:
            yield number(operand, asked.dates)


def _count_filled(asked: Asked, *operands: Operand) -> float:
    return float(sum(value is not None for operand in operands for value in asked.cells(operand)))


def _row(asked: Asked, *operands: Operand) -> Operand:
    if not operands:
        return float(asked.row)
    area = operands[0]
    if not isinstance(area, Area):
        raise Failed(area if isinstance(area, ErrorValue) else VALUE)
    return (
        [[float(row)] for row in range(area.r1, area.r2 + 1)]
        if asked.is_array and area.height < 50_000
        else float(area.r1)
    )


def _index(asked: Asked, operand: Operand, *at: Operand) -> Operand:
    places = [whole(asked.one(one), asked.dates) for one in at]
    area = operand if isinstance(operand, Area) else None
    rows: Grid = [] if area else asked.grid(operand)
    height, width = (area.height, area.width) if area else (len(rows), len(rows[0]))
    row, column = (
        places if len(places) == 2 else (1, *places) if height == 1 and width > 1 else (*places, 1 if width == 1 else 0)
    )
    if not (0 <= row <= height and 0 <= column <= width):
        raise Failed(VALUE if min(row, column) < 0 else REF)
    if area is not None:
        r1, r2 = (area.r1 + row - 1,) * 2 if row else (area.r1, area.r2)
        c1, c2 = (area.c1 + column - 1,) * 2 if column else (area.c1, area.c2)
        return Area(area.sheet, r1, c1, r2, c2)
    lines = rows[row - 1 : row] if row else rows
    return [line[column - 1 : column] if column else line for line in lines]


@lru_cache(maxsize=256)
def _wildcards(words: str) -> re.Pattern[str] | None:
    """The pattern that a text with `*` or `?` stands for; each piece takes its first place, so that it is linear."""
    if not re.search(r"[*?~]", words):
        return None
    pieces = [""]
    for sign in re.findall(r"~[*?~]|.", words, re.DOTALL):
        if sign == "*":
            pieces.append("")
        else:
            pieces[-1] += "." if sign == "?" else re.escape(sign[-1])
    if len(pieces) > 1:
        pieces[1:] = [*(f"(?>.*?{piece})" for piece in pieces[1:-1]), f".*{pieces[-1]}"]
    return re.compile("".join(pieces), re.IGNORECASE | re.DOTALL)


def _is_like(what: Scalar) -> Callable[[Scalar], bool]:
    """Whether a cell is what MATCH, VLOOKUP and COUNTIFS look for; a blank one never is."""
    if isinstance(what, str):
        if len(what) > LONGEST_PATTERN:
            raise Failed(VALUE)
        pattern = _wildcards(what)
        if pattern is not None:
            return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None
    sought = 0.0 if what is None else what
    return lambda value: value is not None and not isinstance(value, ErrorValue) and compared(value, sought) == 0


NOT_EXACT = Text("{name} 的近似查找，这里不会算", "{name} is worked out here only where it looks for the very value")
CRITERION = Text("COUNTIFS 的条件“{what}”，这里不会算", "the criterion “{what}” of COUNTIFS is not worked out here")


def _match(asked: Asked, what: Operand, operand: Operand, kind: Operand = 1.0) -> float:
    if number(asked.one(kind), asked.dates) != 0:
        raise NotOurs(NOT_EXACT.filled(name="MATCH"))
    is_like = _is_like(asked.one(what))
    found = next((place for place, value in enumerate(asked.cells(operand), 1) if is_like(value)), None)
    if found is None:
        raise Failed(NA)
    return float(found)


def _look_up(asked: Asked, what: Operand, operand: Operand, column: Operand, is_near: Operand = True) -> Operand:
    if truth(asked.one(is_near)):
        raise NotOurs(NOT_EXACT.filled(name="VLOOKUP"))
    if whole(asked.one(column), asked.dates) < 1:
        raise Failed(VALUE)
    return _index(asked, operand, _match(asked, what, _index(asked, operand, 0.0, 1.0), 0.0), column)


def _meets(what: Scalar, dates: DateSystem) -> Callable[[Scalar], bool]:
    if isinstance(what, str):
        if what[:1] in {"<", ">", "="}:
            raise NotOurs(CRITERION.filled(what=what[:40]))
        if not what:
            return lambda value: value in (None, "")
        with suppress(Failed):
            what = number(what, dates)
    return _is_like(what)


def _count_ifs(asked: Asked, *operands: Operand) -> float:
    grids = [asked.grid(operand) for operand in operands[::2]]
    tests = [_meets(asked.one(operand), asked.dates) for operand in operands[1::2]]
    if len(grids) != len(tests) or len({(len(grid), len(grid[0])) for grid in grids}) != 1:
        raise Failed(VALUE)
    columns = [[value for row in grid for value in row] for grid in grids]
    return float(
        sum(
            all(test(value) for test, value in zip(tests, values, strict=True)) for values in zip(*columns, strict=True)
        )
    )


def _sum_product(asked: Asked, *operands: Operand) -> float:
    grids = [asked.grid(operand) for operand in operands]
    if len({(len(grid), len(grid[0])) for grid in grids}) != 1:
        raise Failed(VALUE)
    total = 0.0
    for values in zip(*([value for row in grid for value in row] for grid in grids), strict=True):
        product = 1.0
        for value in _failing(iter(values)):
            product *= value if type(value) is float else 0.0
        total += product
    return finite(total)


class Ranged(NamedTuple):
    """A function of ranges, and how many arguments it takes."""

    of: Callable[..., Operand]
    least: int
    most: int = 255


RANGED: Mapping[str, Ranged] = {
    "AND": Ranged(lambda asked, *operands: all(_truths(asked, operands)), 1),
    "COUNTA": Ranged(_count_filled, 1),
    "COUNTIFS": Ranged(_count_ifs, 2),
    "INDEX": Ranged(_index, 2, 3),
    "MATCH": Ranged(_match, 2, 3),
    "MAX": Ranged(lambda asked, *operands: max(_numbers(asked, operands), default=0.0), 1),
    "MIN": Ranged(lambda asked, *operands: min(_numbers(asked, operands), default=0.0), 1),
    "OR": Ranged(lambda asked, *operands: any(_truths(asked, operands)), 1),
    "ROW": Ranged(_row, 0, 1),
    "SUM": Ranged(lambda asked, *operands: finite(sum(_numbers(asked, operands))), 1),
    "SUMPRODUCT": Ranged(_sum_product, 1),
    "VLOOKUP": Ranged(_look_up, 3, 4),
}
