"""RF205: a technical gatekeeper is against us and can veto."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_against_us
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def may_veto(contact: Contact) -> bool:
    """Technical is held, and its holder opposes."""
    return BuyingRole.TECHNICAL in contact.buying_roles and is_against_us(contact)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active technical holder that opposes."""
    for contact in assessment.active:
        if may_veto(contact):
            yield Raised(contact.name or "", {"support": contact.support})


RULE = Rule(
    code="RF205",
    name="gatekeeper-opposes",
    severity=Severity.CRITICAL,
    title=Text("技术把关者反对", "Technical gatekeeper opposes"),
    message=Text(
        "技术把关者{subject}的态度是“{support}”，可能一票否决。",
        "Technical gatekeeper {subject} is against us (“{support}”) and may veto the deal.",
    ),
    why=Text(
        "技术把关者不能决定买谁，却能提出反对；意见写进评估报告，决策者很难不理会。",
        "Gatekeepers do not choose the winner, but their objection goes into the report the decision maker reads and is hard to ignore.",
    ),
    remedy=Text(
        "{by}{see}，问清技术顾虑，不辩解，记进“异议”表；再请我方专家用测试数据或客户案例逐条回应。",
        "{see} {by}, hear the technical concerns without arguing, and log them in the Objections table. Then have our expert answer each with test data or a customer case.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "赵敏", "buying_roles": ["technical"], "support": "oppose"}]},
    good={"contacts": [{"name": "赵敏", "buying_roles": ["technical"], "support": "neutral"}]},
)
