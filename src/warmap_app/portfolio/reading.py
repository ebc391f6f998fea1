"""The door to the files: what the command line names in, one result a file out, read by the engine of the batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from warmap.settings import default_settings
from warmap_app.batch.one import Outcome, Terms
from warmap_app.batch.sources import Source
from warmap_app.result import Result

OWN_ODDS = "own_probabilities"
"""Key of a result whose workbook brings stage probabilities other than those in use."""


def submitted(words: Sequence[str], out: Path | None) -> list[Source]:
    """What the words name: files, folders, patterns, archives, URLs; not the report that is written. UserError."""
    from warmap_app.batch.asked import sources_of

    return sources_of(words, leave_out=[out] if out else [])


def results_of(sources: Sequence[Source], terms: Terms) -> Iterator[Result]:
    """The result of every file, as they are done; a file that cannot be read has one too."""
    from warmap_app.batch.engine import check_here
    from warmap_app.batch.run import progress

    with progress(len(sources), terms.lang) as watch:
        for _, outcome in check_here(sources, range(len(sources)), terms, check=judged):
            watch(outcome)
            yield outcome["result"]


def judged(source: Source, terms: Terms) -> Outcome:
    """One file as `warmap check` judges it, and whether it brings probabilities of its own."""
    from warmap_app.batch.one import failed, loaded_of
    from warmap_app.result import result_of

    try:
        loaded = loaded_of(source, terms)
        used = (terms.settings or default_settings()).stage_probability
        own = loaded.settings.stage_probability != used
        return {"result": {**result_of(loaded, terms.lang), OWN_ODDS: own}, "prints": None}
    except Exception as error:  # noqa: BLE001  whatever it is, the other files are still read
        return failed(source, terms, error)


class OwnDays:
    """The day each file itself says it is judged at, whatever day was asked for. Read only where it decides."""

    def __init__(self, sources: Sequence[Source], terms: Terms) -> None:
        self._sources = {source.name: source for source in sources}
        self._terms = replace(terms, as_of=None)

    def __call__(self, file: str) -> date | None:
        """None where the file says none."""
        from warmap_app.batch.one import loaded_of

        return loaded_of(self._sources[file], self._terms).map.deal.as_of
