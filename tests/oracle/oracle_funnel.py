"""Funnel and forecast bridge over many maps (section 3), in minor currency units."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from oracle_deal_scores import is_done, stage_reached
from oracle_health import health
from oracle_map import STAGES, deal, exact, stage_number, without_blanks

UNITS = {"JPY": 1, "KWD": 1000}
"""Minor units of one unit, where they are not 100 (ISO 4217)."""


def minor(amount, currency):
    """Whole minor units. Reading: each figure of a deal is rounded once, half to even."""
    return round(amount * UNITS.get(currency, 100))


def forecast(document, figures):
    """amount, currency, probability of the declared stage and of min(declared, reached), health ÷ 100, and what became of
    it: open, won (also open with contract_signed done), lost or no_decision.
    Reading: a map without amount, currency or stage is in no forecast."""
    document = without_blanks(document)
    head, declared = deal(document), stage_number(document)
    if None in (head.get("amount"), head.get("currency"), declared):
        return None
    chances = [exact(figures["stage_probability"][stage]) for stage in STAGES]
    earned = min(declared, stage_reached(document))
    soundness = (health(document, figures) or 0) / 100
    outcome = head.get("outcome") or "open"
    if outcome == "open" and is_done(document, "contract_signing", "contract_signed"):
        outcome = "won"
    return exact(head["amount"]), head["currency"], chances[declared - 1], chances[earned - 1], soundness, outcome


def bridge(forecasts):
    """claimed = amount × probability of the declared stage; adjusted = amount × probability of min(declared, reached) ×
    health ÷ 100; the steps claimed → stage not earned → health → adjusted, by map of the pipeline."""
    steps = []
    for amount, currency, declared, earned, soundness, outcome in forecasts:
        if outcome != "open":
            continue
        claimed, staged = minor(amount * declared, currency), minor(amount * earned, currency)
        adjusted = minor(amount * earned * soundness, currency)
        steps.append((currency, claimed, staged - claimed, adjusted - staged, adjusted))
    return steps


def funnel(forecasts, quotas):
    """won = Σ amount of deals won; gap = quota − won − adjusted; needed pipeline = gap ÷ (adjusted ÷ Σ amount of the
    pipeline), 0 where gap ≤ 0, nothing where adjusted is 0. As {currency: (won, adjusted, gap, needed)}."""
    found = {}
    for currency in {one[1] for one in forecasts} | set(quotas):
        mine = [one for one in forecasts if one[1] == currency]
        won = sum(minor(one[0], currency) for one in mine if one[5] == "won")
        amount = sum(minor(one[0], currency) for one in mine if one[5] == "open")
        adjusted = sum(step[4] for step in bridge(mine))
        gap = needed = None
        if currency in quotas:
            gap = minor(exact(quotas[currency]), currency) - won - adjusted
            needed = 0 if gap <= 0 else ceil(gap / Fraction(adjusted, amount)) if adjusted else None
        found[currency] = (won, adjusted, gap, needed)
    return found
