"""What a cell can hold, as the file stores it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


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
