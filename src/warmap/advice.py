"""What to do next: the open flags as lines of advice, one a person, each with owner, day, worth and the way there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from warmap.flags import Flag
from warmap.names import key
from warmap.remedies import by_when, due
from warmap.routes import route
from warmap.scores.health import worth
from warmap.scores.score import Flagged
from warmap.terms import Severity
from warmap.text import Lang

FIRST_OF_A_PERSON = ("RF202", "RF207", "RF303", "RF304", "RF306", "RF301", "RF205", "RF302")
"""Meeting before listening, listening before asking; the rest by code."""
NEVER_MET = frozenset({"RF202", "RF207", "RF303", "RF304"})


@dataclass(frozen=True, slots=True)
class NextAction:
    """One line of advice: the flag whose remedy it gives, and all flags about the same person that it counts.

    `worth` is the points of health gained when all of them are cleared (None without health); `owner` is the person's
    counterpart, else the deal's owner; `route` the people through whom one gets to somebody never met.
    """

    flag: Flag
    flags: Sequence[Flag]
    severity: Severity
    worth: float | None
    owner: str | None
    due: date | None
    route: Sequence[str] | None

    def remedy(self, lang: Lang) -> str:
        """What to do, in words."""
        return self.flag.remedy(lang)


def next_actions(judged: Flagged) -> Sequence[NextAction]:
    """The lines by severity, worth, influence of the person and code, at most as many as the setting says."""
    groups: dict[str, list[Flag]] = {}
    for place, flag in enumerate(flag for flag in judged.flags if flag.mitigated_by is None):
        person = key(flag.subject)
        groups.setdefault(person if person in judged.contacts else f"\n{place}", []).append(flag)
    lines = [advice_on(judged, flags) for flags in groups.values()]

    def rank(line: NextAction) -> tuple[int, float, float, str]:
        person = judged.contacts.get(key(line.flag.subject))
        influence = judged.weight(person) if person else 0.0
        return line.severity.place, -(line.worth or 0.0), -influence, line.flag.code

    return sorted(lines, key=rank)[: judged.settings.next_actions]


def route_of(judged: Flagged, flag: Flag) -> Sequence[str] | None:
    """The way to the person of a flag about somebody never met; None for other flags, and where there is no way."""
    if flag.code not in NEVER_MET:
        return None
    return next((chain for name in flag.people if (chain := route(judged, name)) is not None), None)


def advice_on(judged: Flagged, flags: Sequence[Flag]) -> NextAction:
    """The line of advice on flags about one person or thing."""
    first = min(flags, key=_turn)
    severity = min((flag.severity for flag in flags), key=lambda severity: severity.place)
    person = judged.contacts.get(key(first.subject))
    owner = (person.counterpart if person else None) or judged.map.deal.owner
    if "by" in first.facts:  # the heaviest flag counted in the line sets its day, in the words too
        first = replace(first, facts={**first.facts, "by": by_when(judged, severity)})
    return NextAction(
        first, flags, severity, worth(judged, flags), owner, due(judged, severity), route_of(judged, first)
    )


def _turn(flag: Flag) -> tuple[int, str]:
    place = FIRST_OF_A_PERSON.index(flag.code) if flag.code in FIRST_OF_A_PERSON else len(FIRST_OF_A_PERSON)
    return place, flag.code
