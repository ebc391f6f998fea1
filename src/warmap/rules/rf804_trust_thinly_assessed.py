"""RF804: too little of the influence on the map has any trust rating."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.scores.trust import trust_of
from warmap.scores.trust_assessed_share import trust_assessed_share
from warmap.terms import Severity
from warmap.text import Text, percent

MOST_NAMED = 3  # people to rate first

MEET_FIRST = Text(
    "{by}{see}，回来在“信任”表打分，并写上看到、听到的事实。",
    "{see} {by}, then rate the trust on the Trust sheet and write down what you saw and heard.",
)
"""Whom nobody has met there is nothing to rate by."""


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the assessed share of influence lies below the setting."""
    share = trust_assessed_share(assessment)
    if share is not None and round(share, 9) < assessment.settings.assessed_share_from:
        unrated = [contact for contact in assessment.active if trust_of(assessment, contact).score is None]
        unrated.sort(key=lambda contact: (-assessment.weight(contact), never_met(contact)))
        is_unmet = never_met(unrated[0])  # whoever weighs most decides: to rate others only would colour the score
        people = [contact for contact in unrated if never_met(contact) is is_unmet][:MOST_NAMED]
        yield Raised("deal", {"share": percent(share)}, people=people, remedy=MEET_FIRST if is_unmet else None)


RULE = Rule(
    code="RF804",
    name="trust-thinly-assessed",
    severity=Severity.MAJOR,
    title=Text("信任评估覆盖不足", "Trust thinly assessed"),
    message=Text(
        "按影响力计，只有 {share} 的关键人评过信任。",
        "By influence, only {share} of the people have a trust rating.",
    ),
    why=Text(
        "信任分只代表评过的人；没评的人里可能藏着反对者。",
        "The trust score speaks only for those rated; an opponent may hide among the rest.",
    ),
    remedy=Text(
        "{by}在“信任”表先给{names}打分，写上看到、听到的事实；没有事实的支柱先空着，下次见面时问。",
        "Rate {names} on the Trust sheet {by}, before anybody else, with what you saw and heard. Leave a pillar blank where you have no fact, and find out at the next meeting.",
    ),
    source="000",
    needs=("deal", "contacts", "trust"),
    optional="trust",
    check=check,
    bad={
        "contacts": [{"name": "赵敏", "influence": "high"}, {"name": "孙立", "influence": "low"}],
        "trust": [{"contact": "孙立", "ratings": {"sincerity": {"rating": 3, "evidence_grade": "stated"}}}],
    },
    good={
        "contacts": [{"name": "赵敏", "influence": "high"}, {"name": "孙立", "influence": "low"}],
        "trust": [{"contact": "赵敏", "ratings": {"sincerity": {"rating": 3, "evidence_grade": "stated"}}}],
    },
)
