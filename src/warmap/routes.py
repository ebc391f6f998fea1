"""Who on the customer's side speaks up for us, and the way from them to a person: who reports to or listens to whom."""

from collections import deque
from collections.abc import Mapping, Sequence

from warmap.model import Contact
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import engagement, is_active, is_against_us
from warmap.terms import BuyingRole, key

ENGAGED = 0.75
"""Engagement from which a person will put in a word for us."""


def is_coach(contact: Contact) -> bool:
    """Holds coach, in post or not."""
    return BuyingRole.COACH in contact.buying_roles


@once
def starters(assessment: Assessment) -> Sequence[Contact]:
    """Active contacts who would put in a word for us: engaged, and not against us."""
    return [
        contact
        for contact in assessment.active
        if engagement(contact, assessment.settings) >= ENGAGED and not is_against_us(contact)
    ]


@once
def _neighbours(assessment: Assessment) -> Mapping[str, Sequence[str]]:
    """Who reports to or is influenced by whom, either way, by the keys of names in the order of the sheet."""
    order = {name: place for place, name in enumerate(assessment.contacts)}
    found: dict[str, set[str]] = {name: set() for name in order}
    for name, contact in assessment.contacts.items():
        for other in (contact.reports_to, *contact.influenced_by):
            linked = key(other or "")
            if linked in found and linked != name:
                found[name].add(linked)
                found[linked].add(name)
    return {name: sorted(linked, key=order.__getitem__) for name, linked in found.items()}


def route(assessment: Assessment, name: str) -> Sequence[str] | None:
    """The people from whom to whom one gets to a person: the shortest chain, its last the person; None without one.

    It starts at an active contact with engagement ≥ 0.75 who is not against us (a coach first on a tie, then the higher
    engagement, then the order of the sheet) and goes through active contacts only.
    """
    target, known = key(name), _known(assessment)
    if target not in known:
        known[target] = _shortest(assessment, target) if target in assessment.contacts else None
    return known[target]


@once
def _known(_: Assessment) -> dict[str, Sequence[str] | None]:
    """The ways found so far: remedies, advice and cells ask for the same ones again and again."""
    return {}


def _shortest(assessment: Assessment, target: str) -> Sequence[str] | None:
    steps = _steps_from(assessment, target)
    order = {key(contact.name or ""): place for place, contact in enumerate(assessment.contacts.values())}
    starts = [contact for contact in starters(assessment) if key(contact.name or "") in steps]
    if not starts:
        return None

    def rank(contact: Contact) -> tuple[int, bool, float, int]:
        at = key(contact.name or "")
        return steps[at], not is_coach(contact), -engagement(contact, assessment.settings), order[at]

    at = key(min(starts, key=rank).name or "")
    chain = [at]
    while at != target:
        at = next(other for other in _neighbours(assessment)[at] if steps.get(other) == steps[at] - 1)
        chain.append(at)
    return [assessment.contacts[each].name or "" for each in chain]


def _steps_from(assessment: Assessment, target: str) -> Mapping[str, int]:
    """How many steps each active contact is away from a person."""
    steps, waiting = {target: 0}, deque([target])
    while waiting:
        at = waiting.popleft()
        for other in _neighbours(assessment)[at]:
            if other not in steps and is_active(assessment.contacts[other]):
                steps[other] = steps[at] + 1
                waiting.append(other)
    return steps
