"""RF103: we have coaches, and none of them is senior."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import SENIOR
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when there are active coaches and none is director or manager."""
    coaches = holders(assessment, BuyingRole.COACH)
    if coaches and not any(coach.level in SENIOR for coach in coaches):
        yield Raised(BuyingRole.COACH.value, people=coaches)


RULE = Rule(
    code="RF103",
    name="coach-too-junior",
    severity=Severity.MAJOR,
    title=Text("教练层级偏低", "Coach too junior"),
    message=Text(
        "教练（{names}）不在经理或以上层级，得到的信息会偏少。",
        "No coach ({names}) is at manager level or above, so our information will be thin.",
    ),
    why=Text(
        "教练不是高层，看不到全局；而越过教练去找上级，往往招致反感，得不偿失。",
        "A junior coach does not see the whole picture, and going over a coach's head breeds resentment.",
    ),
    remedy=Text(
        "{by}{see}，商量一起拜访一位经理或高层，不要越过教练；“关键人”表的“层级”漏填或填错的，改正。",
        "{see} {by} and plan a joint visit to a manager or director; do not go over the coach's head. If “Level” is blank or wrong on the People sheet, correct it.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "level": "expert"}]},
    good={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "level": "manager"}]},
)
