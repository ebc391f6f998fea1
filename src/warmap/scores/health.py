"""Health: the components weighed, the flags' penalty with its limits, and where every point went (specification, section 3).

Losses are worked out as fractions and put on a grid of 2⁻³⁶ points (about 1.5e-11), so that each of them, every partial
sum of them in any order, and health itself are exact floats: the rows of HEALTH_WHY add up to 100 − health to the last
digit, in Python and in a spreadsheet alike. It also keeps a health of 70 from being missed by binary rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from warmap.flags import Flag
from warmap.settings import Settings
from warmap.terms import HealthBand, HealthComponent, HealthLimit

GRID = 2**36
FULL = 100
"""All points there are; a single flag set to cost more takes these all the same."""


class Loss(NamedTuple):
    """Points that one component, one flag or (with a minus) one limit costs."""

    what: HealthComponent | Flag | HealthLimit
    points: float


class Health(NamedTuple):
    """Health 0 … 100 and what it is made of; None where the settings give no component any weight.

    `assessed_share` is the weight of the assessed components ÷ all weight, 0 … 1. `components` are on 0 … 100 (None: not
    assessed, counted 0). `losses`, largest first, add up to 100 − score exactly: each component, each flag, each limit.
    """

    score: float | None
    assessed_share: float
    weakest_link: HealthComponent | None
    band: HealthBand | None
    components: Mapping[HealthComponent, float | None]
    losses: tuple[Loss, ...]


def _on_grid(points: Fraction | float) -> int:
    """Points as a whole number of steps of the grid."""
    return round(points * GRID)


def health(components: Mapping[HealthComponent, float | None], flags: Sequence[Flag], settings: Settings) -> Health:
    """Judge the components (0 … 100 each) and the flags together."""
    weights = {part: Fraction(settings.health_weight[part.value]) for part in HealthComponent}
    total = sum(weights.values())
    if not total:
        return Health(None, 0.0, weakest_link(components), None, components, ())
    exact: list[tuple[HealthComponent | Flag | HealthLimit, int]] = [
        *_component_losses(components, weights, total),
        *_flag_losses(flags, settings),
    ]
    excess = sum(points for _, points in exact) - FULL * GRID
    if excess > 0:
        exact.append((HealthLimit.FLOOR, -excess))
    score = (FULL * GRID - sum(points for _, points in exact)) / GRID
    assessed = sum(weight for part, weight in weights.items() if components[part] is not None)
    losses = (Loss(what, points / GRID) for what, points in sorted(exact, key=lambda pair: -pair[1]))
    return Health(
        score, float(assessed / total), weakest_link(components), band(score, settings), components,
        tuple(losses),
    )  # fmt: skip


def weakest_link(components: Mapping[HealthComponent, float | None]) -> HealthComponent | None:
    """The assessed component with the lowest value, the first in order on a tie."""
    values = {part: round(value, 9) for part in HealthComponent if (value := components[part]) is not None}
    return min(values, key=lambda part: values[part]) if values else None


def band(score: float, settings: Settings) -> HealthBand:
    """Green, amber or red."""
    reached = (band for band in HealthBand if band is not HealthBand.RED and score >= settings.band[band.value])
    return next(reached, HealthBand.RED)


def _component_losses(
    components: Mapping[HealthComponent, float | None], weights: Mapping[HealthComponent, Fraction], total: Fraction
) -> Iterator[tuple[HealthComponent, int]]:
    """What each component keeps from 100; rounded so that their sum is the rounded sum, not a sum of roundings."""
    lost, counted = Fraction(0), 0
    for part in HealthComponent:
        value = min(100.0, max(0.0, components[part] or 0.0))
        lost += weights[part] / total * (FULL - Fraction(value))
        points = _on_grid(lost) - counted
        counted += points
        yield part, points


def penalty(flag: Flag, settings: Settings) -> float:
    """Points one flag costs by itself: by severity, a share of that when mitigated."""
    share = 1.0 if flag.mitigated_by is None else settings.penalty_mitigated_share
    return settings.penalty[flag.severity.value] * share


def _flag_losses(flags: Sequence[Flag], settings: Settings) -> Iterator[tuple[Flag | HealthLimit, int]]:
    """Every flag's penalty, then what the two limits take off again."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for flag in flags:
        points = _on_grid(min(FULL, penalty(flag, settings)))
        by_code[flag.code].append(points)
        yield flag, points
    heaviest = [sorted(points, reverse=True)[: settings.penalty_flags_per_code] for points in by_code.values()]
    counted = sum(points for group in heaviest for points in group)
    beyond = sum(points for group in by_code.values() for points in group) - counted
    if beyond > 0:
        yield HealthLimit.PER_CODE, -beyond
    over = counted - _on_grid(Fraction(settings.penalty_limit))
    if over > 0:
        yield HealthLimit.TOTAL, -over
