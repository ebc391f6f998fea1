"""RF309: a judgement of support is undated or too old to rely on."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text

UNDATED = Text("没有注明日期", "carries no date")


def is_stale(contact: Contact, assessment: Assessment) -> bool:
    """Whether the support of a contact is given, with no date or one older than the setting."""
    days = assessment.age(contact.assessed_on)
    too_old = days is not None and days > assessment.settings.support_stale_days
    return contact.support is not None and (contact.assessed_on is None or too_old)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact whose judgement of support is stale."""
    for contact in assessment.active:
        if is_stale(contact, assessment):
            days = assessment.age(contact.assessed_on)
            staleness = UNDATED if days is None else Text(f"是 {days} 天前作出的", f"is {days} days old")
            yield Raised(contact.name or "", {"support": contact.support, "staleness": staleness})


RULE = Rule(
    code="RF309",
    name="support-judged-long-ago",
    severity=Severity.MINOR,
    title=Text("支持度判断已过时", "Support judged long ago"),
    message=Text(
        "对{subject}支持度的判断（{support}）{staleness}。",
        "The judgement of {subject}'s support (“{support}”) {staleness}.",
    ),
    why=Text(
        "判断要靠客户的反馈不断验证；旧的判断只是印象。",
        "A judgement has to be tested again and again against what the customer says and does; an old one is only an impression.",
    ),
    remedy=Text(
        "{by}{reach}，核实对我方方案的态度，更新“关键人”表的“支持度”“支持度依据”和“判断日期”。",
        "{reach} {by} and check where we stand. Then update “Support”, “Support evidence” and “Judged on” on the People sheet.",
    ),
    source="001",
    needs=("deal", "contacts"),
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "孙立", "support": "support", "assessed_on": "2026-03-31"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "孙立", "support": "support", "assessed_on": "2026-04-01"}],
    },
)
