"""RF507: a criterion is ticked, and the map itself says no."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.stage import stage_gates
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each criterion ticked, with evidence or without, of which the map says no."""
    for line in stage_gates(assessment):
        if (line.done or line.claimed) and line.map_says is False:
            yield Raised(line.stage.value, {"criterion": line.criterion})


RULE = Rule(
    code="RF507",
    name="tick-against-the-map",
    severity=Severity.MINOR,
    title=Text("打了勾，地图却说没有", "Ticked against the map"),
    message=Text(
        "“{criterion}”打了勾，地图上却看不出来。",
        "“{criterion}” is ticked, and the rest of the map does not bear it out.",
    ),
    why=Text(
        "勾和地图对不上，总有一处没写完或写早了；预测和建议就会各走各的。",
        "Where tick and map disagree, one is unfinished or too early, and forecast and advice part ways.",
    ),
    remedy=Text(
        "{by}核对一遍：真做到了，就把人、拜访、对手或替代方案补进相应的表；没做到，就在“阶段”表取消“{criterion}”的勾。",
        "{by}, check it: if it is true, add the person, the visit, the rival or the alternative where it belongs; if not, untick “{criterion}” on the Stages sheet.",
    ),
    source="003",
    needs=("stage_evidence",),
    check=check,
    bad={
        "stage_evidence": [
            {"stage": "market_research", "criterion": "coach_in_place", "done": True, "evidence": "他答应帮忙"}
        ]
    },
    good={
        "contacts": [{"name": "李建国", "buying_roles": ["coach"]}],
        "stage_evidence": [
            {"stage": "market_research", "criterion": "coach_in_place", "done": True, "evidence": "他答应帮忙"}
        ],
    },
)
