"""Rows as a message quotes them: free text cut to a readable length, and the person a row is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.model import Contact
from warmap.rules.blank import is_blank
from warmap.terms import key
from warmap.text import Text

if TYPE_CHECKING:
    from warmap.assessment import Assessment

MOST_SHOWN = 40
NOT_WRITTEN = Text("（未写明）", "(not written down)")
NAME_MISSING = Text("（未写姓名）", "(name missing)")
DEAL = "deal"


def quoted(*texts: str | None) -> str | Text:
    """The first text that is given, on one line and cut to 40 characters; words for it where none is."""
    words = next((" ".join((text or "").split()) for text in texts if not is_blank(text)), "")
    if not words:
        return NOT_WRITTEN
    return words if len(words) <= MOST_SHOWN else words[: MOST_SHOWN - 1] + "…"


def person(assessment: Assessment, name: str | None) -> Contact | None:
    """The contact of that name, on the map in post or not; None where the name is blank or nobody bears it."""
    return assessment.contacts.get(key(name)) if name else None


def subject(contact: Contact | None) -> str:
    """The contact's name, or `deal` where a row is about nobody on the map."""
    return contact.name or DEAL if contact else DEAL
