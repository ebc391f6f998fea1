"""RF501: the price was given before its time."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import ProcurementStage, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when a price has been given and the declared stage lies below the setting."""
    deal, first = assessment.map.deal, assessment.settings.quote_from_stage
    if deal.quoted_on is not None and deal.stage is not None and deal.stage.number < first:
        from_stage = list(ProcurementStage)[first - 1]
        yield Raised("deal", {"quoted_on": deal.quoted_on, "stage": deal.stage, "from_stage": from_stage})


RULE = Rule(
    code="RF501",
    name="price-too-early",
    severity=Severity.CRITICAL,
    title=Text("报价过早", "Price too early"),
    message=Text(
        "{quoted_on} 就报了价，而申报阶段才到“{stage}”。",
        "The price was given on {quoted_on}, while the declared stage is only “{stage}”.",
    ),
    why=Text(
        "何时谈价是关键；价值还没被认可就报价，谈判就只剩下砍价。",
        "When to name a price is decisive: given before the value is accepted, it leaves nothing to talk about but discounts.",
    ),
    remedy=Text(
        "{by}向客户说明报价仅供参考，先与{decider}谈定要解决的问题和效益，价格留到“{from_stage}”再谈。",
        "Tell the customer {by} that the price is indicative, and settle problem and value with {decider} first. Leave price until “{from_stage}”.",
    ),
    source="000",
    needs=("deal",),
    check=check,
    bad={"deal": {"stage": "supplier_assessment", "quoted_on": "2026-06-01"}},
    good={"deal": {"stage": "quotation_negotiation", "quoted_on": "2026-06-01"}},
)
