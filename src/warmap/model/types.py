"""The shapes that fields share: bounded numbers, words, names."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from warmap.model.part import Limits, Part
from warmap.text import Text

Words = str | None
Day = date | None
YesNo = bool | None
Number = float | None
Rating = Annotated[float | None, Limits(ge=0, le=5)]
Grade = Annotated[float | None, Limits(ge=1, le=5)]
TenPoint = Annotated[float | None, Limits(ge=1, le=10)]
Share = Annotated[float | None, Limits(ge=0, le=1)]
Weight = Annotated[float | None, Limits(gt=0)]
Impact = Annotated[float | None, Limits(ge=-2, le=2)]
Money = Decimal | None
Amount = Annotated[Decimal | None, Limits(gt=0)]
Ordinal = Annotated[int | None, Limits(ge=1)]


class About:
    """A table as people meet it: code, label, what it is for, and how many rows the workbook has room for.

    `key` are the fields by which people tell its rows apart: two maps are compared row by row with them.
    """

    __slots__ = ("code", "key", "label", "purpose", "room")

    def __init__(self, code: str, label: Text, purpose: Text, room: int = 200, key: tuple[str, ...] = ()) -> None:
        self.code, self.label, self.purpose, self.room, self.key = code, label, purpose, room, key


class Row(Part):
    """One row of a table; `ABOUT` names the table."""

    ABOUT: ClassVar[About]


class Record(Part):
    """A table of one record, laid out as field and value."""

    ABOUT: ClassVar[About]
