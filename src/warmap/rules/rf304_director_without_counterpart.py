"""RF304: nobody on our side answers to a person of the customer's top management."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import OrgLevel, Severity
from warmap.text import Text, is_blank


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact at director level whose counterpart is blank."""
    for contact in assessment.active:
        if contact.level is OrgLevel.DIRECTOR and is_blank(contact.counterpart):
            yield Raised(contact.name or "")


RULE = Rule(
    code="RF304",
    name="director-without-counterpart",
    severity=Severity.MAJOR,
    title=Text("客户高层没有对应人", "Director without counterpart"),
    message=Text(
        "{subject}是客户高层，我方却没有人对应。",
        "{subject} is at director level, and nobody on our side is named as counterpart.",
    ),
    why=Text(
        "销售的级别往往低于客户高层，很难直接建立联系；要请我方相应的高层来铺路搭桥。",
        "A rep seldom has the rank to reach top management; somebody of ours at that level has to build the bridge.",
    ),
    remedy=Text(
        "本周请我方一位高层认领{subject}，把姓名写进“关键人”表的“我方对应人”，并约好第一次通话。",
        "Ask one of our executives this week to take on {subject}, enter the name under “Our counterpart” on the People sheet, and fix a first call.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "何国强", "level": "director"}]},
    good={"contacts": [{"name": "何国强", "level": "director", "counterpart": "林涛"}]},
)
