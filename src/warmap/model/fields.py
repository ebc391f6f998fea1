"""What the tables are declared with: the types of their fields, the face of a column, and the base models.

    reports_to: Words = column("汇报给", "Reports to", "上级的姓名…", "The superior's name…", 10, ref="contacts")

One such line is all that the sheet, its drop-downs and input messages, the reader, the JSON schema and the docs need.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, ClassVar, NamedTuple

import pydantic
from annotated_types import Interval
from pydantic import BaseModel, ConfigDict

from warmap.terms import Term
from warmap.text import Text


class Kind(Enum):
    """How one cell is written, read and validated."""

    TEXT = "text"
    NAME = "name"  # one contact's name
    NAMES = "names"  # several names or codes in one cell
    NUMBER = "number"
    WHOLE = "whole"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    TICK = "tick"
    PICK = "pick"
    GIVE_GET = "give_get"  # lines of «give → get»


class When(Enum):
    """When a day lies, seen from the day of judging."""

    PAST = "past"
    PLANNED = "planned"
    BY_RESULT = "by_result"  # past once the row tells what came of it, planned before


class Bounds(NamedTuple):
    """The limits of a number: at least `low`, at most `high`, more than `above`; None where there is no such limit."""

    low: float | None = None
    high: float | None = None
    above: float | None = None


def bounds_of(metadata: Iterable[object]) -> Bounds:
    """The limits among what the annotation of a field says."""
    limits: Any = next((item for item in metadata if isinstance(item, Interval)), Interval())
    return Bounds(limits.ge, limits.le, limits.gt)


@dataclass(frozen=True, slots=True)
class Column:
    """The face of a field: header in both languages, what to enter, how wide, and whether it must be filled in.

    `width` is in characters; `ref` names the table whose key a NAME column points at; `when` says of a day when it lies.
    `since` is the first version of the template that has the column: an older workbook is not asked for it.
    """

    zh: str
    en: str
    help_zh: str
    help_en: str
    width: int = 14
    required: bool = False
    aliases: tuple[str, ...] = ()
    ref: str = ""
    multiline: bool = False
    when: When | None = None
    since: int = 1

    @property
    def label(self) -> Text:
        """The header."""
        return Text(self.zh, self.en)

    @property
    def help(self) -> Text:
        """What to enter."""
        return Text(self.help_zh, self.help_en)


def declared(told: Column | Text, **default: Any) -> Any:
    """A pydantic field that carries what we tell of it; its annotation may carry limits besides."""
    field: Any = pydantic.Field(**default)
    field.metadata.append(told)
    return field


def column(
    zh: str, en: str, help_zh: str, help_en: str, width: int = 14, *, required: bool = False, aliases: tuple[str, ...] = (),
    ref: str = "", multiline: bool = False, when: When | None = None, since: int = 1, default: object = None,
    factory: Callable[[], object] | None = None,
) -> Any:  # fmt: skip
    """Declare a field with its `Column`; `factory` makes the default where that can be changed."""
    face = Column(zh, en, help_zh, help_en, width, required, aliases, ref, multiline, when, since)
    return declared(face, default_factory=factory) if factory else declared(face, default=default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Column):
    """One cell of a row: a column with its place in the model (`path`, and joined by dots `code`), kind and bounds."""

    code: str
    path: tuple[str, ...]
    kind: Kind
    enum: type[Term] | None = None
    low: float | None = None
    high: float | None = None
    above: float | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every header this column may have."""
        return (self.code, self.zh, self.en, *self.aliases)


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


@dataclass(frozen=True, slots=True)
class About:
    """A table as people see it: code, label, purpose, and how many rows the workbook has room for.

    `key` are the fields by which people tell its rows apart; two maps are compared row by row by them.
    """

    code: str
    label: Text
    purpose: Text
    room: int = 200
    key: tuple[str, ...] = ()


class Model(BaseModel):
    """Any piece of a map. Every field may be blank: a missing value is a finding, and the rest is kept and scored.

    Data from outside go through `model_validate`. Rows whose cells were converted and checked one by one are made by
    `model_construct`, which trusts them.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        # a validator takes 5 ms a table to build, and checking a workbook needs none
        defer_build=True,
    )


class Row(Model):
    """One row of a table; `ABOUT` names the table."""

    ABOUT: ClassVar[About]


class Record(Model):
    """A table of one record, laid out as field and value."""

    ABOUT: ClassVar[About]
