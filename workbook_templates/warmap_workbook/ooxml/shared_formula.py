"""Shared formulas: the first cell holds the text, the others only say "the same, from where I stand"."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from .references import LAST_COLUMN, LAST_ROW, column_letter, column_number

# What is opened and never closed runs to the end: to try again at each sign would take the square of the length.
_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*+"?+                                                 # text
    | '(?:[^']|'')*+'?+                                                 # quoted sheet name
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*+\]?+)*+\]?+                   # table column, or number of another book
    | (?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.$(!\[?\\:]))
    | (?P<rows>(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.$(!\[?\\:]))
    | (?P<cell>(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.$(!\[?\\]))
    | [\w.$?\\]++                                                       # function, name, plain sheet name, number
    """,
    re.VERBOSE | re.DOTALL,
)
_COLUMNS, _ROWS, _CELL = (_TOKEN.groupindex[name] for name in ("columns", "rows", "cell"))


class _Axis(NamedTuple):
    """One half of a reference: a column or a row, held in place by `$` or not."""

    is_column: bool
    fixed: bool
    number: int

    def moved(self, down: int, right: int) -> str:
        last, step = (LAST_COLUMN, right) if self.is_column else (LAST_ROW, down)
        number = self.number if self.fixed else (self.number - 1 + step) % last + 1
        return "$" * self.fixed + (column_letter(number) if self.is_column else str(number))


_Piece: TypeAlias = str | _Axis


class SharedFormula:
    """The text of a shared formula at its first cell, ready to be moved to the others.

    References without `$` move with the cell and come out again at the other edge of the sheet, as in Excel; quoted
    text, sheet names, table columns, functions and names stay.
    """

    __slots__ = ("_column", "_pieces", "_row", "text")

    def __init__(self, text: str, row: int, column: int) -> None:
        self.text = text
        self._row = row
        self._column = column
        self._pieces: list[_Piece] | None = None

    def at(self, row: int, column: int) -> str:
        """Text of the formula in the cell (row, column)."""
        if self._pieces is None:
            self._pieces = _pieces(self.text)
        down, right = row - self._row, column - self._column
        return "".join([piece if isinstance(piece, str) else piece.moved(down, right) for piece in self._pieces])


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    position = 0
    for match in _TOKEN.finditer(text):
        found = _reference(match)
        if found:
            pieces.append(text[position : match.start()])
            pieces.extend(found)
            position = match.end()
    pieces.append(text[position:])
    return pieces


def _reference(match: re.Match[str]) -> list[_Piece]:
    """Give the halves of a reference; nothing for other tokens, and for what would lie beyond the sheet."""
    if match[_CELL]:
        dollar, letters, second_dollar, digits = match.groups()[_CELL : _CELL + 4]
        column, row = _Axis(True, bool(dollar), column_number(letters)), _Axis(False, bool(second_dollar), int(digits))
        return [column, row] if column.number <= LAST_COLUMN and row.number <= LAST_ROW else []
    for group, is_column, last in ((_COLUMNS, True, LAST_COLUMN), (_ROWS, False, LAST_ROW)):
        if match[group]:
            dollar, first, second_dollar, second = match.groups()[group : group + 4]
            numbers = [column_number(text) if is_column else int(text) for text in (first, second)]
            if max(numbers) > last:
                return []
            return [_Axis(is_column, bool(dollar), numbers[0]), ":", _Axis(is_column, bool(second_dollar), numbers[1])]
    return []
