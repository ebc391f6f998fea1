"""RF801: a person who decides, or sways those who do, hardly trusts us."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.trust import trust_of
from warmap.terms import BuyingRole, Influence, Severity
from warmap.text import Text, tenths

HIGH_INFLUENCE = Text("影响力高", "high influence")


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact of low trust: critical for economic, major for high influence otherwise."""
    limit = assessment.settings.low_trust
    for contact in assessment.active:
        decides = BuyingRole.ECONOMIC in contact.buying_roles
        trust = trust_of(assessment, contact)
        if trust.score is None or round(trust.score, 9) >= limit:
            continue
        if decides or contact.influence is Influence.HIGH:
            pillar = min(trust.ratings, key=lambda pillar: trust.ratings[pillar].counted)
            part = BuyingRole.ECONOMIC if decides else HIGH_INFLUENCE
            facts = {"part": part, "score": tenths(trust.score), "limit": limit, "pillar": pillar}
            yield Raised(contact.name or "", facts, Severity.CRITICAL if decides else Severity.MAJOR)


RULE = Rule(
    code="RF801",
    name="key-person-trust-low",
    severity=Severity.CRITICAL,
    title=Text("关键的人不信任我们", "Low trust of a key person"),
    message=Text(
        "{subject}（{part}）对我们的信任只有 {score} 分（下限 {limit} 分）。",
        "{subject} ({part}) trusts us only {score} out of 100 (limit {limit}).",
    ),
    why=Text(
        "与大客户做成生意，关键在信任；拿主意的人信不过我们，方案再好也难过关。",
        "Trust is what a large sale rests on; where those who decide do not trust us, even the best proposal will not pass.",
    ),
    remedy=Text(
        "{by}{see}，约定一件能增进“{pillar}”（最弱的一项）的小事，按时兑现，把对方的反应记进“信任”表。",
        "{see} {by} and agree one small thing that builds “{pillar}”, the weakest pillar. Keep it on time and record the reaction on the Trust sheet.",
    ),
    source="000",
    needs=("deal", "contacts", "trust"),
    optional="trust",
    check=check,
    bad={
        "contacts": [{"name": "王卫东", "buying_roles": ["economic"]}],
        "trust": [{"contact": "王卫东", "ratings": {"expertise": {"rating": 1, "evidence_grade": "stated"}}}],
    },
    good={
        "contacts": [{"name": "王卫东", "buying_roles": ["economic"]}],
        "trust": [{"contact": "王卫东", "ratings": {"expertise": {"rating": 2, "evidence_grade": "stated"}}}],
    },
)
