"""A book's computed cells, worked out anew from its entries, formula by formula on demand.

Whatever the formulas are, this ends: each has limits of depth and of the cells it may look at, all together have one of
steps, and what goes beyond is left as it is stored.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from warmap.text import Text
from warmap.worksheet.ranges import Range
from warmap_workbook.calculating.coercions import Scalar
from warmap_workbook.calculating.formula_tree import NotOurs, tree_of
from warmap_workbook.calculating.one_formula import MOST_CELLS, TOO_LARGE, Asking, Functions, within
from warmap_workbook.calculating.plain_functions import Area
from warmap_workbook.ooxml import Book, Formula, RangeRef, Sheet, cell_name, parse_range

MOST_STEPS = 3_000_000  # cells and signs, over all formulas of a book, some seconds: the template takes 170,000
DEEPEST = 150  # levels of formulas that ask each other before the innermost is worked out first

CIRCLE = Text("公式绕回到自己", "the formula leads back to itself")
TOO_LONG = Text("要算的太多，到这里为止", "there was too much to work out before it")
# And for nothing else: whether the program that shows the file has the functions.
ASKS_ONLY = "ISERROR(WARMAP.VERSION()"

At: TypeAlias = tuple[str, int, int]
"""A cell: the sheet's name, row and column from 1."""


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
            asking = Asking(self, sheet, home[1], home[2], formula.array_ref is not None, not asks_only)
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
                value = within(grid, row - box.r1, column - box.c1)
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
