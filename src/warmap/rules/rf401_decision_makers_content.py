"""RF401: those who decide see no reason to change anything."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, ResponseMode, Severity
from warmap.text import Text

SEES_NO_GAP = frozenset({ResponseMode.EVEN_KEEL, ResponseMode.OVERCONFIDENT})


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when every economic holder whose response mode is known is even keel or overconfident."""
    known = [contact for contact in holders(assessment, BuyingRole.ECONOMIC) if contact.response_mode is not None]
    if known and all(contact.response_mode in SEES_NO_GAP for contact in known):
        modes = list(dict.fromkeys(contact.response_mode for contact in known))
        yield Raised(BuyingRole.ECONOMIC.value, {"modes": modes}, people=known)


RULE = Rule(
    code="RF401",
    name="decision-makers-content",
    severity=Severity.MAJOR,
    title=Text("关键决策者安于现状", "Decision makers content"),
    message=Text(
        "关键决策者（{names}）安于现状（{modes}），看不到改变的必要。",
        "No economic decision maker sees a reason to change: {names} ({modes}).",
    ),
    why=Text(
        "四平八稳和自我陶醉的人看不到差距，没有差距就不会花钱去填；等对手先让其看见问题，就晚了。",
        "People on an even keel or overconfident see no gap, and nobody pays to close a gap they do not see; once a rival has shown it to them it is too late.",
    ),
    remedy=Text(
        "{by}向{user}要一组现状的代价（停机、返工、投诉），再{see}，只谈代价、不谈产品；态度变了，更新“关键人”表的“反馈模式”。",
        "Ask {user} {by} what the present state costs (stoppages, rework, complaints). Then {see} and talk about that cost only, not the product; when the view changes, update “Response mode” on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "王卫东", "buying_roles": ["economic"], "response_mode": "even_keel"}]},
    good={"contacts": [{"name": "王卫东", "buying_roles": ["economic"], "response_mode": "trouble"}]},
)
