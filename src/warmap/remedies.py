"""What a remedy needs of this map: by when, whom to ask, and the way to a person nobody has met.

A remedy that says "ask the coach" where there is none, or sends the rep to somebody who was never met, is no advice. So
each remedy is filled in from the map, with the facts below (`FACTS`).
"""

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from warmap.model import Contact
from warmap.names import key
from warmap.routes import is_coach, route, starters
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import SENIOR, coach_quality, engagement, is_active, is_against_us, never_met
from warmap.terms import BuyingRole, Influence, PositionClass, Severity, SocialStyle
from warmap.text import Text, is_blank

DAYS: Mapping[Severity, int] = {Severity.CRITICAL: 7, Severity.MAJOR: 14, Severity.MINOR: 30}
WITHIN: Mapping[Severity, Text] = {
    Severity.CRITICAL: Text("一周内", "within a week"),
    Severity.MAJOR: Text("两周内", "within two weeks"),
    Severity.MINOR: Text("一个月内", "within a month"),
}
BY = Text("{day} 前", "by {day}")

COACH = Text("教练{name}", "your coach {name}")
PERSON = Text("{name}", "{name}")
DECIDER = Text("关键决策者{name}", "decision maker {name}")
NOBODY_INSIDE = Text("客户前台或自己的人脉", "somebody at their reception or in your own network")
OUR_MANAGER = Text("主管", "your manager")
THE_CUSTOMER = Text("客户", "the customer")
SOMEBODY_AT_WORK = Text("一位一线人员", "somebody who does the work every day")
INTRODUCED_AT_WORK = Text("一位一线人员（请{insider}介绍）", "somebody who does the work every day (through {insider})")
SOMEBODY_THERE = Text("一位客户内部的人（最好是经理以上）", "somebody inside, preferably a manager or director,")

INTRODUCED = Text("请{first}引荐", "through {first}")
THEN = Text("、再请", ", then ")
BY_COUNTERPART = Text("由我方{counterpart}出面", "through {counterpart} on our side")
BY_OUR_EXECUTIVE = Text("由我方级别相当的领导出面", "through an executive of ours of equal rank")
BY_OURSELVES = Text("打电话自我介绍", "through a call of your own")

SEE = Text("当面见{names}", "see {names} in person")
REACH = Text("联系{names}", "get in touch with {names}")
SEE_FIRST = Text("{through}，与{names}第一次见面", "get a first meeting with {names} {through}")
SEE_SUCCESSOR = Text("找到接替{names}的人，当面谈", "find out who took over from {names} and see that person")
AND = Text("；", " and ")
MANNER: Mapping[SocialStyle, Text] = {
    SocialStyle.ANALYTICAL: Text("带数据和事实去", "Bring figures and facts"),
    SocialStyle.DRIVER: Text("开门见山谈结果", "Come straight to the result"),
    SocialStyle.AMIABLE: Text("先谈人，再谈事", "Talk about the person first, then about business"),
    SocialStyle.INNOVATIVE: Text("带一个新点子去", "Bring a new idea"),
}


def due(assessment: Assessment, severity: Severity) -> date | None:
    """By when: sooner the heavier it is, and not after the close date unless that has passed. None without a day of judging."""
    as_of, close = assessment.as_of, assessment.map.deal.close_date
    if as_of is None or (date.max - as_of).days < DAYS[severity]:
        return None
    day = as_of + timedelta(days=DAYS[severity])
    return min(day, close) if close is not None and close >= as_of else day


@dataclass(frozen=True, slots=True)
class Case:
    """A flag to be answered on this map: how heavy it is, and the people it is about."""

    assessment: Assessment
    severity: Severity
    people: Sequence[Contact]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a remedy may speak of: filled in for one case, and as it is called in general, where no map is at hand."""

    of: Callable[[Case], Text]
    in_general: Text


def facts_for(case: Case, *texts: Text) -> dict[str, object]:
    """The facts that these texts ask for, out of those that every remedy may speak of."""
    return {name: FACTS[name].of(case) for text in texts for name in asked_for(text) if name in FACTS}


def manner_for(case: Case, remedy: Text) -> Text | None:
    """How to go about a remedy that begins with meeting one person (004); None for others, and where the style is unknown."""
    if len(case.people) != 1 or not remedy.en.startswith(MEETINGS) or not is_active(case.people[0]):
        return None
    return manner_of(case.people[0])


def manner_of(contact: Contact) -> Text | None:
    """The manner that suits a person; None where the style is unknown."""
    return MANNER[contact.style] if contact.style is not None else None


@lru_cache(maxsize=1024)
def asked_for(text: Text) -> frozenset[str]:
    """The names of the placeholders of a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text.en) if name)


