"""Plan quality: how complete, how well founded and how fresh the plan is, not the deal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from warmap.model import TABLES, Model, Table, WarMap
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import BACKED
from warmap.scores.score import Kind, Score, percent
from warmap.terms import EvidenceGrade, WinStatus
from warmap.text import Text, is_blank

PLAN = Text(
    "必填项 {required} × {required_points} 分，有依据的判断 {evidence} × {evidence_points} 分，{days} 天内的判断 {fresh} × {fresh_points} 分。",
    "Required fields {required} × {required_points}, judgements with evidence {evidence} × {evidence_points}, those of the last {days} days {fresh} × {fresh_points}.",
)

PRINTED = frozenset({"stage", "criterion"})


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """The figure, 0 … 100, and the shares it is made of, each 0 … 1; None where there is nothing to judge (counts 0).

    `required`: required fields filled. `evidence`: judgements stated or proven. `fresh`: dated judgements still fresh.
    """

    score: float
    required: float | None
    evidence: float | None
    fresh: float | None


@once
def plan(assessment: Assessment) -> PlanQuality:
    """Judge the plan."""
    war_map, settings = assessment.map, assessment.settings

    def is_fresh(day: date | None) -> bool:
        days = assessment.age(day)
        return days is not None and abs(days) <= settings.plan_fresh_days

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


def why(assessment: Assessment) -> Iterator[Text]:
    """The three parts with their points."""
    found, points = plan(assessment), assessment.settings.plan_weight
    shares = {"required": percent(found.required), "evidence": percent(found.evidence), "fresh": percent(found.fresh)}
    points_said = {f"{part}_points": f"{points[part]:g}" for part in shares}
    yield PLAN.filled(days=assessment.settings.plan_fresh_days, **shares, **points_said)


SCORE = Score(
    code="plan_quality",
    place=200,
    name=Text("计划质量", "Plan quality"),
    unit=Text("0–100", "0–100"),
    help=Text("这份计划本身填得全不全、有没有依据、新不新", "How complete, well founded and fresh the plan itself is"),
    formula=Text(
        "必填项的填写份额、判断有依据的份额、判断仍然新的份额，按权重平均，折成百分；没有可评的部分按 0 计。",
        "Weighted mean, out of 100, of the shares of required fields filled, of judgements with evidence and of judgements still fresh; a part with nothing to judge counts 0.",
    ),
    kind=Kind.POINTS,
    compute=lambda assessment: plan(assessment).score,
    why=why,
)
