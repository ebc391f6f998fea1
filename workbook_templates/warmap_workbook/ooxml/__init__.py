"""The raw reader of .xlsx and .xlsm workbooks: what the file holds, and no more.

Submitted workbooks are untrusted: every reading is bounded by `Limits`, and whatever a file may be, `read_book`
returns a `Book` or raises `Unreadable` with a reason and facts. Nothing here knows what a sheet means.
"""

from __future__ import annotations

from .book import Book, BookNote, read_book
from .dates import datetime_to_serial, serial_to_datetime
from .limits import DEFAULT_LIMITS, Limits
from .references import (
    LAST_COLUMN,
    LAST_ROW,
    RangeRef,
    cell_name,
    column_letter,
    column_number,
    parse_range,
    parse_ref,
)
from .sheet import Note, Sheet, SheetKind, SheetState
from .unreadable import Fact, Reason, Unreadable
from .values import ErrorValue, Formula, Value

__all__ = [
    "DEFAULT_LIMITS",
    "LAST_COLUMN",
    "LAST_ROW",
    "Book",
    "BookNote",
    "ErrorValue",
    "Fact",
    "Formula",
    "Limits",
    "Note",
    "RangeRef",
    "Reason",
    "Sheet",
    "SheetKind",
    "SheetState",
    "Unreadable",
    "Value",
    "cell_name",
    "column_letter",
    "column_number",
    "datetime_to_serial",
    "parse_range",
    "parse_ref",
    "read_book",
    "serial_to_datetime",
]
