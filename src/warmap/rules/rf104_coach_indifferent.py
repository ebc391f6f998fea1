"""RF104: we have coaches, and our success is nobody's own."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when there are active coaches and none is said to want our success."""
    coaches = holders(assessment, BuyingRole.COACH)
    if coaches and not any(coach.wants_our_success for coach in coaches):
        yield Raised(BuyingRole.COACH.value, people=coaches)


RULE = Rule(
    code="RF104",
    name="coach-indifferent",
    severity=Severity.MAJOR,
    title=Text("看不出教练希望我们成功", "Coach not known to want our success"),
    message=Text("还看不出教练（{names}）希望我们成功。", "No coach ({names}) is known to want our success."),
    why=Text(
        "真正的教练渴望成功，并把我们的成功看作自己的成功；否则只是一个消息来源，说停就停。",
        "A true coach is hungry for success and finds it in ours; anyone else is only a source that may dry up.",
    ),
    remedy=Text(
        "{by}{see}，问一句：这个项目做成，您自己的工作会有什么不一样？确实在意，就在“关键人”表“希望我们成功”填“是”；不在意，就另找教练。",
        "{see} {by} and ask what would change in the coach's own work if this project succeeds. If it matters, put Yes under “Wants our success” on the People sheet; if not, look for another coach.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "wants_our_success": False}]},
    good={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "wants_our_success": True}]},
)
