"""How near this customer is to our ideal one (specification, section 3, Fit)."""

from __future__ import annotations

from collections.abc import Sequence

from warmap.model import IdealCustomer
from warmap.scores.roles import weighted_mean
from warmap.settings import Settings
from warmap.terms import Tier


def fit(rows: Sequence[IdealCustomer]) -> float | None:
    """20 × the weighted mean of the scored attributes, 0 … 100; None where no attribute has both weight and score."""
    mean = weighted_mean([(row.weight, row.score) for row in rows if row.weight is not None and row.score is not None])
    return None if mean is None else 20 * mean


def tier(score: float | None, settings: Settings) -> Tier | None:
    """A, B or C from the score where its setting says so, else D; None where fit is not assessed."""
    if score is None:
        return None
    reached = (tier for tier in Tier if tier is not Tier.D and round(score, 9) >= settings.tier[tier.value])
    return next(reached, Tier.D)
