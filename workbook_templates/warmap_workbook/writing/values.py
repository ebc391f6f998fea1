"""A row of the model as the cells of a sheet: labels in the workbook's language, numbers, dates as serial numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from warmap.model import Concession, Field, Kind, Row, Table, filled
from warmap.parsing.concessions import quoted
from warmap.parsing.convert import EPOCH, SEPARATORS
from warmap.terms import Term
from warmap.text import COMMA, NO, YES, Lang

TICK = "✓"


def cell_values(table: Table, row: Any, lang: Lang) -> dict[str, object]:
    """The cells of one row by field code; blanks left out."""
    fields = table.by_code
    return {
        code: cell_value(fields[code], value, lang) if code in fields else value for code, value in filled(table, row)
    }


def cell_value(field: Field, value: Any, lang: Lang) -> object:
    """One value as a cell holds it."""
    if isinstance(value, bool):
        return TICK if field.kind is Kind.TICK else (YES if value else NO).to(lang)
    if isinstance(value, Term):
        return value.label.to(lang)
    if isinstance(value, date):
        return (value - EPOCH).days
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return _joined(value, lang)
    return value


def _joined(items: Sequence[Any], lang: Lang) -> str:
    """A list in one cell, so that it can be split again: a line each where an item holds a separator."""
    if isinstance(items[0], Concession):
        return "\n".join(f"{quoted(item.give or '')} → {quoted(item.get or '')}".strip() for item in items)
    if any(SEPARATORS.search(item) for item in items):
        return "\n".join(items) + "\n"
    return COMMA.to(lang).join(items)


def competitor_names(rows: Sequence[Row]) -> list[str]:
    """The competitors of all rows in the order they are first met."""
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(_scores(row)))
    return list(names)


def _scores(row: Any) -> Mapping[str, object]:
    scores: Mapping[str, object] = row.scores
    return scores
