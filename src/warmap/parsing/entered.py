"""What a cell can hold beside a plain value, how a message quotes it, and what its reader must know besides.

A plain cell is a text, a number, a truth value or nothing. Whatever else is known of a cell (an error, the number format,
a formula without a result) comes as one of the types below, so that plain cells cost nothing.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Self, TypeAlias

from warmap.parsing.days import EXCEL, DateSystem

Value: TypeAlias = object
"""What a field of the model holds."""
MOST_SHOWN = 60
BEYOND = 10**15  # no figure of a deal is as large


@dataclass(frozen=True, slots=True)
class Context:
    """What the cell itself does not tell: how its host counts days, and the deal's currency (None: not known).

    `template` is the version of the template, which tells the columns that a table should have; None: not known.
    """

    dates: DateSystem = EXCEL
    currency: str | None = None
    template: int | None = None


PLAIN = Context()


class CellError(str):
    """An error value that stands in an input cell, such as `#N/A`."""

    __slots__ = ()


class UnknownType(CellError):
    """What stands in a cell of a type that the format does not know."""

    __slots__ = ()


class DateSerial(float):
    """A number whose format shows a day."""

    __slots__ = ()


class UnclearTick(str):
    """An x in a column where others tick with another mark: there it may well mean no."""

    __slots__ = ()


class Shape(Enum):
    """What a number format adds to the number."""

    PERCENT = "percent"
    UNIT = "unit"


class ShapedNumber(float):
    """A number that is shown as something else than it is: as a percentage, or with a unit that it does not carry."""

    shape: Shape
    shown: str

    def __new__(cls, value: float, shape: Shape, shown: str) -> Self:
        """The number as stored, and as the cell shows it."""
        number = super().__new__(cls, value)
        number.shape, number.shown = shape, shown
        return number


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose result was never calculated: there is an entry, and nobody knows which."""

    formula: str


TRUE_WORD = "TRUE"


def truth(value: object) -> object:
    """A truth value as what is remembered of a range can tell it: TRUE as a word, for 1 is equal to True; FALSE is 0."""
    return (TRUE_WORD if value else 0.0) if isinstance(value, bool) else value


def shown(value: object) -> str:
    """An entered value as a message quotes it: as it was entered, cut to a readable length."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, ShapedNumber):
        text = value.shown
    elif isinstance(value, Uncalculated):
        text = f"={value.formula}"
    elif isinstance(value, bool):
        text = TRUE_WORD if value else "FALSE"
    elif isinstance(value, float) and math.isfinite(value) and value.is_integer():
        text = str(int(value))
    elif isinstance(value, int) and abs(value) >= 10**MOST_SHOWN:  # Python refuses to write out the longest
        return f"±10^{MOST_SHOWN} …"
    elif isinstance(value, datetime):
        text = value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


NO_VALUE = (UnknownType, Uncalculated)
"""Entries whose value nobody knows, whatever the field."""

SEEN_HERE_ONLY = (DateSerial, ShapedNumber, Uncalculated, bool)
"""What the reader of files tells apart and a worksheet function is not handed."""


def carries_nothing(raw: object) -> bool:
    """Whether a cell holds FALSE or 0, which check boxes and links to blank cells leave behind: alone it makes no row."""
    return isinstance(raw, int | float) and raw == 0
