"""RF802: ties are close, and trust in our work lags far behind."""

from collections.abc import Iterator
from math import fsum

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.trust import trust_pillars
from warmap.terms import Severity, TrustPillar
from warmap.text import Text, half_up


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when relationship leads the mean of professional and expertise, as far as rated, by too much."""
    pillars = trust_pillars(assessment)
    relationship = pillars[TrustPillar.RELATIONSHIP]
    work = [pillars[pillar] for pillar in (TrustPillar.PROFESSIONAL, TrustPillar.EXPERTISE)]
    rated = [score for score in work if score is not None]
    if relationship is None or not rated:
        return
    others = fsum(rated) / len(rated)
    excess = round(relationship - others, 9)
    if excess >= assessment.settings.relationship_excess:
        shown, beside = half_up(relationship, 0), half_up(others, 0)
        yield Raised("deal", {"relationship": shown, "others": beside, "excess": shown - beside})


RULE = Rule(
    code="RF802",
    name="over-reliance-on-relationship",
    severity=Severity.MAJOR,
    title=Text("过度依赖关系", "Over-reliance on relationship"),
    message=Text(
        "关系信任 {relationship} 分，比职业、专业信任（{others} 分）高出 {excess} 分。",
        "Relationship trust is {relationship}, {excess} points above professional and expertise trust ({others}).",
    ),
    why=Text(
        "过度依赖个人关系而忽视产品和服务的价值，是大客户销售的误区；人一换，客户就可能流失。",
        "Leaning on personal ties while neglecting the value of product and service is a known trap; when the person changes, the customer goes.",
    ),
    remedy=Text(
        "{by}请我方专家为{user}解决一个具体的业务或技术难题，让价值被看见，再把对方的反应记进“信任”表。",
        "Have one of our experts solve a concrete problem for {user} {by}, so that the value shows. Then record the reaction on the Trust sheet.",
    ),
    source="003",
    needs=("deal", "contacts", "trust"),
    optional="trust",
    check=check,
    bad={
        "contacts": [{"name": "刘志强"}],
        "trust": [
            {
                "contact": "刘志强",
                "ratings": {
                    "relationship": {"rating": 4, "evidence_grade": "stated"},
                    "expertise": {"rating": 2.5, "evidence_grade": "stated"},
                },
            }
        ],
    },
    good={
        "contacts": [{"name": "刘志强"}],
        "trust": [
            {
                "contact": "刘志强",
                "ratings": {
                    "relationship": {"rating": 4, "evidence_grade": "stated"},
                    "expertise": {"rating": 3, "evidence_grade": "stated"},
                },
            }
        ],
    },
)
