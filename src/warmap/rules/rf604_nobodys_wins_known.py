"""RF604: far into the purchase, and nobody's win criteria are known."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.win import win
from warmap.terms import Severity
from warmap.text import Text

FROM_STAGE = 3


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 3 on while the win score is not assessed: there emptiness is the fault."""
    if assessment.stage >= FROM_STAGE and win(assessment) is None:
        yield Raised("deal", {"stage": assessment.map.deal.stage})


RULE = Rule(
    code="RF604",
    name="nobodys-wins-known",
    severity=Severity.MAJOR,
    title=Text("不知道任何人的赢标准", "Nobody's win criteria known"),
    message=Text(
        "已到“{stage}”阶段，还不知道任何一个人看重什么。",
        "The deal is at “{stage}”, and what matters to anybody there is not known.",
    ),
    why=Text(
        "人人为自己的理由点头；不知道各人看重什么，方案就只能凭价格取胜。",
        "Everybody says yes for reasons of their own; without knowing them, price is all that is left to win on.",
    ),
    remedy=Text(
        "{by}向{source}问一位关键人最看重六条标准里的哪几条，填进“赢标准”表。",
        "{by}, ask {source} which of the six criteria matter most to one person who decides, and enter them on the Wins sheet.",
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
