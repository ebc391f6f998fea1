"""A map judged: scores, then the flags they raise, then health, then what to do next. One way up, nothing looks back."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from warmap.flags import Flag, answers_of
from warmap.funnel import ForecastDeal
from warmap.model import Action, Strength, WarMap
from warmap.rules import Rule, all_rules
from warmap.scores import Value, all_scores
from warmap.scores.health import Health, health
from warmap.scores.score import Flagged
from warmap.scores.stage_reached import stage_reached
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
        answers = answers_of(self.map)
        rules = [rule for rule in all_rules().values() if self._can_run(rule)]
        first = [flag for rule in rules if not rule.is_about_flags for flag in self._raised(rule, (), answers)]
        last = [flag for rule in rules if rule.is_about_flags for flag in self._raised(rule, first, answers)]
        return sorted([*first, *last], key=lambda flag: (flag.severity.place, flag.code))

    def _can_run(self, rule: Rule) -> bool:
        is_given = self.tables.issuperset(rule.needs)
        return is_given and (not rule.optional or bool(getattr(self.map, rule.optional)))

    def _raised(self, rule: Rule, others: Sequence[Flag], answers: Mapping[str, Action | Strength]) -> Iterator[Flag]:
        for raised in rule.run(self, others):
            severity = raised.severity or rule.severity
            answer = answers.get(key(rule.code)) or answers.get(key(raised.subject))
            yield Flag(rule.code, rule.title, severity, raised.subject, rule.message, rule.remedy, raised.facts, answer)

    @property
    def open_flags(self) -> Sequence[Flag]:
        """The flags nothing answers yet."""
        return [flag for flag in self.flags if flag.mitigated_by is None]

    @property
    def health(self) -> Health:
        """Score, assessed share, weakest link, band, components, and where every point went."""
        return health(self)

    @cached_property
    def next_actions(self) -> Sequence[Flag]:
        """The open flags by severity, influence of the subject and code: at most as many as the setting says."""
        ranked = sorted(self.open_flags, key=lambda flag: (flag.severity.place, -self._influence(flag), flag.code))
        return ranked[: self.settings.next_actions]

    def _influence(self, flag: Flag) -> float:
        contact = self.contacts.get(key(flag.subject))
        return self.weight(contact) if contact else 0.0

    @property
    def forecast_deal(self) -> ForecastDeal | None:
        """The deal as funnel and forecast bridge take it; None without amount, currency or declared stage."""
        deal, score = self.map.deal, self.health.score
        if deal.amount is None or deal.currency is None or deal.stage is None or score is None:
            return None
        name = deal.opportunity or deal.account or ""
        return ForecastDeal(name, deal.amount, deal.currency, deal.stage, stage_reached(self), score)


def judge(war_map: WarMap, settings: Settings | None = None) -> Judgement:
    """Judge a map by the settings (by default the method's own). The day of judging is the map's `deal.as_of`."""
    return Judgement(war_map, settings)
