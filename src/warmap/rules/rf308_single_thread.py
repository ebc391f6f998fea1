"""RF308: the whole deal hangs on one person."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import IN_TOUCH
from warmap.terms import Severity
from warmap.text import Text

ONLY_ONE = Text("只有一位", "only one")
NONE = Text("一位也没有", "none")


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when of two or more active contacts at most one is contacted occasionally or more."""
    distant = [contact for contact in assessment.active if contact.contact_frequency not in IN_TOUCH]
    in_touch = len(assessment.active) - len(distant)
    if len(assessment.active) > 1 >= in_touch:
        facts = {"people": len(assessment.active), "in_touch": ONLY_ONE if in_touch else NONE}
        yield Raised("deal", facts, people=[max(distant, key=assessment.weight)])


RULE = Rule(
    code="RF308",
    name="single-thread",
    severity=Severity.MAJOR,
    title=Text("单线联系", "Single thread"),
    message=Text(
        "{people} 位在职联系人中，经常或偶尔接触的{in_touch}；其余的人里{names}影响力最高。",
        "We see {in_touch} of the {people} people in post more than rarely; the most influential of the rest is {names}.",
    ),
    why=Text(
        "大客户由一组人共同决定；只有一条线，那个人一走或一变，全盘皆断。",
        "Large accounts decide as a group; a deal on one thread breaks when that one person moves or turns.",
    ),
    remedy=Text(
        "{by}{see}，并在“行动”表给其余每位关键人写明由我方谁去见。",
        "{see} {by}. Then note on the Actions sheet who on our side sees each of the others.",
    ),
    source="003",
    needs=("contacts",),
    check=check,
    bad={
        "contacts": [{"name": "陈丽", "contact_frequency": "frequent"}, {"name": "孙立", "contact_frequency": "rare"}]
    },
    good={
        "contacts": [
            {"name": "陈丽", "contact_frequency": "frequent"},
            {"name": "孙立", "contact_frequency": "occasional"},
        ]
    },
)
