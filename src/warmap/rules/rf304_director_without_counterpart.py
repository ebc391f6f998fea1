"""RF304: nobody on our side answers to a person of the customer's top management."""

from collections.abc import Iterator

from warmap.routes import route
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.terms import OrgLevel, Severity
from warmap.text import Text, is_blank

THROUGH_SOMEBODY = Text(
    "{by}请我方一位高层负责对接{subject}，把姓名写进“关键人”表的“我方对应人”；第一次见面{through}。",
    "Have one of our executives take on {subject} {by} and enter the name under “Our counterpart” on the People sheet. Get the first meeting {through}.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact at director level whose counterpart is blank."""
    for contact in assessment.active:
        if contact.level is OrgLevel.DIRECTOR and is_blank(contact.counterpart):
            is_led_to = never_met(contact) and route(assessment, contact.name or "") is not None
            yield Raised(contact.name or "", remedy=THROUGH_SOMEBODY if is_led_to else None)


RULE = Rule(
    code="RF304",
    name="director-without-counterpart",
    severity=Severity.MAJOR,
    title=Text("客户高层无人对接", "Director without counterpart"),
    message=Text(
        "{subject}是客户高层，我方却没有人负责对接。",
        "{subject} is at director level, and nobody on our side is named as counterpart.",
    ),
    why=Text(
        "销售的级别往往低于客户高层，很难直接建立联系；要请我方相应的高层来铺路搭桥。",
        "A rep seldom has the rank to reach top management; somebody of ours at that level has to build the bridge.",
    ),
    remedy=Text(
        "{by}请我方一位高层负责对接{subject}，把姓名写进“关键人”表的“我方对应人”，并约好两人见面的日子。",
        "Have one of our executives take on {subject} {by}. Enter the name under “Our counterpart” on the People sheet and set a date for the two to meet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "何国强", "level": "director"}]},
    good={"contacts": [{"name": "何国强", "level": "director", "counterpart": "林涛"}]},
)
