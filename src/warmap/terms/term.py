"""A term: a stable code with its labels; and which term a person's text names."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache, lru_cache
from typing import Self, TypeVar

from warmap.text import Text


class Term(str, Enum):  # noqa: UP042  a StrEnum's members would not carry labels
    """A code with its label; the code is the value, the label is for people."""

    label: Text
    aliases: tuple[str, ...]
    place: int
    """Position in the picklist, from 0."""

    def __new__(cls, code: str, zh: str, en: str, *aliases: str) -> Self:
        """A term from its code, its labels and its other spellings."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = Text(zh, en)
        term.aliases = aliases
        term.place = len(cls.__members__)
        return term

    def __str__(self) -> str:
        return str(self.value)


T = TypeVar("T", bound=Term)


LONGEST_REMEMBERED = 64  # characters: names and labels are asked for again and again, long texts are not


def key(text: str) -> str:
    """What the spellings of one label share: full or half width, case and extra space make no difference."""
    return _remembered_key(text) if len(text) <= LONGEST_REMEMBERED else _key(text)


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


_remembered_key = lru_cache(maxsize=4096)(_key)


@cache
def names_of(enum: type[T]) -> dict[str, T]:
    """The terms of a picklist by every spelling that is accepted (code, both labels, aliases), as `key` writes it."""
    return {key(name): term for term in enum for name in (term.value, term.label.zh, term.label.en, *term.aliases)}


def term_for(enum: type[T], text: str) -> T | None:
    """The term that a person's text names, or None."""
    names = names_of(enum)
    return names.get(text) or names.get(key(text))
