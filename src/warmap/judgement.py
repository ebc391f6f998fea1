"""A map judged: scores, then the flags they raise, then health, then what to do next. One way up, nothing looks back."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from warmap.advice import NextAction, next_actions
from warmap.flags import Flag, answered
from warmap.model import WarMap
from warmap.remedies import Case, facts_for, manner_for
from warmap.rules import Raised, Rule, all_rules
from warmap.scores import Value, all_scores
from warmap.scores.health import Health, health, worth
from warmap.scores.score import Flagged
from warmap.settings import Settings
from warmap.terms import key


class Judgement(Flagged):
    """A map with all that the method says of it; each part is worked out once, when it is first asked for."""

    @cached_property
    def scores(self) -> Mapping[str, Value]:
        """Every score by its code, in the order of the registry; None is not assessed."""
        return {code: score.compute(self) for code, score in all_scores().items()}

    @cached_property
    def flags(self) -> Sequence[Flag]:
        """Every red flag, the heaviest first, then by code, in the order the rule found them."""
        rules = [rule for rule in all_rules().values() if self._can_run(rule)]
        first = [flag for rule in rules if not rule.is_about_flags for flag in self._raised(rule, ())]
        told = answered(_heaviest_first(first), self.map)
        last = [flag for rule in rules if rule.is_about_flags for flag in self._raised(rule, told)]
        return answered(_heaviest_first([*first, *last]), self.map)

    def _can_run(self, rule: Rule) -> bool:
        is_given = self.tables.issuperset(rule.needs)
        return is_given and (not rule.optional or bool(getattr(self.map, rule.optional)))

    def _raised(self, rule: Rule, others: Sequence[Flag]) -> Iterator[Flag]:
        for raised in rule.run(self, others):
            yield self._flag(rule, raised)

    def _flag(self, rule: Rule, raised: Raised) -> Flag:
        about, cure = self.contacts.get(key(raised.subject)), raised.remedy or rule.remedy
        case = Case(self, raised.severity or rule.severity, raised.people or ([about] if about else []))
        return Flag(
            rule.code, rule.title, case.severity, raised.subject, rule.message, cure,
            {**facts_for(case, rule.message, cure), **raised.facts},
            manner_for(case, cure), [person.name or "" for person in case.people],
        )  # fmt: skip

    @property
    def open_flags(self) -> Sequence[Flag]:
        """The flags nothing answers yet."""
        return [flag for flag in self.flags if flag.mitigated_by is None]

    @property
    def worst_risks(self) -> Sequence[Flag]:
        """The two worst open flags, about two different subjects where there are two."""
        flags = self.open_flags
        about_another = [flag for flag in flags[1:] if flag.subject != flags[0].subject]
        return [*flags[:1], *(about_another or flags[1:])[:1]]

    @property
    def health(self) -> Health:
        """Score, base, assessed share, weakest link, band, components, and where every point went."""
        return health(self)

    def worth(self, *flags: Flag) -> float | None:
        """The points of health that clearing these flags gains, other things equal; None without health."""
        return worth(self, flags)

    @cached_property
    def next_actions(self) -> Sequence[NextAction]:
        """What to do next: the open flags' remedies, at most as many as the setting says, one line a person."""
        return next_actions(self)


def _heaviest_first(flags: Sequence[Flag]) -> list[Flag]:
    return sorted(flags, key=lambda flag: (flag.severity.place, flag.code))


def judge(war_map: WarMap, settings: Settings | None = None) -> Judgement:
    """Judge a map by the settings (by default the method's own). The day of judging is the map's `deal.as_of`."""
    return Judgement(war_map, settings)
