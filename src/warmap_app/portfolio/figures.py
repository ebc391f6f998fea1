"""The figures of a portfolio, each in whole minor units of its currency: rows, totals, funnels, roll-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from warmap.funnel import BridgeStep, Funnel, bridge, bridge_totals, from_minor, funnel, to_minor
from warmap.settings import Settings
from warmap.terms import Severity
from warmap_app.portfolio.deals import Deal, LeftOut, Risk
from warmap_app.portfolio.rollup import DIMENSIONS, RollUp, rolled_up
from warmap_app.portfolio.trend import Trend

RISKS_SHOWN = 2


class Line(NamedTuple):
    """One deal with its figures: money in minor units, `rate` = probability × health ÷ 100, 0 … 1."""

    deal: Deal
    step: BridgeStep
    amount: int
    expected: int
    rate: float

    @property
    def currency(self) -> str:
        """The deal's currency."""
        return self.deal.forecast.currency

    @property
    def health(self) -> float:
        """0 … 100."""
        return self.deal.forecast.health


class Portfolio(NamedTuple):
    """Everything that is shown. Currencies stand in order of their number of deals; those with a quota only come last.

    `lines` are sorted by currency, then by amount, largest first. `amounts` are the total amounts by currency.
    `trend` is there when a store was named, `read_from` says which when the maps themselves are from it.
    """

    files: int
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    totals: Mapping[str, BridgeStep]
    funnels: Mapping[str, Funnel]
    amounts: Mapping[str, int]
    rollups: Mapping[str, Sequence[RollUp]]
    odds: Mapping[str, float]
    trend: Trend | None = None
    read_from: str = ""

    @property
    def currencies(self) -> list[str]:
        """In order of their number of deals."""
        return list(self.funnels)

    def of(self, currency: str) -> list[Line]:
        """The lines of one currency."""
        return [line for line in self.lines if line.currency == currency]

    def total(self, currency: str) -> BridgeStep:
        """The steps of a currency added up; zeros where it has a quota and no deal."""
        return self.totals.get(currency) or BridgeStep(currency, currency, 0, 0, 0, 0)

    def worst_first(self, currency: str | None = None) -> list[Line]:
        """The lines with the lowest health first; then those with more open critical flags, then by name."""
        lines = self.lines if currency is None else self.of(currency)
        return sorted(lines, key=lambda line: (line.health, -line.deal.open_flags(Severity.CRITICAL), line.deal.name))

    def days(self) -> list[date]:
        """The days at which the deals are judged, in order."""
        return sorted({line.deal.as_of for line in self.lines if line.deal.as_of})

    def risks(self) -> list[tuple[Line, Risk]]:
        """The worst open flags of every deal, the deals with the lowest health first."""
        return [(line, risk) for line in self.worst_first() for risk in line.deal.risks[:RISKS_SHOWN]]


def portfolio_of(
    files: int, deals: Sequence[Deal], left_out: Sequence[LeftOut], settings: Settings, quotas: Mapping[str, Decimal]
) -> Portfolio:
    """The figures of the deals that count; the probabilities of `settings` are used for all of them."""
    often = Counter(deal.forecast.currency for deal in deals)
    order = {currency: place for place, (currency, _) in enumerate(sorted(often.items(), key=lambda p: (-p[1], p[0])))}
    ranked = sorted(
        deals, key=lambda deal: (order[deal.forecast.currency], -deal.forecast.amount, deal.name, deal.file)
    )
    forecasts = [deal.forecast for deal in ranked]
    steps = bridge(forecasts, settings)
    lines = tuple(_line(deal, step, settings) for deal, step in zip(ranked, steps, strict=True))
    amounts: dict[str, int] = {}
    for line in lines:
        amounts[line.currency] = amounts.get(line.currency, 0) + line.amount
    return Portfolio(
        files=files,
        lines=lines,
        left_out=tuple(sorted(left_out, key=lambda one: one.file)),
        totals=bridge_totals(steps),
        funnels=funnel(forecasts, settings, quotas),
        amounts=amounts,
        rollups={dimension: rolled_up(lines, dimension) for dimension in DIMENSIONS},
        odds=settings.stage_probability,
    )


def _line(deal: Deal, step: BridgeStep, settings: Settings) -> Line:
    currency = deal.forecast.currency
    alone = funnel([deal.forecast], settings)[currency]
    return Line(deal, step, to_minor(deal.forecast.amount, currency), alone.expected, alone.conversion or 0.0)


def money(units: int, currency: str) -> str:
    """Minor units as people write them, exactly: `-1,234.50`."""
    return f"{from_minor(units, currency):,f}"
