"""Funnel and forecast bridge over many maps (section 3), in minor currency units."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from oracle_deal_scores import stage_reached
from oracle_health import health
from oracle_map import STAGES, deal, exact, stage_number, without_blanks

UNITS = {"JPY": 1, "KWD": 1000}
"""Minor units of one unit, where they are not 100 (ISO 4217)."""


def minor(amount, currency):
    """Whole minor units. Reading: each figure of a deal is rounded once, half to even."""
    return round(amount * UNITS.get(currency, 100))


def forecast(document, figures):
    """amount, currency, probability of the declared stage and of min(declared, reached), health ÷ 100.
    Reading: a map without amount, currency or stage is in no forecast."""
    document = without_blanks(document)
    head, declared = deal(document), stage_number(document)
    if None in (head.get("amount"), head.get("currency"), declared):
        return None
    chances = [exact(figures["stage_probability"][stage]) for stage in STAGES]
    earned = min(declared, stage_reached(document))
    soundness = (health(document, figures) or 0) / 100
    return exact(head["amount"]), head["currency"], chances[declared - 1], chances[earned - 1], soundness


def bridge(forecasts):
    """claimed = amount × probability of the declared stage; adjusted = amount × probability of min(declared, reached) ×
    health ÷ 100; the steps claimed → stage not earned → health → adjusted, by map."""
    steps = []
    for amount, currency, declared, earned, soundness in forecasts:
        claimed, staged = minor(amount * declared, currency), minor(amount * earned, currency)
        adjusted = minor(amount * earned * soundness, currency)
        steps.append((currency, claimed, staged - claimed, adjusted - staged, adjusted))
    return steps


def funnel(forecasts, quotas):
    """expected = Σ amount × stage probability × health ÷ 100, by currency; gap = quota − expected; needed pipeline =
    gap ÷ the mean of (probability × health ÷ 100), nothing where there is no gap. As {currency: (expected, gap, needed)}."""
    found = {}
    for currency in {one[1] for one in forecasts} | set(quotas):
        mine = [one for one in forecasts if one[1] == currency]
        rates = [declared * soundness for _, _, declared, _, soundness in mine]
        expected = sum(minor(one[0] * rate, currency) for one, rate in zip(mine, rates, strict=True))
        gap = needed = None
        if currency in quotas:
            gap = minor(exact(quotas[currency]), currency) - expected
            rate = sum(rates, Fraction(0)) / len(rates) if rates else 0
            needed = 0 if gap <= 0 else ceil(gap / rate) if rate else None
        found[currency] = (expected, gap, needed)
    return found
