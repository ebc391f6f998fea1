"""The funnel and the forecast bridge over many deals, in exact minor currency units (specification, section 3).

Plain data in, plain data out; currencies are never mixed. A probability is the decimal that is written in the settings
(0.1 is one tenth), health is taken as it is, and each figure of a deal is rounded once, half to even, to the currency's
minor unit. Totals are sums of those whole numbers, so every column and every row of the bridge adds up exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from warmap.settings import Settings
from warmap.terms import ProcurementStage

_DIGITS: Mapping[int, str] = {  # ISO 4217; all others have two
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
MINOR_DIGITS: Mapping[str, int] = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}
STAGES = tuple(ProcurementStage)


class ForecastDeal(NamedTuple):
    """One deal as the forecast sees it: `reached` is the number of the stage earned, 1 … 6, health 0 … 100."""

    name: str
    amount: Decimal
    currency: str
    declared: ProcurementStage
    reached: int
    health: float


class BridgeStep(NamedTuple):
    """From claimed to adjusted for one deal or one currency, in minor units: claimed + stage + health = adjusted.

    `stage` is what falls away because the stage claimed is not earned, `health` because the deal is not sound; both are
    0 or below with probabilities that rise with the stage.
    """

    name: str
    currency: str
    claimed: int
    stage: int
    health: int
    adjusted: int


class Funnel(NamedTuple):
    """One currency's funnel, money in minor units; what needs a quota is None without one.

    `conversion` is the mean of probability × health ÷ 100 over the deals, 0 … 1. `needed_pipeline` is what must be added
    at that rate to close the gap, rounded up: 0 when there is no gap, None when nothing converts.
    """

    currency: str
    deals: int
    expected: int
    conversion: float | None
    quota: int | None
    gap: int | None
    needed_pipeline: int | None


def digits_of(currency: str) -> int:
    """Decimals of a currency."""
    return MINOR_DIGITS.get(currency, 2)


def to_minor(amount: Decimal | Fraction, currency: str) -> int:
    """Whole minor units of an amount, such as cents, rounded half to even."""
    return round(Fraction(amount) * Fraction(10) ** digits_of(currency))


def from_minor(units: int, currency: str) -> Decimal:
    """The amount that many minor units are, exactly, however many digits there are."""
    sign, digits = (1 if units < 0 else 0), tuple(int(digit) for digit in str(abs(units)))
    return Decimal((sign, digits, -digits_of(currency)))


def _probability(stage: ProcurementStage, settings: Settings) -> Fraction:
    return Fraction(str(settings.stage_probability[stage.value]))


def _conversion(deal: ForecastDeal, settings: Settings) -> Fraction:
    return _probability(deal.declared, settings) * Fraction(deal.health) / 100


def bridge(deals: Iterable[ForecastDeal], settings: Settings) -> list[BridgeStep]:
    """The steps from claimed to adjusted of every deal."""
    steps = []
    for deal in deals:
        amount = Fraction(deal.amount)
        earned = STAGES[min(deal.declared.number, deal.reached) - 1]
        claimed = to_minor(amount * _probability(deal.declared, settings), deal.currency)
        staged = to_minor(amount * _probability(earned, settings), deal.currency)
        adjusted = to_minor(amount * _probability(earned, settings) * Fraction(deal.health) / 100, deal.currency)
        steps.append(BridgeStep(deal.name, deal.currency, claimed, staged - claimed, adjusted - staged, adjusted))
    return steps


def bridge_totals(steps: Sequence[BridgeStep]) -> dict[str, BridgeStep]:
    """The steps added up by currency, in the order of first appearance; the name of a total is its currency."""
    totals: dict[str, BridgeStep] = {}
    for step in steps:
        sum_so_far = totals.get(step.currency, BridgeStep(step.currency, step.currency, 0, 0, 0, 0))
        totals[step.currency] = BridgeStep(
            step.currency,
            step.currency,
            sum_so_far.claimed + step.claimed,
            sum_so_far.stage + step.stage,
            sum_so_far.health + step.health,
            sum_so_far.adjusted + step.adjusted,
        )
    return totals


def funnel(
    deals: Sequence[ForecastDeal], settings: Settings, quotas: Mapping[str, Decimal] | None = None
) -> dict[str, Funnel]:
    """Expected revenue, gap and needed pipeline of every currency that has a deal or a quota."""
    quotas = quotas or {}
    currencies = dict.fromkeys([*(deal.currency for deal in deals), *quotas])
    return {
        currency: _funnel(
            currency, [deal for deal in deals if deal.currency == currency], settings, quotas.get(currency)
        )
        for currency in currencies
    }


def _funnel(currency: str, deals: Sequence[ForecastDeal], settings: Settings, quota: Decimal | None) -> Funnel:
    rates = [_conversion(deal, settings) for deal in deals]
    expected = sum(to_minor(Fraction(deal.amount) * rate, currency) for deal, rate in zip(deals, rates, strict=True))
    mean = sum(rates, Fraction(0)) / len(rates) if rates else Fraction(0)
    target = gap = needed = None
    if quota is not None:
        target = to_minor(quota, currency)
        gap = target - expected
        if gap <= 0:
            needed = 0
        elif mean > 0:
            needed = ceil(gap / mean)
    return Funnel(currency, len(deals), expected, float(mean) if rates else None, target, gap, needed)
