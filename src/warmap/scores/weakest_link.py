"""The component that is worst off: a mean hides the killer."""

from collections.abc import Iterator

from warmap.scores.health import health
from warmap.scores.score import Flagged, Kind, Score
from warmap.terms import HealthComponent
from warmap.text import Text, tenths

WEAKEST = Text("已评估的部分里最低：{value} 分（满分 100）。", "The lowest of what is assessed: {value} of 100.")
NONE_ASSESSED = Text("未评估：各组成部分都还没有评估。", "Not assessed: no component is assessed yet.")


def why(judged: Flagged) -> Iterator[Text]:
    """Its value."""
    found = health(judged)
    if found.weakest_link is None:
        yield NONE_ASSESSED
    else:
        yield WEAKEST.filled(value=tenths(found.components[found.weakest_link]))


SCORE = Score(
    code="weakest_link",
    place=180,
    name=Text("最弱一环", "Weakest link"),
    unit=Text("", ""),
    help=Text("健康度里最该先补的部分", "The component of health to see to first"),
    formula=Text(
        "已评估的组成部分里数值最低的；相同时取排在前面的。",
        "The assessed component with the lowest value; on a tie the first in order.",
    ),
    kind=Kind.WORD,
    compute=lambda judged: health(judged).weakest_link,
    why=why,
    terms=HealthComponent,
)
