"""RF102: the person who guided us has left or was moved."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_active, is_against_us, never_met
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text

ASK_OTHERS = Text(
    "{by}向{source}问清由谁接替{subject}，从留下的人里争取一位新教练；有人接手后，在“关键人”表取消{subject}的“教练”勾选。",
    "Ask {source} {by} who takes over from {subject}, and win a new coach among those who stay. Once somebody has stepped in, untick “Coach” for {subject} on the People sheet.",
)


def coaches_gone(assessment: Assessment) -> list[Contact]:
    """Contacts that hold coach and have left or were transferred."""
    coaches = (contact for contact in assessment.contacts.values() if BuyingRole.COACH in contact.buying_roles)
    return [contact for contact in coaches if not is_active(contact)]


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each: critical, but major while another coach is active.

    Whoever was for us still takes a call, and knows best who takes over; whoever was not, or was never met, is not asked.
    """
    severity = Severity.MAJOR if holders(assessment, BuyingRole.COACH) else Severity.CRITICAL
    for contact in coaches_gone(assessment):
        takes_a_call = not never_met(contact) and not is_against_us(contact)
        facts = {"status": contact.post_status}
        yield Raised(contact.name or "", facts, severity, remedy=None if takes_a_call else ASK_OTHERS)


RULE = Rule(
    code="RF102",
    name="coach-gone",
    severity=Severity.CRITICAL,
    title=Text("教练已离开", "Coach gone"),
    message=Text(
        "教练{subject}已{status}，这条消息渠道断了。",
        "Coach {subject} is gone ({status}), and that line into the customer is cut.",
    ),
    why=Text(
        "教练一走，消息就断，我们对项目的影响也减弱；重新找人费时费力，结果难料。",
        "When a coach goes, news stops and our pull on the deal weakens; finding another takes time and may not succeed.",
    ),
    remedy=Text(
        "{by}给{subject}打电话，问清由谁接任、谁能接着帮我们，并请其引荐；有人接手后，在“关键人”表取消{subject}的“教练”勾选。",
        "Call {subject} {by}: ask who takes over, who could help us from now on, and for an introduction. Once somebody has stepped in, untick “Coach” for {subject} on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "post_status": "left"}]},
    good={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "post_status": "in_post"}]},
)
