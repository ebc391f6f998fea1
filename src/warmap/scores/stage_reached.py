"""The stage earned, whatever stage is claimed."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment, once
from warmap.scores.score import Kind, Score
from warmap.scores.stage import lacking, stage_gates
from warmap.terms import ProcurementStage
from warmap.text import Text

ALL_STAGES = Text("前五个阶段的标准都已做到。", "Every criterion of the first five stages is done.")
HELD_AT = Text("停在“{stage}”，欠缺：{lacks}。", "Held at {stage}; still open: {lacks}.")


@once
def stage_reached(assessment: Assessment) -> int:
    """1 + the complete stages counted from stage 1 without a gap, at most 6."""
    reached = 1
    for stage in ProcurementStage:
        if not all(line.done for line in stage_gates(assessment) if line.stage is stage):
            break
        reached += 1
    return min(reached, len(ProcurementStage))


def stage_earned(assessment: Assessment) -> ProcurementStage:
    """The stage reached, as a stage."""
    return list(ProcurementStage)[stage_reached(assessment) - 1]


def why(assessment: Assessment) -> Iterator[Text]:
    """Which criteria hold the deal at the stage earned."""
    earned = stage_earned(assessment)
    if stage_reached(assessment) == len(ProcurementStage):
        yield ALL_STAGES
    else:
        lacks = lacking(line for line in stage_gates(assessment) if line.stage is earned)
        yield HELD_AT.filled(stage=earned, lacks=lacks)


SCORE = Score(
    code="stage_reached",
    place=60,
    name=Text("实际阶段", "Stage earned"),
    unit=Text("1–6", "1–6"),
    help=Text("按已完成的出口标准，实际达到第几阶段", "The stage earned by the exit criteria that are done"),
    formula=Text(
        "1 + 从第一阶段起连续全部做到的阶段数，最多 6。",
        "1 + the number of complete stages counted from stage 1 without a gap, at most 6.",
    ),
    kind=Kind.COUNT,
    compute=stage_reached,
    why=why,
)
