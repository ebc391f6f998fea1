"""What the cells of all sheets refer to, and how a number is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .limits import Limits

if TYPE_CHECKING:
    from .cellforms import CellForms

BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


class Tables:
    """What the cells of all sheets refer to, and how much of the limits is used up."""

    __slots__ = ("cells", "date1904", "date_styles", "forms", "formula_text", "limits", "strings")

    def __init__(
        self, limits: Limits, strings: dict[str, str] | None, date_styles: frozenset[str], date1904: bool
    ) -> None:
        self.limits, self.strings, self.date_styles, self.date1904 = limits, strings, date_styles, date1904
        self.cells = self.formula_text = 0
        self.forms: CellForms | None = None  # what the fast reader has met, from its first sheet on


def number(text: str) -> float | None:
    """Read a finite number as the format writes it, None otherwise: `float` alone would take 'NaN', 'INF' and '1_000'."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found - found == 0.0 and "_" not in text and text.isascii() else None
