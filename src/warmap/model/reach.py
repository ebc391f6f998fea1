"""The value behind one cell of a row of the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warmap.model.columns import Field, Kind
from warmap.model.tables import Table
from warmap.terms import WIN_CRITERIA


def reach(row: Any, field: Field) -> Any:
    """The value of a field in a row of the model, None where blank."""
    first, *rest = field.path
    value = getattr(row, first)
    if not rest:
        return value or None if isinstance(value, list) else value
    if field.kind is Kind.TICK:
        return True if rest[0] in value else None
    if first == "statuses":
        criteria = WIN_CRITERIA.get(row.role, ())
        return value.get(criteria[int(rest[0]) - 1]) if criteria else None
    inner = value.get(rest[0])
    return getattr(inner, rest[1]) if len(rest) > 1 and inner is not None else inner


def filled(table: Table, row: Any) -> Iterator[tuple[str, Any]]:
    """The cells of a row that hold something, as (field code, value); competitors' scores under `scores.NAME`."""
    for field in table.fields:
        value = reach(row, field)
        if value is not None and value != "":
            yield field.code, value
    if table.open_field is not None:
        yield from ((f"scores.{name}", score) for name, score in row.scores.items() if score is not None)
