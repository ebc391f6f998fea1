"""The figures of a portfolio: each deal's, and their sums by currency and by team, rep, stage and band.

Deals in the pipeline are lines; those that were won, lost or shelved stand apart and are in no figure but `won`.

Money is in whole minor units of its currency, and no figure mixes two currencies. Each figure of a deal is rounded
once, and every sum is a sum of these whole numbers, so that rows and totals agree to the last unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import product
from statistics import fmean
from typing import Any, Literal, TypeAlias

from warmap.funnel import BridgeStep, Funnel, bridge, digits_of, from_minor, to_minor
from warmap.periods import Calendar, QuotaLine, quota_of, year_of
from warmap.settings import Settings
from warmap.terms import HealthBand, Outcome, ProcurementStage, Severity, Term, key
from warmap.text import Text
from warmap_app.command import NEEDS, UserError
from warmap_app.portfolio.deals import Deal

DIMENSIONS = ("team", "rep", "stage", "band")
NO_PANDAS = NEEDS.filled(what=Text("商机组合", "the portfolio"), library="pandas", extra="portfolio")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of its currency; None where there is none."""

    units: int | None
    currency: str

    def __str__(self) -> str:
        """The exact amount as people write it, `-1,234.50`; '' if there is none."""
        return "" if self.units is None else f"{from_minor(self.units, self.currency):,f}"

    @property
    def number(self) -> float:
        """The number for a cell: the double nearest to the exact amount."""
        digits = digits_of(self.currency)
        return (self.units or 0) / 10**digits if digits else self.units or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The money of one deal or several, in minor units: claimed + stage_step + health_step = adjusted.

    `not_passed` is how much of the amount stands on files that did not pass the check.
    """

    amount: int
    not_passed: int
    claimed: int
    stage_step: int
    health_step: int
    adjusted: int


MONEY = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Figures):
    """One deal of the pipeline with its figures."""

    deal: Deal

    @property
    def currency(self) -> str:
        """The deal's currency."""
        return self.deal.forecast.currency

    @property
    def health(self) -> float:
        """0 … 100."""
        return self.deal.forecast.health


@dataclass(frozen=True, slots=True)
class Closed:
    """A deal that has left the pipeline: its amount, and how much of it was won, in minor units."""

    deal: Deal
    amount: int
    won: int

    @property
    def currency(self) -> str:
        """The deal's currency."""
        return self.deal.forecast.currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Figures):
    """The sums of one currency; what needs a quota is None without one, all money in minor units.

    `won_not_passed` is how much of what was won stands on files that did not pass; the rest is as in `funnel.Funnel`.
    """

    currency: str
    deals: int
    won: int
    won_not_passed: int
    quota: int | None
    gap: int | None
    claimed_gap: int | None
    needed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp(Figures):
    """The deals of one currency that share a team, rep, stage or band.

    `label` is a team's or rep's name (empty: blank), or a stage or band. `deals` are those in the pipeline;
    `plain_health` is their mean, `weighted_health` the mean weighted by amount, both 0 … 100, None without a deal.
    """

    label: str | ProcurementStage | HealthBand
    currency: str
    deals: int
    won: int
    plain_health: float | None
    weighted_health: float | None
    critical: int


