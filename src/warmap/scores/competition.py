"""Where we stand against each rival, criterion by criterion (specification, section 3, Competition)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from warmap.model import Criterion
from warmap.scores.roles import weighted_mean
from warmap.settings import Settings
from warmap.terms import key

Lead = Literal["differentiator", "gap", ""]


class CriterionLine(NamedTuple):
    """One criterion: our score, the best rival's and whose it is (None, empty where not scored), and what that makes it."""

    row: Criterion
    ours: float | None
    best: float | None
    rivals: tuple[str, ...]
    lead: Lead


class Competition(NamedTuple):
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


def competition(rows: Sequence[Criterion], settings: Settings) -> Competition:
    """Our weighted mean against the best rival's, and what each criterion is to us."""
    ours = weighted_mean(
        [(row.weight, row.our_score) for row in rows if row.weight is not None and row.our_score is not None]
    )
    means = {name: mean for name, pairs in _columns(rows).items() if (mean := weighted_mean(pairs)) is not None}
    best = max(means, key=lambda name: means[name]) if means else None
    position = None if ours is None or best is None else ours - means[best]
    score = None if position is None else min(100.0, max(0.0, 50 + 10 * position))
    return Competition(ours, means, best, position, score, tuple(_line(row, settings) for row in rows))
