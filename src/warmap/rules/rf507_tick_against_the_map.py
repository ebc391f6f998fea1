"""RF507: a criterion is ticked, and the map itself says no."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.stage import stage_gates
from warmap.terms import Severity, StageCriterion
from warmap.text import Text

FILL_IN = {
    StageCriterion.COACH_IN_PLACE: Text(
        "在“关键人”表填好此人的“教练”和“希望我们成功”",
        "set “Coach” and “Wants our success” for that person on the People sheet",
    ),
    StageCriterion.RIVALS_KNOWN: Text("在“竞争”表给对手打分", "score the rivals on the Competition sheet"),
    StageCriterion.ALL_ROLES_IDENTIFIED: Text(
        "在“关键人”表把四类角色都勾上", "tick a holder of each of the four roles on the People sheet"
    ),
    StageCriterion.GATEKEEPER_MET: Text(
        "在“关键人”表写明技术把关者和“接触频度”",
        "enter the technical gatekeeper with “Contact frequency” on the People sheet",
    ),
    StageCriterion.ECONOMIC_BUYER_MET: Text(
        "在“关键人”表写明关键决策者和“接触频度”",
        "enter the economic decision maker with “Contact frequency” on the People sheet",
    ),
    StageCriterion.ALTERNATIVE_PREPARED: Text(
        "在“谈判”表填上“我方替代方案”", "fill in “Our alternative” on the Negotiation sheet"
    ),
}
"""Where what was ticked shows on the map, for each criterion of which the map itself speaks."""


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise one for each criterion ticked, with evidence or without, of which the map says no."""
    for line in stage_gates(assessment):
        if (line.done or line.claimed) and line.map_says is False:
            yield Raised(line.stage.value, {"criterion": line.criterion, "fill_in": FILL_IN[line.criterion]})


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
        "{by}核对：真做到了，就{fill_in}；没做到，就在“阶段”表取消“{criterion}”的勾。",
        "Check it {by}: if it is true, {fill_in}. If not, untick “{criterion}” on the Stages sheet.",
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
