"""RF902: an objection has been left without a settlement for too long."""

from collections.abc import Iterator, Mapping, Sequence

from warmap.model import Objection
from warmap.rules.rule import NAME_MISSING, Raised, Rule, person, quoted, subject
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_active
from warmap.terms import Influence, Severity
from warmap.text import Text, joined

WHOSE = Text(
    "{by}弄清“{objection}”是谁提的，把此人写进“关键人”表，再听完、问清、复述并回应；对方认可后，在“异议”表填“关闭日期”。",
    "Find out {by} who raised “{objection}” and put that person on the People sheet. Then listen, clarify, restate and answer, and once it is accepted enter “Closed on” in the Objections table.",
)

STEPS: Mapping[str, Text] = {
    "listened": Text("听完", "listen"),
    "clarified": Text("问清", "clarify"),
    "restated": Text("复述", "restate"),
    "answered": Text("用客户案例或第三方数据回应", "answer with a customer case or a third-party figure"),
}
STILL_OPEN = Text("问清还差什么才算了结", "ask what it still takes to settle it")


def going_on(steps: Sequence[Text]) -> Text:
    """The remedy with the steps that are left, in order; where none is, with what keeps the objection open."""
    *before, last = steps or [STILL_OPEN]
    said = joined(before)
    left = Text(f"{said.zh}，再{last.zh}", f"{said.en}, then {last.en}") if before else last
    return Text(
        f"{{by}}{{see}}，{left.zh}；对方认可后，在“异议”表填“关闭日期”。",
        f"{{see}} {{by}}: {left.en}. Once it is accepted, enter “Closed on” in the Objections table.",
    )


def is_open(objection: Objection, assessment: Assessment) -> bool:
    """Not closed by the day of judging."""
    closed = assessment.age(objection.closed_on)
    return objection.closed_on is None or (closed is not None and closed < 0)


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each objection open too long; critical when an active contact of high influence raised it."""
    limit = assessment.settings.objection_open_days
    for row in assessment.map.objections:
        days = assessment.age(row.raised_on)
        if days is None or days <= limit or not is_open(row, assessment):
            continue
        contact = person(assessment, row.contact)
        heavy = contact is not None and is_active(contact) and contact.influence is Influence.HIGH
        facts = {"who": row.contact or NAME_MISSING, "objection": quoted(row.objection), "days": days, "limit": limit}
        severity = Severity.CRITICAL if heavy else Severity.MAJOR
        left = [words for step, words in STEPS.items() if getattr(row, step) is not True]
        yield Raised(subject(contact), facts, severity, remedy=going_on(left) if contact else WHOSE)


RULE = Rule(
    code="RF902",
    name="objection-left-open",
    severity=Severity.CRITICAL,
    title=Text("异议久未了结", "Objection left open"),
    message=Text(
        "{who}的异议“{objection}”悬而未决已有 {days} 天（上限 {limit} 天）。",
        "The objection of {who}, “{objection}”, has been open for {days} days (limit {limit}).",
    ),
    why=Text(
        "忽视客户反馈是大客户销售的误区；异议放久了就成了反对，还会传给别人。",
        "Ignoring what the customer says is a known trap; an objection left alone turns into opposition and spreads.",
    ),
    remedy=going_on([*STEPS.values()]),
    source="003",
    needs=("deal", "contacts", "objections"),
    optional="objections",
    check=check,
    bad={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "陈丽", "influence": "high"}],
        "objections": [{"contact": "陈丽", "objection": "上线太慢", "raised_on": "2026-06-15"}],
    },
    good={
        "deal": {"as_of": "2026-06-30"},
        "contacts": [{"name": "陈丽", "influence": "high"}],
        "objections": [{"contact": "陈丽", "objection": "上线太慢", "raised_on": "2026-06-16"}],
    },
)
