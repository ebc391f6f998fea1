"""What a red flag is, and what answers it: an action that is still to be done, or a strength (specification, section 4).

A flag carries the words of its rule and knows nothing else of it, so that the scores, which count flags, need no rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
    `problem` and `cure` are the rule's words, their placeholders not yet filled with `facts`.
    """

    code: str
    title: Text
    severity: Severity
    subject: str
    problem: Text
    cure: Text
    facts: Mapping[str, object]
    mitigated_by: Action | Strength | None

    def message(self, lang: Lang) -> str:
        """What is wrong, in words."""
        return self._filled(self.problem, lang)

    def remedy(self, lang: Lang) -> str:
        """What to do about it, in words."""
        return self._filled(self.cure, lang)

    def _filled(self, text: Text, lang: Lang) -> str:
        return text.say(lang, {"subject": subject_label(self.subject, lang), **self.facts})


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


def tokens(texts: Iterable[str | None]) -> Iterator[str]:
    """What an `about` or `answers` names, spelled so that it can be compared; roles and stages by their code."""
    for text in texts:
        if not text:
            continue
        yield from RULE_CODE.findall(key(text))
        for part in {text, *SEPARATORS.split(text)}:
            if name := key(part):
                yield name  # a person may be called what a role is called
                if name in DEAL_WORDS:
                    yield DEAL
                elif term := _role_or_stage(name):
                    yield key(term.value)


def answers_of(war_map: WarMap) -> dict[str, Action | Strength]:
    """What answers a flag, by the rule's code or the subject it names: live actions not overdue before strengths."""
    answers: dict[str, Action | Strength] = {}
    for action in war_map.actions:
        if is_live(action) and not is_overdue(action, war_map.deal.as_of):
            for token in tokens([action.about]):
                answers.setdefault(token, action)
    for strength in war_map.strengths:
        for token in tokens(strength.answers):
            answers.setdefault(token, strength)
    return answers
