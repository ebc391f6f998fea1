"""What a rule is: one file each, a pure check over an assessed map, and the words that explain it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warmap.flags import DEAL, Flag
from warmap.model import Contact
from warmap.scores.assessment import Assessment
from warmap.terms import Severity, key
from warmap.text import Text, is_blank

MOST_SHOWN = 40
NOT_WRITTEN = Text("（未写明）", "(not written down)")
NAME_MISSING = Text("（未写姓名）", "(name missing)")


@dataclass(frozen=True, slots=True)
class Raised:
    """What a check found: about whom, the facts that fill the words, and severity and remedy where they are not the rule's.

    `subject` is a contact's name, the code of a role or stage, or `deal`; of a flag about a role, a stage or the deal
    `people` are those whom its remedy leads to.
    """

    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    people: Sequence[Contact] = ()
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One red-flag rule (specification, section 4).

    `needs` are the tables the check reads: where one is not given, the rule stays silent. `optional` is the table the
    rule is about when that table may be left empty: then the rule says nothing (the health share shows the emptiness).
    A rule about the other rules' flags has `check_flags` in place of `check`; it runs last and is handed those flags.
    `bad` raises the flag and `good` does not: maps as in JSON, run by the tests and shown in the docs.
    """

    code: str
    name: str
    severity: Severity
    title: Text
    message: Text
    why: Text
    remedy: Text
    source: str
    needs: tuple[str, ...]
    bad: Mapping[str, Any]
    good: Mapping[str, Any]
    check: Callable[[Assessment], Iterator[Raised]] | None = None
    check_flags: Callable[[Assessment, Sequence[Flag]], Iterator[Raised]] | None = None
    optional: str = ""

    @property
    def is_about_flags(self) -> bool:
        """Looks at the flags of the other rules, and so runs after them."""
        return self.check_flags is not None

    def run(self, assessment: Assessment, others: Sequence[Flag] = ()) -> Iterator[Raised]:
        """What the rule finds; `others` are the flags of the other rules."""
        if self.check_flags is not None:
            yield from self.check_flags(assessment, others)
        elif self.check is not None:
            yield from self.check(assessment)


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
