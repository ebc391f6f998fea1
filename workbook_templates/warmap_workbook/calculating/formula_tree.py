"""A formula as a tree, of what the template's own formulas are made of; anything else is refused, never guessed at."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from warmap.text import InWords, Text
from warmap_workbook.ooxml import RangeRef, parse_range
from warmap_workbook.reading.checks.formula_text import PIECE, called, without_single

MOST_NESTED = 64  # Excel's own limit
MOST_LEVELS = 100  # of a tree, for each costs the evaluator some frames of Python's stack

NOT_READ = Text("公式里有“{what}”，这里不会算", "the formula has “{what}”, which is not worked out here")
TOO_DEEP = Text("公式嵌套太深", "the formula is nested too deeply")
NO_TEXT = Text("文件里没有这个公式的文字", "the file does not hold the text of the formula")


class NotOurs(InWords):
    """What only a spreadsheet program can work out: the stored result stays, and the words are told."""


class Constant(NamedTuple):
    """A number, a text, a truth value; None for an argument left empty."""

    value: str | float | bool | None


class Reference(NamedTuple):
    """A cell or a rectangle; of the formula's own sheet where none is named."""

    box: RangeRef


class Name(NamedTuple):
    """A defined name."""

    text: str


class Called(NamedTuple):
    """A call, the function plainly named: `INDEX`, `WARMAP.HEALTH`."""

    function: str
    arguments: tuple["Tree", ...]


class Chain(NamedTuple):
    """Operators of one rank, worked out from the left: `1-2+3`."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


class Negative(NamedTuple):
    """The number with its sign turned over as many times."""

    times: int
    of: "Tree"


Tree: TypeAlias = Constant | Reference | Name | Called | Chain | Negative

RANK = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}  # fmt: skip
_OPERATORS = re.compile(r"<=|>=|<>|.", re.DOTALL)
_NUMBER = re.compile(r"(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE]\d++)?", re.ASCII)
_END = ("end", "")


@lru_cache(maxsize=2048)
def tree_of(formula: str) -> tuple[Tree, int]:
    """The tree of a formula without its `=`, and how many levels it has. Raises NotOurs."""
    if not formula:
        raise NotOurs(NO_TEXT)
    tree = _Parser(without_single(formula)).whole()
    levels = 0
    row: list[Tree] = [tree]
    while row:
        levels += 1
        row = [below for node in row for below in _below(node)]
    if levels > MOST_LEVELS:
        raise NotOurs(TOO_DEEP)
    return tree, levels


def _below(node: Tree) -> tuple[Tree, ...]:
    match node:
        case Called():
            return node.arguments
        case Chain():
            return (node.first, *(operand for _, operand in node.rest))
        case Negative():
            return (node.of,)
    return ()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    for match in PIECE.finditer(text):
        yield from (("operator", sign) for sign in _OPERATORS.findall(text[place : match.start()]))
        if match.lastgroup != "dropped":
            yield str(match.lastgroup), match.group()
        place = match.end()
    yield from (("operator", sign) for sign in _OPERATORS.findall(text[place:]))


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), _END]
        self._at = 0
        self._nested = 0

    def whole(self) -> Tree:
        tree = self._chain(1)
        if self._next() != _END:
            raise self._refused()
        return tree

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _take(self, sign: str) -> bool:
        """Whether the sign comes next, which is then passed."""
        is_next = self._next() == ("operator", sign)
        self._at += is_next
        return is_next

    def _refused(self) -> NotOurs:
        return NotOurs(NOT_READ.filled(what=self._next()[1][:40] or "…"))

    def _rank(self) -> int:
        kind, text = self._next()
        return RANK.get(text, 0) if kind == "operator" else 0

    def _chain(self, least: int) -> Tree:
        """Operands joined by operators of a rank, or of a higher one."""
        tree = self._operand()
        while (rank := self._rank()) >= least:
            rest = []
            while self._rank() == rank:
                operator = self._next()[1]
                self._at += 1
                rest.append((operator, self._chain(rank + 1)))
            tree = Chain(tree, tuple(rest))
        return tree

    def _operand(self) -> Tree:
        times = 0
        while (is_minus := self._take("-")) or self._take("+"):
            times += is_minus
        tree = self._plain()
        while self._take("%"):
            tree = Chain(tree, (("/", Constant(100.0)),))
        return Negative(times, tree) if times else tree

    def _plain(self) -> Tree:
        kind, text = self._next()
        if self._take("("):
            return self._inside(")")[0]
        self._at += 1
        if kind == "string" and text.count('"') % 2 == 0:
            return Constant(text[1:-1].replace('""', '"'))
        if kind == "other" and _NUMBER.fullmatch(text):
            return Constant(float(text))
        if kind == "area":
            try:
                return Reference(parse_range(text))
            except ValueError:
                pass
        if kind == "name":
            if self._take("("):
                return Called(called(text), tuple(self._inside("),")))
            return Constant(text.upper() == "TRUE") if text.upper() in {"TRUE", "FALSE"} else Name(text)
        self._at -= 1
        raise self._refused()

    def _inside(self, ends: str) -> list[Tree]:
        """What stands in parentheses: one tree, or with a comma in `ends` the arguments of a call."""
        self._nested += 1
        if self._nested > MOST_NESTED:
            raise NotOurs(TOO_DEEP)
        found: list[Tree] = []
        is_call = "," in ends
        while not (is_call and not found and self._take(")")):
            is_left_out = is_call and self._next() in {("operator", ","), ("operator", ")")}
            found.append(Constant(None) if is_left_out else self._chain(1))
            if self._take(")"):
                break
            if not is_call or not self._take(","):
                raise self._refused()
        self._nested -= 1
        return found
