"""The map as it stood at an earlier snapshot: what a week's work is measured against."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from math import isfinite

from warmap._version import METHOD_VERSION
from warmap.history import METHOD, holds_the_same, is_undamaged, map_of, newest
from warmap.judgement import Judgement, judge
from warmap.model import Snapshot, WarMap
from warmap.parsing.document import plain
from warmap.scores import Kind, Score, all_scores
from warmap.scores.assessment import once
from warmap.settings import Settings

Figures = Mapping[str, float | str | None]


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
