"""RF904: nobody has called on the customer lately, or a call was made and nothing was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.rules.blank import is_blank
from warmap.rules.rule import Raised, Rule
from warmap.rules.wording import quoted
from warmap.text import Text
from warmap.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warmap.assessment import Assessment

PLAN_ONE = Text(
    "约一次拜访，目标写成想得到客户的什么承诺，记进“拜访”表",
    "arrange a visit, state as its goal the commitment you want, and enter it in the Visits table",
)
WRITE_IT_UP = Text(
    "在“拜访”表写下这次拜访的实际结果和约定的下一步；记不清就打电话向客户核对",
    "enter what came of the visit and what was agreed next in the Visits table; where memory fails, ring the customer and check",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one when no visit lies within the setting, and one for each past visit without an actual result."""
    if assessment.as_of is None:
        return
    limit, past = assessment.settings.visit_days, []
    for visit in assessment.map.visits:
        age = assessment.age(visit.date)
        if age is not None and age >= 0:
            past.append((age, visit))
    if all(age > limit for age, _ in past):
        yield Raised(
            "deal",
            {"what": Text(f"最近 {limit:g} 天没有拜访", f"no visit in the last {limit:g} days"), "step": PLAN_ONE},
        )
    for age, visit in past:
        if age > 0 and is_blank(visit.actual_result):
            goal = quoted(visit.goal)
            zh, en = (goal.zh, goal.en) if isinstance(goal, Text) else (goal, goal)
            what = Text(
                f"{visit.date} 的拜访“{zh}”没有写实际结果", f"the visit of {visit.date}, “{en}”, has no actual result"
            )
            yield Raised("deal", {"what": what, "step": WRITE_IT_UP})


RULE = Rule(
    code="RF904",
    name="visits-lagging",
    severity=Severity.MAJOR,
    title=Text("拜访没有跟上", "Visits lagging"),
    message=Text("拜访没有跟上：{what}。", "Visits are lagging: {what}."),
    why=Text(
        "关键的信息只能靠拜访和提问得到；每次拜访都要有目标和结果，没有结果的拜访等于没去。",
        "What matters is learned only by visiting and asking; each visit has a goal and an outcome, and one without an outcome might as well not have been made.",
    ),
    remedy=Text("本周{step}。", "This week, {step}."),
    source="000",
    needs=("deal", "visits"),
    optional="visits",
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "visits": [{"date": "2026-05-30", "goal": "请分管领导指定牵头部门", "actual_result": "指定了网络技术部"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "visits": [{"date": "2026-05-31", "goal": "请分管领导指定牵头部门", "actual_result": "指定了网络技术部"}],
    },
)