OF_PERIODS = ("deals", "amount", "claimed", "adjusted", "won")
Whose: TypeAlias = Literal["all", "team", "rep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """One currency in one period, of all, a team or a rep (`label`, empty: blank); money in minor units.

    `deals`, `amount`, `claimed` and `adjusted` are of the pipeline; what needs a quota is None without one.
    """

    label: str
    period: str
    currency: str
    deals: int
    amount: int
    claimed: int
    adjusted: int
    won: int
    quota: int | None
    gap: int | None
    claimed_gap: int | None


def lines_of(deals: Iterable[Deal], settings: Settings) -> list[Line]:
    """The figures of every deal in the pipeline, with the probabilities of `settings`."""
    still_open = [deal for deal in deals if deal.forecast.outcome is Outcome.OPEN]
    steps = bridge([deal.forecast for deal in still_open], settings)
    return [_line(deal, step) for deal, step in zip(still_open, steps, strict=True)]


def _line(deal: Deal, step: BridgeStep) -> Line:
    amount = to_minor(deal.forecast.amount, deal.forecast.currency)
    return Line(
        deal=deal, amount=amount, not_passed=0 if deal.passed else amount, claimed=step.claimed, stage_step=step.stage,
        health_step=step.health, adjusted=step.adjusted,
    )  # fmt: skip


def closed_of(deals: Iterable[Deal]) -> list[Closed]:
    """The deals that have left the pipeline."""
    found = []
    for deal in deals:
        if deal.forecast.outcome is not Outcome.OPEN:
            amount = to_minor(deal.forecast.amount, deal.forecast.currency)
            found.append(Closed(deal, amount, amount if deal.forecast.outcome is Outcome.WON else 0))
    return found


def total_of(lines: Iterable[Line], closed: Iterable[Closed], found: Funnel) -> Total:
    """The lines of one currency added up, and what was won."""
    mine = [line for line in lines if line.currency == found.currency]
    sums = {name: sum(getattr(line, name) for line in mine) for name in MONEY}
    won_not_passed = sum(one.won for one in closed if one.currency == found.currency and not one.deal.passed)
    return Total(
        currency=found.currency, deals=len(mine), **sums, won=found.won, won_not_passed=won_not_passed,
        quota=found.quota, gap=found.gap, claimed_gap=found.claimed_gap, needed=found.needed_pipeline,
    )  # fmt: skip


def pandas() -> Any:
    """pandas, or one clear line when it is not installed. UserError."""
    try:
        import pandas as pd
    except ImportError:
        raise UserError(NO_PANDAS) from None
    return pd


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Map each name to its first spelling; names that differ only in width, case or space are one team."""
    first: dict[str, str] = {}
    return {name: first.setdefault(key(name), name) for name in names}


SUMMED = (*MONEY, "won", "health", "weight", "deals", "critical")
WHOSE: tuple[Whose, ...] = ("team", "rep")


def rolled_up(lines: Sequence[Line], closed: Sequence[Closed], dimension: str) -> list[RollUp]:
    """One row for each value of a dimension and currency; what was won counts for teams and reps.

    Currencies stand in the order of the lines; then stages and bands in their own order, teams and reps by what they
    claim, then by what they won, largest first.
    """
    won = [one for one in closed if one.won] if dimension in WHOSE else []
    if not lines and not won:
        return []
    # Columns of objects, not of int64 and float64: Python's whole numbers and fractions add up exactly, however large.
    records = [*(_record(line, dimension) for line in lines), *(_won_record(one, dimension) for one in won)]
    frame = pandas().DataFrame(records, dtype=object)
    groups = frame.groupby(["currency", "key"], sort=False)
    sums = groups.agg({"label": "first", **dict.fromkeys(SUMMED, "sum")}).reset_index()
    currencies = list(dict.fromkeys([*(line.currency for line in lines), *(one.currency for one in won)]))
    rows = [_rollup(record) for record in sums.to_dict("records")]
    return sorted(rows, key=lambda row: (currencies.index(row.currency), *_rank(row)))


TOO_FEW_REVIEWS = 5
"""Below so many reviews no mean is given: of four, one strict reviewer alone decides it."""


@dataclass(frozen=True, slots=True)
class Optimism:
    """How far a rep (empty: blank) is above the reviewers: the mean gap in points of 100, None of too few reviews."""

    rep: str
    deals: int
    reviews: int
    gap: float | None


def optimism_of(deals: Iterable[Deal]) -> list[Optimism]:
    """A row for each rep whose deals were reviewed, whatever their currency: the largest gap first, then who has too few.

    Without pandas, for the terminal shows it too.
    """
    of_rep: dict[str, list[Deal]] = {}
    for deal in deals:
        if deal.gaps:
            of_rep.setdefault(key(deal.rep), []).append(deal)
    rows = []
    for mine in of_rep.values():
        gaps = [gap for deal in mine for gap in deal.gaps]
        rows.append(Optimism(mine[0].rep, len(mine), len(gaps), None if len(gaps) < TOO_FEW_REVIEWS else fmean(gaps)))
    return sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0.0), -row.reviews, row.rep))


