"""A batch from its sources to its results: checked by an engine, kept in a journal, compared with each other, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from warmap_app.batch.across import Across, with_findings
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Kept, Outcome, Terms
from warmap_app.batch.sources import Source
from warmap_app.result import Result

Engine: TypeAlias = "Callable[[Sequence[Source], Sequence[int], Terms], Iterable[tuple[int, Outcome]]]"
"""What checks the sources at the places asked for and gives (place, outcome) as they are done, in any order."""
Watch: TypeAlias = "Callable[[Outcome], object]"
"""Who is told of every file that is done."""


class Results:
    """The results of a batch in the order of its sources; they can be gone through as often as wanted, one at a time."""

    def __init__(self, sources: Sequence[Source], terms: Terms, journal: Journal, across: Across | None) -> None:
        self._sources, self._terms, self._journal, self._across = sources, terms, journal, across

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Result]:
        for result, _ in self._all():
            yield result

    def kept(self) -> Iterator[tuple[Result, Kept]]:
        """The results of the maps that a store is to have, each with its map, in the same order."""
        for result, kept in self._all():
            if kept is not None:
                yield result, kept

    def _all(self) -> Iterator[tuple[Result, Kept | None]]:
        for place, outcome in enumerate(self._journal):
            result, prints = outcome["result"], outcome["prints"]
            if self._across is not None and prints is not None:
                found = list(self._across.findings(place, prints, result["deal"]))
                result = with_findings(result, found, self._terms.lang)
            yield result, outcome.get("kept")


def checked_batch(
    sources: Sequence[Source], terms: Terms, journal: Journal, engine: Engine, watch: Watch = lambda _: None
) -> Results:
    """Check what the journal does not know yet, and give the results of all.

    A batch of two files or more is also compared across them (DV403, DV404).
    """
    across = Across(len(sources), lambda place: sources[place].name) if len(sources) > 1 else None
    for place, outcome in journal.taken_over():
        _remember(across, place, outcome)
    for place, outcome in engine(sources, journal.todo(), terms):
        journal.add(place, outcome)
        _remember(across, place, outcome)
        watch(outcome)
    if across is not None:
        across.settle()
    return Results(sources, terms, journal, across)


def _remember(across: Across | None, place: int, outcome: Outcome) -> None:
    if across is not None and outcome["prints"] is not None:
        across.add(place, outcome["prints"])
