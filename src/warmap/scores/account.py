"""The account itself: its class, whether it is a key account, how hard its market is (specification, section 3)."""

from __future__ import annotations

from warmap.model import Profile
from warmap.settings import Settings
from warmap.terms import CustomerClass

STRONGEST = 5  # a force at its strongest; five such forces leave no attractiveness


def customer_class(profile: Profile, settings: Settings) -> CustomerClass | None:
    """Class by attractiveness (mean of scale and the industry's) and profitability; None unless all three are given."""
    scale, industry, profitability = profile.scale, profile.industry_attractiveness, profile.profitability
    if scale is None or industry is None or profitability is None:
        return None
    attractive = round((scale + industry) / 2, 9) >= settings.class_high_from
    if profitability >= settings.class_high_from:
        return CustomerClass.STRATEGIC if attractive else CustomerClass.PROFIT
    return CustomerClass.GROWTH if attractive else CustomerClass.MAINTAIN


def key_account_count(profile: Profile) -> int | None:
    """How many of the four key-account questions are answered yes, 0 … 4; None while none is answered (002)."""
    return sum(profile.key_account.values()) if profile.key_account else None


def five_forces(profile: Profile) -> float | None:
    """Attractiveness of the market, 25 × (5 − mean of the given forces), 0 … 100; None without any (002)."""
    given = [force for force in profile.five_forces.values() if force is not None]
    return 25 * (STRONGEST - sum(given) / len(given)) if given else None
