"""Lists of names in one cell, told apart once it is known who is on the map (specification, section 5)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeVar

from warmap.model import Model
from warmap.names import key, parted
from warmap.subjects import Nameable

Listed = tuple[Model, str, str]
"""A row, the code of a field that holds a list of names, and the cell it was read from."""
OF_SUBJECTS = "answers"
M = TypeVar("M", bound=Model)


def people_of(contacts: Iterable[Model]) -> frozenset[str]:
    """The names of the contacts as `key` writes them."""
    return frozenset(key(name) for contact in contacts if (name := getattr(contact, "name", None)))


def with_lists_parted(rows: list[M], lists: Sequence[Listed], people: Container[str]) -> list[M]:
    """The rows with their lists split by who is known; the very same list where that makes no difference."""
    changed: dict[int, Mapping[str, object]] = {}
    for row, code, cell in lists:
        names = parted(cell, Nameable(people) if code == OF_SUBJECTS else people)
        if names != getattr(row, code):
            changed[id(row)] = {**changed.get(id(row), {}), code: names}
    if not changed:
        return rows
    return [row.model_copy(update=changed[id(row)]) if id(row) in changed else row for row in rows]
