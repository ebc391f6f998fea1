"""The map as it stood at an earlier snapshot, what a week's work is measured against; and the history as a table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import isfinite

from warmap._version import METHOD_VERSION
from warmap.history import COLUMNS, METHOD, MOST_ROWS, holds_the_same, is_undamaged, map_of, newest, rows_of, undamaged
from warmap.judgement import Judgement, judge
from warmap.model import Snapshot, WarMap
from warmap.parsing.document import plain
from warmap.scores import Kind, Score, all_scores
from warmap.scores.assessment import once
from warmap.settings import Settings

Figures = Mapping[str, float | str | None]
SHOWN = (
    "health", "health_base", "band", "weakest_link", "plan_quality", "role_coverage", "trust", "win", "needs",
    "competition", "stage_reached",
)  # fmt: skip
SHOWN_AT = len(COLUMNS) + 1  # the first column of the table on the sheet of snapshots, from 0
MOST_SHOWN = 16  # snapshots


class Earlier:
    """A snapshot, read and judged when somebody first asks."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._judged: tuple[Settings, Figures] | None = None

    @property
    def taken_on(self) -> date | None:
        """The day it was taken."""
        return self.snapshot.taken_on

    @cached_property
    def map(self) -> WarMap:
        """The map as it stood."""
        return map_of(self.snapshot)

    def scores(self, settings: Settings) -> Figures:
        """Every score by its code: as stored, or judged anew where another version of the method gave them."""
        stored = self.snapshot.scores
        if stored.get(METHOD) == METHOD_VERSION:
            return {code: _figure(score, stored.get(code)) for code, score in all_scores().items()}
        if self._judged is None or self._judged[0] is not settings:
            anew = judge(self.map, settings).scores
            self._judged = (settings, {code: plain(value) for code, value in anew.items()})
        return self._judged[1]


def _figure(score: Score, stored: object) -> float | str | None:
    """What stands in a file may be anything."""
    if score.kind is Kind.WORD:
        return stored if isinstance(stored, str) else None
    return stored if isinstance(stored, int | float) and not isinstance(stored, bool) and isfinite(stored) else None


class Newest:
    """The newest snapshots of a map, the oldest of them first, as far as cells see them."""

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self._known = [(snapshot, Earlier(snapshot)) for snapshot in snapshots]

    def before(self, judgement: Judgement) -> Earlier | None:
        """The newest that holds another map than the one judged; None where there is none.

        What was just submitted is its own newest snapshot, and is compared with the one before.
        """
        for snapshot, earlier in reversed(self._known):
            if not holds_the_same(snapshot, judgement.fingerprint) and is_undamaged(snapshot):
                return earlier
        return None


@once
def newest_of(judgement: Judgement) -> Newest:
    """Those of the map's own snapshots."""
    return Newest(newest(judgement.map.snapshots))


def sheet_rows(snapshots: Sequence[Snapshot], settings: Settings) -> list[list[float | str]]:
    """The sheet that keeps the snapshots, header first: the rows they are read from, and beside them a table for people.

    The table has a row for each of the newest snapshots, the newest first: day, author, scores as numbers and codes, blank
    where not assessed. It is written with them because reading every map in cells would cost each recalculation too much.
    """
    table: list[list[float | str]] = [[*COLUMNS[:2], *SHOWN], *_table(snapshots, settings)]
    kept = [[*COLUMNS], *rows_of(snapshots)][:MOST_ROWS]
    kept += [[""] * len(COLUMNS)] * (len(table) - len(kept))
    table += [[""] * len(table[0])] * (len(kept) - len(table))
    return [[*row, "", *shown] for row, shown in zip(kept, table, strict=True)]


def _table(snapshots: Sequence[Snapshot], settings: Settings) -> Iterator[list[float | str]]:
    for snapshot in undamaged(snapshots)[: -MOST_SHOWN - 1 : -1]:
        figures = Earlier(snapshot).scores(settings)
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else ""
        shown = (figures[code] for code in SHOWN)
        yield [day, snapshot.author or "", *("" if value is None else value for value in shown)]
