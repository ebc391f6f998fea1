"""What the account is to us: strategic, growth, profit or maintain."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment
from warmap.scores.score import Kind, Score
from warmap.terms import CustomerClass
from warmap.text import Text, tenths

CLASS = Text(
    "吸引力 {attractive}（规模与行业吸引力的平均），盈利能力 {profit}；{high} 以上算高。",
    "Attractiveness {attractive} (mean of scale and industry), profitability {profit}; high means at least {high}.",
)
NO_CLASS = Text(
    "未评估：规模、行业吸引力、盈利能力要三项都填。",
    "Not assessed: scale, industry attractiveness and profitability must all be given.",
)


def _sides(assessment: Assessment) -> tuple[float, float] | None:
    """Attractiveness and profitability, 1 … 5; None unless scale, industry and profitability are all given."""
    profile = assessment.map.profile
    scale, industry, profitability = profile.scale, profile.industry_attractiveness, profile.profitability
    if scale is None or industry is None or profitability is None:
        return None
    return (scale + industry) / 2, profitability


def customer_class(assessment: Assessment) -> CustomerClass | None:
    """Class by attractiveness and profitability; None unless all three figures are given."""
    sides, high = _sides(assessment), assessment.settings.class_high_from
    if sides is None:
        return None
    attractive = round(sides[0], 9) >= high
    if sides[1] >= high:
        return CustomerClass.STRATEGIC if attractive else CustomerClass.PROFIT
    return CustomerClass.GROWTH if attractive else CustomerClass.MAINTAIN


def why(assessment: Assessment) -> Iterator[Text]:
    """Attractiveness and profitability."""
    sides = _sides(assessment)
    if sides is None:
        yield NO_CLASS
    else:
        attractive, profit = (tenths(side) if isinstance(side, float) else side for side in sides)
        yield CLASS.filled(attractive=attractive, profit=profit, high=f"{assessment.settings.class_high_from:g}")


SCORE = Score(
    code="customer_class",
    place=120,
    name=Text("客户类型", "Customer class"),
    unit=Text("", ""),
    help=Text("这个客户对我们意味着什么", "What the account is to us"),
    formula=Text(
        "吸引力（规模与行业吸引力的平均）和盈利能力各分高低：双高为战略型，只有吸引力高为成长型，只有盈利高为利润型，双低为维持型。",
        "Attractiveness (mean of scale and industry attractiveness) and profitability, each high or low: both high is strategic, attractive only growth, profitable only profit, neither maintain.",
    ),
    kind=Kind.WORD,
    compute=customer_class,
    why=why,
    terms=CustomerClass,
)
