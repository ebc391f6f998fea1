"""The model as pydantic models, made of the same declarations when data from outside is validated or its schema is asked for."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from warmap.model.part import Made, Part

P = TypeVar("P", bound=Part)


class Validated(BaseModel):
    """What the pydantic models share."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


_made: dict[type[Part], type[BaseModel]] = {}


def pydantic_model(part: type[Part]) -> type[BaseModel]:
    """The pydantic model with the fields, limits and defaults that a class of the model declares."""
    if part not in _made:
        _made[part] = _model(part)
    return _made[part]


def _model(part: type[Part]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name, slot in part.model_fields.items():
        inside = _validated_type(slot.annotation)
        annotation = Annotated[inside, *slot.metadata] if slot.metadata else inside
        default = slot.default
        made = default.make if isinstance(default, Made) else None
        if isinstance(made, type) and issubclass(made, Part):
            made = pydantic_model(made)
        fields[name] = (annotation, Field(default_factory=made) if made else default)
    return create_model(part.__name__, __base__=Validated, __doc__=part.__doc__, __module__=part.__module__, **fields)


def validated(part: type[P], data: object) -> P:
    """An object of the model from data that nobody has checked. Raises pydantic's `ValidationError`."""
    found: P = _as_declared(pydantic_model(part).model_validate(data), part)
    return found


def errors_of(error: ValueError) -> list[Any]:
    """What pydantic found, one entry a fault: where (`loc`), which kind (`type`), the value (`input`)."""
    return list(error.errors(include_url=False)) if isinstance(error, ValidationError) else []


def _validated_type(annotation: Any) -> Any:
    """A type with the pydantic models in the places of ours."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return pydantic_model(annotation)
    origin = get_origin(annotation)
    if origin in (list, dict):
        return origin[*map(_validated_type, get_args(annotation))]
    return annotation


def _as_declared(value: Any, annotation: Any) -> Any:
    """What pydantic has validated as objects of ours."""
    if isinstance(value, BaseModel):
        fields = annotation.model_fields
        given = {name: _as_declared(getattr(value, name), fields[name].annotation) for name in value.model_fields_set}
        return annotation(**given)
    if isinstance(value, list) and get_origin(annotation) is list:
        return [_as_declared(item, get_args(annotation)[0]) for item in value]
    if isinstance(value, dict) and get_origin(annotation) is dict:
        return {name: _as_declared(item, get_args(annotation)[1]) for name, item in value.items()}
    return value
