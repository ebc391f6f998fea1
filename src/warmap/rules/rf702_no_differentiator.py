"""RF702: nothing sets us apart from the best rival."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.competition import competition
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the position is assessed and we lead the best rival clearly on no criterion."""
    contest = competition(assessment)
    if contest.position is not None and not contest.differentiators:
        yield Raised("deal", {"lead": assessment.settings.differentiator_gap})


RULE = Rule(
    code="RF702",
    name="no-differentiator",
    severity=Severity.MAJOR,
    title=Text("没有差异点", "No differentiator"),
    message=Text(
        "没有一项选型标准，我方比最强的对手高出 {lead} 分或更多。",
        "There is no criterion on which we lead the best rival by {lead} or more.",
    ),
    why=Text(
        "与对手没有明显区别，客户就只剩价格可比；强项正是我方与对手最大的区别。",
        "Where nothing sets us apart, price is all that is left to compare; a strength is what differs most from the rivals.",
    ),
    remedy=Text(
        "{by}与我方专家找出一件对手做不到、客户又在意的事，写进“强项”表，并与{ally}商量怎样让它进入选型标准。",
        "Find with our experts {by} one thing that rivals cannot do and the customer cares about, and enter it in the Strengths table. Work out with {ally} how to get it into the criteria.",
    ),
    source="001",
    needs=("competition",),
    check=check,
    bad={"competition": [{"criterion": "交付周期", "weight": 2, "our_score": 4, "scores": {"凌岳科技": 3.5}}]},
    good={"competition": [{"criterion": "交付周期", "weight": 2, "our_score": 4.5, "scores": {"凌岳科技": 3.5}}]},
)
