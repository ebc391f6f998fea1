"""A map to be scored, with the settings it is scored by: what scores and rules are asked about."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, wraps
from math import fsum
from typing import Any, TypeVar

from warmap.history import fingerprint
from warmap.model import TABLES, Contact, WarMap
from warmap.scores.engagement import is_active, weight
from warmap.settings import Settings, default_settings
from warmap.terms import Influence, key

ALL_TABLES = frozenset(table.code for table in TABLES) | {"snapshots"}


class Assessment:
    """A map and its settings; what is worked out of them is kept here (`once`), and nothing is known of flags.

    `tables` names the tables that were given: a worksheet function sees only some, and a rule that needs another
    says nothing rather than something wrong.
    """

    def __init__(self, war_map: WarMap, settings: Settings | None = None, tables: Collection[str] = ALL_TABLES) -> None:
        self.map = war_map
        self.settings = settings or default_settings()
        self.tables = frozenset(tables)
        self.results: dict[Callable[..., Any], Any] = {}

    @property
    def as_of(self) -> date | None:
        """The date the map is judged at; without it nothing has an age."""
        return self.map.deal.as_of

    def age(self, day: date | None) -> int | None:
        """Days from `day` to as_of (negative for a day to come), or None where either is blank."""
        return (self.as_of - day).days if day is not None and self.as_of is not None else None

    @cached_property
    def fingerprint(self) -> str:
        """What tells this map from an earlier one."""
        return fingerprint(self.map)

    @property
    def stage(self) -> int:
        """Number of the declared stage, 0 when none is declared."""
        return self.map.deal.stage.number if self.map.deal.stage else 0

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """Contacts by name as `key` writes it; of two with one name the first counts (the second is finding DV207)."""
        found: dict[str, Contact] = {}
        for contact in self.map.contacts:
            if contact.name is not None:
                found.setdefault(key(contact.name), contact)
        return found

    @cached_property
    def active(self) -> list[Contact]:
        """Contacts in post or new in post."""
        return [contact for contact in self.contacts.values() if is_active(contact)]

    @cached_property
    def high_influence(self) -> list[Contact]:
        """Active contacts of high influence."""
        return [contact for contact in self.active if contact.influence is Influence.HIGH]

    def weight(self, contact: Contact) -> float:
        """w(c), the weight of the contact's influence."""
        return weight(contact, self.settings)


A = TypeVar("A", bound=Assessment)
T = TypeVar("T")


def once(work_out: Callable[[A], T]) -> Callable[[A], T]:
    """Work out a result of an assessment when it is first asked for, and keep it: scores, rules and cells ask again."""

    @wraps(work_out)
    def result(assessment: A) -> T:
        results = assessment.results
        if work_out not in results:
            results[work_out] = work_out(assessment)
        found: T = results[work_out]
        return found

    return result


def weighted_mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Mean of (weight, value) pairs; None where there is no weight to stand on."""
    total = fsum(w for w, _ in pairs)
    return fsum(w * v for w, v in pairs) / total if total > 0 else None
