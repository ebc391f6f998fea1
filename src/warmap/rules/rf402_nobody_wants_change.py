"""RF402: of the people whose mode we know, none is looking for a change."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import ResponseMode, Severity
from warmap.text import Text

WANTS_CHANGE = frozenset({ResponseMode.GROWTH, ResponseMode.TROUBLE})


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when modes are filled for enough of the active contacts and none is growth or trouble."""
    people = len(assessment.active)
    modes = [contact.response_mode for contact in assessment.active if contact.response_mode is not None]
    enough = bool(modes) and round(len(modes) / people, 9) >= assessment.settings.mode_share_from
    if enough and not WANTS_CHANGE.intersection(modes):
        yield Raised("deal", {"known": len(modes), "people": people})


RULE = Rule(
    code="RF402",
    name="nobody-wants-change",
    severity=Severity.MINOR,
    title=Text("没有人想改变", "Nobody wants a change"),
    message=Text(
        "{people} 位在职联系人中有 {known} 位填了反馈模式，没有一位是“高瞻远瞩”或“不知所措”。",
        "The response mode of {known} out of {people} people in post is known, and nobody is in “Growth” or “Trouble”.",
    ),
    why=Text(
        "只有看到差距的人才会推动采购：想做得更好，或眼下有麻烦；一个也没有，就没有人替我们往前推。",
        "Only those who see a gap push a purchase on, out of ambition or out of trouble; with neither, nobody inside will carry it.",
    ),
    remedy=Text(
        "{by}问清{user}因现状损失了什么，再到另一个受影响的部门找一人问同样的话；把两人连同“反馈模式”写进“关键人”表。",
        "Ask {user} {by} what the present state costs, then put the same question to one person in another department that suffers. Enter both on the People sheet with their “Response mode”.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "陈丽", "response_mode": "overconfident"}, {"name": "孙立"}]},
    good={
        "contacts": [{"name": "陈丽", "response_mode": "overconfident"}, {"name": "孙立", "response_mode": "growth"}]
    },
)
