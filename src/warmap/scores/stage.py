"""The stage claimed: how many of the exit criteria up to it are done.

A tick is a claim; evidence makes it a fact. Who earns a stage by ticking sixteen boxes inflates the forecast.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warmap.model import StageEvidence
from warmap.placeholders import is_placeholder
from warmap.scores.assessment import Assessment, once
from warmap.scores.map_says import Told, map_says
from warmap.scores.score import Kind, Score, listed
from warmap.terms import STAGE_LINES, ProcurementStage, StageCriterion
from warmap.text import SEMICOLON, Text, is_blank, joined

DONE = Text(
    "到申报的“{stage}”为止 {asked} 条标准，做到 {done} 条。",
    "{done} of the {asked} criteria up to the declared stage, {stage}, are done.",
)
STILL_OPEN = Text("欠缺：{lacks}。", "Still open: {lacks}.")
ONLY_CLAIMED = Text("打了勾但缺证据的{names}", "{names} (ticked without evidence)")
LOOKS_DONE = Text("看来已做到、待确认的{names}", "{names} (looks done: confirm)")
NO_STAGE = Text("未评估：没有申报阶段。", "Not assessed: no stage is declared.")
NO_ANSWER = Text("未评估：出口标准一条也没有回答。", "Not assessed: no exit criterion is answered yet.")


@dataclass(frozen=True, slots=True)
class GateLine:
    """One exit criterion: done, when ticked with evidence; only claimed, when ticked without.

    `told` is what the map itself tells of it; None where it tells nothing.
    """

    stage: ProcurementStage
    criterion: StageCriterion
    done: bool
    claimed: bool
    told: Told | None
    row: StageEvidence | None

    @property
    def map_says(self) -> bool | None:
        """Yes or no, by the map itself; None where it tells nothing."""
        return self.told.is_so if self.told else None


@once
def stage_gates(assessment: Assessment) -> Sequence[GateLine]:
    """The sixteen exit criteria in order; of several rows for one criterion the one that says most counts."""
    found: dict[StageCriterion, StageEvidence] = {}
    for row in assessment.map.stage_evidence:
        if row.criterion is not None and (row.criterion not in found or _proves(row) > _proves(found[row.criterion])):
            found[row.criterion] = row
    told = map_says(assessment)
    return [_line(stage, criterion, told.get(criterion), found.get(criterion)) for stage, criterion in STAGE_LINES]


def _proves(row: StageEvidence) -> int:
    """0 not ticked, 1 ticked, 2 with evidence. A date alone is none, nor is what only fills the cell."""
    if not row.done:
        return 0
    return 1 if is_blank(row.evidence) or is_placeholder(row.evidence or "") else 2


def _line(stage: ProcurementStage, criterion: StageCriterion, told: Told | None, row: StageEvidence | None) -> GateLine:
    proved = _proves(row) if row is not None else 0
    return GateLine(stage, criterion, proved == 2, proved == 1, told, row)


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
    yield DONE.filled(stage=declared, asked=len(asked), done=sum(line.done for line in asked))
    if not all(line.done for line in asked):
        yield STILL_OPEN.filled(lacks=lacking(asked))


def lacking(lines: Iterable[GateLine]) -> Text:
    """Which of some criteria are not done yet, which only lack their evidence, and which the map itself says are done."""
    still_open = [line for line in lines if not line.done]
    claimed = [line.criterion for line in still_open if line.claimed]
    looks_done = [line.criterion for line in still_open if line.map_says and not line.claimed]
    missing = [line.criterion for line in still_open if not line.map_says and not line.claimed]
    parts = [listed(missing)] if missing else []
    parts += [ONLY_CLAIMED.filled(names=listed(claimed))] if claimed else []
    parts += [LOOKS_DONE.filled(names=listed(looks_done))] if looks_done else []
    return joined(parts, SEMICOLON)


SCORE = Score(
    code="stage",
    place=50,
    name=Text("阶段得分", "Stage score"),
    unit=Text("0–1，到申报阶段为止", "0–1, up to the declared stage"),
    help=Text("申报的阶段有多少证据", "How much of the declared stage the evidence carries"),
    formula=Text(
        "到申报阶段为止的出口标准，打了勾并写明证据的份额。",
        "Share of the exit criteria up to the declared stage that are ticked and have evidence.",
    ),
    kind=Kind.SHARE,
    compute=stage_score,
    why=why,
)
