"""RF903: the customer has named a need, and we have named nothing that meets it."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule, person, quoted, subject
from warmap.scores.assessment import Assessment
from warmap.scores.needs import is_explicit
from warmap.terms import Severity
from warmap.text import Text, is_blank


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each explicit need without a capability."""
    for row in assessment.map.needs:
        if is_explicit(row) and is_blank(row.capability):
            contact = person(assessment, row.contact)
            yield Raised(subject(contact), {"need": quoted(row.answer, row.question)})


RULE = Rule(
    code="RF903",
    name="need-without-capability",
    severity=Severity.MINOR,
    title=Text("需求没有对应能力", "Need without a capability"),
    message=Text(
        "客户明确说出的需求“{need}”，还没有写我方用什么来满足。",
        "The need “{need}”, stated by the customer, is not linked to anything of ours that meets it.",
    ),
    why=Text(
        "客户愿意为自己说出口的需求付钱；我们不把能力和它连起来，就等于留给对手。",
        "Customers pay for the needs they have put into words themselves; a need we do not link to a capability is left to a rival.",
    ),
    remedy=Text(
        "{by}与我方专家确认用哪项能力满足“{need}”，填进“需求”表的“我方能力”；满足不了，就如实告诉客户，并准备替代办法。",
        "Settle with our experts {by} what of ours meets “{need}” and enter it under “Our capability” on the Needs sheet. If nothing does, tell the customer so and offer another way.",
    ),
    source="003",
    needs=("contacts", "needs"),
    optional="needs",
    check=check,
    bad={
        "contacts": [{"name": "周伟"}],
        "needs": [
            {"contact": "周伟", "spin_type": "need_payoff", "answer": "换产要缩到两小时", "need_state": "explicit"}
        ],
    },
    good={
        "contacts": [{"name": "周伟"}],
        "needs": [
            {
                "contact": "周伟",
                "spin_type": "need_payoff",
                "answer": "换产要缩到两小时",
                "need_state": "explicit",
                "capability": "配方一键切换",
            }
        ],
    },
)
