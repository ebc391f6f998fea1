"""How ready we are to negotiate."""

from collections.abc import Iterator, Mapping

from warmap.model import Negotiation
from warmap.scores.assessment import Assessment
from warmap.scores.score import Kind, Score, listed
from warmap.terms import NegotiationPoint
from warmap.text import Text, is_blank

READY = Text("五件准备做到 {done} 件。", "{done} of the five things are ready.")
MISSING = Text("还缺：{names}。", "Missing: {names}.")
NOT_PREPARED = Text("未评估：谈判表还是空的。", "Not assessed: the Negotiation sheet is empty.")


def _is_empty(record: Negotiation) -> bool:
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


def _prices_in_order(record: Negotiation) -> bool:
    """All three of our prices are given, and opening ≥ target ≥ walk-away."""
    opening, target, walk_away = record.opening_price, record.target_price, record.walk_away_price
    if opening is None or target is None or walk_away is None:
        return False
    return opening >= target >= walk_away


def negotiation_points(assessment: Assessment) -> Mapping[NegotiationPoint, bool]:
    """The five things to have ready, each done or not."""
    record = assessment.map.negotiation
    return {
        NegotiationPoint.PRICES_IN_ORDER: _prices_in_order(record),
        NegotiationPoint.OUR_ALTERNATIVE: not is_blank(record.our_alternative),
        NegotiationPoint.CUSTOMER_ALTERNATIVE: not is_blank(record.customer_alternative),
        NegotiationPoint.CONCESSION_WITH_GET: any(not is_blank(concession.get) for concession in record.concessions),
        NegotiationPoint.FEELINGS: not is_blank(record.feelings),
    }


def negotiation(assessment: Assessment) -> float | None:
    """Share of the five points done, 0 … 1; None where nothing has been entered."""
    done = negotiation_points(assessment)
    return None if _is_empty(assessment.map.negotiation) else sum(done.values()) / len(done)


def why(assessment: Assessment) -> Iterator[Text]:
    """What is ready and what is missing."""
    if negotiation(assessment) is None:
        yield NOT_PREPARED
        return
    points = negotiation_points(assessment)
    yield READY.filled(done=sum(points.values()))
    if missing := [point for point, done in points.items() if not done]:
        yield MISSING.filled(names=listed(missing))


SCORE = Score(
    code="negotiation",
    place=130,
    name=Text("谈判准备", "Negotiation readiness"),
    unit=Text("0–1", "0–1"),
    help=Text("谈判准备得怎样", "How ready we are to negotiate"),
    formula=Text(
        "五件准备做到的份额：三个价格齐全且开价 ≥ 目标价 ≥ 底价、我方备选、客户备选、至少一条有交换的让步、客户的感受。",
        "Share done of five: all three prices with opening ≥ target ≥ walk-away, our alternative, the customer's alternative, a concession with what we get for it, the customer's feelings.",
    ),
    kind=Kind.SHARE,
    compute=negotiation,
    why=why,
)
