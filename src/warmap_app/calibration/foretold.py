"""Which judgements foretold an outcome: of each deal the first at every stage, before anybody knew how it would end.

The first map at a stage is chosen by the deal's own course and by nothing that came later. To look back from the outcome
(“the map of thirty days before”) would line the deals up by what they are to foretell, and leave out those still open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from warmap.funnel import STAGES, settled
from warmap.reading import read_document
from warmap.scores import Kind, all_scores
from warmap.scores.timetable import contract_is_signed
from warmap.terms import HealthBand, HealthComponent, Outcome, ProcurementStage
from warmap_app.store.records import KeptMap

SCORES = ("health", *(part.value for part in HealthComponent))
"""The scores that are held against the outcome, by their codes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A deal on a day: the stage it claims, and whether and when it ended, as its map of that day says."""

    map_id: str
    deal: str
    day: date
    stage: ProcurementStage | None
    outcome: Outcome
    outcome_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """A deal from its first map to its end: the first map at each stage, in the order of the days, and how it ended.

    `outcome` is OPEN, and `ended_on` None, of a deal that is still open.
    """

    firsts: Mapping[ProcurementStage, str]
    outcome: Outcome
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement: band, scores on 0 … 100 (None: not assessed), and the number of the stage earned, 1 … 6."""

    band: HealthBand
    reached: int
    scores: Mapping[str, float | None]


def step_of(kept: KeptMap) -> Step | None:
    """What a kept map says of its deal's course; None without a day."""
    if kept.as_of is None:
        return None
    told = {name: kept.map[name] for name in ("deal", "stage_evidence") if name in kept.map}
    judgement = read_document(told).judgement
    deal = judgement.map.deal
    outcome = settled(deal.outcome, signed=contract_is_signed(judgement))
    return Step(kept.id, kept.deal, kept.as_of, deal.stage, outcome, deal.outcome_on)


def courses_of(steps: Iterable[Step], lead: int = 1) -> list[Course]:
    """The course of every deal, by its steps in the order of the days; a judgement is at least `lead` days ahead."""
    by_deal: dict[str, list[Step]] = {}
    for step in steps:
        by_deal.setdefault(step.deal, []).append(step)
    return [_course(of, timedelta(lead)) for of in by_deal.values()]


def _course(steps: Sequence[Step], lead: timedelta) -> Course:
    """A deal ended when its newest map says so: on the day it names, else on that of the first map since which all say so."""
    last, ended_on = steps[-1], None
    if last.outcome is not Outcome.OPEN:
        told = list(takewhile(lambda step: step.outcome is not Outcome.OPEN, reversed(steps)))
        ended_on = last.outcome_on or told[-1].day
    firsts: dict[ProcurementStage, str] = {}
    passed: set[ProcurementStage] = set()
    for step in steps:
        if step.stage is None or step.stage in passed or step.outcome is not Outcome.OPEN:
            continue
        passed.add(step.stage)
        if ended_on is None or step.day + lead <= ended_on:
            firsts[step.stage] = step.map_id
    return Course(firsts, last.outcome, ended_on)


def judged(told: Mapping[str, Any]) -> Judged:
    """A judgement by its scores, as a store or a result has them."""
    return Judged(
        next((band for band in HealthBand if band.value == told.get("band")), HealthBand.INCOMPLETE),
        int(told.get("stage_reached") or 1),
        {code: _points(code, told.get(code)) for code in SCORES},
    )


def _points(code: str, value: float | None) -> float | None:
    return 100 * value if value is not None and all_scores()[code].kind is Kind.SHARE else value


def forecast(stage: ProcurementStage, one: Judged, odds: Mapping[str, float]) -> float:
    """The share of the amount that the bridge leaves of a deal, 0 … 1."""
    earned = STAGES[min(stage.number, one.reached) - 1]
    return odds[earned.value] * (one.scores["health"] or 0.0) / 100


def steps_of(kept: Iterable[KeptMap]) -> Iterator[Step]:
    """The steps of these maps; those without a day have no place in a course."""
    return (step for one in kept if (step := step_of(one)) is not None)
