"""RF703: a critical flag stands unanswered, and we have listed nothing to set against it."""

from collections.abc import Iterator, Sequence

from warmap.flags import Flag
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity
from warmap.text import Text, is_blank


def check_flags(assessment: Assessment, others: Sequence[Flag]) -> Iterator[Raised]:
    """Raise once when another rule's critical flag is unmitigated and no strength is listed."""
    if any(not is_blank(strength.text) for strength in assessment.map.strengths):
        return
    flags = [flag for flag in others if flag.severity is Severity.CRITICAL and not flag.mitigated_by]
    if flags:
        titles = {flag.code: Text(f"{flag.code} {flag.title.zh}", f"{flag.code} {flag.title.en}") for flag in flags}
        yield Raised("deal", {"flags": list(titles.values())})


RULE = Rule(
    code="RF703",
    name="no-strength-listed",
    severity=Severity.MINOR,
    title=Text("没有强项可以应对", "No strength listed"),
    message=Text(
        "严重红旗还没有人应对（{flags}），“强项”表却是空的。",
        "No strength of ours is listed to set against what is critical and unanswered: {flags}.",
    ),
    why=Text(
        "强项是我方与对手最大的区别，能抵消红旗的影响；一条也写不出来，客户就没有理由选我们。",
        "Strengths are where we differ most from the rivals, and they offset a flag; if we can name none, the customer has no reason to choose us.",
    ),
    remedy=Text(
        "{by}与团队写出至少一条强项，填进“强项”表，并在“化解”写上它能应对的红旗代码。",
        "Write down at least one strength with the team {by}, in the Strengths table. Under “Answers”, enter the codes of the flags it offsets.",
    ),
    source="001",
    needs=("actions", "strengths"),
    check_flags=check_flags,
    bad={"contacts": [{"name": "李建国", "buying_roles": ["user"]}]},
    good={
        "contacts": [{"name": "李建国", "buying_roles": ["user"]}],
        "strengths": [{"text": "唯一在该行业现场验证过的在线割接"}],
    },
)
