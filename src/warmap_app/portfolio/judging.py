"""Judge submitted files, or the maps in a store, with the batch engine: one result for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from warmap.reading import Reading, read_document
from warmap.settings import default_settings, settings_from
from warmap_app.batch.engine import check_here
from warmap_app.batch.one import Outcome, Terms, loaded_of
from warmap_app.batch.run import Watch, progress
from warmap_app.batch.sources import Held, Source
from warmap_app.portfolio.deals import OWN_ODDS
from warmap_app.result import Result, result_of
from warmap_app.store.records import KeptMap

AT_ONCE = 1000  # kept maps that are in memory at a time


def results_of(sources: Sequence[Source], terms: Terms) -> Iterator[Result]:
    """The result of every file, in order of completion; an unreadable file has one too."""
    with progress(len(sources), terms.lang) as watch:
        yield from _checked(sources, terms, judged, watch)


def stored_results(kept: Iterable[KeptMap], count: int, terms: Terms) -> Iterator[Result]:
    """The result of every kept map, of which there are `count`. UserError from the store."""
    sources = map(_source, kept)
    with progress(count, terms.lang) as watch:
        while some := list(islice(sources, AT_ONCE)):
            yield from _checked(some, terms, judged_anew, watch)


def _checked(
    sources: Sequence[Source], terms: Terms, check: Callable[[Source, Terms], Outcome], watch: Watch
) -> Iterator[Result]:
    for _, outcome in check_here(sources, range(len(sources)), terms, check=check):
        watch(outcome)
        yield outcome["result"]


def judged(source: Source, terms: Terms) -> Outcome:
    """One file as `warmap check` judges it, and whether it brings probabilities of its own."""
    return {"result": _result(loaded_of(source, terms), terms), "prints": None}


def judged_anew(source: Source, terms: Terms) -> Outcome:
    """One kept map as `warmap check` judges its file. Whether it passed is stored, because its cells are gone."""
    assert isinstance(source.place, Held)
    told: dict[str, Any] = json.loads(source.place.data)
    result = _result(_loaded(source.name, told, terms), terms)
    return {"result": {**result, "passed": told["passed"]}, "prints": None}


def _result(loaded: Reading, terms: Terms) -> Result:
    used = (terms.settings or default_settings()).stage_probability
    return {**result_of(loaded, terms.lang), OWN_ODDS: loaded.settings.stage_probability != used}


def _source(kept: KeptMap) -> Source:
    """A kept map as a source that the engine can hand to its workers."""
    told = {
        "map": kept.map, "settings_changed": kept.settings_changed, "language": kept.language,
        "template_version": kept.template_version, "passed": kept.passed,
    }  # fmt: skip
    return Source(kept.file, Held(json.dumps(told).encode()))


def _loaded(file: str, told: dict[str, Any], terms: Terms) -> Reading:
    settings = terms.settings or settings_from(told["settings_changed"])
    reading = read_document(told["map"], as_of=terms.as_of, settings=settings)
    reading.file, reading.lang, reading.template_version = file, told["language"], told["template_version"]
    reading.counts = {}  # of the file it was read from, which is not here
    return reading


def own_days(sources: Sequence[Source], terms: Terms) -> Callable[[str], date | None]:
    """A function that returns the as-of date inside a file, whatever --as-of says; None if it has none.

    It reads the file again, so call it only when two files are about one deal.
    """
    by_name = {source.name: source for source in sources}
    as_submitted = Terms(terms.lang, None, terms.settings)
    return lambda file: loaded_of(by_name[file], as_submitted).map.deal.as_of
