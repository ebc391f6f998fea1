"""RF202: the economic decision maker is known, and nobody of ours has met that person."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text

CRITICAL_FROM_STAGE = 3


def is_raised(assessment: Assessment) -> bool:
    """Economic is held, and every holder has never been contacted or the frequency is blank."""
    deciders = holders(assessment, BuyingRole.ECONOMIC)
    return bool(deciders) and all(never_met(contact) for contact in deciders)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once; critical from stage 3 on, major before."""
    if is_raised(assessment):
        severity = Severity.CRITICAL if assessment.stage >= CRITICAL_FROM_STAGE else Severity.MAJOR
        people = holders(assessment, BuyingRole.ECONOMIC)
        yield Raised(BuyingRole.ECONOMIC.value, severity=severity, people=people)


RULE = Rule(
    code="RF202",
    name="decision-maker-never-met",
    severity=Severity.CRITICAL,
    title=Text("从未接触过关键决策者", "Economic decision maker never met"),
    message=Text("我们从未接触过关键决策者（{names}）。", "We have never met an economic decision maker ({names})."),
    why=Text(
        "只有影响到这一单的最高决策者，销售才可能成功；从第三阶段起再不见面，往往已经太迟。",
        "A sale succeeds only by reaching the top officer for this deal; from stage 3 on, not having met is often too late.",
    ),
    remedy=Text(
        "{by}{see}，问清这一单要替其解决什么、由谁签字；其实见过的，更新“关键人”表的“接触频度”。",
        "{see} {by} and ask what this deal must solve and who signs. If you have met already, update “Contact frequency” on the People sheet.",
    ),
    source="001",
    needs=("deal", "contacts"),
    check=check,
    bad={
        "deal": {"stage": "supplier_assessment"},
        "contacts": [{"name": "王卫东", "buying_roles": ["economic"], "contact_frequency": "never"}],
    },
    good={
        "deal": {"stage": "supplier_assessment"},
        "contacts": [{"name": "王卫东", "buying_roles": ["economic"], "contact_frequency": "rare"}],
    },
)
