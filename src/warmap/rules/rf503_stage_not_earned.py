"""RF503: the stage declared is higher than the evidence carries."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.stage import lacking, stage_gates
from warmap.scores.stage_reached import stage_earned, stage_reached
from warmap.terms import Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when the declared stage lies above the stage reached."""
    declared = assessment.map.deal.stage
    if declared is not None and declared.number > stage_reached(assessment):
        earned = stage_earned(assessment)
        lacks = lacking(line for line in stage_gates(assessment) if line.stage is earned)
        yield Raised(declared.value, {"earned": earned, "lacks": lacks})


MET = (
    {"stage": "need_identification", "criterion": "pain_confirmed", "done": True, "evidence": "Minutes of 3 March"},
    {"stage": "need_identification", "criterion": "sponsor_named", "done": True, "evidence": "His e-mail of 5 March"},
)
"""What both examples have, one criterion short of the stage."""
RULE = Rule(
    code="RF503",
    name="stage-not-earned",
    severity=Severity.MAJOR,
    title=Text("申报阶段高于实际", "Stage not earned"),
    message=Text(
        "申报阶段是“{subject}”，证据只支持到“{earned}”，欠缺：{lacks}。",
        "The declared stage is “{subject}”, but the evidence carries it only to “{earned}”; still open: {lacks}.",
    ),
    why=Text(
        "每个阶段客户关注的不同，我们该做的也不同；阶段报高了，动作会走样，预测会虚高。",
        "Each stage asks for different work from us; one claimed too high leads to the wrong moves and an inflated forecast.",
    ),
    remedy=Text(
        "{by}补齐“{earned}”还缺的出口标准（{lacks}），连同证据记进“阶段”表；补不齐，就把“商机”表的“申报阶段”改回“{earned}”。",
        "Complete what “{earned}” still lacks ({lacks}) {by} and record it with its evidence on the Stages sheet. Otherwise set “Declared stage” on the Deal sheet back to “{earned}”.",
    ),
    source="000",
    needs=("deal", "stage_evidence"),
    check=check,
    bad={
        "deal": {"stage": "market_research"},
        "stage_evidence": [
            *MET,
            {"stage": "need_identification", "criterion": "need_written", "done": False},
        ],
    },
    good={
        "deal": {"stage": "market_research"},
        "stage_evidence": [
            *MET,
            {
                "stage": "need_identification",
                "criterion": "need_written",
                "done": True,
                "evidence": "Request of 9 March",
            },
        ],
    },
)
