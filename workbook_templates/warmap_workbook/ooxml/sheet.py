"""One sheet as it was read, and what its cells can hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias


class ErrorValue:
    """The error a cell shows, as stored: '#NAME?', '#VALUE!', '#N/A', '#SPILL!'."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code

    def __eq__(self, other: object) -> bool:
        return self.code == other.code if isinstance(other, ErrorValue) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"ErrorValue({self.code!r})"


Value: TypeAlias = str | float | bool | ErrorValue
"""Stored value of a cell: numbers are always `float`, dates are numbers, an empty cell has no value at all."""


class Formula(NamedTuple):
    """A cell's formula as stored, without the leading '='; a shared formula is given as this cell's own text.

    `array_ref` is the range an array formula fills, such as 'B4:G63', on its first cell; the other cells of the
    range have values and no formula.
    """

    text: str
    array_ref: str | None = None


SheetState: TypeAlias = Literal["visible", "hidden", "veryHidden"]
SheetKind: TypeAlias = Literal["worksheet", "chartsheet", "dialogsheet", "macrosheet"]


class Note(StrEnum):
    """Oddities that were read as well as can be; counted for each sheet, so that nothing passes in silence."""

    duplicate_cell = "duplicate_cell"
    """A cell is given more than once: the last one that holds something wins."""
    cell_in_another_row = "cell_in_another_row"
    """A cell's own reference names another row than the one it stands in: the reference wins."""
    not_a_number = "not_a_number"
    """A number cell holds what is none ('NaN', '1_000'): kept as text."""
    not_a_boolean = "not_a_boolean"
    not_a_date = "not_a_date"
    unknown_type = "unknown_type"
    """A cell of a type that the format does not know: kept as text."""
    formula_without_text = "formula_without_text"
    """A cell shares a formula that no cell gives: its formula is ''."""
    foreign_element = "foreign_element"
    """Something else than rows and cells stands among them: not read."""


class Sheet:  # noqa: PLW1641  it is filled while it is read
    """One sheet. Rows and columns count from 1; what is not in a dictionary is empty.

    `rows` maps row to column to stored value, for formula cells the stored result (none when it was never
    calculated). `formulas` and `date_cells` are keyed by (row, column); a date cell holds a number that its format
    shows as a date or a time. `was_read` is False for chart and dialog sheets, and for sheets not asked for.
    """

    __slots__ = ("date_cells", "defined_names", "formulas", "kind", "name", "notes", "rows", "state", "was_read")

    def __init__(self, name: str, state: SheetState, kind: SheetKind, was_read: bool = False) -> None:
        self.name, self.state, self.kind, self.was_read = name, state, kind, was_read
        self.rows: dict[int, dict[int, Value]] = {}
        self.formulas: dict[tuple[int, int], Formula] = {}
        self.date_cells: set[tuple[int, int]] = set()
        self.defined_names: dict[str, str] = {}
        self.notes: dict[Note, int] = {}

    def __eq__(self, other: object) -> bool:
        """The same content."""
        if not isinstance(other, Sheet):
            return NotImplemented
        return all(getattr(self, part) == getattr(other, part) for part in self.__slots__)

    @property
    def cell_count(self) -> int:
        """Cells with a stored value."""
        return sum(map(len, self.rows.values()))

    def value(self, row: int, column: int) -> Value | None:
        """Give the stored value of a cell, None when it is empty."""
        cells = self.rows.get(row)
        return None if cells is None else cells.get(column)

    def note(self, note: Note) -> None:
        """Count one more of an oddity."""
        self.notes[note] = self.notes.get(note, 0) + 1
