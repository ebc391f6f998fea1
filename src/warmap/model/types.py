"""The shapes that fields share: bounded numbers, words, names."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from annotated_types import Interval
from pydantic import BaseModel, ConfigDict

from warmap.text import Text

Words = str | None
Day = date | None
YesNo = bool | None
Number = float | None
Rating = Annotated[float | None, Interval(ge=0, le=5)]
Grade = Annotated[float | None, Interval(ge=1, le=5)]
TenPoint = Annotated[float | None, Interval(ge=1, le=10)]
Share = Annotated[float | None, Interval(ge=0, le=1)]
Weight = Annotated[float | None, Interval(gt=0)]
Impact = Annotated[float | None, Interval(ge=-2, le=2)]
Money = Decimal | None
Amount = Annotated[Decimal | None, Interval(gt=0)]
Ordinal = Annotated[int | None, Interval(ge=1)]


class About:
    """A table as people meet it: code, label, what it is for, and how many rows the workbook has room for.

    `key` are the fields by which people tell its rows apart: two maps are compared row by row with them.
    """

    __slots__ = ("code", "key", "label", "purpose", "room")

    def __init__(self, code: str, label: Text, purpose: Text, room: int = 200, key: tuple[str, ...] = ()) -> None:
        self.code, self.label, self.purpose, self.room, self.key = code, label, purpose, room, key


class Model(BaseModel):
    """Any piece of the map. What must be filled in is judged by findings, so that what is there is always kept and scored.

    Outside data go through `model_validate`. Rows whose cells were converted and checked one by one are made by
    `model_construct`, which takes the values as they are and does not know unknown names.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        # validators cost 5 ms a table to build, and `warmap check` of a workbook needs none of them
        defer_build=True,
    )


class Row(Model):
    """One row of a table; `ABOUT` names the table."""

    ABOUT: ClassVar[About]


class Record(Model):
    """A table of one record, laid out as field and value."""

    ABOUT: ClassVar[About]
