"""Roll-ups by team, rep, stage and band. pandas works here, and only here, on whole numbers as objects, never floats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.terms import HealthBand, ProcurementStage, Severity, key
from warmap.text import Text
from warmap_app.command import UserError

if TYPE_CHECKING:
    from warmap_app.portfolio.figures import Line

DIMENSIONS = ("team", "rep", "stage", "band")
MONEY = ("amount", "claimed", "stage_step", "health_step", "adjusted", "expected")
NO_PANDAS = Text(
    '商机组合需要 pandas：pip install "warmap[portfolio]"',
    'the portfolio needs pandas: pip install "warmap[portfolio]"',
)


class RollUp(NamedTuple):
    """The deals of one currency that share a team, rep, stage or band; money in minor units.

    `label` is a team's or rep's name (empty: blank), or a stage or band. `plain_health` is the mean, `weighted_health`
    the mean weighted by amount, both 0 … 100.
    """

    label: str | ProcurementStage | HealthBand
    currency: str
    deals: int
    amount: int
    claimed: int
    stage_step: int
    health_step: int
    adjusted: int
    expected: int
    plain_health: float
    weighted_health: float
    critical: int


def pandas() -> Any:
    """pandas, or one clear line when it is not installed. Raises UserError."""
    try:
        import pandas as pd
    except ImportError:
        raise UserError(NO_PANDAS) from None
    return pd


def canonical_names(names: Iterable[str]) -> dict[str, str]:
    """Every name to the first spelling of it: width, case and space do not make another team."""
    first: dict[str, str] = {}
    return {name: first.setdefault(key(name), name) for name in names}


def rolled_up(lines: Sequence[Line], dimension: str) -> list[RollUp]:
    """One row for each value of a dimension and currency.

    Currencies stand in the order of the lines; then stages and bands in their own order, teams and reps by what they
    claim, largest first.
    """
    if not lines:
        pandas()
        return []
    frame = _frame(lines, dimension)
    groups = frame.groupby(["currency", "key"], sort=False)
    sums = groups[[*MONEY, "health", "weight", "deals", "critical"]].sum()
    labels = groups["label"].first()
    order = {currency: place for place, currency in enumerate(dict.fromkeys(line.currency for line in lines))}
    rows = [
        _row(labels[index], str(index[0]), dict(zip(sums.columns, values, strict=True)))
        for index, values in zip(sums.index, sums.itertuples(index=False, name=None), strict=True)
    ]
    return sorted(rows, key=lambda row: (order[row.currency], *_rank(row)))


def _rank(row: RollUp) -> tuple[int, str]:
    if isinstance(row.label, ProcurementStage | HealthBand):
        return row.label.place, ""
    return -row.claimed, row.label


def _frame(lines: Sequence[Line], dimension: str) -> Any:
    """A row a deal; every column holds Python objects, so that sums of whole numbers and fractions stay exact."""
    labels = _labels(lines, dimension)
    columns = {
        "currency": [line.currency for line in lines],
        "key": [label.value if isinstance(label, ProcurementStage | HealthBand) else key(label) for label in labels],
        "label": labels,
        "amount": [line.amount for line in lines],
        "claimed": [line.step.claimed for line in lines],
        "stage_step": [line.step.stage for line in lines],
        "health_step": [line.step.health for line in lines],
        "adjusted": [line.step.adjusted for line in lines],
        "expected": [line.expected for line in lines],
        "health": [Fraction(line.health) for line in lines],
        "weight": [Fraction(line.health) * line.amount for line in lines],
        "deals": [1] * len(lines),
        "critical": [line.deal.open_flags(Severity.CRITICAL) for line in lines],
    }
    return pandas().DataFrame(columns, dtype=object)


def _labels(lines: Sequence[Line], dimension: str) -> list[str] | list[ProcurementStage] | list[HealthBand]:
    """What each line is counted under; a team and a rep in one spelling, whatever the currency."""
    if dimension == "stage":
        return [line.deal.forecast.declared for line in lines]
    if dimension == "band":
        return [line.deal.band for line in lines]
    names = [line.deal.team if dimension == "team" else line.deal.rep for line in lines]
    spelt = canonical_names(names)
    return [spelt[name] for name in names]


def _row(label: Any, currency: str, sums: dict[str, Any]) -> RollUp:
    plain = Fraction(sums["health"]) / sums["deals"]
    weighted = Fraction(sums["weight"]) / sums["amount"] if sums["amount"] else plain
    money = {name: sums[name] for name in MONEY}
    return RollUp(label, currency, sums["deals"], **money, plain_health=float(plain), weighted_health=float(weighted),
                  critical=sums["critical"])  # fmt: skip
