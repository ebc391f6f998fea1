"""RF908: the customer is comparing, and we have compared ourselves with nobody."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text

FROM_STAGE = 2


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 2 on when no competitor column holds any score."""
    scored = any(score is not None for row in assessment.map.competition for score in row.scores.values())
    if assessment.stage >= FROM_STAGE and not scored:
        yield Raised("deal", {"stage": assessment.map.deal.stage})


RULE = Rule(
    code="RF908",
    name="no-rival-scored",
    severity=Severity.MAJOR,
    title=Text("没有给对手打分", "No rival scored"),
    message=Text(
        "已到“{stage}”阶段，还没有给任何对手打分，连“维持现状”也没有。",
        "The deal is at “{stage}”, and no rival has been scored, not even “do nothing”.",
    ),
    why=Text(
        "客户总有别的选择，至少可以什么都不做；不知道对手强在哪里，就不知道该突出什么。",
        "The customer always has another choice, if only to do nothing; without knowing where rivals are strong we cannot tell what to stress.",
    ),
    remedy=Text(
        "{by}向{informant}问清还在看哪几家、按什么标准选；在“竞争”表写下标准和权重，给“维持现状”和主要对手打分。",
        "Ask {informant} {by} which other suppliers are in the running and by what criteria the customer will choose. Enter criteria and weights on the Competition sheet and score “Do nothing” and the main rival.",
    ),
    source="000",
    needs=("deal", "competition"),
    check=check,
    bad={
        "deal": {"stage": "market_research"},
        "competition": [{"criterion": "交付周期", "weight": 2, "our_score": 4}],
    },
    good={
        "deal": {"stage": "market_research"},
        "competition": [{"criterion": "交付周期", "weight": 2, "our_score": 4, "scores": {"维持现状": 1}}],
    },
)
