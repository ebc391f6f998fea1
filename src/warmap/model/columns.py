"""What a field of the model declares about itself, and the kinds of cell a field is made of."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple

from annotated_types import Interval

from warmap.terms import Term
from warmap.text import Text


class Kind(Enum):
    """How one cell is written, read and validated."""

    TEXT = "text"
    NAME = "name"  # one contact's name
    NAMES = "names"  # several names or codes in one cell
    LINES = "lines"  # several sayings in one cell, one a line
    NUMBER = "number"
    WHOLE = "whole"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    TICK = "tick"
    PICK = "pick"
    GIVE_GET = "give_get"  # lines of «give → get»


class Bounds(NamedTuple):
    """The limits of a number: at least `low`, at most `high`, more than `above`; None where there is no such limit."""

    low: float | None = None
    high: float | None = None
    above: float | None = None


def bounds_of(metadata: Iterable[object]) -> Bounds:
    """The limits among what the annotation of a field says."""
    limits: Any = next((item for item in metadata if isinstance(item, Interval)), Interval())
    return Bounds(limits.ge, limits.le, limits.gt)


class Column(NamedTuple):
    """The face of a field: header in both languages, what to put in, how wide, and whether it must be filled.

    `width` is in characters; `ref` names the table whose key a NAME column points at.
    """

    zh: str
    en: str
    help: Text
    width: int = 14
    required: bool = False
    aliases: tuple[str, ...] = ()
    ref: str = ""
    multiline: bool = False
    judgement: bool = False

    @property
    def label(self) -> Text:
        """The header."""
        return Text(self.zh, self.en)


class Field(NamedTuple):
    """One cell of a row: where it lies in the model (`path`), its code, its face, its kind and its bounds."""

    code: str
    path: tuple[str, ...]
    label: Text
    help: Text
    kind: Kind
    width: int
    required: bool = False
    aliases: tuple[str, ...] = ()
    ref: str = ""
    enum: type[Term] | None = None
    low: float | None = None
    high: float | None = None
    above: float | None = None
    multiline: bool = False
    judgement: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every header this column may stand under."""
        return (self.code, self.label.zh, self.label.en, *self.aliases)

    def bounds(self) -> dict[str, Any]:
        """The limits of a number, for messages: only those that exist."""
        return {k: v for k, v in (("low", self.low), ("high", self.high), ("above", self.above)) if v is not None}
