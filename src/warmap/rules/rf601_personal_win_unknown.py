"""RF601: we do not know what a person of high influence gets out of it personally."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.terms import Severity, key
from warmap.text import Text, is_blank


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact of high influence whom we have met, with no personal win in any wins row."""
    known = {key(row.contact) for row in assessment.map.wins if row.contact and not is_blank(row.personal_win)}
    for contact in assessment.high_influence:
        if not never_met(contact) and key(contact.name or "") not in known:
            yield Raised(contact.name or "")


RULE = Rule(
    code="RF601",
    name="personal-win-unknown",
    severity=Severity.MAJOR,
    title=Text("不知道个人的赢", "Personal win unknown"),
    message=Text(
        "{subject}影响力高，却没有记录个人的赢。", "{subject} has high influence, and no personal win is recorded."
    ),
    why=Text(
        "公司得到的是结果，真正的赢家是个人；不知道对方个人想要什么，就难得到真心的支持。",
        "The company gets results, but it is people who win; without knowing what matters to the person, real support is hard to earn.",
    ),
    remedy=Text(
        "{by}{see}，了解这件事做成对其个人意味着什么，写进“赢标准”表的“个人的赢”，须合情、合理、合法。",
        "{see} {by} and learn what success would mean personally. Enter it under “Personal win” on the Wins sheet; it must be lawful and proper.",
    ),
    source="001",
    needs=("contacts", "wins"),
    optional="wins",
    check=check,
    bad={
        "contacts": [{"name": "陈丽", "influence": "high", "contact_frequency": "rare"}],
        "wins": [{"contact": "陈丽", "role": "economic"}],
    },
    good={
        "contacts": [{"name": "陈丽", "influence": "high", "contact_frequency": "rare"}],
        "wins": [{"contact": "陈丽", "role": "economic", "personal_win": "被视为领导"}],
    },
)
