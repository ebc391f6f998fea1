"""RF301: a person of high influence is against us."""

from collections.abc import Iterator

from warmap.rules.rf205_gatekeeper_opposes import may_veto
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import is_against_us
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each opponent of high influence, unless RF205 says it of the same person."""
    for contact in assessment.high_influence:
        if is_against_us(contact) and not may_veto(contact):
            yield Raised(contact.name or "", {"support": contact.support})


RULE = Rule(
    code="RF301",
    name="influential-opponent",
    severity=Severity.CRITICAL,
    title=Text("影响力高的人反对", "Influential opponent"),
    message=Text(
        "{subject}影响力高，态度却是“{support}”。", "{subject} has high influence and is against us (“{support}”)."
    ),
    why=Text(
        "影响力大的人理应是重点工作对象；放着反对不管，整个采购小组都会被带过去。",
        "People of influence are the ones to work on first; an opponent left alone carries the whole buying group along.",
    ),
    remedy=Text(
        "{by}{see}（先与{ally}商量怎么谈），问清反对的真正原因，只听不推销，把顾虑记进“异议”表。",
        "{see} {by}, after talking it over with {ally}. Ask what the real objection is, listen without selling, and log it in the Objections table.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "陈丽", "influence": "high", "support": "oppose"}]},
    good={"contacts": [{"name": "陈丽", "influence": "high", "support": "neutral"}]},
)
