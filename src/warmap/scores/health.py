"""Health: the components weighed, then what the red flags leave of it, and where every point went.

Each flag takes a share of what is left, so that no flag costs more than there is, health never falls to 0 while the base
is above it, and answering or clearing any flag raises it. Of one code the k-th flag costs a k-th part: twenty people not
seen lately are not twenty times as bad as one.

What is left is put on a grid of 2⁻³⁶ points (about 1.5e-11), so that each loss, every partial sum of them in any order,
and health itself are exact floats: the losses add up to 100 − health to the last digit, in Python and in a spreadsheet
alike. It also keeps a health of 70 from being missed by binary rounding.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import NamedTuple

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
from warmap.terms import HealthBand, HealthComponent
from warmap.text import Text, tenths

HEALTH = Text(
    "各组成部分合计 {parts} 分，红旗带走 {cost} 分；每一分丢在哪里见“计分板”的明细。",
    "The components give {parts}, red flags take {cost} of it; where every point went stands on the scoreboard.",
)
NO_WEIGHT = Text("未评估：设置里各组成部分的权重都是 0。", "Not assessed: the settings give no component any weight.")
NOBODY = Text(
    "未评估：“关键人”表还没有一个人。红旗之前的基数是 {base}。",
    "Not assessed: there is nobody on the People sheet yet. The base, before red flags, is {base}.",
)

GRID = 2**36
FULL = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that one component or one flag costs."""

    what: HealthComponent | Flag
    points: float


@dataclass(frozen=True, slots=True)
class Health:
    """Health 0 … 100 and what it is made of.

    `score` is None without any contact, `base` (what the components give, before the flags) where the settings give no
    component any weight; then `score` is None too. `assessed_share` is the weight of the assessed components ÷ all
    weight, 0 … 1. `components` are on 0 … 100 (None: not assessed, counted 0). `losses` add up to 100 − score exactly:
    the components in order, then the flags by severity, code and place in their code; none where there is no score.
    """

    score: float | None
    base: float | None
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
    return weigh(health_components(judged), judged.flags, judged.settings, has_contacts=bool(judged.map.contacts))


def worth(judged: Flagged, flags: Collection[Flag]) -> float | None:
    """Health without these flags − health: the points that clearing them gains, other things equal."""
    found = health(judged)
    if found.score is None or found.base is None:
        return None
    codes, cleared = {flag.code for flag in flags}, set(map(id, flags))
    costs = _costs(judged)
    left = [
        _left(cost for cost in costs[code] if id(cost.flag) not in cleared) if code in codes else share
        for code, share in _left_by_code(judged).items()
    ]
    return _on_grid(found.base * prod(left)) / GRID - found.score


def weigh(
    components: Mapping[HealthComponent, float | None], flags: Sequence[Flag], settings: Settings, *, has_contacts: bool
) -> Health:
    """Health of the components (0 … 100 each) and the flags."""
    weights = {part: Fraction(settings.health_weight[part]) for part in HealthComponent}
    total, weakest = sum(weights.values()), _weakest_link(components)
    if not total:
        return Health(None, None, 0.0, weakest, None, components, ())
    losses = [(part, points) for part, points in _component_losses(components, weights, total)]
    left = FULL * GRID - sum(points for _, points in losses)
    share = float(sum(weight for part, weight in weights.items() if components[part] is not None) / total)
    base = left / GRID
    if not has_contacts:
        return Health(None, base, share, weakest, None, components, ())
    lost = [Loss(part, points / GRID) for part, points in losses]
    remaining = base
    for cost in _in_order(_by_code(flags, settings)):
        remaining *= 1 - _at(cost.place, cost.alone)
        after = _on_grid(remaining)
        lost.append(Loss(cost.flag, (left - after) / GRID))
        left = after
    score = left / GRID
    return Health(score, base, share, weakest, band_of(score, share, settings), components, tuple(lost))


