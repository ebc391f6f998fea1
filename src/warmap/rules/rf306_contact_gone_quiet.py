"""RF306: the last contact with a person is too long ago."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.names import key
from warmap.rules.rf902_objection_left_open import is_open
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_against_us
from warmap.terms import Influence, Severity
from warmap.text import Text

LISTEN_FIRST = Text(
    "{by}{reach}，先问清还有哪些顾虑，只听不推销，再更新“关键人”表的“最近接触”。",
    "{reach} {by} and ask first what still stands against us: listen, do not sell. Then update “Last contact” on the People sheet.",
)
"""For whoever is against us or waits for an answer: cheerful news would pass over it."""


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact whose last contact is older than its influence allows; major for high."""
    for contact in assessment.active:
        influence = contact.influence or Influence.LOW
        limit = assessment.settings.last_contact_days[influence]
        days = assessment.age(contact.last_contact)
        if days is not None and days > limit:
            severity = Severity.MAJOR if influence is Influence.HIGH else Severity.MINOR
            facts = {"days": days, "limit": limit}
            yield Raised(
                contact.name or "", facts, severity, remedy=LISTEN_FIRST if has_concerns(contact, assessment) else None
            )


def has_concerns(contact: Contact, assessment: Assessment) -> bool:
    """Against us, or with an objection that is still open."""
    name = key(contact.name or "")
    return is_against_us(contact) or any(
        key(row.contact or "") == name and is_open(row, assessment) for row in assessment.map.objections
    )


RULE = Rule(
    code="RF306",
    name="contact-gone-quiet",
    severity=Severity.MAJOR,
    title=Text("很久没有接触", "Contact gone quiet"),
    message=Text(
        "与{subject}已有 {days} 天没有接触（上限 {limit} 天）。",
        "No contact with {subject} for {days} days (limit {limit}).",
    ),
    why=Text(
        "关系会冷却，消息会过时；影响力越大，间隔应越短。",
        "Relations cool and news ages; the more influence, the shorter the interval.",
    ),
    remedy=Text(
        "{by}{reach}，分享一条对其工作有用的消息（同行怎么做、一组行业数据、项目进展），再更新“关键人”表的“最近接触”。",
        "{reach} {by} with something useful for the job (what peers do, a market figure, progress on the project). Then update “Last contact” on the People sheet.",
    ),
    source="000",
    needs=("deal", "contacts"),
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "陈丽", "influence": "high", "last_contact": "2026-05-30"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "陈丽", "influence": "high", "last_contact": "2026-05-31"}],
    },
)