def _record(line: Line, dimension: str) -> dict[str, Any]:
    label = {"team": line.deal.team, "rep": line.deal.rep, "stage": line.deal.forecast.declared, "band": line.deal.band}
    found, health = label[dimension], Fraction(line.health)
    return {
        "currency": line.currency, "key": found.value if isinstance(found, Term) else key(found), "label": found,
        **{name: getattr(line, name) for name in MONEY}, "won": 0, "health": health, "weight": health * line.amount,
        "deals": 1, "critical": line.deal.open_flags(Severity.CRITICAL),
    }  # fmt: skip


def _won_record(one: Closed, dimension: str) -> dict[str, Any]:
    name: str = getattr(one.deal, dimension)
    return {"currency": one.currency, "key": key(name), "label": name, **dict.fromkeys(SUMMED, 0), "won": one.won}


def by_period(
    lines: Sequence[Line], closed: Sequence[Closed], whose: Whose, quotas: Sequence[QuotaLine], calendar: Calendar
) -> list[PeriodRow]:
    """The pipeline, what was won and the quota of all, of each team or of each rep, by period and currency.

    A row for every period in which there is a deal or a quota; a year's row, the sum of its months or quarters, stands
    after them.
    """
    order, folded = calendar.order, [line._replace(team=key(line.team), rep=key(line.rep)) for line in quotas]
    records = [_period_record(line, whose, deals=1) for line in lines]
    records += [_period_record(one, whose, deals=0) for one in closed if one.won]
    records += [{**one, "period": year} for one in records if (year := year_of(one["period"]))]
    named = {} if whose == "all" else {key(name): name for line in quotas if (name := getattr(line, whose))}
    for currency, (folded_name, name) in product(
        dict.fromkeys(line.currency for line in quotas), [("", "")] if whose == "all" else named.items()
    ):
        about = {"currency": currency, "key": folded_name, "label": name}
        periods = [period for period in order if _quota(folded, about, whose, period) is not None]
        records += [{**about, "period": period, **dict.fromkeys(OF_PERIODS, 0)} for period in periods]
    if not records:
        return []
    frame = pandas().DataFrame(records, dtype=object)
    groups = frame.groupby(["currency", "key", "period"], sort=False)
    sums = groups.agg({"label": "first", **dict.fromkeys(OF_PERIODS, "sum")}).reset_index()
    places = {name: place for place, name in enumerate(dict.fromkeys(one["currency"] for one in records))}
    rows = [_period_row(record, _quota(folded, record, whose, record["period"])) for record in sums.to_dict("records")]
    return sorted(rows, key=lambda row: (places[row.currency], row.label == "", row.label, order.index(row.period)))


def _period_record(one: Line | Closed, whose: Whose, deals: int) -> dict[str, Any]:
    name: str = "" if whose == "all" else getattr(one.deal, whose)
    money = {code: getattr(one, code, 0) for code in OF_PERIODS}
    if isinstance(one, Closed):
        money["amount"] = 0  # of the pipeline
    return {
        "currency": one.currency,
        "key": key(name),
        "label": name,
        "period": one.deal.period,
        **money,
        "deals": deals,
    }


def _quota(quotas: Sequence[QuotaLine], record: Mapping[str, Any], whose: Whose, period: str) -> int | None:
    if whose != "all" and not record["key"]:
        return None
    names = {} if whose == "all" else {whose: record["key"]}
    return quota_of(quotas, record["currency"], period, **names)


def _period_row(record: dict[str, Any], quota: int | None) -> PeriodRow:
    same = {name: record[name] for name in ("label", "period", "currency", *OF_PERIODS)}
    gap = claimed_gap = None
    if quota is not None:
        gap, claimed_gap = quota - same["won"] - same["adjusted"], quota - same["won"] - same["claimed"]
    return PeriodRow(**same, quota=quota, gap=gap, claimed_gap=claimed_gap)


def _rollup(record: dict[str, Any]) -> RollUp:
    same = {name: record[name] for name in ("label", "currency", "deals", *MONEY, "won", "critical")}
    if not record["deals"]:
        return RollUp(**same, plain_health=None, weighted_health=None)
    plain = record["health"] / record["deals"]
    weighted = record["weight"] / record["amount"] if record["amount"] else plain
    return RollUp(**same, plain_health=float(plain), weighted_health=float(weighted))


def _rank(row: RollUp) -> tuple[int, int, str]:
    return (row.label.place, 0, "") if isinstance(row.label, Term) else (-row.claimed, -row.won, row.label)
