"""RF102: the person who guided us has left or was moved."""

from collections.abc import Iterator

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_active
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def coaches_gone(assessment: Assessment) -> list[Contact]:
    """Contacts that hold coach and have left or were transferred."""
    coaches = (contact for contact in assessment.contacts.values() if BuyingRole.COACH in contact.buying_roles)
    return [contact for contact in coaches if not is_active(contact)]


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each: critical, but major while another coach is active."""
    severity = Severity.MAJOR if holders(assessment, BuyingRole.COACH) else Severity.CRITICAL
    for contact in coaches_gone(assessment):
        yield Raised(contact.name or "", {"status": contact.post_status}, severity)


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
        "本周向{subject}问清由谁接任，请其引荐一位能接手的教练；交接好以后，取消“关键人”表中{subject}的“教练”勾选。",
        "Ask {subject} this week who takes over and for an introduction to a possible new coach; once someone has stepped in, untick Coach for {subject} on the People sheet.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "post_status": "left"}]},
    good={"contacts": [{"name": "刘志强", "buying_roles": ["coach"], "post_status": "in_post"}]},
)
