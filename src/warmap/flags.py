"""What a red flag is, and what answers it: an action that is still to be done, or a strength (specification, section 4).

A flag carries the words of its rule and knows nothing else of it, so that the scores, which count flags, need no rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warmap import subjects
from warmap.model import Action, Strength, WarMap
from warmap.names import key
from warmap.subjects import role_or_stage, tokens
from warmap.terms import ActionStatus, Severity
from warmap.text import Lang, Text

DEAL = subjects.DEAL
DEAL_LABEL = subjects.DEAL_LABEL
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
    term = role_or_stage(subject)
    return term.label.to(lang) if term else subject


def is_live(action: Action) -> bool:
    """Open or in progress; blank is open."""
    return action.status in LIVE


def is_overdue(action: Action, as_of: date | None) -> bool:
    """Due before the day the map is judged at; False where either date is blank."""
    return action.due is not None and as_of is not None and action.due < as_of


def answers_of(war_map: WarMap) -> dict[str, Action | Strength]:
    """What answers a flag, by the rule's code or the subject it names: live actions not overdue before strengths."""
    answers: dict[str, Action | Strength] = {}
    people = {key(contact.name) for contact in war_map.contacts if contact.name}
    for action in war_map.actions:
        if is_live(action) and not is_overdue(action, war_map.deal.as_of):
            for token in tokens([action.about], people):
                answers.setdefault(token, action)
    for strength in war_map.strengths:
        for token in tokens(strength.answers, people):
            answers.setdefault(token, strength)
    return answers
