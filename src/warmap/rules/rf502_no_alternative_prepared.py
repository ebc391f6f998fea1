"""RF502: we negotiate with nothing to fall back on."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import ProcurementStage, Severity
from warmap.text import Text, is_blank


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the negotiation stage is declared and our alternative is blank."""
    stage = assessment.map.deal.stage
    if stage is ProcurementStage.QUOTATION_NEGOTIATION and is_blank(assessment.map.negotiation.our_alternative):
        yield Raised("deal", {"stage": stage})


RULE = Rule(
    code="RF502",
    name="no-alternative-prepared",
    severity=Severity.MAJOR,
    title=Text("没有准备替代方案", "No alternative prepared"),
    message=Text(
        "已到“{stage}”阶段，我方替代方案还是空白。",
        "The deal is at “{stage}”, and no alternative of ours is written down.",
    ),
    why=Text(
        "有合理的替代方案，谈判才有回旋余地；没有退路，就只能接受对方的条件。",
        "A reasonable alternative gives room to move; without one we take whatever terms are offered.",
    ),
    remedy=Text(
        "{by}与主管用半小时商定谈不成我们怎么办，写进“谈判”表的“我方替代方案”，并给“我方替代强度”打分。",
        "Take half an hour with your manager {by} to settle what we do without a deal. Enter it under “Our alternative” on the Negotiation sheet and rate its strength.",
    ),
    source="000",
    needs=("deal", "negotiation"),
    check=check,
    bad={"deal": {"stage": "quotation_negotiation"}},
    good={
        "deal": {"stage": "quotation_negotiation"},
        "negotiation": {"our_alternative": "把产能转给华东客户的二期项目"},
    },
)
