"""RF206: users are known, and nobody of ours has met them."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import never_met
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when user is held and every holder was never contacted or the frequency is blank."""
    users = holders(assessment, BuyingRole.USER)
    if users and all(never_met(user) for user in users):
        yield Raised(BuyingRole.USER.value, people=users)


RULE = Rule(
    code="RF206",
    name="users-never-met",
    severity=Severity.MAJOR,
    title=Text("从未接触过用户", "Users never met"),
    message=Text("我们从未接触过用户（{names}）。", "We have never met a user ({names})."),
    why=Text(
        "用户直接评价产品对工作的影响，口碑由此而来；没见过面，就不知道能替他们解决什么。",
        "Users judge what the product does to their work, and its name in the house follows; without meeting them we cannot know what to solve.",
    ),
    remedy=Text(
        "{by}{see}，到现场看哪里费时、哪里出错；回来更新“关键人”表的“接触频度”。",
        "{see} {by}, and look on the spot at what costs time and what goes wrong. Then update “Contact frequency” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "周伟", "buying_roles": ["user"], "contact_frequency": "never"}]},
    good={"contacts": [{"name": "周伟", "buying_roles": ["user"], "contact_frequency": "rare"}]},
)
