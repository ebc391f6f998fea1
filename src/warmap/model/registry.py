"""The tables of a map and the cells their rows are made of, read off the models; the JSON schema of a map."""

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, Union, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from warmap.model.customer import Deal, IdealCustomer, OrgUnit, Profile
from warmap.model.fields import About, Column, Field, Kind, Model, Record, Row, bounds_of
from warmap.model.pursuit import Action, Need, Objection, Resource, Review, StageEvidence, Visit
from warmap.model.rivalry import Concession, Criterion, Negotiation, Strength, Swot
from warmap.model.stakeholders import Contact, Trust, Win
from warmap.model.war_map import WarMap
from warmap.terms import WIN_CRITERIA, BuyingRole, Term, WinCriterion
from warmap.text import Lang, Text

MAX_COMPETITORS = 4
RIVAL = "scores."  # begins the code of a rival's column on the table of the competition
DO_NOTHING = Text("维持现状", "Do nothing")
CRITERIA_PER_ROLE = 6


@dataclass(frozen=True, slots=True)
class Group:
    """A field with an entry for each term of a picklist: the picklist, and the model of the entries if they have fields."""

    key: type[Term]
    part: type[Model] | None


class Table:
    """One table: its model and, read off it, the cells of a row in order."""

    def __init__(self, model: type[Row | Record]) -> None:
        self.model = model

    @property
    def about(self) -> About:
        """Code, label, purpose, room, key."""
        return self.model.ABOUT

    @property
    def code(self) -> str:
        """The key in JSON and YAML, and the part of the defined name after `wm_`."""
        return self.model.ABOUT.code

    @property
    def label(self) -> Text:
        """What people call it."""
        return self.model.ABOUT.label

    @property
    def is_record(self) -> bool:
        """One record laid out as field and value."""
        return issubclass(self.model, Record)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The cells of a row, in the order of the sheet; the competitors' columns come after them (see `open_field`)."""
        return tuple(
            field
            for name, info in self.model.model_fields.items()
            if not self._is_open(info)
            for field in _fields_of(name, info)
        )

    @cached_property
    def factories(self) -> Mapping[str, Callable[[], object]]:
        """What makes the default of a field that can be changed, by its name."""
        made = {name: info.default_factory for name, info in self.model.model_fields.items()}
        return {name: cast("Callable[[], object]", make) for name, make in made.items() if make is not None}

    @cached_property
    def members(self) -> Mapping[str, int]:
        """The order of the cells that belong to a group (`ratings.professional.rating`); ticks have none."""
        grouped = (code for code in self.by_code if "." in code and not code.startswith("buying_roles."))
        return {code: place for place, code in enumerate(grouped)}

    @cached_property
    def ticks(self) -> frozenset[str]:
        """The cells that are ticked."""
        return frozenset(field.code for field in self.fields if field.kind is Kind.TICK)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """The fields with an entry for each term of a picklist, by name."""
        found = {}
        for name, info in self.model.model_fields.items():
            if get_origin(info.annotation) is dict and not self._is_open(info):
                key, value = get_args(info.annotation)
                found[name] = Group(key, value if isinstance(value, type) and issubclass(value, Model) else None)
        return found

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The cells that must be filled in every row in use."""
        return tuple(field for field in self.fields if field.required)

    @cached_property
    def by_code(self) -> Mapping[str, Field]:
        """Cells by code."""
        return {field.code: field for field in self.fields}

    def called(self, code: str) -> Text:
        """What a field is called: its header; of the scores of a rival the rival's name."""
        field = self.by_code.get(code)
        return field.label if field else Text(name := code.removeprefix(RIVAL), name)

    @cached_property
    def open_field(self) -> Field | None:
        """The pattern of the columns whose headers the user writes (the competitors), if the table has such."""
        for name, info in self.model.model_fields.items():
            if self._is_open(info):
                return _field((name,), get_args(info.annotation)[1], (), _column(info))
        return None

    @staticmethod
    def _is_open(info: FieldInfo) -> bool:
        annotation = info.annotation
        return get_origin(annotation) is dict and get_args(annotation)[0] is str


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type inside `Annotated[… | None]`, and the metadata met on the way."""
    metadata: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *more = get_args(annotation)
            metadata += tuple(more)
        elif origin in (Union, types.UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation, metadata


def _column(info: FieldInfo) -> Column:
    return next(item for item in info.metadata if isinstance(item, Column))


FACE = tuple(one.name for one in fields(Column))
KINDS: Mapping[type, Kind] = {
    bool: Kind.YES_NO, float: Kind.NUMBER, int: Kind.WHOLE, Decimal: Kind.MONEY, date: Kind.DATE, str: Kind.TEXT,
}  # fmt: skip


def _field(path: tuple[str, ...], annotation: Any, metadata: Iterable[Any], face: Column) -> Field:
    bare, inner = _bare(annotation)
    enum: type[Term] | None = None
    if isinstance(bare, type) and issubclass(bare, Enum):
        kind, enum = Kind.PICK, typing.cast("type[Term]", bare)
    elif get_origin(bare) is list:
        kind = Kind.GIVE_GET if get_args(bare)[0] is Concession else Kind.NAMES
    else:
        kind = Kind.NAME if face.ref and bare is str else KINDS[bare]
    bounds = bounds_of((*metadata, *inner))._asdict()
    shown = {name: getattr(face, name) for name in FACE}
    return Field(**shown, code=".".join(path), path=path, kind=kind, enum=enum, **bounds)


def _fields_of(name: str, info: FieldInfo) -> Iterator[Field]:
    """The cell of a field; of a group one for each term, or for each field of each term."""
    face, annotation = _column(info), info.annotation
    origin = get_origin(annotation)
    if origin is frozenset:
        for role in BuyingRole:
            ticked = replace(face, zh=role.label.zh, en=role.label.en, aliases=role.aliases)
            yield replace(_field((name, role), bool, (), ticked), kind=Kind.TICK)
    elif origin is dict and get_args(annotation)[0] is WinCriterion:
        for place in range(1, CRITERIA_PER_ROLE + 1):
            numbered = replace(face, zh=f"{face.zh}{place}", en=f"{face.en} {place}")
            yield _field((name, str(place)), get_args(annotation)[1], (), numbered)
    elif origin is dict:
        terms, value = get_args(annotation)
        for term in terms:
            yield from _fields_of_term(name, term, value, face)
    else:
        yield _field((name,), annotation, info.metadata, face)


def _fields_of_term(name: str, term: Term, value: Any, face: Column) -> Iterator[Field]:
    zh, en = term.label
    if not (isinstance(value, type) and issubclass(value, Model)):
        yield _field((name, term), value, (), replace(face, zh=zh, en=en))
        return
    for place, (sub, info) in enumerate(value.model_fields.items()):
        inner = _column(info)
        if place > 0:
            zh, en = f"{term.label.zh}·{inner.zh}", f"{term.label.en}: {inner.en.lower()}"
        yield _field((name, term, sub), info.annotation, info.metadata, replace(inner, zh=zh, en=en))


TABLES: tuple[Table, ...] = tuple(
    Table(model)
    for model in (
        Deal, Profile, OrgUnit, Contact, Trust, Win, StageEvidence, Need, Criterion, Swot, Strength, Negotiation,
        Objection, Visit, Action, IdealCustomer, Resource, Review,
    )
)  # fmt: skip
TABLE: Mapping[str, Table] = {table.code: table for table in TABLES}


def reach(row: Any, field: Field) -> Any:
    """The value of a field in a row of the model, None where blank."""
    first, *rest = field.path
    value = getattr(row, first)
    if not rest:
        return value or None if isinstance(value, list) else value
    if field.kind is Kind.TICK:
        return True if rest[0] in value else None
    if first == "statuses":
        criteria = WIN_CRITERIA.get(row.role, ())
        return value.get(criteria[int(rest[0]) - 1]) if criteria else None
    inner = value.get(rest[0])
    return getattr(inner, rest[1]) if len(rest) > 1 and inner is not None else inner


def filled(table: Table, row: Any) -> Iterator[tuple[str, Any]]:
    """The cells of a row that hold something, as (field code, value); competitors' scores under `scores.NAME`."""
    for field in table.fields:
        value = reach(row, field)
        if value is not None and value != "":
            yield field.code, value
    if table.open_field is not None:
        yield from ((f"scores.{name}", score) for name, score in row.scores.items() if score is not None)


def json_schema(lang: Lang) -> dict[str, Any]:
    """JSON schema (draft 2020-12) of the map as `warmap evaluate` takes it; codes only, labels as titles."""
    schema = WarMap.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for table in TABLES:
        entry = schema["$defs"][table.model.__name__]
        entry["title"] = table.label.to(lang)
        entry["description"] = table.about.purpose.to(lang)
        for field in table.fields:
            if len(field.path) == 1:
                entry["properties"][field.code]["title"] = field.label.to(lang)
                entry["properties"][field.code]["description"] = field.help.to(lang)
        entry["x-required"] = [field.code for field in table.required]
    return schema
