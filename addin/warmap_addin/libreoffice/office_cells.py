"""The cells of a sheet as the driver reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warmap.parsing import column_letters

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cells:
    """The used cells of a sheet from A1, row by row.

    A cell that shows an error has the value None; `strings` (shown text) and `errors` (LibreOffice's error numbers,
    such as 519 for #VALUE!, 525 for #NAME?) are of formula cells only, by address.
    """

    sheet: str
    values: Sequence[Sequence[str | float | None]]
    formulas: Sequence[Sequence[str]]
    strings: Mapping[str, str]
    errors: Mapping[str, int]

    def value(self, address: str) -> str | float | None:
        """Text or number of a cell; empty text for an empty cell, None for an error value."""
        found = _at(self.values, address)
        return "" if found is _OUTSIDE else found

    def formula(self, address: str) -> str:
        """The formula as LibreOffice writes it (`{=…}` for an array formula), or the constant as text."""
        found = _at(self.formulas, address)
        return "" if found is _OUTSIDE else str(found)

    def rows(self, area: str) -> list[list[str | float | None]]:
        """The values of a range such as `A1:F10`."""
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = place(first), place(last or first)
        return [
            [self.value(f"{column_letters(column + 1)}{row + 1}") for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]


_OUTSIDE: Any = object()


def place(address: str) -> tuple[int, int]:
    """Row and column (from 0) of an address such as `B4`."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"not a cell: {address}")
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1


def _at(rows: Sequence[Sequence[Any]], address: str) -> Any:
    row, column = place(address)
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else _OUTSIDE


def by_address(by_place: Mapping[str, Any]) -> dict[str, Any]:
    """What the worker names by row and column (`3,1`), by address (`B4`)."""
    found = {}
    for key, item in by_place.items():
        row, column = key.split(",")
        found[f"{column_letters(int(column) + 1)}{int(row) + 1}"] = item
    return found