# -- by when, and whom to ask --------------------------------------------------------------------------------------


def by_when(assessment: Assessment, severity: Severity) -> Text:
    """A day, or without a day of judging a span of time."""
    day = due(assessment, severity)
    return WITHIN[severity] if day is None else BY.filled(day=day)


def source(case: Case) -> Text:
    """Whom to ask who is who: an insider, else the way round them."""
    return called(insider(case.assessment, case.people)) or NOBODY_INSIDE


def informant(case: Case) -> Text:
    """Whom to ask how the purchase goes: an insider, else the customer."""
    return called(insider(case.assessment, case.people)) or THE_CUSTOMER


def insider(assessment: Assessment, but: Sequence[Contact] = ()) -> Contact | None:
    """A coach, else the nearest person we have met, neither against us."""
    return _first([*_coaches(assessment), *_well_met(assessment)], but)


def ally(case: Case) -> Text:
    """With whom to talk a plan over: a coach, else somebody who is for us, else our manager."""
    friends = [each for each in _well_disposed(case.assessment) if each.support is not None and each.support.score > 0]
    return called(_first([*_coaches(case.assessment), *friends], case.people)) or OUR_MANAGER


def candidate(case: Case) -> Text:
    """Whom to win as a coach: somebody who would put in a word for us, first who gains if we win, then who is senior."""
    able = [each for each in _well_disposed(case.assessment) if each.wants_our_success is not False]
    able.sort(key=lambda each: (each.wants_our_success is not True, each.level not in SENIOR))
    return called(_first(able, case.people)) or SOMEBODY_THERE


def decider(case: Case) -> Text:
    """Who knows the customer's own timetable: a decision maker we have met, else a person of ours inside, else they."""
    deciders = [each for each in _well_met(case.assessment) if BuyingRole.ECONOMIC in each.buying_roles]
    found = _first(deciders, case.people)
    inside = _first([*_coaches(case.assessment), *_well_disposed(case.assessment)], case.people)
    return DECIDER.filled(name=found.name) if found is not None else called(inside) or THE_CUSTOMER


def user(case: Case) -> Text:
    """Who works with it every day: a user we have met, else the head of a user department, else whom an insider knows."""
    met = _well_met(case.assessment)
    users = [each for each in met if BuyingRole.USER in each.buying_roles]
    heads = [each for each in met if each.position_class is PositionClass.USER_DEPARTMENT]
    found, inside = called(_first([*users, *heads], case.people)), called(insider(case.assessment, case.people))
    return found or (INTRODUCED_AT_WORK.filled(insider=inside) if inside else SOMEBODY_AT_WORK)


@once
def _coaches(assessment: Assessment) -> Sequence[Contact]:
    """Coaches we have met who are not against us, the best first."""
    coaches = [each for each in _well_met(assessment) if is_coach(each)]
    return sorted(coaches, key=lambda each: -coach_quality(each, assessment.settings))


@once
def _well_disposed(assessment: Assessment) -> Sequence[Contact]:
    """People who would put in a word for us, the best first."""
    return sorted(starters(assessment), key=lambda each: -engagement(each, assessment.settings))


@once
def _well_met(assessment: Assessment) -> Sequence[Contact]:
    """Active contacts we have met who are not against us, the nearest to us first, then the more influential."""
    met = [each for each in assessment.active if not never_met(each) and not is_against_us(each)]
    return sorted(met, key=lambda each: (-engagement(each, assessment.settings), -assessment.weight(each)))


def _first(wanted: Iterable[Contact], but: Sequence[Contact]) -> Contact | None:
    """The first who is none of those whom the flag is about."""
    return next((each for each in wanted if all(each is not about for about in but)), None)


def called(contact: Contact | None) -> Text | None:
    """A person as a remedy names one of ours inside: a coach as the coach, others by name."""
    return None if contact is None else (COACH if is_coach(contact) else PERSON).filled(name=contact.name)


