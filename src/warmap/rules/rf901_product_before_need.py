"""RF901: the product is being pushed before the need has been felt."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.terms import Severity, SpinType
from warmap.text import Text, is_blank

FROM_STAGE = 3
DEEPER = frozenset({SpinType.IMPLICATION, SpinType.NEED_PAYOFF})


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 3 on when no implication or need-payoff question has been answered, none asked included."""
    answered = {row.spin_type for row in assessment.map.needs if not is_blank(row.answer)}
    if assessment.stage >= FROM_STAGE and not DEEPER & answered:
        yield Raised("deal", {"stage": assessment.map.deal.stage})


RULE = Rule(
    code="RF901",
    name="product-before-need",
    severity=Severity.MAJOR,
    title=Text("需求未挖深就推产品", "Product before need"),
    message=Text(
        "已到“{stage}”阶段，还没有一个暗示或需求满足问题得到回答。",
        "The deal is at “{stage}”, and no implication or need-payoff question has been answered.",
    ),
    why=Text(
        "过分强调产品、忽视需求是大客户销售的误区；客户没说出问题的后果和解决后的好处，就不会急着买。",
        "Stressing the product and neglecting the need is a known trap; a customer who has put neither the consequences nor the benefit into words is in no hurry to buy.",
    ),
    remedy=Text(
        "{by}问{user}：不解决会怎样（暗示），解决了能带来什么（需求满足）？把回答记进“需求”表。",
        "Ask {user} {by} one implication question (what if it is not solved?) and one need-payoff question (what would solving it bring?). Record the answers on the Needs sheet.",
    ),
    source="003",
    needs=("deal", "needs"),
    check=check,
    bad={
        "deal": {"stage": "supplier_assessment"},
        "needs": [
            {"spin_type": "problem", "answer": "每次扩容要十一周"},
            {"spin_type": "implication", "question": "迟到一周会怎样？"},
        ],
    },
    good={
        "deal": {"stage": "supplier_assessment"},
        "needs": [{"spin_type": "implication", "question": "迟到一周会怎样？", "answer": "投诉升三成"}],
    },
)
