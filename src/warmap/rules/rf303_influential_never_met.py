"""RF303: nobody of ours has met a person of high influence."""

from collections.abc import Iterator

from warmap.rules import rf202_decision_maker_never_met
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each contact of high influence never met, unless RF202 says it of the same person."""
    decision_makers_never_met = rf202_decision_maker_never_met.is_raised(assessment)
    for contact in assessment.high_influence:
        said_already = decision_makers_never_met and BuyingRole.ECONOMIC in contact.buying_roles
        if never_met(contact) and not said_already:
            yield Raised(contact.name or "")


RULE = Rule(
    code="RF303",
    name="influential-never-met",
    severity=Severity.MAJOR,
    title=Text("从未接触过影响力高的人", "Influential, never met"),
    message=Text(
        "{subject}影响力高，我们却从未接触过。", "{subject} has high influence, and we have never been in touch."
    ),
    why=Text(
        "没打过交道的人，很难去影响；见得越晚，对方的看法越难改变。",
        "We cannot move someone we have never met, and the later the first meeting, the firmer the opinion.",
    ),
    remedy=Text(
        "{by}{see}，问清其在这一单里最在意什么；其实见过的，更新“关键人”表的“接触频度”。",
        "{see} {by} and ask what that person most wants from this deal. If you have met already, update “Contact frequency” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "陈丽", "influence": "high", "contact_frequency": "never"}]},
    good={"contacts": [{"name": "陈丽", "influence": "high", "contact_frequency": "rare"}]},
)
