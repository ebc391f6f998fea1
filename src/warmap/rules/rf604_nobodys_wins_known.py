"""RF604: far into the purchase, and nobody's win criteria are known."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.scores.win import win
from warmap.terms import Severity
from warmap.text import Text

FROM_STAGE = 3


FIND_OUT_WHO = Text(
    "{by}向{informant}问清谁参与这次采购、各自看重什么，先在“关键人”表勾选角色，再填“赢标准”表。",
    "Ask {informant} {by} who takes part in this purchase and what matters to each. Tick their roles on the People sheet, then fill in the Wins sheet.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 3 on while the win score is not assessed: there emptiness is the fault."""
    if assessment.stage >= FROM_STAGE and win(assessment) is None:
        people = [contact for contact in assessment.active if contact.buying_roles]
        first = sorted(people, key=lambda contact: (never_met(contact), -assessment.weight(contact)))[:1]
        facts = {"stage": assessment.map.deal.stage}
        yield Raised("deal", facts, people=first, remedy=None if first else FIND_OUT_WHO)


RULE = Rule(
    code="RF604",
    name="nobodys-wins-known",
    severity=Severity.MAJOR,
    title=Text("不知道任何人的赢标准", "Nobody's win criteria known"),
    message=Text(
        "已到“{stage}”阶段，还不知道任何一个人看重什么。",
        "The deal is at “{stage}”, and we do not know what matters to anybody there.",
    ),
    why=Text(
        "每个人都为自己的理由赞成；不知道各人看重什么，方案就只能凭价格取胜。",
        "Everybody says yes for reasons of their own; without knowing them, price is all that is left to win on.",
    ),
    remedy=Text(
        "{by}{see}，问清六条标准里最看重哪几条，填进“赢标准”表。",
        "{see} {by} and ask which of the six criteria matter most. Enter them on the Wins sheet.",
    ),
    source="001",
    needs=("deal", "contacts", "wins"),
    check=check,
    bad={"deal": {"stage": "supplier_assessment"}, "contacts": [{"name": "周伟", "buying_roles": ["user"]}]},
    good={
        "deal": {"stage": "supplier_assessment"},
        "contacts": [{"name": "周伟", "buying_roles": ["user"]}],
        "wins": [{"contact": "周伟", "role": "user", "statuses": {"reliability": "identified"}}],
    },
)
