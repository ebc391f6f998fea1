"""What the components give before the red flags: how far the work has come, whatever is still wrong."""

from collections.abc import Iterator
from math import fsum

from warmap.scores.health import NO_WEIGHT, health
from warmap.scores.score import Flagged, Kind, Score
from warmap.terms import HealthComponent
from warmap.text import Text, tenths

BASE = Text("失分最多的是{part}（{points} 分）。", "Most is lost on {part} ({points} points).")
ALL_FULL = Text("各组成部分都是满分。", "Every component is full.")


def why(judged: Flagged) -> Iterator[Text]:
    """Which component keeps most from 100."""
    found = health(judged)
    if found.base is None:
        yield NO_WEIGHT
        return
    weights = judged.settings.health_weight
    lost = {part: weights[part] * (100 - (found.components[part] or 0)) for part in HealthComponent}
    most = max(lost, key=lambda part: lost[part])
    points = lost[most] / fsum(weights.values())
    yield BASE.filled(part=most, points=tenths(points)) if points > 0 else ALL_FULL


SCORE = Score(
    code="health_base",
    place=210,
    name=Text("健康度基数", "Health before red flags"),
    unit=Text("0–100", "0–100"),
    help=Text("不看红旗，各组成部分给多少分", "What the components give before the red flags"),
    formula=Text(
        "七个组成部分按权重平均；未评估的按 0 计。", "Weighted mean of the seven components; not assessed counts 0."
    ),
    kind=Kind.POINTS,
    compute=lambda judged: health(judged).base,
    why=why,
)
