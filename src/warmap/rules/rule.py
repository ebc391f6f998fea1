"""What a rule is: one file each, a pure check over an assessed map, and the words that explain it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.terms import Severity
from warmap.text import NO_FACTS, Text

if TYPE_CHECKING:
    from warmap.assessment import Assessment


class Raised(NamedTuple):
    """What a check found: about whom, the facts that fill the message, and the severity where it is not the rule's.

    `subject` is a contact's name, the code of a role or stage, or `deal`.
    """

    subject: str
    facts: Mapping[str, object] = NO_FACTS
    severity: Severity | None = None


class Rule(NamedTuple):
    """One red-flag rule (specification, section 4).

    `needs` are the tables the check reads: where one is not given, the rule stays silent. `optional` is the table the
    rule is about when that table may be left empty: then the rule says nothing (the health share shows the emptiness).
    `after_others` rules look at the flags of the rest (`assessment.first_flags`) and so run after them.
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
    check: Callable[[Assessment], Iterator[Raised]]
    bad: Mapping[str, Any]
    good: Mapping[str, Any]
    optional: str = ""
    after_others: bool = False
