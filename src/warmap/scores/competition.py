"""Where we stand against each rival, criterion by criterion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from warmap.model import Criterion
from warmap.scores.assessment import Assessment, once, weighted_mean
from warmap.scores.score import Kind, Score
from warmap.settings import Settings
from warmap.terms import key
from warmap.text import Text, half_up

NO_CONTEST = Text(
    "未评估：还没有同时给我方和至少一个对手打分。", "Not assessed: we and at least one rival are not scored yet."
)
FROM_POSITION = Text("50 + 10 × 位置 {position}。", "50 + 10 × position {position}.")

Lead = Literal["differentiator", "gap", ""]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion: our score, the best rival's and whose it is (None, empty where not scored), and what that makes it."""

    row: Criterion
    ours: float | None
    best: float | None
    rivals: tuple[str, ...]
    lead: Lead


@dataclass(frozen=True, slots=True)
class Competition:
    """The contest: weighted means 0 … 5, position −5 … +5, score 0 … 100; None where not assessed.

    `means` holds the rivals that have any weighted score, in the order of their columns.
    """

    our_mean: float | None
    means: Mapping[str, float]
    best_rival: str | None
    position: float | None
    score: float | None
    lines: tuple[CriterionLine, ...]

    @property
    def differentiators(self) -> tuple[CriterionLine, ...]:
        """The criteria where we lead the best rival by enough to show."""
        return tuple(line for line in self.lines if line.lead == "differentiator")

    @property
    def gaps(self) -> tuple[CriterionLine, ...]:
        """The criteria where we trail the best rival by as much."""
        return tuple(line for line in self.lines if line.lead == "gap")


def _columns(rows: Sequence[Criterion]) -> dict[str, list[tuple[float, float]]]:
    """Every rival's (weight, score) pairs by the name first written; an unscored rival has none."""
    names: dict[str, str] = {}
    columns: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        for name, score in row.scores.items():
            pairs = columns.setdefault(names.setdefault(key(name), name), [])
            if score is not None and row.weight is not None:
                pairs.append((row.weight, score))
    return columns


def _line(row: Criterion, settings: Settings) -> CriterionLine:
    scored = {name: score for name, score in row.scores.items() if score is not None}
    best = max(scored.values(), default=None)
    lead: Lead = ""
    if row.our_score is not None and best is not None:
        ahead = round(row.our_score - best, 9)
        if abs(ahead) >= settings.differentiator_gap and ahead != 0:
            lead = "differentiator" if ahead > 0 else "gap"
    return CriterionLine(row, row.our_score, best, tuple(name for name, s in scored.items() if s == best), lead)


@once
def competition(assessment: Assessment) -> Competition:
    """Our weighted mean against the best rival's, and what each criterion is to us."""
    rows, settings = assessment.map.competition, assessment.settings
    ours = weighted_mean(
        [(row.weight, row.our_score) for row in rows if row.weight is not None and row.our_score is not None]
    )
    means = {name: mean for name, pairs in _columns(rows).items() if (mean := weighted_mean(pairs)) is not None}
    best = max(means, key=lambda name: means[name]) if means else None
    position = None if ours is None or best is None else ours - means[best]
    score = None if position is None else min(100.0, max(0.0, 50 + 10 * position))
    return Competition(ours, means, best, position, score, tuple(_line(row, settings) for row in rows))


def why(assessment: Assessment) -> Iterator[Text]:
    """From position to score."""
    position = competition(assessment).position
    yield (
        NO_CONTEST
        if position is None
        else FROM_POSITION.filled(position=f"{half_up(position, 1):+.1f}".replace("-", "−"))
    )


SCORE = Score(
    code="competition",
    place=80,
    name=Text("竞争", "Competition"),
    unit=Text("0–100", "0–100"),
    help=Text("与最强的对手相比，我们站在哪里", "Where we stand against the best rival"),
    formula=Text("50 + 10 × 竞争位置，限于 0 到 100。", "50 + 10 × position, within 0 … 100."),
    kind=Kind.POINTS,
    compute=lambda assessment: competition(assessment).score,
    why=why,
)
