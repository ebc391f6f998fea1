"""Whether there is anything to agree on: the zone of possible agreement."""

from collections.abc import Iterator
from decimal import Decimal

from warmap.scores.assessment import Assessment
from warmap.scores.score import Kind, Score
from warmap.text import Text

ZOPA = Text("客户的底线 {theirs} 减我方底价 {ours}。", "The customer's limit {theirs} less our walk-away {ours}.")
NO_ZOPA = Text("客户的底线低于我方底价，没有谈判空间。", "The two limits do not meet: there is no room.")
NO_PRICES = Text(
    "未评估：要有我方底价和对客户底线的估计。",
    "Not assessed: our walk-away and the estimate of the customer's must be given.",
)


def room(assessment: Assessment) -> Decimal | None:
    """The customer's limit − our walk-away price, in the deal's currency; below 0 there is no room; None unless both."""
    record = assessment.map.negotiation
    if record.customer_walk_away is None or record.walk_away_price is None:
        return None
    return record.customer_walk_away - record.walk_away_price


def zopa(assessment: Assessment) -> float | None:
    """The room as a plain number, whole where it is whole."""
    found = room(assessment)
    return None if found is None else int(found) if found == found.to_integral_value() else float(found)


def why(assessment: Assessment) -> Iterator[Text]:
    """The two limits."""
    record, found = assessment.map.negotiation, room(assessment)
    if found is None:
        yield NO_PRICES
        return
    yield ZOPA.filled(theirs=f"{record.customer_walk_away:,}", ours=f"{record.walk_away_price:,}")
    if found < 0:
        yield NO_ZOPA


SCORE = Score(
    code="zopa",
    place=140,
    name=Text("谈判空间（ZOPA）", "Room for agreement (ZOPA)"),
    unit=Text("本单币种", "in the deal's currency"),
    help=Text("双方的底线之间有多少余地", "How much room there is between the two limits"),
    formula=Text(
        "对客户底线的估计 − 我方底价；小于 0 就没有空间。",
        "Our estimate of the customer's limit − our walk-away price; below 0 there is none.",
    ),
    kind=Kind.MONEY,
    compute=zopa,
    why=why,
)
