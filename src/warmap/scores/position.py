"""Our lead over the best rival, by the customer's own criteria."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment
from warmap.scores.competition import NO_CONTEST, competition
from warmap.scores.score import Kind, Score, listed
from warmap.text import Text, tenths

POSITION = Text(
    "我方平均 {ours}，最强的对手“{rival}”{best}（满分 5）。", "Our mean {ours}, the best rival, {rival}, {best} (of 5)."
)
LEADS = Text("差异点：{names}。", "Differentiators: {names}.")
TRAILS = Text("差距：{names}。", "Gaps: {names}.")


def position(assessment: Assessment) -> float | None:
    """Our weighted mean less the best rival's, −5 … +5."""
    return competition(assessment).position


def why(assessment: Assessment) -> Iterator[Text]:
    """Our mean against the best rival's, and where we lead and trail."""
    found = competition(assessment)
    if found.our_mean is None or found.best_rival is None:
        yield NO_CONTEST
        return
    best = found.means[found.best_rival]
    yield POSITION.filled(ours=tenths(found.our_mean), rival=found.best_rival, best=tenths(best))
    for text, lines in ((LEADS, found.differentiators), (TRAILS, found.gaps)):
        named = listed(line.row.criterion or "" for line in lines)
        if named.zh:
            yield text.filled(names=named)


SCORE = Score(
    code="position",
    place=90,
    name=Text("竞争位置", "Position"),
    unit=Text("−5 到 +5", "−5 to +5"),
    help=Text("比最强的对手高几分", "How far we are ahead of the best rival"),
    formula=Text(
        "我方得分的加权平均 − 最强对手得分的加权平均。",
        "Weighted mean of our scores − weighted mean of the best rival's.",
    ),
    kind=Kind.POINTS,
    compute=position,
    why=why,
)
