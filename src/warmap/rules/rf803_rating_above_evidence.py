"""RF803: a rating says more than its evidence can carry."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.trust import trust_of
from warmap.terms import Severity
from warmap.text import Text

ONE = Text("{pillar} {rating} 分（{grade}，上限 {cap}）", "{pillar} {rating} (“{grade}” counts for at most {cap})")


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact with a current rating above its evidence grade's cap, naming the pillars."""
    for contact in assessment.active:
        above = {
            pillar: rating for pillar, rating in trust_of(assessment, contact).ratings.items() if rating.is_above_cap
        }
        if above:
            told = [
                ONE.filled(pillar=pillar, rating=rating.given, grade=rating.grade, cap=rating.cap)
                for pillar, rating in above.items()
            ]
            yield Raised(contact.name or "", {"pillars": list(above), "ratings": told})


RULE = Rule(
    code="RF803",
    name="rating-above-evidence",
    severity=Severity.MINOR,
    title=Text("评分高于依据", "Rating above its evidence"),
    message=Text(
        "{subject}的评分高于依据：{ratings}。",
        "{subject} is rated above the evidence: {ratings}.",
    ),
    why=Text(
        "信任要看得见：说不出客户说过、写过、做过什么，高分就只是我们的感觉。",
        "Trust shows in what the customer says, writes and does; without that, a high rating is only our feeling.",
    ),
    remedy=Text(
        "{by}在“信任”表为{subject}的{pillars}补上事实，更新“依据”；找不到事实，就把评分降到依据的上限。",
        "Enter on the Trust sheet {by} what {subject} has said or done to bear this out ({pillars}) and update “Evidence grade”. Where there is nothing, lower the rating to what the evidence bears.",
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
