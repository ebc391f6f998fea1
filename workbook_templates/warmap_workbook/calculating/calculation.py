"""A book's computed cells, worked out anew from its entries, formula by formula on demand; after an edit only those it reaches.

Whatever the formulas are, this ends: each has limits of depth and of the cells it may look at, all together have one of
steps, and what goes beyond is left as it is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from warmap.text import Text
from warmap.worksheet.ranges import Range
from warmap_workbook.calculating.coercions import Grid, Scalar
from warmap_workbook.calculating.formula_tree import NotOurs, tree_of
from warmap_workbook.calculating.one_formula import MOST_CELLS, TOO_LARGE, Asking, Functions, within
from warmap_workbook.calculating.plain_functions import Area, Operand
from warmap_workbook.calculating.readers import At, Box, Readers
from warmap_workbook.ooxml import Book, Formula, RangeRef, Sheet, cell_name, parse_range

MOST_STEPS = 3_000_000  # cells and signs, over all formulas of a book, some seconds: the template takes 170,000
DEEPEST = 150  # levels of formulas that ask each other before the innermost is worked out first

CIRCLE = Text("公式绕回到自己", "the formula leads back to itself")
TOO_LONG = Text("要算的太多，到这里为止", "there was too much to work out before it")
MOST_TIMES = 50  # that one formula is worked out after an edit: what settles at all does so in a few
MOST_SHARED = 5_000  # results that are kept for formulas that ask the same
# And for nothing else: whether the program that shows the file has the functions.
ASKS_ONLY = "ISERROR(WARMAP.VERSION()"


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


def _asks_only(formula: Formula) -> bool:
    return formula.text.count("WARMAP.") == 1 and ASKS_ONLY in formula.text


class Calculation:
    """Every formula of a book, worked out by `run`; `renew` works out again what depends on cells that were edited.

    `results` are the cells that formulas fill, a blank one as an empty text; `left` tells of each formula that was not
    worked out why, by its first cell: there the stored values stay, and others are worked out from these. `links` are the
    places that formulas lead to, by their first cell. `answers` is what a formula hears that asks whether the functions are
    there: no, for a file that another program will show. Without `functions` every formula that calls one is left.
    """

    def __init__(self, book: Book, functions: Functions | None, *, answers: bool = False) -> None:
        self.book, self.functions, self.answers = book, functions, answers
        self.links: dict[At, str] = {}
        self.results: dict[At, Scalar] = {}
        self.left: dict[At, Text] = {}
        self._steps = MOST_STEPS
        self._homes: dict[At, _Home] = {}
        self._home_of: dict[At, At] = {}
        self._done: set[At] = set()
        # Since the last run a formula was found to lead back to itself, or may no longer do so.
        self._is_circular = False
        self._rank: dict[At, int] = {}  # the order of the first completion: each comes after what it depends on
        self._open: dict[At, None] = {}  # each asks for the next
        self._waiting: dict[At, None] = {}  # each needs the next, which leads to it
        self._depth = 0
        self._readers: Readers[At] = Readers()
        self._kept: Readers[tuple[object, ...]] = Readers()  # what is in the three below, by the cells it was made of
        self._ranges: dict[tuple[object, ...], Range] = {}
        self._shared: dict[tuple[object, ...], Grid] = {}  # by function and operands
        self._key_of: dict[int, tuple[object, ...]] = {}  # of a grid that is an operand again
        self._stale: list[tuple[int, At]] = []
        self._changed: dict[At, Scalar] = {}
        self._last_rows = {sheet.name: 0 for sheet in book.sheets}
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
        """Work out every formula, from what the book holds now."""
        for sheet in self.book.sheets:
            self._last_rows[sheet.name] = max(self._last_rows[sheet.name], max(sheet.rows, default=0))
        for home in self._homes:
            self._work_out(home)
        self._is_circular = False

    def renew(self, cells: Iterable[At]) -> dict[At, Scalar]:
        """Work out again what depends on cells that were edited in the book, after `run`; gives the results that changed."""
        self._steps, self._changed = MOST_STEPS, {}
        before, times = dict(self.results), Counter[At]()
        for name, row, column in cells:
            last = self._last_rows[name]
            self._outdate({(name, row, column), (name, min(row, last), column)})  # an area ends at the last row
            self._last_rows[name] = max(last, row)
        while self._stale:
            _, home = heappop(self._stale)
            times[home] += home not in self._done
            self._is_circular |= times[home] > MOST_TIMES
            if self._is_circular:
                return self._anew(before)
            self._work_out(home)
        return self._anew(before) if self._is_circular else self._changed

    def _anew(self, before: Mapping[At, Scalar]) -> dict[At, Scalar]:
        """Work out everything: an edit has led formulas into a circle, which only shows when none of them is done."""
        self._steps = MOST_STEPS
        self._stale.clear()
        self._done.clear()
        self.results.clear()
        self.left = {home: why for home, why in self.left.items() if home not in self._homes}
        self.run()
        return {
            at: self.results[at] if at in self.results else self._stored(at)
            for at in self.results.keys() | before.keys()
            if self.results.get(at) != before.get(at)
        }

    def _stored(self, at: At) -> Scalar:
        sheet = self.book.sheet(at[0])
        return None if sheet is None else sheet.value(*at[1:])

    def answer(self, *, answers: bool) -> dict[At, Scalar]:
        """Tell the formulas that ask whether the functions are there something else; gives the results that changed."""
        self.answers, self._changed = answers, {}
        for home, (_, formula, _) in self._homes.items():
            if _asks_only(formula) and home in self._done:
                self._done.discard(home)
                heappush(self._stale, (self._rank[home], home))
        return self.renew(())

    def area_of(self, at: At) -> Box | None:
        """The cells that one formula fills, of any of them; None for a cell without a formula."""
        home = self._home_of.get(at)
        return None if home is None else (home[0], *self._homes[home].box[1:])

    def areas(self) -> Iterator[Box]:
        """The cells that formulas fill."""
        for home, one in self._homes.items():
            yield (home[0], *one.box[1:])

    def _work_out(self, home: At) -> None:
        """Work out one formula, and before it what it asks for from too far below."""
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
        sheet, formula, _ = self._homes[home]
        depth = self._depth
        grid: Grid | None = None
        try:
            tree, levels = tree_of(formula.text)
            if self._depth and self._depth + levels > DEEPEST:
                raise _Deeper(home)
            self._depth += levels
            self._open[home] = None
            self._readers.forget(home)
            self.links.pop(home, None)
            knows = self.answers or not _asks_only(formula)
            asking = Asking(self, sheet, home[1], home[2], formula.array_ref is not None, knows)
            found = asking.evaluate(tree)
            grid = asking.grid(found) if asking.is_array else [[asking.single(found)]]
        except NotOurs as refusal:
            self.left[home] = refusal.words
        finally:
            self._depth = depth
            self._open.pop(home, None)
        if home not in self.left:  # others may have asked for it while it asked for them
            self._done.add(home)
            self._rank.setdefault(home, len(self._rank))
        self._keep(home, grid if home in self._done else None)

    def _keep(self, home: At, grid: Grid | None) -> None:
        """The results of a formula; without any, the stored values count again."""
        sheet, _, box = self._homes[home]
        changed = set()
        for row in range(box.r1, box.r2 + 1):
            for column in range(box.c1, box.c2 + 1):
                at = (sheet.name, row, column)
                if self._home_of.get(at) != home:
                    continue
                old, value = self.results.get(at), None
                if grid is not None:
                    found = within(grid, row - box.r1, column - box.c1)
                    value = 0.0 if found is None else found
                if type(old) is type(value) and old == value:
                    continue
                if value is None:
                    del self.results[at]
                else:
                    self.results[at] = value
                if old is not None:
                    changed.add(at)
                    self._changed[at] = sheet.value(row, column) if value is None else value
        if changed:
            self._outdate(changed)

    def _outdate(self, cells: set[At]) -> None:
        """Have every formula worked out again that looked at one of these cells, but those that are looking now."""
        for key in self._kept.of(cells):
            self._kept.forget(key)
            self._ranges.pop(key, None)
            if (grid := self._shared.pop(key, None)) is not None:
                del self._key_of[id(grid)]
        for home in sorted(self._readers.of(cells)):
            if home not in self._open:
                self._is_circular |= self.left.pop(home, None) == CIRCLE
                self._done.discard(home)
                heappush(self._stale, (self._rank.get(home, 0), home))

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """What a cell holds by now; a formula that was not worked out yet, is."""
        self._note((sheet.name, row, column, row, column))
        return self._value(sheet, row, column)

    def rows(self, area: Area) -> Grid:
        """What the cells of an area hold by now."""
        self._note((area.sheet.name, *area[1:]))
        columns = range(area.c1, area.c2 + 1)
        return [[self._value(area.sheet, row, column) for column in columns] for row in range(area.r1, area.r2 + 1)]

    def handed(self, area: Area, values: Callable[[], Range]) -> Range:
        """An area as the functions take it: the same object until one of its cells changes, so that it is read once."""
        box = (area.sheet.name, *area[1:])
        self._note(box)
        if box not in self._ranges:
            self._ranges[box] = values()
            self._kept.note(box, box)
        return self._ranges[box]

    def shared(self, function: object, operands: Sequence[Operand], values: Callable[[], Grid]) -> Grid:
        """What a function came to before, while the cells of its operands are the same: many rows ask one thing."""
        key: tuple[object, ...] = (function,)
        boxes: set[Box] = set()
        for operand in operands:
            if isinstance(operand, Area):
                box = (operand.sheet.name, *operand[1:])
                boxes.add(box)
                key += (box,)
            elif isinstance(operand, list):
                held = self._key_of.get(id(operand))
                if held is None:
                    return values()
                boxes |= set(self._kept.boxes(held))
                key += (held,)
            else:
                key += (type(operand), operand)
        if key not in self._shared:
            grid = values()
            if len(self._shared) >= MOST_SHARED:
                return grid
            self._shared[key], self._key_of[id(grid)] = grid, key
            for box in boxes:
                self._kept.note(key, box)
        for box in boxes:
            self._note(box)
        grid = self._shared[key]
        self.spend(len(grid) * len(grid[0]))  # whoever asked goes through it
        return grid

    def _note(self, box: Box) -> None:
        if self._open:
            self._readers.note(next(reversed(self._open)), box)

    def _value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        at = (sheet.name, row, column)
        home = self._home_of.get(at)
        if home is not None and home not in self._done and home not in self.left:
            if home in self._open or home in self._waiting:
                self.left[home], self._is_circular = CIRCLE, True
            else:
                self._settle(home)
        if at in self.results:
            return self.results[at]
        stored = sheet.value(row, column)
        is_result = home is not None and self.left.get(home, CIRCLE) != CIRCLE
        return "" if stored is None and is_result else stored  # what a formula shows is never blank

    def lead(self, target: str) -> None:
        """Keep where a formula leads."""
        if self._open:
            self.links[next(reversed(self._open))] = target

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