def _on_grid(points: Fraction | float) -> int:
    """Points as a whole number of steps of the grid."""
    return round(points * GRID)


def _weakest_link(components: Mapping[HealthComponent, float | None]) -> HealthComponent | None:
    """The assessed component with the lowest value, the first in order on a tie."""
    values = {part: round(value, 9) for part in HealthComponent if (value := components[part]) is not None}
    return min(values, key=lambda part: values[part]) if values else None


def band_of(score: float, assessed_share: float, settings: Settings) -> HealthBand:
    """Green, amber or red; incomplete where too little is known to colour it."""
    if round(assessed_share, 9) < settings.band_assessed_from:
        return HealthBand.INCOMPLETE
    if score >= settings.band["green"]:
        return HealthBand.GREEN
    return HealthBand.AMBER if score >= settings.band["amber"] else HealthBand.RED


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


def _cost(flag: Flag, settings: Settings) -> float:
    """The share of what is left that a flag takes as the first of its code; less when it is answered."""
    share = settings.flag_cost[flag.severity]
    return share if flag.mitigated_by is None else share * settings.flag_cost_answered_share


class _Cost(NamedTuple):
    """What a flag takes of what is left as the first of its code, and what the flags are taken in order of."""

    severity: int
    code: str
    place: int
    alone: float
    flag: Flag


@once
def _costs(judged: Flagged) -> Mapping[str, Sequence[_Cost]]:
    """What each flag costs, by code: the worth of many lines of advice is asked for."""
    return _by_code(judged.flags, judged.settings)


@once
def _left_by_code(judged: Flagged) -> Mapping[str, float]:
    """The share that the flags of each code leave: a line of advice changes few codes."""
    return {code: _left(costs) for code, costs in _costs(judged).items()}


def _left(costs: Iterable[_Cost]) -> float:
    """The share that flags of one code leave, those that cost most first."""
    return prod(1 - _at(place, cost.alone) for place, cost in enumerate(costs, 1))


def _at(place: int, alone: float) -> float:
    """What a flag takes as the k-th of its code: a k-th."""
    return min(1.0, alone / place)


def _by_code(flags: Sequence[Flag], settings: Settings) -> dict[str, Sequence[_Cost]]:
    """The flags of each code, the most costly first, then by subject."""
    found: dict[str, list[tuple[float, Flag]]] = {}
    for flag in flags:
        found.setdefault(flag.code, []).append((_cost(flag, settings), flag))
    return {
        code: [
            _Cost(flag.severity.place, code, place, cost, flag)
            for place, (cost, flag) in enumerate(sorted(same, key=_most_costly), 1)
        ]
        for code, same in found.items()
    }


def _most_costly(one: tuple[float, Flag]) -> tuple[float, str]:
    return -one[0], one[1].subject


def _in_order(costs: Mapping[str, Sequence[_Cost]]) -> list[_Cost]:
    """By severity, code and place in the code, which no two flags share."""
    return sorted(cost for same in costs.values() for cost in same)


def why(judged: Flagged) -> Iterator[Text]:
    """What the components give and what the flags cost."""
    found = health(judged)
    if found.base is None:
        yield NO_WEIGHT
    elif found.score is None:
        yield NOBODY.filled(base=tenths(found.base))
    else:
        yield HEALTH.filled(parts=tenths(found.base), cost=tenths(found.base - found.score))


SCORE = Score(
    code="health",
    place=160,
    name=Text("健康度", "Health"),
    unit=Text("0–100", "0–100"),
    help=Text("这一单的健康度", "The health of the deal"),
    formula=Text(
        "基数 × 各面红旗的 (1 − 扣减比例 ÷ 它在同一代码里的名次)；已应对的红旗扣减减半，回应或消除任何一面都会抬高健康度。",
        "Base × (1 − cost ÷ place in its code) of every red flag; an answered flag costs half, and answering or clearing any flag raises health.",
    ),
    kind=Kind.POINTS,
    compute=lambda judged: health(judged).score,
    why=why,
)
