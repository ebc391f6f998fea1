"""RF207: those marked as decision makers are too junior to be the top officer for this deal."""

from collections.abc import Iterator

from warmap.remedies import insider
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import SENIOR, never_met
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text

ASK_THEM = Text(
    "{by}{see}，问清签字之后还要谁批，把那个人写进“关键人”表；“层级”漏填或填错的，改正。",
    "{see} {by} and ask who else must approve. Put that person on the People sheet; if “Level” is blank or wrong, correct it.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when economic is held and no holder is director or manager."""
    deciders = holders(assessment, BuyingRole.ECONOMIC)
    if deciders and not any(contact.level in SENIOR for contact in deciders):
        knows_nobody_else = insider(assessment, deciders) is None
        remedy = ASK_THEM if knows_nobody_else and not all(never_met(contact) for contact in deciders) else None
        yield Raised(BuyingRole.ECONOMIC.value, people=deciders, remedy=remedy)


RULE = Rule(
    code="RF207",
    name="top-officer-missing",
    severity=Severity.MAJOR,
    title=Text("本单最高决策者不在图上", "Top officer not on the map"),
    message=Text(
        "关键决策者（{names}）不在经理或以上层级，这一单真正的最高决策者可能还没找到。",
        "No economic decision maker ({names}) is at manager level or above; the top officer for this deal may not be on the map.",
    ),
    why=Text(
        "要影响的是与这个项目有关的最高决策者：不一定是总裁，但也很少是普通职员。",
        "The one to reach is the highest officer concerned with this project: not necessarily the president, yet seldom a rank-and-file employee.",
    ),
    remedy=Text(
        "{by}向{source}问清：{names}签字之后还要谁批？把那个人写进“关键人”表；“层级”漏填或填错的，改正。",
        "Ask {source} {by} who must approve after {names}, and put that person on the People sheet. If “Level” is blank or wrong, correct it.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "王卫东", "buying_roles": ["economic"], "level": "expert"}]},
    good={"contacts": [{"name": "王卫东", "buying_roles": ["economic"], "level": "manager"}]},
)
