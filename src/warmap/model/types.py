"""The shapes that fields share: bounded numbers, words, names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from warmap.text import Text

Words = str | None
Day = date | None
YesNo = bool | None
Number = float | None
Rating = Annotated[float | None, Field(ge=0, le=5)]
Grade = Annotated[float | None, Field(ge=1, le=5)]
TenPoint = Annotated[float | None, Field(ge=1, le=10)]
Share = Annotated[float | None, Field(ge=0, le=1)]
Weight = Annotated[float | None, Field(gt=0)]
Impact = Annotated[float | None, Field(ge=-2, le=2)]
Money = Annotated[Decimal | None, Field(allow_inf_nan=False)]
Amount = Annotated[Decimal | None, Field(gt=0, allow_inf_nan=False)]
Ordinal = Annotated[int | None, Field(ge=1)]


class About:
    """A table as people meet it: code, label, what it is for, and how many rows the workbook has room for.

    `key` are the fields by which people tell its rows apart: two maps are compared row by row with them.
    """

    __slots__ = ("code", "key", "label", "purpose", "room")

    def __init__(self, code: str, label: Text, purpose: Text, room: int = 200, key: tuple[str, ...] = ()) -> None:
        self.code, self.label, self.purpose, self.room, self.key = code, label, purpose, room, key


class Part(BaseModel):
    """Any piece of the map. Requiredness is judged as a finding, so that what is there is always kept and scored."""

    model_config = ConfigDict(defer_build=True, extra="forbid", allow_inf_nan=False)


class Row(Part):
    """One row of a table; `ABOUT` names the table."""

    ABOUT: ClassVar[About]


class Record(Part):
    """A table of one record, laid out as field and value."""

    ABOUT: ClassVar[About]
