"""How much of the influence on the other side has been rated for trust."""

from collections.abc import Iterator
from math import fsum

from warmap.scores.assessment import Assessment
from warmap.scores.score import Kind, Score, listed
from warmap.scores.trust import NONE_RATED, rated_contacts, trust_of
from warmap.text import Text

NOT_RATED = Text("还没有评分：{names}。", "Not rated yet: {names}.")
ALL_RATED = Text("在职的关键人都有信任评分。", "Every active contact has a trust rating.")


def trust_assessed_share(assessment: Assessment) -> float | None:
    """Influence of the rated active contacts ÷ influence of all active contacts, 0 … 1; None without any."""
    total = fsum(assessment.weight(contact) for contact in assessment.active)
    return fsum(assessment.weight(contact) for contact, _ in rated_contacts(assessment)) / total if total > 0 else None


def why(assessment: Assessment) -> Iterator[Text]:
    """Who is not rated yet, the most influential first."""
    missing = [contact for contact in assessment.active if trust_of(assessment, contact).score is None]
    missing.sort(key=lambda contact: -assessment.weight(contact))
    if not assessment.active:
        yield NONE_RATED
    else:
        yield NOT_RATED.filled(names=listed(contact.name for contact in missing)) if missing else ALL_RATED


SCORE = Score(
    code="trust_assessed_share",
    place=30,
    name=Text("信任已评份额", "Share of influence rated"),
    unit=Text("0–1，按影响力", "0–1, by influence"),
    help=Text("信任分有多大代表性", "How much of the influence the trust score speaks for"),
    formula=Text(
        "有信任评分的在职联系人的影响力权重 ÷ 全部在职联系人的影响力权重。",
        "Influence weight of the active contacts with a trust rating ÷ influence weight of all active contacts.",
    ),
    kind=Kind.SHARE,
    compute=trust_assessed_share,
    why=why,
)
