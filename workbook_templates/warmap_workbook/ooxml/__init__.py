"""The raw reader of .xlsx and .xlsm workbooks: what the file holds, and no more.

Submitted workbooks are untrusted: every reading is bounded by `Limits`, and whatever a file may be, `read_book`
returns a `Book` or raises `Unreadable` with a reason and facts. Nothing here knows what a sheet means.
"""

from warmap_workbook.ooxml.book import Book, BookNote, read_beside, read_book
from warmap_workbook.ooxml.outside import Outside, OutsideKind
from warmap_workbook.ooxml.references import (
    LAST_COLUMN,
    LAST_ROW,
    RangeRef,
    cell_name,
    parse_range,
    parse_ref,
)
from warmap_workbook.ooxml.sheet import ErrorValue, Formula, Note, OddValue, Sheet, SheetKind, SheetState, Value
from warmap_workbook.ooxml.shown_beside import Beside, Drawn, PersonsNote
from warmap_workbook.ooxml.unreadable import DEFAULT_LIMITS, Fact, Limits, Reason, Unreadable

__all__ = [
    "DEFAULT_LIMITS",
    "LAST_COLUMN",
    "LAST_ROW",
    "Beside",
    "Book",
    "BookNote",
    "Drawn",
    "ErrorValue",
    "Fact",
    "Formula",
    "Limits",
    "Note",
    "OddValue",
    "Outside",
    "OutsideKind",
    "PersonsNote",
    "RangeRef",
    "Reason",
    "Sheet",
    "SheetKind",
    "SheetState",
    "Unreadable",
    "Value",
    "cell_name",
    "parse_range",
    "parse_ref",
    "read_beside",
    "read_book",
]
