"""The door to a store: the newest map of every deal, judged anew as a file of today would be; and the trend of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from warmap_app.batch.one import Outcome, Terms, failed
from warmap_app.batch.sources import Held, Source
from warmap_app.load import Loaded
from warmap_app.portfolio.reading import OWN_ODDS
from warmap_app.result import Result
from warmap_app.store.records import KeptMap

if TYPE_CHECKING:
    from warmap_app.store.kept import Store

JUDGED = frozenset({"map", "settings_changed", "language", "template_version", "passed"})
"""What of a kept map is needed to judge it anew."""
AT_ONCE = 1000  # maps that are held at a time


def stored_results(store: Store, ids: list[str], terms: Terms) -> Iterator[Result]:
    """The result of every kept map, judged by the same engine as files are. UserError."""
    from warmap_app.batch.engine import check_here
    from warmap_app.batch.run import progress

    with progress(len(ids), terms.lang) as watch:
        for start in range(0, len(ids), AT_ONCE):
            sources = list(_sources(store, ids[start : start + AT_ONCE]))
            for _, outcome in check_here(sources, range(len(sources)), terms, check=judged_anew):
                watch(outcome)
                yield outcome["result"]


def _sources(store: Store, ids: list[str]) -> Iterator[Source]:
    names = [one.name for one in fields(KeptMap) if one.name in JUDGED]
    for kept in store.maps(ids):
        told = {name: getattr(kept, name) for name in names}
        yield Source(kept.file, Held(json.dumps(told).encode()))


def judged_anew(source: Source, terms: Terms) -> Outcome:
    """One kept map as `warmap check` judges its file; whether it had passed is remembered, for cells are no longer there."""
    from warmap.settings import default_settings
    from warmap_app.result import result_of

    try:
        assert isinstance(source.place, Held)
        told: dict[str, Any] = json.loads(source.place.data)
        loaded = _loaded(source.name, told, terms)
        used = (terms.settings or default_settings()).stage_probability
        own = loaded.settings.stage_probability != used
        result = {**result_of(loaded, terms.lang), "passed": told["passed"], OWN_ODDS: own}
    except Exception as error:  # noqa: BLE001  whatever it is, the other maps are still judged
        return failed(source, terms, error)
    return {"result": result, "prints": None}


def _loaded(file: str, told: dict[str, Any], terms: Terms) -> Loaded:
    from warmap.parsing import read_document
    from warmap.settings import settings_from
    from warmap_app.load import Loaded, rejudged

    intake = read_document(told["map"])
    loaded = Loaded(
        file, intake.map, intake.findings, language=told["language"], template_version=told["template_version"],
        settings=settings_from(told["settings_changed"]), places=intake.places,
    )  # fmt: skip
    return rejudged(loaded, terms.as_of, terms.settings)
