"""Who looked at which cells: after an edit, the formulas that have to be worked out again, and what is kept no more."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet
from typing import Generic, TypeAlias, TypeVar

Reader = TypeVar("Reader", bound=Hashable)

At: TypeAlias = tuple[str, int, int]
"""A cell: the sheet's name, row and column from 1."""
Box: TypeAlias = tuple[str, int, int, int, int]
"""Cells of a sheet: its name, the first row and column, the last row and column."""


class Readers(Generic[Reader]):
    """Readers by what they looked at."""

    def __init__(self) -> None:
        self._boxes: defaultdict[Reader, set[Box]] = defaultdict(set)
        self._of_cell: defaultdict[At, set[Reader]] = defaultdict(set)
        self._of_box: defaultdict[str, defaultdict[Box, set[Reader]]] = defaultdict(lambda: defaultdict(set))

    def note(self, reader: Reader, box: Box) -> None:
        """It looks at these cells."""
        if box not in self._boxes[reader]:
            self._boxes[reader].add(box)
            self._holder(box).add(reader)

    def boxes(self, reader: Reader) -> Iterable[Box]:
        """What it looked at."""
        return self._boxes.get(reader, ())

    def forget(self, reader: Reader) -> None:
        """What it looked at counts no more."""
        for box in self._boxes.pop(reader, ()):
            self._holder(box).discard(reader)

    def _holder(self, box: Box) -> set[Reader]:
        return self._of_cell[box[:3]] if box[1:3] == box[3:] else self._of_box[box[0]][box]

    def of(self, cells: AbstractSet[At]) -> set[Reader]:
        """Those that looked at any of these cells."""
        found = {reader for at in cells for reader in self._of_cell.get(at, ())}
        for name in {at[0] for at in cells}:
            here = [at[1:] for at in cells if at[0] == name]
            top, bottom = min(row for row, _ in here), max(row for row, _ in here)
            for box, readers in self._of_box[name].items():
                _, r1, c1, r2, c2 = box
                if (
                    readers
                    and r1 <= bottom
                    and r2 >= top
                    and any(r1 <= row <= r2 and c1 <= column <= c2 for row, column in here)
                ):
                    found |= readers
        return found
