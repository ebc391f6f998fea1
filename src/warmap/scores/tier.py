"""The customer's tier, from its fit."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment
from warmap.scores.fit import NO_FIT, fit
from warmap.scores.score import Kind, Score
from warmap.terms import Tier
from warmap.text import Text, tenths

TIER = Text("匹配 {fit} 分；A、B、C 级各从 {a}、{b}、{c} 分起。", "Fit {fit}; A, B and C begin at {a}, {b} and {c}.")
LIMITED = (Tier.A, Tier.B, Tier.C)


def tier(assessment: Assessment) -> Tier | None:
    """A, B or C from the fit where its setting says so, else D; None where fit is not assessed."""
    score, limits = fit(assessment), assessment.settings.tier
    if score is None:
        return None
    return next((level for level in LIMITED if round(score, 9) >= limits[level]), Tier.D)


def why(assessment: Assessment) -> Iterator[Text]:
    """Fit against the limits of the tiers."""
    score = fit(assessment)
    if score is None:
        yield NO_FIT
    else:
        a, b, c = (f"{assessment.settings.tier[level]:g}" for level in LIMITED)
        yield TIER.filled(fit=tenths(score), a=a, b=b, c=c)


SCORE = Score(
    code="tier",
    place=110,
    name=Text("客户等级", "Tier"),
    unit=Text("A–D", "A–D"),
    help=Text("这个客户值得投入多少", "How much this customer is worth our effort"),
    formula=Text(
        "匹配得分达到 A、B、C 级的界限即为该级，否则为 D 级。",
        "A, B or C where the fit reaches the tier's limit, else D.",
    ),
    kind=Kind.WORD,
    compute=tier,
    why=why,
)
