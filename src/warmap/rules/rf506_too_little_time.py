"""RF506: the close date comes sooner than the stages left can be done."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.stage_reached import stage_earned
from warmap.scores.timetable import days_short
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once where the time left is shorter than the stages left usually take; critical below half of it."""
    short = days_short(assessment)
    if short is None:
        return
    left, needed = short
    facts = {
        "left": left, "needed": needed, "earned": stage_earned(assessment),
        "close_date": assessment.map.deal.close_date,
    }  # fmt: skip
    is_critical = left < needed * assessment.settings.time_left_critical
    yield Raised("deal", facts, Severity.CRITICAL if is_critical else Severity.MAJOR)


RULE = Rule(
    code="RF506",
    name="too-little-time",
    severity=Severity.MAJOR,
    title=Text("剩下的时间不够", "Too little time left"),
    message=Text(
        "离预计成交日 {close_date} 还有 {left} 天；从“{earned}”走到签约通常要 {needed} 天。",
        "Days left until {close_date}: {left}; from “{earned}” to signing it usually takes {needed}.",
    ),
    why=Text(
        "客户有自己的步骤，日子不够就只能跳步；跳过的步骤会以异议、压价或延期的形式回来。",
        "The customer has steps of its own; with too few days they get skipped, and come back as objections, discounts or delay.",
    ),
    remedy=Text(
        "{by}向{decider}问清内部的签约时间表，给到签约为止的每一步定下日期；排不下，就与主管、客户商定做得到的日子，再改“商机”表的“预计成交日”。",
        "Ask {decider} {by} for the timetable to signing on their side and put a date on every step that is left. If they do not fit, agree a date that can be kept with the customer and with your manager, and enter it as “Close date” on the Deal sheet.",
    ),
    source="003",
    needs=("deal", "stage_evidence"),
    check=check,
    bad={"deal": {"as_of": "2026-06-30", "stage": "need_identification", "close_date": "2026-09-30"}},
    good={"deal": {"as_of": "2026-06-30", "stage": "need_identification", "close_date": "2026-11-30"}},
)
