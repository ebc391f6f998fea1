"""RF602: somebody loses when the deal is signed as planned."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.quadrant import quadrant
from warmap.scores.win import win
from warmap.terms import Quadrant, Severity
from warmap.text import Text

FROM_STAGE = 4
STEPS = {
    Quadrant.WIN_LOSE: Text(
        "在“赢标准”表找出影响力最高的人尚未满足的标准，当面商定怎样做到",
        "find the open criteria of the most influential people on the Wins sheet and agree in person how to meet them",
    ),
    Quadrant.LOSE_WIN: Text(
        "写明“商机”表的“我方的赢”和“谈判”表不低于底价的目标价，请主管确认",
        "state “Our win” on the Deal sheet and a target price no lower than the walk-away price on the Negotiation sheet, and have your manager confirm both",
    ),
    Quadrant.LOSE_LOSE: Text(
        "与主管一起决定这一单是否还做：做就写明“我方的赢”和目标价，再与影响力最高的人商定怎样满足其赢标准",
        "decide with your manager whether to go on; if so, state “Our win” and a target price, and agree with the most influential people how to meet their open criteria",
    ),
}


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 4 on: critical when the customer loses or both do, major when only we lose."""
    outcome = quadrant(assessment)
    if assessment.stage < FROM_STAGE or outcome is None or outcome is Quadrant.WIN_WIN:
        return
    facts = {"outcome": outcome, "percent": 100 * (win(assessment) or 0), "step": STEPS[outcome]}
    yield Raised("deal", facts, Severity.MAJOR if outcome is Quadrant.LOSE_WIN else Severity.CRITICAL)


RULE = Rule(
    code="RF602",
    name="not-a-win-win",
    severity=Severity.CRITICAL,
    title=Text("结局不是双赢", "Not a win–win"),
    message=Text(
        "照地图现状，这一单的结局是“{outcome}”（客户赢标准得分 {percent}%）。",
        "As the map stands, the outcome is “{outcome}” (the customer's win score is {percent}%).",
    ),
    why=Text(
        "客户觉得输了，我们的赢也不长久；我们自己输，这一单就不值得做。双赢才有回头客和成功案例。",
        "If the customer feels the loser, our gain will not last; if we lose, the deal is not worth winning. Only win–win brings repeat business and references.",
    ),
    remedy=Text("本周{step}。", "This week, {step}."),
    source="001",
    needs=("deal", "contacts", "wins", "negotiation"),
    check=check,
    bad={
        "deal": {"stage": "quotation_negotiation", "our_win": "拿下行业标杆"},
        "contacts": [{"name": "周伟", "buying_roles": ["user"]}],
        "wins": [{"contact": "周伟", "role": "user", "statuses": {"reliability": "met", "efficiency": "met"}}],
        "negotiation": {"target_price": 900000},
    },
    good={
        "deal": {"stage": "quotation_negotiation", "our_win": "拿下行业标杆"},
        "contacts": [{"name": "周伟", "buying_roles": ["user"]}],
        "wins": [
            {
                "contact": "周伟",
                "role": "user",
                "statuses": {"reliability": "met", "efficiency": "met", "skills": "met"},
            }
        ],
        "negotiation": {"target_price": 900000},
    },
)
