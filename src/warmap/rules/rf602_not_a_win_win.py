"""RF602: somebody loses when the deal is signed as planned."""

from collections.abc import Iterator, Sequence

from warmap.model import Contact
from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.quadrant import quadrant
from warmap.scores.win import win, win_checklist
from warmap.terms import Quadrant, Severity, WinStatus
from warmap.text import Text, percent

FROM_STAGE = 4
WE_LOSE = Text(
    "{by}写明“商机”表的“我方的赢”，在“谈判”表填好不低于“底价”的“目标价”，请主管确认。",
    "State “Our win” on the Deal sheet and a “Target price” no lower than the “Walk-away price” on the Negotiation sheet {by}. Have your manager confirm both.",
)
BOTH_LOSE = Text(
    "{by}与主管决定这一单还做不做。做，就写明“商机”表的“我方的赢”，在“谈判”表填好“目标价”，再{see}，商定怎样满足“赢标准”表里未满足的标准。",
    "Decide with your manager {by} whether to go on. If so, state “Our win” on the Deal sheet and a “Target price” on the Negotiation sheet, then {see} and agree how to meet what is still open on the Wins sheet.",
)
OF_OUTCOME = {Quadrant.LOSE_WIN: WE_LOSE, Quadrant.LOSE_LOSE: BOTH_LOSE}


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once from stage 4 on: critical when the customer loses or both do, major when only we lose."""
    outcome = quadrant(assessment)
    if assessment.stage < FROM_STAGE or outcome is None or outcome is Quadrant.WIN_WIN:
        return
    facts = {"outcome": outcome, "share": percent(win(assessment) or 0)}
    severity = Severity.MAJOR if outcome is Quadrant.LOSE_WIN else Severity.CRITICAL
    yield Raised("deal", facts, severity, _who_loses_most(assessment), OF_OUTCOME.get(outcome))


def _who_loses_most(assessment: Assessment) -> Sequence[Contact]:
    """The most influential person with a criterion that is not met; none where all are."""
    losers = [
        line.contact for line in win_checklist(assessment) if line.status in (WinStatus.UNKNOWN, WinStatus.IDENTIFIED)
    ]
    return [max(losers, key=assessment.weight)] if losers else []


RULE = Rule(
    code="RF602",
    name="not-a-win-win",
    severity=Severity.CRITICAL,
    title=Text("结局不是双赢", "Not a win–win"),
    message=Text(
        "照地图现状，这一单的结局是“{outcome}”（客户赢标准得分 {share}）。",
        "As the map stands, the outcome is “{outcome}” (the customer's win score is {share}).",
    ),
    why=Text(
        "客户觉得输了，我们的赢也不长久；我们自己输，这一单就不值得做。双赢才有回头客和成功案例。",
        "If the customer feels the loser, our gain will not last; if we lose, the deal is not worth winning. Only win–win brings repeat business and references.",
    ),
    remedy=Text(
        "{by}{see}，商定怎样满足“赢标准”表里未满足的标准。",
        "{see} {by} and agree how to meet what is still open on the Wins sheet.",
    ),
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
