"""RF803: a rating says more than its evidence can carry."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.trust import trust_of
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact and pillar whose latest rating lies above its evidence grade's cap."""
    for contact in assessment.active:
        for pillar, rating in trust_of(assessment, contact).ratings.items():
            if rating.is_above_cap:
                facts = {"pillar": pillar, "rating": rating.given, "grade": rating.grade, "cap": rating.cap}
                yield Raised(contact.name or "", facts)


RULE = Rule(
    code="RF803",
    name="rating-above-evidence",
    severity=Severity.MINOR,
    title=Text("评分高于依据", "Rating above its evidence"),
    message=Text(
        "{subject}的{pillar}评了 {rating} 分，依据（{grade}）只够 {cap} 分。",
        "The rating of {subject} for “{pillar}” is {rating}, but its evidence (“{grade}”) bears only {cap}.",
    ),
    why=Text(
        "信任要看得见：说不出客户说过、写过、做过什么，高分就只是我们的感觉。",
        "Trust shows in what the customer says, writes and does; without that, a high rating is only our feeling.",
    ),
    remedy=Text(
        "本周为{subject}的这一评分找一条事实，写进“信任”表并更新“依据”；找不到就降到 {cap} 分。",
        "Find one fact for this rating of {subject} this week, enter it on the Trust sheet and update its evidence grade; if there is none, lower the rating to {cap}.",
    ),
    source="000",
    needs=("deal", "contacts", "trust"),
    optional="trust",
    check=check,
    bad={
        "contacts": [{"name": "孙立"}],
        "trust": [{"contact": "孙立", "ratings": {"sincerity": {"rating": 4, "evidence_grade": "guess"}}}],
    },
    good={
        "contacts": [{"name": "孙立"}],
        "trust": [{"contact": "孙立", "ratings": {"sincerity": {"rating": 3, "evidence_grade": "guess"}}}],
    },
)
