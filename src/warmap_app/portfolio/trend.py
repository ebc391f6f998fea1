"""The history of a portfolio: each deal since its previous date, and all deals day by day.

Earlier days come from a store, the last day of each deal is the portfolio's own. On each day every deal counts with its
newest map by then, so the last point of a currency is what the portfolio says now. A deal that was won, lost or shelved
counts until the day of its outcome.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from warmap.funnel import ForecastDeal, bridge, to_minor
from warmap.settings import Settings
from warmap.terms import Outcome, ProcurementStage
from warmap.text import Text
from warmap_app.portfolio.figures import Closed, Line
from warmap_app.portfolio.quotas import MOST_UNITS
from warmap_app.portfolio.report_text import FIRST_TIME, OTHER_CURRENCY, OTHER_SETTINGS, UNDATED
from warmap_app.store.records import Moment


@dataclass(frozen=True, slots=True)
class Point:
    """One currency on one day: number of deals, claimed, adjusted, and the change of that; money in minor units."""

    day: date
    currency: str
    deals: int
    claimed: int
    adjusted: int
    adjusted_change: int | None


@dataclass(frozen=True, slots=True)
class Since:
    """A deal and its previous date, None if there is none; `adjusted` in minor units, None if in another currency."""

    line: Line
    day: date | None = None
    health: float | None = None
    adjusted: int | None = None
    other_settings: bool = False

    @property
    def remark(self) -> Text | None:
        """What the reader must know of the comparison."""
        if self.day is None:
            return FIRST_TIME if self.line.deal.as_of else UNDATED
        if self.adjusted is None:
            return OTHER_CURRENCY
        return OTHER_SETTINGS if self.other_settings else None

    @property
    def health_change(self) -> float | None:
        """Change of health in points."""
        return None if self.health is None else self.line.health - self.health

    @property
    def adjusted_change(self) -> int | None:
        """Change of the adjusted forecast in minor units."""
        return None if self.adjusted is None else self.line.adjusted - self.adjusted


@dataclass(frozen=True, slots=True)
class Trend:
    """`points` by currency, then day; `since` has one entry per deal, largest loss of health first, new deals last."""

    points: tuple[Point, ...]
    since: tuple[Since, ...]

    def by_currency(self) -> dict[str, list[Point]]:
        """The days of each currency."""
        found: dict[str, list[Point]] = {}
        for point in self.points:
            found.setdefault(point.currency, []).append(point)
        return found


@dataclass(frozen=True, slots=True)
class _State:
    day: date
    currency: str
    claimed: int
    adjusted: int
    health: float
    settings: str
    deals: int = 1


def trend_of(lines: Sequence[Line], closed: Sequence[Closed], moments: Iterable[Moment], settings: Settings) -> Trend:
    """The trend of these deals; the probabilities of `settings` are used for every day."""
    last_days = {line.deal.identity: line.deal.as_of for line in lines if line.deal.as_of}
    last_days |= {one.deal.identity: day for one in closed if (day := _day_it_left(one))}
    states: dict[str, list[_State]] = {}
    for moment in moments:
        last_day = last_days.get(moment.deal)
        if last_day is not None and moment.as_of < last_day:
            states.setdefault(moment.deal, []).extend(_as_earlier(moment, settings))
    since = [_since(line, states.get(line.deal.identity, [])) for line in lines]
    for line in lines:
        if line.deal.as_of is not None:
            now = _State(line.deal.as_of, line.currency, line.claimed, line.adjusted, line.health, line.deal.settings)
            states.setdefault(line.deal.identity, []).append(now)
    for one in closed:  # which leaves nothing behind, and is no news where no earlier day is known
        if (day := _day_it_left(one)) and (earlier := states.get(one.deal.identity)):
            earlier.append(_State(day, earlier[-1].currency, 0, 0, 0.0, one.deal.settings, deals=0))
    order = {currency: place for place, currency in enumerate(dict.fromkeys(line.currency for line in lines))}
    points = sorted(_points(states), key=lambda one: (order.get(one.currency, len(order)), one.currency, one.day))
    return Trend(tuple(points), tuple(sorted(since, key=_rank)))


def _day_it_left(one: Closed) -> date | None:
    days = [day for day in (one.deal.outcome_on, one.deal.as_of) if day]
    return min(days, default=None)


def _as_earlier(moment: Moment, settings: Settings) -> Iterator[_State]:
    """Yields nothing for a map that a portfolio would not count."""
    if moment.amount is None or moment.currency is None or moment.health is None or moment.stage_reached is None:
        return
    stage = next((stage for stage in ProcurementStage if stage.value == moment.stage), None)
    if stage is None or to_minor(moment.amount, moment.currency) >= MOST_UNITS:
        return
    if moment.settled is not Outcome.OPEN:
        yield _State(moment.as_of, moment.currency, 0, 0, moment.health, moment.settings, deals=0)
        return
    deal = ForecastDeal(moment.deal, moment.amount, moment.currency, stage, moment.stage_reached, moment.health)
    step = bridge([deal], settings)[0]
    yield _State(moment.as_of, step.currency, step.claimed, step.adjusted, moment.health, moment.settings)


def _since(line: Line, earlier: Sequence[_State]) -> Since:
    if not earlier:
        return Since(line)
    last = earlier[-1]
    adjusted = last.adjusted if last.currency == line.currency else None
    return Since(line, last.day, last.health, adjusted, last.settings != line.deal.settings)


def _rank(one: Since) -> tuple[bool, float, str, str]:
    return one.health_change is None, one.health_change or 0.0, one.line.deal.name, one.line.deal.file


def _points(states: dict[str, list[_State]]) -> Iterator[Point]:
    """Day by day, let each new state replace the deal's previous one; yield a point for each currency this may move."""
    by_day: dict[date, list[tuple[str, _State]]] = {}
    for identity, found in states.items():
        for state in found:
            by_day.setdefault(state.day, []).append((identity, state))
    standing: dict[str, _State] = {}
    last: dict[str, Point] = {}
    for day in sorted(by_day):
        news = dict(by_day[day])
        replaced = [standing[identity] for identity in news if identity in standing]
        moved = {state.currency for state in [*news.values(), *replaced]}
        standing.update(news)
        for currency in sorted(moved):
            mine = [state for state in standing.values() if state.currency == currency]
            claimed, adjusted = sum(state.claimed for state in mine), sum(state.adjusted for state in mine)
            before = last.get(currency)
            change = None if before is None else adjusted - before.adjusted
            last[currency] = Point(day, currency, sum(state.deals for state in mine), claimed, adjusted, change)
            yield last[currency]
