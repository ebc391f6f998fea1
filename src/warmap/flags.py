"""Raising the flags, pairing each with what answers it, and the next actions (specification, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from warmap.model import Action, Strength
from warmap.rules import Raised, Rule, all_rules
from warmap.rules.action_state import is_live, is_overdue
from warmap.terms import BuyingRole, ProcurementStage, Severity, key, term_for
from warmap.text import Lang, Text

if TYPE_CHECKING:
    from warmap.assessment import Assessment

DEAL = "deal"
DEAL_LABEL = Text("整个商机", "The deal")
SEPARATORS = re.compile(r"[、，,;；:：/|\n]+")
RULE_CODE = re.compile(r"(?<![a-z0-9])rf\d{3}(?![0-9])")
DEAL_WORDS = frozenset(key(word) for word in (DEAL, DEAL_LABEL.zh, DEAL_LABEL.en, "商机"))


class Flag:
    """One red flag: the rule, about whom, how heavy, and the action or strength that answers it (None: nothing)."""

    __slots__ = ("_said", "mitigated_by", "raised", "rule")

    def __init__(self, rule: Rule, raised: Raised, mitigated_by: Action | Strength | None) -> None:
        self.rule, self.raised, self.mitigated_by = rule, raised, mitigated_by
        self._said: dict[tuple[str, Lang], str] = {}

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def subject(self) -> str:
        """A contact's name, a role's or stage's code, or `deal`."""
        return self.raised.subject

    @property
    def severity(self) -> Severity:
        """The severity of this flag."""
        return self.raised.severity or self.rule.severity

    def message(self, lang: Lang) -> str:
        """What is wrong, in words."""
        return self._words(self.rule.message, lang)

    def remedy(self, lang: Lang) -> str:
        """What to do about it, in words."""
        return self._words(self.rule.remedy, lang)

    def _words(self, text: Text, lang: Lang) -> str:
        """A text of the rule about this subject; kept, for several results say it."""
        words = self._said.get((text.en, lang))
        if words is None:
            facts = {"subject": subject_label(self.subject, lang), **self.raised.facts}
            words = self._said[text.en, lang] = text.say(lang, facts)
        return words


def subject_label(subject: str, lang: Lang) -> str:
    """The subject of a flag as people say it."""
    if subject == DEAL:
        return DEAL_LABEL.to(lang)
    term = _role_or_stage(subject)
    return term.label.to(lang) if term else subject


@lru_cache(maxsize=1024)
def _role_or_stage(text: str) -> BuyingRole | ProcurementStage | None:
    return term_for(BuyingRole, text) or term_for(ProcurementStage, text)


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


def answers_of(assessment: Assessment) -> dict[str, Action | Strength]:
    """Everything that answers something: first the live actions that are not overdue, then the strengths."""
    answers: dict[str, Action | Strength] = {}
    for action in assessment.map.actions:
        if is_live(action) and not is_overdue(action, assessment):
            for token in tokens([action.about]):
                answers.setdefault(token, action)
    for strength in assessment.map.strengths:
        for token in tokens(strength.answers):
            answers.setdefault(token, strength)
    return answers


def raise_flags(assessment: Assessment) -> list[Flag]:
    """Run every rule whose tables are given; heaviest first, then by code, in the order the check found them."""
    flags = [*assessment.first_flags, *_flags(assessment, after_others=True)]
    return sorted(flags, key=lambda flag: (flag.severity.place, flag.code))


def first_flags(assessment: Assessment) -> list[Flag]:
    """The flags of the rules that need no other flags, in order of codes."""
    return list(_flags(assessment, after_others=False))


def _flags(assessment: Assessment, *, after_others: bool) -> Iterator[Flag]:
    answers = assessment.answers
    for rule in all_rules().values():
        if rule.after_others is not after_others or not assessment.tables.issuperset(rule.needs):
            continue
        if rule.optional and not getattr(assessment.map, rule.optional):
            continue
        for raised in rule.check(assessment):
            answer = answers.get(key(rule.code)) or answers.get(key(raised.subject))
            yield Flag(rule, raised, answer)


def next_actions(assessment: Assessment) -> list[Flag]:
    """The unanswered flags by severity, then influence of the subject, then code; at most the setting's number."""

    def influence(flag: Flag) -> float:
        contact = assessment.contacts.get(key(flag.subject))
        return assessment.weight(contact) if contact else 0.0

    ranked = sorted(assessment.open_flags, key=lambda flag: (flag.severity.place, -influence(flag), flag.code))
    return ranked[: assessment.settings.next_actions]
