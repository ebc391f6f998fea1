"""What a red flag is, and what answers it: an action that is still to be done, or a strength (specification, section 4).

A flag carries the words of its rule and knows nothing else of it, so that the scores, which count flags, need no rules.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from warmap.model import Action, Strength, WarMap
from warmap.terms import ActionStatus, BuyingRole, ProcurementStage, Severity, key, term_for
from warmap.text import Lang, Text

DEAL = "deal"
DEAL_LABEL = Text("整个商机", "The deal")
SEPARATORS = re.compile(r"[、，,;；:：/|\n]+")
RULE_CODE = re.compile(r"(?<![a-z0-9])rf\d{3}(?![0-9])")
DEAL_WORDS = frozenset(key(word) for word in (DEAL, DEAL_LABEL.zh, DEAL_LABEL.en, "商机"))
LIVE = frozenset({ActionStatus.OPEN, ActionStatus.IN_PROGRESS, None})


@dataclass(frozen=True, slots=True, eq=False)
class Flag:
    """One red flag: the rule's code and title, about whom, how heavy, and the action or strength that answers it.

    `subject` is a contact's name, a role's or stage's code, or `deal`. `mitigated_by` is None where nothing answers it.
    `problem` and `cure` are the rule's words, their placeholders not yet filled with `facts`. `manner` is how to go
    about it with the person it leads to; `people` are the names of those whom it is about.
    """

    code: str
    title: Text
    severity: Severity
    subject: str
    problem: Text
    cure: Text
    facts: Mapping[str, object]
    manner: Text | None = None
    people: Sequence[str] = ()
    mitigated_by: Action | Strength | None = None

    def message(self, lang: Lang) -> str:
        """What is wrong, in words."""
        return self._filled(self.problem, lang)

    def remedy(self, lang: Lang) -> str:
        """What to do about it, in words, in the manner that suits the person."""
        return in_manner(self.manner, self._filled(self.cure, lang), lang)

    def _filled(self, text: Text, lang: Lang) -> str:
        return text.say(lang, {"subject": subject_label(self.subject, lang), **self.facts})


def in_manner(manner: Text | None, remedy: str, lang: Lang) -> str:
    """A remedy, which begins with a verb, with the manner in front of it, or else as a sentence of its own."""
    if manner is None:
        return remedy[:1].upper() + remedy[1:]
    return f"{manner.zh}：{remedy}" if lang == "zh" else f"{manner.en}: {remedy[:1].lower()}{remedy[1:]}"


def subject_label(subject: str, lang: Lang) -> str:
    """The subject of a flag as people say it."""
    if subject == DEAL:
        return DEAL_LABEL.to(lang)
    term = _role_or_stage(subject)
    return term.label.to(lang) if term else subject


@lru_cache(maxsize=1024)
def _role_or_stage(text: str) -> BuyingRole | ProcurementStage | None:
    return term_for(BuyingRole, text) or term_for(ProcurementStage, text)


def is_live(action: Action) -> bool:
    """Open or in progress; blank is open."""
    return action.status in LIVE


def is_overdue(action: Action, as_of: date | None) -> bool:
    """Due before the day the map is judged at; False where either date is blank."""
    return action.due is not None and as_of is not None and action.due < as_of


MOST_NAMED = 3
"""Entries of an `about` that count: a line that names everybody answers nobody."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a line of the plan says it answers: rule codes, and subjects as flags have them."""

    codes: frozenset[str]
    subjects: Sequence[str]

    def meets(self, flag: Flag) -> bool:
        """Whether it names the flag's code, and where it names subjects too, the flag's subject."""
        return key(flag.code) in self.codes and (not self.subjects or key(flag.subject) in self.subjects)


def named_in(entries: Sequence[str], people: Collection[str]) -> Named:
    """The codes and subjects among the entries that count; `people` are the keys of the names on the map."""
    codes: set[str] = set()
    subjects: dict[str, None] = {}
    for entry in entries[:MOST_NAMED]:
        codes.update(RULE_CODE.findall(key(entry)))
        for part in (entry, *SEPARATORS.split(entry)):
            name = key(part)
            if name in people:
                subjects[name] = None
            elif name in DEAL_WORDS:
                subjects[DEAL] = None
            elif term := _role_or_stage(name):
                subjects[key(term.value)] = None
    return Named(frozenset(codes), list(subjects))


def lines_of_the_plan(war_map: WarMap) -> Iterator[tuple[Action | Strength, Named]]:
    """What may answer flags, in its order: live actions that are not overdue, then strengths."""
    people = {key(contact.name) for contact in war_map.contacts if contact.name}
    for action in war_map.actions:
        if is_live(action) and not is_overdue(action, war_map.deal.as_of):
            yield action, named_in(action.about, people)
    for strength in war_map.strengths:
        yield strength, named_in(strength.answers, people)


def answered(flags: Sequence[Flag], war_map: WarMap) -> list[Flag]:
    """The flags, the heaviest first, each with what answers it.

    A line that names codes answers every flag of these codes (about its subjects, where it names some as well). A line
    that names subjects only answers one flag of each: the heaviest that nothing answers yet.
    """
    answers: dict[int, Action | Strength] = {}
    for line, named in lines_of_the_plan(war_map):
        if named.codes:
            for flag in flags:
                if named.meets(flag):
                    answers.setdefault(id(flag), line)
            continue
        for subject in named.subjects:
            mine = [flag for flag in flags if key(flag.subject) == subject and id(flag) not in answers]
            answers.update({id(flag): line for flag in mine[:1]})
    return [replace(flag, mitigated_by=answers[id(flag)]) if id(flag) in answers else flag for flag in flags]
