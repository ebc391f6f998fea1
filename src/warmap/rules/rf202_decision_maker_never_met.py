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
        names = [contact.name for contact in holders(assessment, BuyingRole.ECONOMIC)]
        late = assessment.stage >= CRITICAL_FROM_STAGE
        yield Raised(BuyingRole.ECONOMIC.value, {"names": names}, Severity.CRITICAL if late else Severity.MAJOR)


RULE = Rule(
    code="RF202",
    name="decision-maker-never-met",
    severity=Severity.CRITICAL,
    title=Text("从未接触过关键决策者", "Economic decision maker never met"),
    message=Text("关键决策者（{names}）一个都没有接触过。", "No economic decision maker ({names}) has ever been met."),
    why=Text(
        "只有影响到这一单的最高决策者，销售才可能成功；从第三阶段起再不见面，往往已经太迟。",
        "A sale succeeds only by reaching the top officer for this deal; from stage 3 on, not having met is often too late.",
    ),
    remedy=Text(
        "本周请教练引荐，或由我方对等的高层出面，约见{names}。",
        "Ask the coach this week for an introduction, or send an executive of equal rank, to meet {names}.",
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
