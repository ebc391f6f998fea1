"""One sheet as it was read, and what its cells can hold."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from warmap_workbook.ooxml.number_formats import NumberFormat


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """The error a cell shows, as stored: '#NAME?', '#VALUE!', '#N/A', '#SPILL!'."""

    code: str


class OddValue(str):
    """The content of a cell of a type that the format does not know: nobody can say what it means."""

    __slots__ = ()


Value: TypeAlias = str | float | bool | ErrorValue
"""Stored value of a cell: numbers are always `float`, dates are numbers, an empty cell has no value at all."""


class Formula(NamedTuple):  # a tuple, for a book has hundreds, compared with the template's in C
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
    """A cell of a type that the format does not know: an `OddValue`."""
    formula_without_text = "formula_without_text"
    """A cell shares a formula that no cell gives: its formula is ''."""
    foreign_element = "foreign_element"
    """Something else than rows and cells stands among them: not read."""


@dataclass(slots=True)
class FarCells:
    """Cells beyond the rows and columns that are read: how many hold something, the first of them, and whether all are blank."""

    count: int = 0
    first: tuple[int, int, str] = (0, 0, "")
    are_blank: bool = True

    def add(self, row: int, column: int, text: str) -> None:
        """Count one more."""
        if not self.count:
            self.first = (row, column, text)
        self.count += 1
        self.are_blank &= not text.strip()


@dataclass(slots=True)
class Sheet:
    """One sheet. Rows and columns count from 1; what is not in a dictionary is empty.

    `rows` maps row to column to stored value, for formula cells the stored result (none when it was never
    calculated). `formulas` and `date_cells` are keyed by (row, column); a date cell holds a number that its format
    shows as a date or a time, and `formats` has those of the numbers that are shown with more than the number (a percent
    sign, a unit). `was_read` is False for chart and dialog sheets, and for sheets not asked for.
    """

    name: str
    state: SheetState
    kind: SheetKind
    was_read: bool = False
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], Formula] = field(default_factory=dict)
    date_cells: set[tuple[int, int]] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose font is struck through."""
    pictured: set[tuple[int, int]] = field(default_factory=set)
    """Cells that hold a picture."""
    formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)
    defined_names: dict[str, str] = field(default_factory=dict)
    notes: dict[Note, int] = field(default_factory=dict)
    far: FarCells = field(default_factory=FarCells)
    merges: list[str] = field(default_factory=list)

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
