"""The formulas of one sheet, each as the text its own cell would show.

Excel writes a formula that was filled down once, at its first cell, and the others only say that they share it (ECMA-376
part 1, 18.3.1.40). Other programs need the text at every cell; so does a comparison with the template.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from warmap.parsing.headers import column_letters, column_number
from warmap_workbook.ooxml.references import LAST_COLUMN, LAST_ROW, cell_name
from warmap_workbook.ooxml.sheet import Formula, Note, Sheet
from warmap_workbook.ooxml.unreadable import Fact, Limits, Reason, Unreadable
from warmap_workbook.ooxml.xmlpart import truth


class FormulaReader:
    """Collects the formulas of one sheet; `spent` counts their characters, over all sheets of the book."""

    def __init__(self, sheet: Sheet, limits: Limits, spent: int) -> None:
        self._sheet = sheet
        self._longest, self._most = limits.text_length, limits.formula_text
        self.spent = spent
        self._masters: dict[str, SharedFormula] = {}
        self._orphans: list[tuple[str, int, int]] = []

    def read(self, element: Element, row: int, column: int) -> None:
        """Record the formula of the cell (row, column) from its `f`; nothing for an empty one."""
        text = element.text or ""
        kind = element.get("t")
        if kind == "shared":
            self._shared(element, text, row, column)
        elif kind == "array":
            self.add(row, column, text, element.get("ref") or cell_name(row, column))
        elif kind == "dataTable":
            self.add(row, column, _data_table(element), element.get("ref") or cell_name(row, column))
        elif text:
            self.add(row, column, text)

    def finish(self) -> None:
        """Give cells that came before the first cell of their shared formula its text; note those that have none."""
        for index, row, column in self._orphans:
            if (row, column) not in self._sheet.formulas:
                continue
            master = self._masters.get(index)
            if master is None:
                self._sheet.note(Note.formula_without_text)
            else:
                self.add(row, column, master.at(row, column))

    def _shared(self, element: Element, text: str, row: int, column: int) -> None:
        """Record a cell of a shared formula: the cell with a range is the first one, a cell with text of its own keeps it."""
        index = element.get("si", "")
        if text:
            if element.get("ref") is not None or index not in self._masters:
                self._masters[index] = SharedFormula(text, row, column)
            self.add(row, column, text)
        elif index in self._masters:
            self.add(row, column, self._masters[index].at(row, column))
        else:
            self.add(row, column, "")
            self._orphans.append((index, row, column))

    def add(self, row: int, column: int, text: str, array_ref: str | None = None) -> None:
        """Record a formula by its text, unless it or all of them are too long."""
        text = text.removeprefix("=")
        length, longest = len(text), self._longest
        if length > longest or (array_ref is not None and len(array_ref) > longest):
            where: dict[str, Fact] = {"sheet": self._sheet.name, "cell": cell_name(row, column)}
            raise Unreadable(Reason.text_too_long, where | {"limit": longest, "found": length})
        self.spent += length
        if self.spent > self._most:
            raise Unreadable(Reason.too_much_formula_text, {"sheet": self._sheet.name, "limit": self._most})
        self._sheet.formulas[row, column] = Formula(text, array_ref)


def _data_table(element: Element) -> str:
    """Write a what-if table as Excel shows it: TABLE(row input, column input)."""
    first, second = element.get("r1", ""), element.get("r2", "")
    if truth(element.get("dt2D")):
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if truth(element.get("dtr")) else f"TABLE(,{first})"


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
        return "$" * self.fixed + (column_letters(number) if self.is_column else str(number))


_Piece: TypeAlias = str | _Axis


class SharedFormula:
    """The text of a shared formula at its first cell, ready to be moved to the others.

    References without `$` move with the cell and come out again at the other edge of the sheet, as in Excel; quoted
    text, sheet names, table columns, functions and names stay.
    """

    def __init__(self, text: str, row: int, column: int) -> None:
        self._row, self._column, self._pieces = row, column, _pieces(text)

    def at(self, row: int, column: int) -> str:
        """Text of the formula in the cell (row, column)."""
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
