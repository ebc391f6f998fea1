"""RF907: nobody at all is against us, which is rarely the whole truth."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when enough active contacts have known support and none is below 0."""
    known = [contact.support.score for contact in assessment.active if contact.support is not None]
    if len(known) >= assessment.settings.suspicious_contacts and min(known) >= 0:
        yield Raised("deal", {"known": len(known)})


RULE = Rule(
    code="RF907",
    name="suspiciously-good",
    severity=Severity.MINOR,
    title=Text("好得可疑", "Suspiciously good"),
    message=Text(
        "{known} 位联系人的态度已知，竟没有一位反对。",
        "The stance of {known} people is known, and nobody at all is against us.",
    ),
    why=Text(
        "大单很少没有人反对；看不到反对者，多半是还没找到，或者大家只说了客气话。",
        "Large deals seldom go unopposed; where no opponent shows, one has not been found yet, or people have only been polite.",
    ),
    remedy=Text(
        "{by}与{ally}过一遍：谁会因为选我们而不方便，谁和对手走得近？把这些人加进“关键人”表；支持度只是推测的，“支持度依据”选“我方推测”。",
        "Talk through with {ally} {by} who stands to lose if we are chosen and who is close to a rival, and add them on the People sheet. Where support is only a guess, choose “Our guess” under “Support evidence”.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={
        "contacts": [
            {"name": "陈丽", "support": "support"},
            {"name": "孙立", "support": "neutral"},
            {"name": "周伟", "support": "support"},
            {"name": "赵敏", "support": "strong_support"},
        ]
    },
    good={
        "contacts": [
            {"name": "陈丽", "support": "support"},
            {"name": "孙立", "support": "oppose"},
            {"name": "周伟", "support": "support"},
            {"name": "赵敏", "support": "strong_support"},
        ]
    },
)
