"""RF701: by the customer's own criteria a rival, or doing nothing, is ahead of us."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule, quoted
from warmap.scores.assessment import Assessment
from warmap.scores.competition import CriterionLine, competition
from warmap.terms import Severity
from warmap.text import Text, tenths


def ground_lost(line: CriterionLine) -> float:
    """How much one criterion does for the best rival's lead: its weight × the distance."""
    return (line.row.weight or 0) * ((line.best or 0) - (line.ours or 0))


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the position is below 0; critical from the setting down."""
    contest = competition(assessment)
    if contest.position is None or contest.our_mean is None or contest.best_rival is None:
        return
    position = round(contest.position, 9)
    critical = position <= assessment.settings.position_critical
    if critical or position < 0:
        worst = max(contest.lines, key=ground_lost)
        facts = {
            "ours": tenths(contest.our_mean),
            "rival": quoted(contest.best_rival),
            "theirs": tenths(contest.means[contest.best_rival]),
            "criterion": quoted(worst.row.criterion),
        }
        yield Raised("deal", facts, Severity.CRITICAL if critical else Severity.MAJOR)


RULE = Rule(
    code="RF701",
    name="behind-best-rival",
    severity=Severity.CRITICAL,
    title=Text("竞争位置落后", "Behind the best rival"),
    message=Text(
        "按选型标准加权，我方 {ours} 分，“{rival}”{theirs} 分。",
        "Weighted by the customer's criteria, we score {ours} and “{rival}” {theirs}.",
    ),
    why=Text(
        "竞争矩阵说的是客户怎样选；总分落后还照旧往前推，等于替对手陪标。",
        "The matrix shows how the customer chooses; to carry on from behind is to bid for a rival's sake.",
    ),
    remedy=Text(
        "{by}从“{criterion}”入手，拿出证明补上差距；补不上，就与{ally}商量怎样在交流、澄清这些公开场合用测试结果说清我方领先的标准值多少，再更新“竞争”表。",
        "Start with “{criterion}” {by} and close the gap with proof. Failing that, plan with {ally} how to show openly, in meetings and clarifications and with test results, what the criteria on which we lead are worth, and update the Competition sheet.",
    ),
    source="000",
    needs=("competition",),
    check=check,
    bad={
        "competition": [
            {"criterion": "交付周期", "weight": 2, "our_score": 2, "scores": {"维持现状": 1, "凌岳科技": 3}}
        ]
    },
    good={
        "competition": [
            {"criterion": "交付周期", "weight": 2, "our_score": 3, "scores": {"维持现状": 1, "凌岳科技": 3}}
        ]
    },
)
