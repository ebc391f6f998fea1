"""Which formulas looked at which cells: after an edit, those that have to be worked out again."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from typing import TypeAlias

At: TypeAlias = tuple[str, int, int]
"""A cell: the sheet's name, row and column from 1."""
Box: TypeAlias = tuple[str, int, int, int, int]
"""Cells of a sheet: its name, the first row and column, the last row and column."""


def is_in(at: At, box: Box) -> bool:
    """Whether a cell lies in a box."""
    return at[0] == box[0] and box[1] <= at[1] <= box[3] and box[2] <= at[2] <= box[4]


class Readers:
    """Formulas by what they looked at; a formula is named by its first cell."""

    def __init__(self) -> None:
        self._boxes: defaultdict[At, set[Box]] = defaultdict(set)
        self._of_cell: defaultdict[At, set[At]] = defaultdict(set)
        self._of_box: defaultdict[str, defaultdict[Box, set[At]]] = defaultdict(lambda: defaultdict(set))

    def note(self, formula: At, box: Box) -> None:
        """The formula looks at these cells."""
        if box not in self._boxes[formula]:
            self._boxes[formula].add(box)
            self._holder(box).add(formula)

    def forget(self, formula: At) -> None:
        """What it looked at counts no more: it is worked out again."""
        for box in self._boxes.pop(formula, ()):
            self._holder(box).discard(formula)

    def _holder(self, box: Box) -> set[At]:
        return self._of_cell[box[:3]] if box[1:3] == box[3:] else self._of_box[box[0]][box]

    def of(self, cells: AbstractSet[At]) -> list[At]:
        """The formulas that looked at any of these cells, in a settled order."""
        found = {formula for at in cells for formula in self._of_cell.get(at, ())}
        for name in {at[0] for at in cells}:
            here = [at for at in cells if at[0] == name]
            top, bottom = min(at[1] for at in here), max(at[1] for at in here)
            for box, formulas in self._of_box[name].items():
                if box[1] <= bottom and box[3] >= top and any(is_in(at, box) for at in here):
                    found |= formulas
        return sorted(found)
