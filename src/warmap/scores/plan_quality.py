"""Plan quality: how complete, how broad, how well founded and how fresh the plan is, not the deal.

What is asked for grows with the people on the map, not with what was written about them: a plan of one person with
everything filled in is a small plan, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import fsum

from warmap.model import TABLES, Model, Table, WarMap
from warmap.names import key
from warmap.placeholders import is_placeholder
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import BACKED
from warmap.scores.score import Kind, Score
from warmap.scores.trust import current_ratings
from warmap.scores.win import win_checklist
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, TrustPillar, WinStatus
from warmap.text import Text, is_blank, percent

PLAN = Text(
    "必填项填了 {filled}，九张表用了 {broad}，判断有依据 {evidenced}，{days} 天内判断过 {fresh}。",
    "Required fields filled {filled}, tables in use {broad}, judgements with evidence {evidenced}, judged within {days} days {fresh}.",
)

PRINTED = frozenset({"stage", "criterion"})
OF_A_PLAN = (
    "deal", "contacts", "trust", "wins", "stage_evidence", "needs", "competition", "negotiation", "actions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """The figure, 0 … 100, and the four shares it is made of, each 0 … 1.

    `filled`: required fields filled, over the rows in use. `broad`: tables of a plan in which something is entered.
    `evidenced`: judgements stated or proven, of all that the map calls for. `fresh`: those dated within the days.
    """

    score: float
    filled: float
    broad: float
    evidenced: float
    fresh: float


@once
def plan(assessment: Assessment) -> PlanQuality:
    """Judge the plan."""
    shares = {
        "filled": _share(_filled(assessment.map)),
        "broad": _share(any(_rows_in_use(table, assessment.map)) for table in TABLES if table.code in OF_A_PLAN),
        "evidenced": _share(grasp is Grasp.KNOWN for grasp in judgements(assessment)) if assessment.active else 0.0,
        "fresh": _share(_fresh(assessment)) if assessment.active else 0.0,
    }
    points = assessment.settings.plan_weight
    total = fsum(points.values())
    score = 100 * fsum(points[part] * share for part, share in shares.items()) / total if total else 0.0
    return PlanQuality(score, **shares)


def _share(answers: Iterator[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given) if given else 0.0


def _filled(war_map: WarMap) -> Iterator[bool]:
    """Every required field of the deal and of every row in use, filled or not.

    There is no plan without a deal: were a blank one no row in use, emptying its last field would lift the share.
    """
    for table in TABLES:
        required = [field.code for field in table.required]
        for row in _asked_of(table, war_map) if required else ():
            yield from (is_filled(getattr(row, code)) for code in required)


def _asked_of(table: Table, war_map: WarMap) -> Iterator[Model]:
    return iter([war_map.deal]) if table.code == "deal" else _rows_in_use(table, war_map)


def _rows_in_use(table: Table, war_map: WarMap) -> Iterator[Model]:
    """The rows in which anything is entered, on the printed stage rows more than what is printed."""
    content = getattr(war_map, table.code)
    printed = PRINTED if table.code == "stage_evidence" else frozenset()
    for row in [content] if table.is_record else content:
        if any(is_filled(value) for name, value in vars(row).items() if name not in printed):
            yield row


def is_filled(value: object) -> bool:
    """Something is entered: no blank, no placeholder, no empty collection; a no and a zero are entries."""
    if type(value) is str:
        return not is_blank(value) and not is_placeholder(value)
    return bool(value) or value is False or (value == 0 and not isinstance(value, list | dict | frozenset))


class Grasp(Enum):
    """What a judgement that the map calls for stands on: stated or proven; our own guess; nothing is said yet."""

    KNOWN = "known"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


def _grasp(*, is_said: bool, is_backed: bool) -> Grasp:
    return Grasp.KNOWN if is_said and is_backed else Grasp.ASSUMED if is_said else Grasp.UNKNOWN


def judgements(assessment: Assessment) -> Iterator[Grasp]:
    """Every judgement that the map calls for, and what it stands on.

    Of each active contact the support and the four pillars, and the six criteria of each role; of a role that nobody
    holds its six criteria.
    """
    rated = current_ratings(assessment)
    for contact in assessment.active:
        yield _grasp(is_said=contact.support is not None, is_backed=contact.evidence_grade in BACKED)
        found = rated.get(key(contact.name or ""), {})
        for pillar in TrustPillar:
            row = found.get(pillar)
            backed = row is not None and is_backed(row.ratings[pillar].evidence_grade, row.evidence)
            yield _grasp(is_said=row is not None, is_backed=backed)
    for line in win_checklist(assessment):
        if line.status is not WinStatus.NOT_APPLICABLE:
            backed = is_backed(line.grade, line.evidence)
            yield _grasp(is_said=line.status is not WinStatus.UNKNOWN, is_backed=backed)
    held = frozenset[BuyingRole]().union(*(contact.buying_roles for contact in assessment.active))
    for role in BuyingRole:
        if role not in held:
            yield from (Grasp.UNKNOWN for _ in WIN_CRITERIA[role])


def is_backed(grade: EvidenceGrade | None, evidence: str | None) -> bool:
    """Stated or proven, and the evidence is there to read."""
    return grade in BACKED and is_filled(evidence)


def _fresh(assessment: Assessment) -> Iterator[bool]:
    """Every judgement called for that bears a date: support and the four pillars of each active contact."""
    rated = current_ratings(assessment)
    for contact in assessment.active:
        yield contact.support is not None and _is_fresh(assessment, contact.assessed_on)
        found = rated.get(key(contact.name or ""), {})
        yield from (
            (row := found.get(pillar)) is not None and _is_fresh(assessment, row.rated_on) for pillar in TrustPillar
        )


def _is_fresh(assessment: Assessment, day: date | None) -> bool:
    days = assessment.age(day)
    return days is not None and abs(days) <= assessment.settings.plan_fresh_days


def why(assessment: Assessment) -> Iterator[Text]:
    """The four shares."""
    found = plan(assessment)
    shares = {part: percent(getattr(found, part)) for part in ("filled", "broad", "evidenced", "fresh")}
    yield PLAN.filled(days=assessment.settings.plan_fresh_days, **shares)


SCORE = Score(
    code="plan_quality",
    place=200,
    name=Text("计划质量", "Plan quality"),
    unit=Text("0–100", "0–100"),
    help=Text(
        "这份计划本身全不全、有没有依据、新不新", "How complete, broad, well founded and fresh the plan itself is"
    ),
    formula=Text(
        "四个份额各占 25 分：必填项填了几成、九张表用了几张、该有的判断几成有依据、几成是近期的。",
        "Four shares at 25 points each: required fields filled, tables in use, judgements called for that have evidence, and those that are recent.",
    ),
    kind=Kind.POINTS,
    compute=lambda assessment: plan(assessment).score,
    why=why,
)
