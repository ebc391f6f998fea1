"""The stage claimed and the stage earned (specification, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from warmap.model import StageEvidence
from warmap.terms import STAGE_CRITERIA, ProcurementStage, StageCriterion


class GateLine(NamedTuple):
    """One exit criterion."""

    stage: ProcurementStage
    criterion: StageCriterion
    done: bool
    row: StageEvidence | None


def gates(rows: Sequence[StageEvidence]) -> list[GateLine]:
    """The sixteen exit criteria in order; one is done when any of its rows says so."""
    found: dict[StageCriterion, StageEvidence] = {}
    for row in rows:
        if row.criterion is not None and (row.criterion not in found or row.done):
            found[row.criterion] = row
    return [
        GateLine(stage, criterion, criterion in found and bool(found[criterion].done), found.get(criterion))
        for stage, criteria in STAGE_CRITERIA.items()
        for criterion in criteria
    ]


def stage_reached(lines: Sequence[GateLine]) -> int:
    """1 + the complete stages counted from stage 1 without a gap, at most 6."""
    reached = 1
    for stage in ProcurementStage:
        if not all(line.done for line in lines if line.stage is stage):
            break
        reached += 1
    return min(reached, len(ProcurementStage))


def stage_score(lines: Sequence[GateLine], declared: ProcurementStage | None) -> float | None:
    """Share of done criteria among stages 1 … declared, 0 … 1; None while no criterion is answered or no stage declared."""
    if declared is None or all(line.row is None or line.row.done is None for line in lines):
        return None
    asked = [line for line in lines if line.stage.number <= declared.number]
    return sum(line.done for line in asked) / len(asked)
