"""The funnel and the forecast bridge over many deals, in exact minor currency units (specification, section 3).

Plain data in, plain data out; currencies are never mixed. A probability is the decimal that is written in the settings
(0.1 is one tenth), health is taken as it is, and each figure of a deal is rounded once, half to even, to the currency's
minor unit. Totals are sums of those whole numbers, so every column and every row of the bridge adds up exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from warmap.settings import Settings
from warmap.terms import Outcome, ProcurementStage

_DIGITS: Mapping[int, str] = {  # ISO 4217; all others have two
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
MINOR_DIGITS: Mapping[str, int] = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}
STAGES = tuple(ProcurementStage)


class ForecastDeal(NamedTuple):
    """One deal as the forecast sees it: `reached` is the number of the stage earned, 1 … 6, health 0 … 100.

    `outcome` is what `settled` makes of it: only an open deal is in the pipeline.
    """

    name: str
    amount: Decimal
    currency: str
    declared: ProcurementStage
    reached: int
    health: float
    outcome: Outcome = Outcome.OPEN


class BridgeStep(NamedTuple):
    """From claimed to adjusted for one deal, in minor units: claimed + stage + health = adjusted.

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

    `deals`, `amount`, `claimed` and `adjusted` are of the pipeline. `gap` = quota − won − adjusted; `claimed_gap` is what
    the gap would be if every claim came true. `needed_pipeline` is what must be added at the rate adjusted ÷ amount to
    close the gap, rounded up: 0 when there is no gap, None when nothing converts.
    """

    currency: str
    deals: int
    amount: int
    claimed: int
    adjusted: int
    won: int
    quota: int | None
    gap: int | None
    claimed_gap: int | None
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
    return Fraction(str(settings.stage_probability[stage]))


def settled(outcome: Outcome | None, *, signed: bool) -> Outcome:
    """The outcome that counts: a deal whose outcome is open, or not stated, is won once its contract is signed."""
    if outcome in {None, Outcome.OPEN} and signed:
        return Outcome.WON
    return outcome or Outcome.OPEN


def pipeline(deals: Iterable[ForecastDeal]) -> list[ForecastDeal]:
    """The deals still open: won ones have left it as well as lost ones."""
    return [deal for deal in deals if deal.outcome is Outcome.OPEN]


def bridge(deals: Iterable[ForecastDeal], settings: Settings) -> list[BridgeStep]:
    """The steps from claimed to adjusted of every deal in the pipeline."""
    steps = []
    for deal in pipeline(deals):
        amount = Fraction(deal.amount)
        earned = STAGES[min(deal.declared.number, deal.reached) - 1]
        claimed = to_minor(amount * _probability(deal.declared, settings), deal.currency)
        staged = to_minor(amount * _probability(earned, settings), deal.currency)
        adjusted = to_minor(amount * _probability(earned, settings) * Fraction(deal.health) / 100, deal.currency)
        steps.append(BridgeStep(deal.name, deal.currency, claimed, staged - claimed, adjusted - staged, adjusted))
    return steps


def funnel(
    deals: Sequence[ForecastDeal], settings: Settings, quotas: Mapping[str, Decimal] | None = None
) -> dict[str, Funnel]:
    """Won, pipeline, gap and needed pipeline of every currency that has a deal or a quota."""
    quotas = quotas or {}
    currencies = dict.fromkeys([*(deal.currency for deal in deals), *quotas])
    return {
        currency: _funnel(
            currency, [deal for deal in deals if deal.currency == currency], settings, quotas.get(currency)
        )
        for currency in currencies
    }


def _funnel(currency: str, deals: Sequence[ForecastDeal], settings: Settings, quota: Decimal | None) -> Funnel:
    steps = bridge(deals, settings)
    amount = sum(to_minor(deal.amount, currency) for deal in pipeline(deals))
    won = sum(to_minor(deal.amount, currency) for deal in deals if deal.outcome is Outcome.WON)
    claimed, adjusted = sum(step.claimed for step in steps), sum(step.adjusted for step in steps)
    target = gap = claimed_gap = needed = None
    if quota is not None:
        target = to_minor(quota, currency)
        gap, claimed_gap = target - won - adjusted, target - won - claimed
        needed = needed_pipeline(gap, amount, adjusted)
    return Funnel(currency, len(steps), amount, claimed, adjusted, won, target, gap, claimed_gap, needed)


def needed_pipeline(gap: int, amount: int, adjusted: int) -> int | None:
    """The gap ÷ (adjusted ÷ amount), rounded up to a minor unit; 0 without a gap, None where nothing converts."""
    if gap <= 0:
        return 0
    return -(-gap * amount // adjusted) if adjusted else None
