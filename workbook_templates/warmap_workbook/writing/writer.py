"""How every workbook of ours is begun: text stays text, the bytes are the same each time, nothing recalculates on load."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook

BORN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
CALC_ID = 191029  # of Excel 2019 and later: an older one would make Excel recalculate on load
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class _Result(str):
    """A text for XlsxWriter to store as the result of a formula, which it would take for a number or an error.

    It tries `float(value)` of an array formula's result, so that a person called 12 or Nan became a number, and looks
    another's up among the error values.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __float__(self) -> float:
        raise ValueError(str(self))

    def __eq__(self, other: object) -> bool:
        return not self.startswith("#") and str.__eq__(self, other)


def stored(value: Any) -> Any:
    """A result as it is to be stored with its formula: text as text, '' for none, everything else as it is."""
    return "" if value is None else _Result(value) if type(value) is str and value else value


def new_book(stream: IO[bytes], title: str, about: str = "warmap") -> Workbook:
    """A workbook that is kept in memory until it is closed."""
    from xlsxwriter import Workbook

    book = Workbook(stream, {"in_memory": True, **TEXT_STAYS_TEXT})
    book.set_properties({"title": title, "created": BORN, "author": "warmap", "comments": about})
    book.set_calc_mode("auto", CALC_ID)
    book.calc_on_load = False
    return book
