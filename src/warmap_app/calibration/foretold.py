"""Which judgements foretold an outcome: of each deal the first at every stage, before anybody knew how it would end.

The first map at a stage is chosen by the deal's own course and by nothing that came later. To look back from the outcome
(“the map of thirty days before”) would line the deals up by what they are to foretell, and leave out those still open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from warmap.funnel import STAGES
from warmap.scores import Kind, all_scores
from warmap.terms import HealthBand, HealthComponent, Outcome, ProcurementStage
from warmap_app.store.records import Moment

SCORES = ("health", *(part.value for part in HealthComponent))
"""The scores that are held against the outcome, by their codes."""


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


def courses_of(moments: Iterable[Moment], lead: int = 1) -> list[Course]:
    """The course of every deal, by its moments in the order of the days; a judgement is at least `lead` days ahead."""
    by_deal: dict[str, list[Moment]] = {}
    for moment in moments:
        by_deal.setdefault(moment.deal, []).append(moment)
    return [_course(of, timedelta(lead)) for of in by_deal.values()]


def _course(moments: Sequence[Moment], lead: timedelta) -> Course:
    """A deal ended when its newest map says so: on the day it names, else on that of the first map since which all say so."""
    last, ended_on = moments[-1], None
    if last.settled is not Outcome.OPEN:
        told = list(takewhile(lambda moment: moment.settled is not Outcome.OPEN, reversed(moments)))
        ended_on = last.outcome_on or told[-1].as_of
    firsts: dict[ProcurementStage, str] = {}
    passed: set[ProcurementStage] = set()
    for moment in moments:
        stage = next((stage for stage in STAGES if stage.value == moment.stage), None)
        if stage is None or stage in passed or moment.settled is not Outcome.OPEN:
            continue
        passed.add(stage)
        if ended_on is None or moment.as_of + lead <= ended_on:
            firsts[stage] = moment.map_id
    return Course(firsts, last.settled, ended_on)


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
    return odds[earned] * (one.scores["health"] or 0.0) / 100
