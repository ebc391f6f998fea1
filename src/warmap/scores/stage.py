"""The stage claimed: how many of the exit criteria up to it are done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warmap.model import StageEvidence
from warmap.scores.assessment import Assessment, once
from warmap.scores.score import Kind, Score, listed
from warmap.terms import STAGE_CRITERIA, ProcurementStage, StageCriterion
from warmap.text import Text

DONE = Text(
    "到申报的“{stage}”为止 {asked} 条标准，做到 {done} 条。",
    "{done} of the {asked} criteria up to the declared stage, {stage}, are done.",
)
STILL_OPEN = Text("还没有：{names}。", "Still open: {names}.")
NO_STAGE = Text("未评估：没有申报阶段。", "Not assessed: no stage is declared.")
NO_ANSWER = Text("未评估：出口标准一条也没有回答。", "Not assessed: no exit criterion is answered yet.")


@dataclass(frozen=True, slots=True)
class GateLine:
    """One exit criterion."""

    stage: ProcurementStage
    criterion: StageCriterion
    done: bool
    row: StageEvidence | None


@once
def stage_gates(assessment: Assessment) -> Sequence[GateLine]:
    """The sixteen exit criteria in order; one is done when any of its rows says so."""
    found: dict[StageCriterion, StageEvidence] = {}
    for row in assessment.map.stage_evidence:
        if row.criterion is not None and (row.criterion not in found or row.done):
            found[row.criterion] = row
    return [
        GateLine(stage, criterion, criterion in found and bool(found[criterion].done), found.get(criterion))
        for stage, criteria in STAGE_CRITERIA.items()
        for criterion in criteria
    ]


def stage_score(assessment: Assessment) -> float | None:
    """Share of done criteria among stages 1 … declared, 0 … 1; None while no criterion is answered or no stage declared."""
    declared, lines = assessment.map.deal.stage, stage_gates(assessment)
    if declared is None or all(line.row is None or line.row.done is None for line in lines):
        return None
    asked = [line for line in lines if line.stage.number <= declared.number]
    return sum(line.done for line in asked) / len(asked)


def why(assessment: Assessment) -> Iterator[Text]:
    """How many criteria up to the declared stage are done, and which are not."""
    declared = assessment.map.deal.stage
    if declared is None or stage_score(assessment) is None:
        yield NO_STAGE if declared is None else NO_ANSWER
        return
    asked = [line for line in stage_gates(assessment) if line.stage.number <= declared.number]
    missing = [line.criterion for line in asked if not line.done]
    yield DONE.filled(stage=declared, asked=len(asked), done=len(asked) - len(missing))
    if missing:
        yield STILL_OPEN.filled(names=listed(missing))


SCORE = Score(
    code="stage",
    place=50,
    name=Text("阶段得分", "Stage score"),
    unit=Text("0–1，到申报阶段为止", "0–1, up to the declared stage"),
    help=Text("申报的阶段有多少证据", "How much of the declared stage the evidence carries"),
    formula=Text(
        "到申报阶段为止的出口标准，已做到的份额。", "Share of the exit criteria up to the declared stage that are done."
    ),
    kind=Kind.SHARE,
    compute=stage_score,
    why=why,
)
