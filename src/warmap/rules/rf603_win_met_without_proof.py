"""RF603: a win is called met, and nothing shows it."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_active
from warmap.terms import Severity, WinStatus, key
from warmap.text import SEMICOLON, Text, is_blank, joined

NO_ROLE = Text("未填角色", "no role given")


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each wins row of an active contact with a criterion met and neither result nor evidence."""
    for row in assessment.map.wins:
        contact = assessment.contacts.get(key(row.contact or ""))
        met = [criterion for criterion, status in row.statuses.items() if status is WinStatus.MET]
        if contact and is_active(contact) and met and is_blank(row.measurable_result) and is_blank(row.evidence):
            yield Raised(
                contact.name or "",
                {"role": row.role or NO_ROLE, "criteria": joined([one.label for one in met], SEMICOLON)},
            )


RULE = Rule(
    code="RF603",
    name="win-met-without-proof",
    severity=Severity.MINOR,
    title=Text("已满足却无凭据", "Win met without proof"),
    message=Text(
        "{subject}（{role}）有标准标为已满足，却没有可度量的结果，也没有事实：{criteria}。",
        "For {subject} ({role}), there is neither a measurable result nor evidence for what is marked met: {criteria}.",
    ),
    why=Text(
        "结果是公司得到的，切实而可度量；说不出数字也拿不出事实，“已满足”就还只是我们的愿望。",
        "A result is the company's, tangible and measurable; with neither figure nor fact, “met” is still only our wish.",
    ),
    remedy=Text(
        "{by}{reach}，要一个数字或一句书面确认，填进“赢标准”表的“可度量的结果”或“事实”；拿不到，就改回“已识别”。",
        "{reach} {by} and ask for a figure or a line in writing, for “Measurable result” or “Evidence” on the Wins sheet. Failing that, set it back to “Identified”.",
    ),
    source="001",
    needs=("contacts", "wins"),
    optional="wins",
    check=check,
    bad={
        "contacts": [{"name": "周伟", "buying_roles": ["user"]}],
        "wins": [{"contact": "周伟", "role": "user", "statuses": {"efficiency": "met"}}],
    },
    good={
        "contacts": [{"name": "周伟", "buying_roles": ["user"]}],
        "wins": [
            {
                "contact": "周伟",
                "role": "user",
                "statuses": {"efficiency": "met"},
                "measurable_result": "每班节省 2 小时",
            }
        ],
    },
)
