"""What a red flag is, and what answers it: an action that is still to be done, or a strength (specification, section 4).

A flag carries the words of its rule and knows nothing else of it, so that the scores, which count flags, need no rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from warmap import subjects
from warmap.model import Action, Strength, WarMap
from warmap.names import key
from warmap.subjects import Named, named_in, role_or_stage
from warmap.terms import ActionStatus, Severity
from warmap.text import Lang, Text

DEAL = subjects.DEAL
DEAL_LABEL = subjects.DEAL_LABEL
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
    term = role_or_stage(subject)
    return term.label.to(lang) if term else subject


def is_live(action: Action) -> bool:
    """Open or in progress; blank is open."""
    return action.status in LIVE


def is_overdue(action: Action, as_of: date | None) -> bool:
    """Due before the day the map is judged at; False where either date is blank."""
    return action.due is not None and as_of is not None and action.due < as_of


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
                if named.meets(flag.code, flag.subject):
                    answers.setdefault(id(flag), line)
            continue
        for subject in named.subjects:
            mine = [flag for flag in flags if key(flag.subject) == subject and id(flag) not in answers]
            answers.update({id(flag): line for flag in mine[:1]})
    return [replace(flag, mitigated_by=answers[id(flag)]) if id(flag) in answers else flag for flag in flags]
