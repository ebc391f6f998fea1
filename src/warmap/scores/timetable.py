"""The time left until the close date, against what the stages left usually take."""

from math import fsum

from warmap.funnel import settled
from warmap.scores.assessment import Assessment
from warmap.scores.stage import stage_gates
from warmap.scores.stage_reached import stage_reached
from warmap.terms import Outcome, ProcurementStage, StageCriterion


def contract_is_signed(assessment: Assessment) -> bool:
    """The contract is signed, with its evidence."""
    return any(line.done for line in stage_gates(assessment) if line.criterion is StageCriterion.CONTRACT_SIGNED)


def is_settled(assessment: Assessment) -> bool:
    """Won, lost or shelved, or signed: nothing about such a deal is a matter of time any more."""
    return settled(assessment.map.deal.outcome, signed=contract_is_signed(assessment)) is not Outcome.OPEN


def days_needed(assessment: Assessment) -> float:
    """What the stages from the one reached to signing usually take, complete or not."""
    usual = assessment.settings.stage_days
    reached = stage_reached(assessment)
    return fsum(usual[stage] for stage in ProcurementStage if stage.number >= reached and stage in usual)


def days_short(assessment: Assessment) -> tuple[int, float] | None:
    """(Days left, days needed) where fewer are left than needed; None elsewhere, and where the question is settled."""
    age = assessment.age(assessment.map.deal.close_date)
    if age is None or age > 0 or is_settled(assessment) or assessment.stage == len(ProcurementStage):
        return None
    needed = days_needed(assessment)
    return (-age, needed) if -age < needed else None
