"""How much of health stands on something that was assessed."""

from collections.abc import Iterator

from warmap.scores.health import health
from warmap.scores.score import Flagged, Kind, Score, listed
from warmap.text import Text

NOT_ASSESSED = Text("还没有评估：{names}；它们按 0 计。", "Not assessed yet: {names}; they count 0.")
ALL_ASSESSED = Text("各组成部分都已评估。", "Every component is assessed.")


def why(judged: Flagged) -> Iterator[Text]:
    """Which components are not assessed."""
    missing = [part for part, value in health(judged).components.items() if value is None]
    yield NOT_ASSESSED.filled(names=listed(missing)) if missing else ALL_ASSESSED


SCORE = Score(
    code="health_assessed_share",
    place=170,
    name=Text("健康度已评份额", "Share of health assessed"),
    unit=Text("0–1", "0–1"),
    help=Text("健康度有多少依据", "How much of health has something to stand on"),
    formula=Text("已评估的组成部分的权重 ÷ 全部权重。", "Weight of the assessed components ÷ all weight."),
    kind=Kind.SHARE,
    compute=lambda judged: health(judged).assessed_share,
    why=why,
)
