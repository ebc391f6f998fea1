"""RF302: we do not know where a person of high influence stands."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact of high influence whose support is blank, but not of one never met.

    That nobody has met a person is said by RF202 or RF303, and comes first.
    """
    for contact in assessment.high_influence:
        if contact.support is None and not never_met(contact):
            yield Raised(contact.name or "")


RULE = Rule(
    code="RF302",
    name="influential-support-unknown",
    severity=Severity.MAJOR,
    title=Text("影响力高的人态度不明", "Influential, stance unknown"),
    message=Text(
        "{subject}影响力高，是支持还是反对却不清楚。",
        "We do not know if {subject}, who has high influence, is for us or against us.",
    ),
    why=Text(
        "影响力大的人态度不明，是地图上最大的空白；对手也许已经先问到了。",
        "The stance of an influential person is the largest blank a map can have; a rival may already have asked.",
    ),
    remedy=Text(
        "{by}{see}，问清怎么看我方方案，再填“关键人”表的“支持度”“支持度依据”和“判断日期”。",
        "{see} {by} and ask for a view of our proposal. Then fill in “Support”, “Support evidence” and “Judged on” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "陈丽", "influence": "high", "contact_frequency": "rare"}]},
    good={"contacts": [{"name": "陈丽", "influence": "high"}]},
)
