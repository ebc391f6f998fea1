"""Where a value stands, so that a finding can name its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class TablePlace(NamedTuple):
    """The cells of one table on a sheet: the column of each field and the row of each record.

    For a table of one record it is the other way round: `rows` of the fields stand in `record_rows`, all in one column.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[int] = ()
    record_rows: Mapping[str, int] | None = None

    def cell(self, index: int, field: str) -> str:
        """A1 name of a field of the record with this index; empty where the column is missing."""
        column = self.columns.get(field)
        row = self.record_rows.get(field) if self.record_rows is not None else self.rows[index]
        return f"{column_letters(column)}{row}" if column and row else ""


class DocumentPlace(NamedTuple):
    """The place in a JSON or YAML document, as a path."""

    sheet: str
    is_record: bool

    def cell(self, index: int, field: str) -> str:
        """`contacts[2].influence`, or `deal.amount`."""
        return f"{self.sheet}.{field}" if self.is_record else f"{self.sheet}[{index}].{field}"


Place = TablePlace | DocumentPlace


def at(places: Mapping[str, Place], table: str, index: int, field: str) -> tuple[str, str]:
    """(sheet, cell) of a field; the table's code and no cell where it is not known where the table stands."""
    place = places.get(table)
    return (place.sheet, place.cell(index, field)) if place else (table, "")