# -- how to meet a person ------------------------------------------------------------------------------------------


def names(case: Case) -> Text:
    """The people whom the flag is about."""
    return listed_names(case.people)


def see(case: Case) -> Text:
    """Meet them: those we know in person, the others for the first time and with the way there."""
    return _meeting(case, SEE)


def reach(case: Case) -> Text:
    """Get in touch with them; those never met as `see` has it."""
    return _meeting(case, REACH)


def through(case: Case) -> Text:
    """The way to the first of the people whom the flag is about."""
    return way_to(case.assessment, case.people[0]) if case.people else BY_OUR_EXECUTIVE


def way_to(assessment: Assessment, contact: Contact) -> Text:
    """How to get to a person nobody has met: by whom introduced and along which route, or who of ours goes first."""
    introduced = introduction_to(assessment, contact)
    if introduced is not None:
        return introduced
    counterpart = contact.counterpart or ""
    if not is_blank(counterpart) and key(counterpart) != key(assessment.map.deal.owner or ""):
        return BY_COUNTERPART.filled(counterpart=counterpart)
    return way_of_ours(contact)


def introduction_to(assessment: Assessment, contact: Contact) -> Text | None:
    """By whom a person nobody has met can be introduced, along which route."""
    chain = route(assessment, contact.name or "") or ()
    if len(chain) < 2:  # the person alone is no way to the person
        return None
    return Text(*(words.format(first=then.join(chain[:-1])) for words, then in zip(INTRODUCED, THEN, strict=True)))


def way_of_ours(contact: Contact) -> Text:
    """How to get to a person where nobody introduces us: by rank."""
    weighty = BuyingRole.ECONOMIC in contact.buying_roles or contact.influence is Influence.HIGH
    return BY_OUR_EXECUTIVE if contact.level in SENIOR or (contact.level is None and weighty) else BY_OURSELVES


def _meeting(case: Case, met_already: Text) -> Text:
    gone = [each for each in case.people if not is_active(each)]
    here = [each for each in case.people if is_active(each)]
    met = [each for each in here if not never_met(each)]
    parts = [met_already.filled(names=listed_names(met))] if met else []
    unmet = sorted((each for each in here if never_met(each)), key=lambda each: _steps(case.assessment, each))
    if unmet:  # one way is enough for a week: to the nearest, and to whom the same way leads
        way = way_to(case.assessment, unmet[0])
        people = [each for each in unmet if way_to(case.assessment, each) == way]
        parts.append(SEE_FIRST.filled(names=listed_names(people), through=way))
    parts += [SEE_SUCCESSOR.filled(names=listed_names(gone))] if gone else []
    return Text(AND.zh.join(part.zh for part in parts), AND.en.join(part.en for part in parts))


def _steps(assessment: Assessment, contact: Contact) -> float:
    """How many introductions away; people without a way come last."""
    return len(route(assessment, contact.name or "") or ()) or float("inf")


def listed_names(people: Sequence[Contact]) -> Text:
    """Names as people say them one after the other."""
    said = [each.name or "" for each in people]
    *most, last = said or [""]
    return Text("、".join(said), f"{', '.join(most)} and {last}" if most else last)


FACTS: Mapping[str, Fact] = {
    "by": Fact(lambda case: by_when(case.assessment, case.severity), Text("在期限前", "by the due date")),
    "source": Fact(source, Text("教练或愿意帮忙的人", "your coach or somebody who is for us")),
    "informant": Fact(informant, Text("教练或愿意帮忙的人", "your coach or somebody who is for us")),
    "ally": Fact(ally, Text("教练或主管", "your coach or your manager")),
    "candidate": Fact(candidate, Text("一位愿意帮忙的人", "somebody who is for us")),
    "decider": Fact(decider, Text("关键决策者或教练", "the decision maker or your coach")),
    "user": Fact(user, Text("一位用户", "a user")),
    "names": Fact(names, Text("有关的人", "the people concerned")),
    "see": Fact(see, Text("当面见本人（没见过的先请人引荐）", "see the person (introduced, if you have never met)")),
    "reach": Fact(reach, Text("联系本人", "get in touch with the person")),
    "through": Fact(through, Text("请人引荐", "through an introduction")),
}
MEETINGS = ("{see}", "{reach}")
