"""How ready we are to negotiate, and whether there is anything to agree on (specification, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from warmap.model import Negotiation
from warmap.terms import NegotiationPoint
from warmap.text import is_blank


def is_empty(record: Negotiation) -> bool:
    """Nothing at all has been entered."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str):
            value = value.strip()
        elif isinstance(value, list):
            value = [c for c in value if not (is_blank(c.give) and is_blank(c.get))]
        if value not in (None, "", []):
            return False
    return True


def prices_in_order(record: Negotiation) -> bool:
    """All three of our prices are given, and opening ≥ target ≥ walk-away."""
    opening, target, walk_away = record.opening_price, record.target_price, record.walk_away_price
    if opening is None or target is None or walk_away is None:
        return False
    return opening >= target >= walk_away


def points(record: Negotiation) -> Mapping[NegotiationPoint, bool]:
    """The five things to have ready, each done or not."""
    return {
        NegotiationPoint.PRICES_IN_ORDER: prices_in_order(record),
        NegotiationPoint.OUR_ALTERNATIVE: not is_blank(record.our_alternative),
        NegotiationPoint.CUSTOMER_ALTERNATIVE: not is_blank(record.customer_alternative),
        NegotiationPoint.CONCESSION_WITH_GET: any(not is_blank(concession.get) for concession in record.concessions),
        NegotiationPoint.FEELINGS: not is_blank(record.feelings),
    }


def readiness(record: Negotiation) -> float | None:
    """Share of the five points done, 0 … 1; None where nothing has been entered."""
    done = points(record)
    return None if is_empty(record) else sum(done.values()) / len(done)


def zopa(record: Negotiation) -> Decimal | None:
    """The customer's limit − our walk-away price, in the deal's currency; below 0 there is no room; None unless both."""
    if record.customer_walk_away is None or record.walk_away_price is None:
        return None
    return record.customer_walk_away - record.walk_away_price
