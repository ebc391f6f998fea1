"""RF305: our counterpart ranks too far below the person."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each active contact whose counterpart's level lies too many ranks below."""
    for contact in assessment.active:
        level, ours = contact.level, contact.counterpart_level
        if level and ours and level.rank - ours.rank >= assessment.settings.counterpart_gap:
            facts = {"level": level, "counterpart_level": ours, "gap": level.rank - ours.rank}
            yield Raised(contact.name or "", facts)


RULE = Rule(
    code="RF305",
    name="counterpart-too-junior",
    severity=Severity.MINOR,
    title=Text("我方对应人级别偏低", "Counterpart too junior"),
    message=Text(
        "{subject}（{level}）的我方对应人低了 {gap} 级（{counterpart_level}）。",
        "{subject} ({level}) is matched with a counterpart {gap} ranks lower ({counterpart_level}).",
    ),
    why=Text(
        "级别悬殊，谈不到一个层面，客户也会觉得不受重视。",
        "Too wide a gap in rank keeps the talks shallow, and the customer may feel slighted.",
    ),
    remedy=Text(
        "{by}{see}，带上一位级别相近的同事；之后更新“关键人”表的“我方对应人”和“对应人层级”。",
        "{see} {by}, together with a colleague nearer in rank. Then update “Our counterpart” and “Counterpart level” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "何国强", "level": "director", "counterpart": "林涛", "counterpart_level": "expert"}]},
    good={"contacts": [{"name": "何国强", "level": "director", "counterpart": "林涛", "counterpart_level": "manager"}]},
)
