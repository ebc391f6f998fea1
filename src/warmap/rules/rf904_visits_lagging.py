"""RF904: nobody has called on the customer lately, or a call was made and nothing was written down."""

from collections.abc import Iterator

from warmap.model import Visit
from warmap.rules.rule import Raised, Rule, quoted
from warmap.scores.assessment import Assessment
from warmap.scores.timetable import is_settled
from warmap.terms import Severity
from warmap.text import SEMICOLON, Text, is_blank, joined

MOST_NAMED = 3  # visits without a result that the message names
WRITE_UP = Text(
    "{by}在“拜访”表补写“实际结果”和“下一步”；记不清的，打电话向客户核对。",
    "Fill in “Actual result” and “Next step” of the visits made, in the Visits table, {by}. Where memory fails, call the customer and check.",
)
PLAN_AND_WRITE_UP = Text(
    "{by}约一次拜访，目标写成想得到客户的什么承诺，记进“拜访”表；以往的拜访，补写“实际结果”和“下一步”。",
    "Arrange a visit {by} and enter it in the Visits table, with the commitment you want as its goal. Fill in “Actual result” and “Next step” of the visits made.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when no visit lies within the setting, or a past visit has no actual result."""
    if assessment.as_of is None or is_settled(assessment):
        return
    limit = assessment.settings.visit_days
    past = [(age, v) for v in assessment.map.visits if (age := assessment.age(v.date)) is not None and age >= 0]
    whats = []
    is_long_ago = all(age > limit for age, _ in past)
    if is_long_ago:
        whats.append(Text(f"最近 {limit:g} 天没有拜访", f"no visit in the last {limit:g} days"))
    untold = [visit for age, visit in past if age > 0 and is_blank(visit.actual_result)]
    if untold:
        whats += [_untold(visit) for visit in untold[:MOST_NAMED]]
        if len(untold) > MOST_NAMED:
            more = len(untold) - MOST_NAMED
            whats.append(Text(f"另有 {more} 次也没有写", f"nor have {more} more"))
    if whats:
        untold_remedy = PLAN_AND_WRITE_UP if is_long_ago else WRITE_UP
        yield Raised("deal", {"what": joined(whats, SEMICOLON)}, remedy=untold_remedy if untold else None)


def _untold(visit: Visit) -> Text:
    goal = quoted(visit.goal)
    zh, en = (goal.zh, goal.en) if isinstance(goal, Text) else (goal, goal)
    return Text(f"{visit.date} 的拜访“{zh}”没有写实际结果", f"the visit of {visit.date}, “{en}”, has no actual result")


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
    remedy=Text(
        "{by}约一次拜访，目标写成想得到客户的什么承诺，记进“拜访”表。",
        "Arrange a visit {by}. State as its goal the commitment you want, and enter it in the Visits table.",
    ),
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
