"""How near this customer is to our ideal one."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment, weighted_mean
from warmap.scores.score import Kind, Score
from warmap.text import Text

FIT = Text(
    "{count} 项特征加权平均，折成百分；最低的是“{low}”。",
    "Weighted mean of {count} attributes, out of 100; the lowest is {low}.",
)
NO_FIT = Text("未评估：理想客户的特征还没有打分。", "Not assessed: no attribute of the ideal customer is scored yet.")


def fit(assessment: Assessment) -> float | None:
    """20 × the weighted mean of the scored attributes, 0 … 100; None where no attribute has both weight and score."""
    rows = assessment.map.ideal_customer
    mean = weighted_mean([(row.weight, row.score) for row in rows if row.weight is not None and row.score is not None])
    return None if mean is None else 20 * mean


def why(assessment: Assessment) -> Iterator[Text]:
    """How many attributes, and the lowest."""
    rows = [row for row in assessment.map.ideal_customer if row.score is not None and row.weight is not None]
    if fit(assessment) is None:
        yield NO_FIT
    else:
        yield FIT.filled(count=len(rows), low=min(rows, key=lambda row: row.score or 0.0).attribute or "")


SCORE = Score(
    code="fit",
    place=100,
    name=Text("理想客户匹配", "Fit"),
    unit=Text("0–100", "0–100"),
    help=Text("与理想客户的匹配程度", "How near the customer is to our ideal one"),
    formula=Text(
        "20 × 理想客户各项特征得分的加权平均。",
        "20 × the weighted mean of the scores of the ideal customer's attributes.",
    ),
    kind=Kind.POINTS,
    compute=fit,
    why=why,
)
