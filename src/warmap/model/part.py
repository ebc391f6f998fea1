"""What the model's classes share: they are declared as pydantic's are, and pydantic itself is asked only when it is needed.

A row read from a workbook holds values that were converted and checked cell by cell already, so that making it costs no more
than a plain object. What comes from elsewhere is validated by the pydantic model of the same declaration
(`warmap.model.validation`), which also writes the JSON schema.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform, get_args, get_origin

from warmap.text import Text

T = TypeVar("T")


class Limits:
    """The limits of a value, for our own messages and, by the protocol of annotated-types, for pydantic."""

    __is_annotated_types_grouped_metadata__: ClassVar = True

    def __init__(
        self, *, ge: float | None = None, gt: float | None = None, le: float | None = None,
        longest: int | None = None, pattern: str | None = None,
    ) -> None:  # fmt: skip
        self.ge, self.gt, self.le, self.longest, self.pattern = ge, gt, le, longest, pattern

    def __iter__(self) -> Iterator[Any]:
        from annotated_types import Ge, Gt, Le, MaxLen
        from pydantic import StringConstraints

        bounds = ((Ge, self.ge), (Gt, self.gt), (Le, self.le))
        yield from (kind(bound) for kind, bound in bounds if bound is not None)
        if self.longest is not None:
            yield MaxLen(self.longest)
        if self.pattern is not None:
            yield from StringConstraints(pattern=self.pattern)


class Made:
    """A default that is made anew for each object, and what the field means where its annotation does not say."""

    __slots__ = ("make", "meaning")

    def __init__(self, make: Callable[[], Any], meaning: Text | None) -> None:
        self.make, self.meaning = make, meaning


def made(*, factory: Callable[[], T], meaning: Text | None = None) -> T:
    """Declare a field whose default is made anew for each object."""
    return Made(factory, meaning)  # type: ignore[return-value]  # what the field holds, not what declares it


class Slot(NamedTuple):
    """One field of a class: its bare type, what else its annotation says, and its default."""

    annotation: Any
    metadata: tuple[Any, ...]
    default: Any

    def value(self) -> Any:
        """The default itself."""
        return self.default.make() if isinstance(self.default, Made) else self.default


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(made,))
class Part:  # noqa: PLW1641  it holds lists and mappings
    """Any piece of the map. Requiredness is judged as a finding, so that what is there is always kept and scored."""

    model_fields: ClassVar[Mapping[str, Slot]] = {}
    _makers: ClassVar[tuple[tuple[str, Callable[[], Any]], ...]] = ()

    def __init_subclass__(cls) -> None:
        """Read the fields off the declaration."""
        fields = dict(cls.model_fields)
        for name, annotation in cls.__annotations__.items():
            origin: Any = get_origin(annotation)
            if origin is ClassVar:
                continue
            bare, *metadata = get_args(annotation) if origin is Annotated else (annotation,)
            fields[name] = Slot(bare, tuple(metadata), cls.__dict__[name])
        cls.model_fields = fields
        cls._makers = tuple(
            (name, slot.default.make) for name, slot in fields.items() if isinstance(slot.default, Made)
        )

    def __init__(self, **values: Any) -> None:
        """An object of values that were checked already; what is not given has its default."""
        if not values.keys() <= self.model_fields.keys():
            unknown = ", ".join(sorted(values.keys() - self.model_fields.keys()))
            message = f"{type(self).__name__} has no {unknown}"
            raise TypeError(message)
        held = self.__dict__
        held.update(values)
        for name, make in self._makers:
            if name not in values:
                held[name] = make()

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """An object of data that nobody has checked. Raises pydantic's `ValidationError`."""
        from warmap.model.validation import validated

        return validated(cls, data)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values of some fields."""
        return type(self)(**{**self.__dict__, **update})

    def __setattr__(self, name: str, value: object) -> None:
        message = f"{type(self).__name__}.{name} cannot be set: make a copy with model_copy(update=…)"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.model_fields)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.model_fields)})"
