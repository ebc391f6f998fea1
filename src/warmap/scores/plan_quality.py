"""Plan quality: how complete, how well founded and how fresh the plan is, not the deal (specification, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from warmap.model import TABLES, Model, Table, WarMap
from warmap.scores.engagement import BACKED
from warmap.settings import Settings
from warmap.terms import EvidenceGrade, WinStatus
from warmap.text import is_blank

PRINTED = frozenset({"stage", "criterion"})


class PlanQuality(NamedTuple):
    """The figure, 0 … 100, and the shares it is made of, each 0 … 1; None where there is nothing to judge (counts 0).

    `required`: required fields filled. `evidence`: judgements stated or proven. `fresh`: dated judgements still fresh.
    """

    score: float
    required: float | None
    evidence: float | None
    fresh: float | None


def plan_quality(war_map: WarMap, settings: Settings) -> PlanQuality:
    """Judge the plan."""
    as_of = war_map.deal.as_of

    def is_fresh(day: date | None) -> bool:
        return as_of is not None and day is not None and abs((as_of - day).days) <= settings.plan_fresh_days

    shares = {
        "required": _share(_filled(war_map)),
        "evidence": _share(grade in BACKED for grade in _grades(war_map)),
        "fresh": _share(is_fresh(day) for day in _days(war_map)),
    }
    points = settings.plan_weight
    total = sum(points.values())
    score = 100 * sum(points[part] * (share or 0) for part, share in shares.items()) / total if total else 0.0
    return PlanQuality(score, **shares)


def _share(answers: Iterator[bool]) -> float | None:
    given = list(answers)
    return sum(given) / len(given) if given else None


def _filled(war_map: WarMap) -> Iterator[bool]:
    """Every required field of every row in use, filled or not."""
    for table in TABLES:
        required = [field.code for field in table.required]
        for row in _rows_in_use(table, war_map) if required else ():
            for code in required:
                value = getattr(row, code)
                yield value is not None and not (isinstance(value, str) and is_blank(value))


def _rows_in_use(table: Table, war_map: WarMap) -> Iterator[Model]:
    """The deal always; other rows when anything is entered, on the printed stage rows more than what is printed."""
    content = getattr(war_map, table.code)
    printed = PRINTED if table.code == "stage_evidence" else frozenset()
    for row in [content] if table.is_record else content:
        if table.code == "deal" or any(is_filled(value) for name, value in vars(row).items() if name not in printed):
            yield row


def is_filled(value: object) -> bool:
    """Something is entered: not None, no empty text, no empty collection; a no and a zero are entries."""
    return bool(value) or value is False or (value == 0 and not isinstance(value, str | list | dict | frozenset))


def _grades(war_map: WarMap) -> Iterator[EvidenceGrade | None]:
    """The evidence grade of every judgement: supports, trust ratings, win statuses other than unknown."""
    yield from (contact.evidence_grade for contact in war_map.contacts if contact.support is not None)
    for rated in war_map.trust:
        yield from (judged.evidence_grade for judged in rated.ratings.values() if judged.rating is not None)
    for win in war_map.wins:
        yield from (win.evidence_grade for status in win.statuses.values() if status is not WinStatus.UNKNOWN)


def _days(war_map: WarMap) -> Iterator[date | None]:
    """The date of every judgement that can bear one: supports and trust ratings."""
    yield from (contact.assessed_on for contact in war_map.contacts if contact.support is not None)
    for rated in war_map.trust:
        yield from (rated.rated_on for judged in rated.ratings.values() if judged.rating is not None)
