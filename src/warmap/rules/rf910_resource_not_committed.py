"""RF910: the deal needs something that nobody has committed."""

from collections.abc import Iterator

from warmap.names import key
from warmap.rules.rule import Raised, Rule, quoted
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text, is_blank

NOBODYS = Text(
    "{by}与主管定下由谁给“{resource}”、何时给，写进“资源”表的“资源负责人”和“已落实”。",
    "Settle with your manager {by} who can give “{resource}” and when. Enter “Resource owner” and “Committed” in the Resources table.",
)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each resource needed and not committed; blank is not committed."""
    for row in assessment.map.resources:
        if row.needed is True and row.committed is not True:
            facts = {"resource": quoted(row.resource)}
            if is_blank(row.owner) or key(row.owner or "") == key(assessment.map.deal.owner or ""):
                yield Raised("deal", facts, remedy=NOBODYS)
            else:
                yield Raised("deal", {**facts, "owner": row.owner})


RULE = Rule(
    code="RF910",
    name="resource-not-committed",
    severity=Severity.MINOR,
    title=Text("资源没有落实", "Resource not committed"),
    message=Text("需要的资源“{resource}”还没有落实。", "The resource “{resource}” is needed and not committed."),
    why=Text(
        "人力和物力要提前分配；到用时才去要，往往已给了别的项目。",
        "People and means are allotted ahead of time; asked for on the day, they are with another deal.",
    ),
    remedy=Text(
        "{by}带上这一单的金额和缺了它的后果，请{owner}答复给不给、何时给，再更新“资源”表的“已落实”。",
        "Go to {owner} {by} with the amount at stake and what going without it would cost, and get a yes or no and a date. Then update “Committed” in the Resources table.",
    ),
    source="000",
    needs=("resources",),
    optional="resources",
    check=check,
    bad={"resources": [{"resource": "割接专家到场两天", "owner": "秦岚", "needed": True, "committed": False}]},
    good={"resources": [{"resource": "割接专家到场两天", "owner": "秦岚", "needed": True, "committed": True}]},
)
