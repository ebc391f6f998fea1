"""RF505: the close date has passed or comes sooner than the stage can follow."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.timetable import days_short, is_settled
from warmap.terms import Severity
from warmap.text import Text

SIGNING_STAGE = 5
NEGOTIATION_STAGE = 4
UNDECLARED = Text("未申报", "not declared")


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once: critical for a date passed before signing, major for one near before negotiating (unless RF506 is)."""
    deal, stage = assessment.map.deal, assessment.stage
    days = assessment.age(deal.close_date)
    if days is None or is_settled(assessment):
        return
    facts = {"close_date": deal.close_date, "stage": deal.stage or UNDECLARED}
    if days > 0 and stage < SIGNING_STAGE:
        passed = Text(f"已过去 {days} 天", "passed yesterday" if days == 1 else f"passed {days} days ago")
        yield Raised("deal", {**facts, "distance": passed}, Severity.CRITICAL)
    elif 0 <= -days <= assessment.settings.close_soon_days and stage < NEGOTIATION_STAGE:
        near = Text(f"只剩 {-days} 天", {0: "is today", -1: "is tomorrow"}.get(days, f"is {-days} days away"))
        if days_short(assessment) is None:
            yield Raised("deal", {**facts, "distance": near}, Severity.MAJOR)


RULE = Rule(
    code="RF505",
    name="close-date-unrealistic",
    severity=Severity.CRITICAL,
    title=Text("预计成交日不现实", "Close date unrealistic"),
    message=Text(
        "预计成交日 {close_date} {distance}，申报阶段：{stage}。",
        "The close date {close_date} {distance}; declared stage: {stage}.",
    ),
    why=Text(
        "成交日是对公司的承诺；阶段跟不上日期，预测就不可信，也错过了要资源的时机。",
        "A close date is a promise to the company; when the stage cannot keep up, the forecast is not to be trusted and help is asked for too late.",
    ),
    remedy=Text(
        "{by}向{decider}问清内部的签约时间表，据此改“商机”表的“预计成交日”，或在“行动”表列出赶上日期要做的事。",
        "Ask {decider} {by} for the timetable to signing on their side. Then move “Close date” on the Deal sheet, or list on the Actions sheet what it takes to keep it.",
    ),
    source="001",
    needs=("deal",),
    check=check,
    bad={"deal": {"as_of": "2026-06-30", "stage": "quotation_negotiation", "close_date": "2026-06-29"}},
    good={"deal": {"as_of": "2026-06-30", "stage": "quotation_negotiation", "close_date": "2026-06-30"}},
)
