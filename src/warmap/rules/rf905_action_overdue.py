"""RF905: an action should have been done by now."""

from collections.abc import Iterator

from warmap.flags import is_live, is_overdue
from warmap.names import key
from warmap.rules.rule import NAME_MISSING, Raised, Rule, quoted
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text, is_blank

NOBODYS = Text(
    "{by}给这件事定一位责任人，商定做完、改期或取消，在“行动”表更新“责任人”“到期日”或“行动状态”。",
    "Name an owner for it {by} and settle whether it is done, moved or cancelled. Update “Owner”, “Due” or “Action status” on the Actions sheet.",
)

OUR_OWN = Text(
    "{by}做完、改期并写明原因，或取消；在“行动”表更新“到期日”或“行动状态”。",
    "Do it, move it with a reason, or cancel it {by}. Update “Due” or “Action status” on the Actions sheet.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each open or in-progress action due before the day of judging."""
    for action in assessment.map.actions:
        if is_live(action) and is_overdue(action, assessment.as_of):
            facts = {
                "what": quoted(action.what),
                "owner": NAME_MISSING if is_blank(action.owner) else action.owner,
                "due": action.due,
            }
            is_reps = key(action.owner or "") == key(assessment.map.deal.owner or "")
            yield Raised("deal", facts, remedy=NOBODYS if is_blank(action.owner) else OUR_OWN if is_reps else None)


RULE = Rule(
    code="RF905",
    name="action-overdue",
    severity=Severity.MINOR,
    title=Text("行动过期未完成", "Action overdue"),
    message=Text(
        "行动“{what}”应在 {due} 前由{owner}完成，还没有做完。",
        "The action “{what}” of {owner} was due on {due} and is not done.",
    ),
    why=Text(
        "写下来又不做，红旗只是在纸上有人应对；对客户的承诺过期，失去的是信任。",
        "An action written down and left undone answers a flag on paper only; where it was promised to the customer, trust is what it costs.",
    ),
    remedy=Text(
        "{by}与{owner}商定：做完、改期并写明原因，或取消；在“行动”表更新“到期日”或“行动状态”。",
        "Settle with {owner} {by} whether it is done, moved with a reason, or cancelled. Update “Due” or “Action status” on the Actions sheet.",
    ),
    source="000",
    needs=("deal", "actions"),
    optional="actions",
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "actions": [{"what": "送交五年总成本明细表", "owner": "林涛", "due": "2026-06-29", "status": "open"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "actions": [{"what": "送交五年总成本明细表", "owner": "林涛", "due": "2026-06-30", "status": "open"}],
    },
)
