"""The formulas of one sheet, each as the text its own cell would show."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .limits import Limits
from .references import cell_name
from .shared_formula import SharedFormula
from .sheet import Note, Sheet
from .unreadable import Fact, Reason, Unreadable
from .values import Formula
from .xmlpart import truth


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
