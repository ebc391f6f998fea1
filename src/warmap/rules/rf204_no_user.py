"""RF204: we do not know anybody who will work with the product."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when no active contact holds user."""
    if not holders(assessment, BuyingRole.USER):
        yield Raised(BuyingRole.USER.value)


RULE = Rule(
    code="RF204",
    name="no-user",
    severity=Severity.MAJOR,
    title=Text("没有用户", "No user"),
    message=Text("在职的联系人中，没有人被标为用户。", "Nobody in post is marked as a user."),
    why=Text(
        "不重视用户是销售的通病；用户评价不高、口碑不好，这一单就凶多吉少。",
        "Overlooking users is a common fault in sales; if those who work with the product speak ill of it, the deal is in danger.",
    ),
    remedy=Text(
        "{by}向{source}问清产品由哪个部门用，到现场认识每天要用它的人；写进“关键人”表，勾选“用户”。",
        "Ask {source} {by} which department will work with the product, and go and meet the people who will use it every day. Put one of them on the People sheet and tick “User”.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "周伟", "buying_roles": []}]},
    good={"contacts": [{"name": "周伟", "buying_roles": ["user"]}]},
)
