"""Health: the components weighed, the flags' penalty with its limits, and where every point went.

Losses are worked out as fractions and put on a grid of 2⁻³⁶ points (about 1.5e-11), so that each of them, every partial
sum of them in any order, and health itself are exact floats: the rows of HEALTH_WHY add up to 100 − health to the last
digit, in Python and in a spreadsheet alike. It also keeps a health of 70 from being missed by binary rounding.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from warmap.flags import Flag
from warmap.scores.assessment import Assessment, once
from warmap.scores.competition import competition
from warmap.scores.fit import fit
from warmap.scores.needs import needs
from warmap.scores.role_coverage import role_coverage
from warmap.scores.score import Flagged, Kind, Score
from warmap.scores.stage import stage_score
from warmap.scores.trust import trust
from warmap.scores.win import win
from warmap.settings import Settings
from warmap.terms import HealthBand, HealthComponent, HealthLimit
from warmap.text import Text

HEALTH = Text(
    "各组成部分合计 {parts} 分，红旗扣 {penalty} 分；每一分丢在哪里见“计分板”的明细。",
    "The components give {parts}, red flags cost {penalty}; where every point went stands on the scoreboard.",
)
NO_WEIGHT = Text("未评估：设置里各组成部分的权重都是 0。", "Not assessed: the settings give no component any weight.")

GRID = 2**36
FULL = 100
"""All points there are; a single flag set to cost more takes these all the same."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that one component, one flag or (with a minus) one limit costs."""

    what: HealthComponent | Flag | HealthLimit
    points: float


@dataclass(frozen=True, slots=True)
class Health:
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


@once
def health_components(assessment: Assessment) -> Mapping[HealthComponent, float | None]:
    """Each component on 0 … 100, in order; None where not assessed."""

    def points(share: float | None) -> float | None:
        return None if share is None else 100 * share

    return {
        HealthComponent.ROLE_COVERAGE: points(role_coverage(assessment)),
        HealthComponent.TRUST: trust(assessment),
        HealthComponent.WIN: points(win(assessment)),
        HealthComponent.STAGE: points(stage_score(assessment)),
        HealthComponent.NEEDS: points(needs(assessment)),
        HealthComponent.COMPETITION: competition(assessment).score,
        HealthComponent.FIT: fit(assessment),
    }


@once
def health(judged: Flagged) -> Health:
    """The components and the flags weighed together."""
    return weigh(health_components(judged), judged.flags, judged.settings)


def weigh(components: Mapping[HealthComponent, float | None], flags: Sequence[Flag], settings: Settings) -> Health:
    """Health of the components (0 … 100 each) and the flags."""
    weights = {part: Fraction(settings.health_weight[part.value]) for part in HealthComponent}
    total = sum(weights.values())
    if not total:
        return Health(None, 0.0, _weakest_link(components), None, components, ())
    exact: list[tuple[HealthComponent | Flag | HealthLimit, int]] = [
        *_component_losses(components, weights, total),
        *_flag_losses(flags, settings),
    ]
    excess = sum(points for _, points in exact) - FULL * GRID
    if excess > 0:
        exact.append((HealthLimit.FLOOR, -excess))
    score = (FULL * GRID - sum(points for _, points in exact)) / GRID
    assessed = sum(weight for part, weight in weights.items() if components[part] is not None)
    losses = tuple(Loss(what, points / GRID) for what, points in sorted(exact, key=lambda pair: -pair[1]))
    share, weakest = float(assessed / total), _weakest_link(components)
    return Health(score, share, weakest, _band(score, settings), components, losses)


def _on_grid(points: Fraction | float) -> int:
    """Points as a whole number of steps of the grid."""
    return round(points * GRID)


def _weakest_link(components: Mapping[HealthComponent, float | None]) -> HealthComponent | None:
    """The assessed component with the lowest value, the first in order on a tie."""
    values = {part: round(value, 9) for part in HealthComponent if (value := components[part]) is not None}
    return min(values, key=lambda part: values[part]) if values else None


def _band(score: float, settings: Settings) -> HealthBand:
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


def _penalty(flag: Flag, settings: Settings) -> float:
    """Points one flag costs by itself: by severity, a share of that when mitigated."""
    share = 1.0 if flag.mitigated_by is None else settings.penalty_mitigated_share
    return settings.penalty[flag.severity.value] * share


def _flag_losses(flags: Sequence[Flag], settings: Settings) -> Iterator[tuple[Flag | HealthLimit, int]]:
    """Every flag's penalty, then what the two limits take off again."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for flag in flags:
        points = _on_grid(min(FULL, _penalty(flag, settings)))
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


def why(judged: Flagged) -> Iterator[Text]:
    """What the components give and what the flags cost."""
    found = health(judged)
    if found.score is None:
        yield NO_WEIGHT
        return
    lost = sum(loss.points for loss in found.losses if isinstance(loss.what, HealthComponent))
    yield HEALTH.filled(parts=f"{100 - lost:.1f}", penalty=f"{100 - lost - found.score:.1f}")


SCORE = Score(
    code="health",
    place=160,
    name=Text("健康度", "Health"),
    unit=Text("0–100", "0–100"),
    help=Text("这一单的健康度", "The health of the deal"),
    formula=Text(
        "七个组成部分按权重平均（未评估的按 0 计）− 红旗的扣分；每个代码只计最重的几面，全部红旗有扣分上限，结果不低于 0。",
        "Weighted mean of the seven components (not assessed counts 0) − the flags' penalty; of each code only the heaviest flags count, all flags together cost no more than a limit, and health is never below 0.",
    ),
    kind=Kind.POINTS,
    compute=lambda judged: health(judged).score,
    why=why,
)
