"""RF307: a person who matters is new in the post."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import BuyingRole, Influence, PostStatus, Severity
from warmap.text import Text

HIGH_INFLUENCE = Text("影响力高", "high influence")


def is_new(contact: Contact, assessment: Assessment) -> bool:
    """Whether the status says new in post, or post_since lies within the setting."""
    age = assessment.age(contact.post_since)
    recent = age is not None and 0 <= age <= assessment.settings.new_in_post_days
    return recent or contact.post_status is PostStatus.NEW_IN_POST


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each newcomer who holds economic or technical or has high influence."""
    for contact in assessment.active:
        roles = (BuyingRole.ECONOMIC, BuyingRole.TECHNICAL)
        part: list[object] = [role for role in roles if role in contact.buying_roles]
        if contact.influence is Influence.HIGH:
            part.append(HIGH_INFLUENCE)
        if part and is_new(contact, assessment):
            yield Raised(contact.name or "", {"part": part})


RULE = Rule(
    code="RF307",
    name="newcomer-in-key-post",
    severity=Severity.MAJOR,
    title=Text("要害岗位换了人", "Newcomer in a key post"),
    message=Text(
        "{subject}（{part}）刚到任，以前的默契可能要从头再来。",
        "{subject} ({part}) is new in the post; what was understood before may have to be won again.",
    ),
    why=Text(
        "红旗常出现在决策者变动的地方；新任者会重新审视供应商，这也是我们抢先建立印象的机会。",
        "Flags often appear where decision makers change; a newcomer looks at suppliers afresh, which is also our chance to be first.",
    ),
    remedy=Text(
        "{by}{see}，带一页项目回顾，问清新的工作重点，再在“关键人”表重新判断“支持度”。",
        "{see} {by} with one page on the project so far and ask about the new priorities. Then judge “Support” afresh on the People sheet.",
    ),
    source="001",
    needs=("deal", "contacts"),
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "黄海波", "influence": "high", "post_since": "2026-04-01"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "黄海波", "influence": "high", "post_since": "2026-03-31"}],
    },
)
