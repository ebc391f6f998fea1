"""RF101: nobody on the customer's side guides us."""

from collections.abc import Iterator

from warmap.rules.rf102_coach_gone import coaches_gone
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when no active contact holds coach; where one has gone, RF102 says it."""
    if not holders(assessment, BuyingRole.COACH) and not coaches_gone(assessment):
        yield Raised(BuyingRole.COACH.value)


RULE = Rule(
    code="RF101",
    name="no-active-coach",
    severity=Severity.CRITICAL,
    title=Text("没有在职的教练", "No active coach"),
    message=Text("客户内部没有人做我们的教练。", "Nobody inside the customer is our coach."),
    why=Text(
        "没有教练，就不知道立项、招标和对手的动向，成功的机会微乎其微。",
        "Without a coach we learn of projects, tenders and rivals too late; the odds are slim.",
    ),
    remedy=Text(
        "{by}争取{candidate}做我们的教练，弄清这一单做成对其个人有什么好处；说定后在“关键人”表勾选“教练”，“希望我们成功”填“是”。",
        "Win {candidate} as our coach {by}: learn what that person gains if we win. Once agreed, tick “Coach” and put Yes under “Wants our success” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "李建国", "buying_roles": ["user"]}]},
    good={"contacts": [{"name": "李建国", "buying_roles": ["coach"]}]},
)
