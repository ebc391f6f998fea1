"""RF504: the purchase has stood at one stage for too long."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.stage import lacking, stage_gates
from warmap.scores.stage_reached import stage_earned
from warmap.scores.timetable import is_settled
from warmap.terms import Severity
from warmap.text import Text

NAME_WHAT_LACKS = Text(
    "{by}与{ally}弄清：还缺的出口标准（{lacks}）卡在谁那里？把下一步、责任人和日期写进“行动”表。",
    "Work out with {ally} {by} who is holding up what is still missing ({lacks}). Put next step, owner and date on the Actions sheet.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the declared stage began longer ago than the setting allows."""
    deal, limit = assessment.map.deal, assessment.settings.stage_stale_days
    days = assessment.age(deal.stage_since)
    if deal.stage is not None and days is not None and days > limit and not is_settled(assessment):
        facts = {"days": days, "limit": limit}
        earned = stage_earned(assessment)
        stage = earned if earned.number < deal.stage.number else deal.stage
        missing = [line for line in stage_gates(assessment) if line.stage is stage and not line.done]
        if missing and "stage_evidence" in assessment.tables:
            yield Raised(deal.stage.value, {**facts, "lacks": lacking(missing)}, remedy=NAME_WHAT_LACKS)
        else:
            yield Raised(deal.stage.value, facts)


RULE = Rule(
    code="RF504",
    name="stuck-in-stage",
    severity=Severity.MAJOR,
    title=Text("长期停留在同一阶段", "Stuck in one stage"),
    message=Text(
        "在“{subject}”阶段已停留 {days} 天（上限 {limit} 天）。",
        "The deal has been at “{subject}” for {days} days (limit {limit}).",
    ),
    why=Text(
        "采购长期不往前走，多半是客户内部有变、问题不够痛，或者我们做的事不合这个阶段。",
        "A purchase that stops moving usually means a change inside the customer, a pain too mild, or work of ours that does not suit the stage.",
    ),
    remedy=Text(
        "{by}与{ally}弄清：“阶段”表上还缺哪条出口标准、卡在谁那里？把下一步、责任人和日期写进“行动”表。",
        "Work out with {ally} {by} which exit criterion on the Stages sheet is still missing and who is holding it up. Put next step, owner and date on the Actions sheet.",
    ),
    source="000",
    needs=("deal",),
    check=check,
    bad={"deal": {"as_of": "2026-06-30", "stage": "supplier_assessment", "stage_since": "2026-03-31"}},
    good={"deal": {"as_of": "2026-06-30", "stage": "supplier_assessment", "stage_since": "2026-04-01"}},
)
