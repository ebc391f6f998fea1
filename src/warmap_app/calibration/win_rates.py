"""How often deals that were judged alike were won: counts, the share with its interval, and what the forecast had said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

from warmap.terms import HealthBand, Outcome, ProcurementStage
from warmap_app.calibration.foretold import SCORES, Course, Judged, forecast

TOO_FEW = 10
"""Below so many deals that have ended no share is given: at nine the interval is wider than fifty points."""
CONFIDENCE = 0.95
RANGES = ((0, 25), (25, 50), (50, 75), (75, 100))
"""Points of a score: from, inclusive, to below; the last takes 100 too."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The deals that were judged alike at one stage (None: at their first judgement, whatever the stage) by one score.

    `score` is the code of a score, `band` or empty for all deals; `level` is a band, the place of a range in RANGES, None
    where the score was not assessed. `claimed` and `forecast` are the mean probability of the stage claimed and the mean
    share that the bridge left, 0 … 1, of the deals that have ended; None without any.
    """

    stage: ProcurementStage | None
    score: str
    level: HealthBand | int | None
    won: int
    lost: int
    no_decision: int
    still_open: int
    claimed: float | None
    forecast: float | None

    @property
    def ended(self) -> int:
        """Deals that have ended, however."""
        return self.won + self.lost + self.no_decision

    @property
    def is_few(self) -> bool:
        """Too few to speak of a share."""
        return self.ended < TOO_FEW

    @property
    def share(self) -> float | None:
        """Won ÷ ended; None of too few."""
        return None if self.is_few else self.won / self.ended

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share of many such deals lies; None of too few."""
        return None if self.is_few else wilson(self.won, self.ended)


def wilson(won: int, ended: int) -> tuple[float, float]:
    """The score interval of a share at CONFIDENCE (Wilson, 1927, JASA 22, 209–212).

    It stays within 0 … 1 and is right for few as for many, at 0 % and 100 % too, where the usual interval has no width
    (Brown, Cai and DasGupta, 2001, Statistical Science 16, 101–133).
    """
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, over = won / ended, 1 + z * z / ended
    middle = (share + z * z / (2 * ended)) / over
    half = z / over * sqrt(share * (1 - share) / ended + z * z / (4 * ended * ended))
    # at the ends the formula gives 0 and 1, but for the last bit
    return middle - half if won else 0.0, middle + half if won < ended else 1.0


def level_of(score: str, one: Judged) -> HealthBand | int | None:
    """In which row a judgement counts."""
    if not score:
        return None
    if score == "band":
        return one.band
    points = one.scores[score]
    return None if points is None else max(place for place, (low, _) in enumerate(RANGES) if points >= low or not place)


def rates_of(courses: Iterable[Course], judged: Mapping[str, Judged], odds: Mapping[str, float]) -> list[Rate]:
    """A row for every stage, score and level in which there is a deal; a deal counts once in a row.

    `judged` are the judgements by the ids of their maps. Rows stand by stage, the first judgement of all first, then by
    score (all deals, bands, health, its components), then by level.
    """
    cells: dict[tuple[ProcurementStage | None, str, HealthBand | int | None], list[tuple[Outcome, float, float]]] = {}
    for course in courses:
        for stage, claimed, map_id in _places(course):
            one = judged[map_id]
            told = course.outcome, odds[claimed], forecast(claimed, one, odds)
            for score in ("", "band", *SCORES):
                cells.setdefault((stage, score, level_of(score, one)), []).append(told)
    order = ("", "band", *SCORES)
    rows = [_rate(stage, score, level, told) for (stage, score, level), told in cells.items()]
    return sorted(rows, key=lambda row: (_number(row.stage), order.index(row.score), _rank(row.level)))


def _places(course: Course) -> Iterator[tuple[ProcurementStage | None, ProcurementStage, str]]:
    """The stages in whose rows a deal counts, with the stage claimed and the map; first its first judgement of all."""
    for place, (stage, map_id) in enumerate(course.firsts.items()):
        if not place:
            yield None, stage, map_id
        yield stage, stage, map_id


def _rate(
    stage: ProcurementStage | None,
    score: str,
    level: HealthBand | int | None,
    told: Sequence[tuple[Outcome, float, float]],
) -> Rate:
    how = [outcome for outcome, *_ in told]
    ended = [one for one in told if one[0] is not Outcome.OPEN]
    return Rate(
        stage, score, level, how.count(Outcome.WON), how.count(Outcome.LOST), how.count(Outcome.NO_DECISION),
        how.count(Outcome.OPEN), fmean(one[1] for one in ended) if ended else None,
        fmean(one[2] for one in ended) if ended else None,
    )  # fmt: skip


def _number(stage: ProcurementStage | None) -> int:
    return 0 if stage is None else stage.number


def _rank(level: HealthBand | int | None) -> int:
    return len(RANGES) if level is None else level.place if isinstance(level, HealthBand) else -level
