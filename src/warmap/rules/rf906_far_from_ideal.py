"""RF906: much work has gone into a customer we are not made for."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.fit import fit
from warmap.scores.tier import tier
from warmap.terms import Severity, Tier
from warmap.text import Text

FROM_STAGE = 3


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 3 on when the fit is assessed and its tier is D."""
    if tier(assessment) is Tier.D and assessment.stage >= FROM_STAGE:
        yield Raised("deal", {"fit": fit(assessment), "stage": assessment.map.deal.stage})


RULE = Rule(
    code="RF906",
    name="far-from-ideal",
    severity=Severity.MINOR,
    title=Text("离理想客户太远", "Far from the ideal customer"),
    message=Text(
        "已到“{stage}”阶段，与理想客户的匹配只有 {fit} 分（D 级）。",
        "The deal is at “{stage}”, and the fit with our ideal customer is only {fit} out of 100 (tier D).",
    ),
    why=Text(
        "并非所有客户都是理想客户；时间有限，应先给容易双赢的客户，也要敢于对客户说“不”。",
        "Not every customer is an ideal one; time is short and belongs first to those with whom both sides win, and to some one must dare say no.",
    ),
    remedy=Text(
        "{by}与主管决定：继续投入、只做小单，还是退出？把决定写进“行动”表；评分过时的，更新“理想客户”表。",
        "Decide with your manager {by} whether to go on, keep it small or withdraw, and put the decision on the Actions sheet. If the scores are out of date, update the Ideal customer table.",
    ),
    source="001",
    needs=("deal", "ideal_customer"),
    check=check,
    bad={
        "deal": {"stage": "supplier_assessment"},
        "ideal_customer": [{"attribute": "有明确的预算", "weight": 2, "score": 1.5}],
    },
    good={
        "deal": {"stage": "supplier_assessment"},
        "ideal_customer": [{"attribute": "有明确的预算", "weight": 2, "score": 2}],
    },
)
