"""How the deals of a portfolio came to where they are: each since its day before, and all of them day by day.

Earlier days come from a store, the last day of each deal is the portfolio's own. On a day every deal counts with the
newest map there was of it by then; so the last point of a currency is what the portfolio says now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from warmap.scores.funnel import BridgeStep, ForecastDeal, bridge, to_minor
from warmap.settings import Settings
from warmap.terms import ProcurementStage
from warmap.text import Text
from warmap_app.portfolio import words
from warmap_app.portfolio.quotas import MOST_UNITS
from warmap_app.store.records import Moment

if TYPE_CHECKING:
    from warmap_app.portfolio.figures import Line


class Point(NamedTuple):
    """One currency on one day: how many deals there were, what they claimed, what was left; money in minor units."""

    day: date
    currency: str
    deals: int
    claimed: int
    adjusted: int


class Since(NamedTuple):
    """A deal and its day before: None where there is none; `adjusted` in minor units, None in another currency."""

    line: Line
    day: date | None
    health: float | None
    adjusted: int | None
    other_settings: bool = False

    @property
    def remark(self) -> Text | None:
        """What the reader must know of the comparison."""
        if self.day is None:
            return words.FIRST_TIME if self.line.deal.as_of else words.UNDATED
        if self.adjusted is None:
            return words.OTHER_CURRENCY
        return words.OTHER_SETTINGS if self.other_settings else None

    @property
    def health_change(self) -> float | None:
        """Points of health since the day before."""
        return None if self.health is None else self.line.health - self.health

    @property
    def adjusted_change(self) -> int | None:
        """Minor units of adjusted forecast since the day before."""
        return None if self.adjusted is None else self.line.step.adjusted - self.adjusted


class Trend(NamedTuple):
    """`points` by currency, then day; `since` a line a deal, the largest loss of health first, new deals last."""

    points: tuple[Point, ...]
    since: tuple[Since, ...]

    def of(self, currency: str) -> list[Point]:
        """The days of one currency."""
        return [point for point in self.points if point.currency == currency]

    @property
    def other_settings(self) -> int:
        """How many deals had been judged by other settings on their day before."""
        return sum(one.other_settings for one in self.since)


class _Earlier(NamedTuple):
    """A deal on an earlier day, as the bridge sees it."""

    moment: Moment
    step: BridgeStep
    health: float


def trend_of(lines: Sequence[Line], moments: Iterable[Moment], settings: Settings) -> Trend:
    """The trend of these deals; the probabilities of `settings` are used for every day."""
    dated = {line.deal.identity: line for line in lines if line.deal.as_of}
    earlier: dict[str, list[_Earlier]] = {}
    for moment in moments:
        line = dated.get(moment.deal)
        if line is not None and line.deal.as_of is not None and moment.as_of < line.deal.as_of:
            earlier.setdefault(moment.deal, []).extend(_as_earlier(moment, settings))
    since = [_since(line, earlier.get(line.deal.identity, [])) for line in lines]
    order = {line.currency: place for place, line in reversed(list(enumerate(lines)))}
    points = sorted(
        _points(dated, earlier), key=lambda point: (order.get(point.currency, len(lines)), point.currency, point.day)
    )
    return Trend(tuple(points), tuple(sorted(since, key=_rank)))


def _as_earlier(moment: Moment, settings: Settings) -> Iterator[_Earlier]:
    """Nothing where it would not have counted in a portfolio either."""
    if moment.amount is None or moment.currency is None or moment.health is None or moment.stage_reached is None:
        return
    declared = next((stage for stage in ProcurementStage if stage.value == moment.stage), None)
    if declared is None or to_minor(moment.amount, moment.currency) >= MOST_UNITS:
        return
    deal = ForecastDeal(moment.deal, moment.amount, moment.currency, declared, moment.stage_reached, moment.health)
    yield _Earlier(moment, bridge([deal], settings)[0], moment.health)


def _since(line: Line, earlier: Sequence[_Earlier]) -> Since:
    if not earlier:
        return Since(line, None, None, None)
    last = earlier[-1]
    adjusted = last.step.adjusted if last.step.currency == line.currency else None
    return Since(line, last.moment.as_of, last.health, adjusted, last.moment.settings != line.deal.settings)


def _rank(one: Since) -> tuple[bool, float, str, str]:
    return one.health_change is None, one.health_change or 0.0, one.line.deal.name, one.line.deal.file


def _points(dated: dict[str, Line], earlier: dict[str, list[_Earlier]]) -> Iterator[Point]:
    """Day by day, each deal in the place of what was known of it before; a point where a currency's figures may move."""
    events: dict[date, list[tuple[str, BridgeStep]]] = {}
    for identity, line in dated.items():
        for one in earlier.get(identity, ()):
            events.setdefault(one.moment.as_of, []).append((identity, one.step))
        if line.deal.as_of is not None:
            events.setdefault(line.deal.as_of, []).append((identity, line.step))
    standing: dict[str, BridgeStep] = {}
    sums: dict[str, tuple[int, int, int]] = {}
    for day in sorted(events):
        moved = set()
        for identity, step in events[day]:
            before = standing.get(identity)
            if before is not None:
                sums[before.currency] = _added(sums, before, -1)
                moved.add(before.currency)
            sums[step.currency] = _added(sums, step, 1)
            moved.add(step.currency)
            standing[identity] = step
        yield from (Point(day, currency, *sums[currency]) for currency in sorted(moved))


def _added(sums: dict[str, tuple[int, int, int]], step: BridgeStep, sign: int) -> tuple[int, int, int]:
    deals, claimed, adjusted = sums.get(step.currency, (0, 0, 0))
    return deals + sign, claimed + sign * step.claimed, adjusted + sign * step.adjusted
