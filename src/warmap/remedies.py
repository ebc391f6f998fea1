"""What a remedy needs of this map: by when, whom to ask, and the way to a person nobody has met.

A remedy that says "ask the coach" where there is none, or sends the rep to somebody who was never met, is no advice. So
each remedy is filled in from the map: `by`, `source`, `ally`, `through`, `see`.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from warmap.model import Contact
from warmap.names import key
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import coach_quality, engagement, is_active, never_met
from warmap.terms import BuyingRole, Severity, SocialStyle
from warmap.text import Text

DAYS: Mapping[Severity, int] = {Severity.CRITICAL: 7, Severity.MAJOR: 14, Severity.MINOR: 30}
WITHIN: Mapping[Severity, Text] = {
    Severity.CRITICAL: Text("一周内", "within a week"),
    Severity.MAJOR: Text("两周内", "within two weeks"),
    Severity.MINOR: Text("一个月内", "within a month"),
}
BY = Text("{day} 前", "by {day}")
ENGAGED = 0.75
"""Engagement from which a person will put in a word for us."""

COACH = Text("教练{name}", "your coach {name}")
PERSON = Text("{name}", "{name}")
NOBODY_INSIDE = Text("客户前台或自己的人脉", "somebody at their reception or in your own network")
OUR_MANAGER = Text("主管", "your manager")
INTRODUCED = Text("请{first}引荐（{chain}）", "with an introduction by {first} ({chain})")
BY_OUR_EXECUTIVE = Text("由我方级别相当的领导出面", "through an executive of ours of equal rank")
SEE = Text("当面见{name}", "see {name} in person")
SEE_FIRST = Text("{through}，第一次见到{name}", "get a first meeting with {name} {through}")

MANNER: Mapping[SocialStyle, Text] = {
    SocialStyle.ANALYTICAL: Text("带数据和事实去", "Bring figures and facts"),
    SocialStyle.DRIVER: Text("开门见山谈结果", "Come straight to the result"),
    SocialStyle.AMIABLE: Text("先谈人，再谈事", "The person first, then the matter"),
    SocialStyle.INNOVATIVE: Text("带一个新点子去", "Bring a new idea"),
}


def due(assessment: Assessment, severity: Severity) -> date | None:
    """By when: sooner the heavier it is, and not after the close date unless that has passed. None without a day of judging."""
    as_of, close = assessment.as_of, assessment.map.deal.close_date
    if as_of is None or (date.max - as_of).days < DAYS[severity]:
        return None
    day = as_of + timedelta(days=DAYS[severity])
    return min(day, close) if close is not None and close >= as_of else day


def facts_for(assessment: Assessment, subject: str, severity: Severity) -> dict[str, object]:
    """What every remedy may speak of, for a flag about this subject (a contact's name, or else)."""
    contact = assessment.contacts.get(key(subject))
    day, inside = due(assessment, severity), _insider(assessment, contact)
    named = None if inside is None else (COACH if _is_coach(inside) else PERSON).filled(name=inside.name or "")
    through = way_to(assessment, contact) if contact else BY_OUR_EXECUTIVE
    name = contact.name or "" if contact else subject
    return {
        "by": WITHIN[severity] if day is None else BY.filled(day=day),
        "source": named or NOBODY_INSIDE,
        "ally": named or OUR_MANAGER,
        "through": through,
        "see": SEE_FIRST.filled(name=name, through=through) if contact and never_met(contact) else SEE.filled(name=name),
    }  # fmt: skip


def manner_of(assessment: Assessment, subject: str) -> Text | None:
    """The manner that suits the person whom a flag is about (004); None where it is about nobody, or the style unknown."""
    contact = assessment.contacts.get(key(subject))
    return MANNER[contact.style] if contact is not None and contact.style is not None else None


def way_to(assessment: Assessment, contact: Contact) -> Text:
    """How to get to a person: by whom introduced, along which route; without a route through somebody of ours."""
    chain = route(assessment, contact.name or "")
    if chain is None or len(chain) < 2:  # the person alone is no way to the person
        return BY_OUR_EXECUTIVE
    return INTRODUCED.filled(first=chain[0], chain=" → ".join(chain))


@once
def _insiders(assessment: Assessment) -> Sequence[Contact]:
    """Who may be asked: coaches we have met, the best first, then people who would put in a word for us."""
    settings = assessment.settings
    coaches = [contact for contact in assessment.active if _is_coach(contact) and not never_met(contact)]
    coaches.sort(key=lambda contact: -coach_quality(contact, settings))
    others = [contact for contact in _starters(assessment) if not _is_coach(contact)]
    others.sort(key=lambda contact: -engagement(contact, settings))
    return [*coaches, *others]


def _insider(assessment: Assessment, but: Contact | None) -> Contact | None:
    return next((contact for contact in _insiders(assessment) if contact is not but), None)


def _is_coach(contact: Contact) -> bool:
    return BuyingRole.COACH in contact.buying_roles


# -- the way to a person -------------------------------------------------------------------------------------------


@once
def _starters(assessment: Assessment) -> Sequence[Contact]:
    """Active contacts who would put in a word for us: engaged, and not against us."""
    return [
        contact
        for contact in assessment.active
        if engagement(contact, assessment.settings) >= ENGAGED
        and (contact.support is None or contact.support.score >= 0)
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
    target = key(name)
    if target not in assessment.contacts:
        return None
    steps = _steps_from(assessment, target)
    order = {key(contact.name or ""): place for place, contact in enumerate(assessment.contacts.values())}
    starts = [contact for contact in _starters(assessment) if key(contact.name or "") in steps]
    if not starts:
        return None

    def rank(contact: Contact) -> tuple[int, bool, float, int]:
        at = key(contact.name or "")
        return steps[at], not _is_coach(contact), -engagement(contact, assessment.settings), order[at]

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
