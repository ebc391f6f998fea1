"""Files that have not changed are not read again: a store remembers the outcome of what was checked, by its content.

An outcome holds for the same bytes, kind of file, language, day of judging, settings, extent and program; the name may be another,
as in next week's folder. What is compared across files is not part of it, so that a copy that has come since is found.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Protocol

from warmap._version import TEMPLATE_VERSION, VERSION
from warmap.settings import stamp
from warmap_app.batch.across import hash_of
from warmap_app.batch.one import Outcome, Terms
from warmap_app.batch.run import Engine
from warmap_app.batch.seal import digest
from warmap_app.batch.sources import Source, bytes_of, is_remote
from warmap_app.batch.which_counts import renamed
from warmap_app.opening import CannotRead

ASKED_AT_ONCE = 200  # files


class Memory(Protocol):
    """What remembers outcomes by their keys."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, Outcome]:
        """The outcomes that are remembered under some of these keys."""


class Remembering:
    """An engine that asks a memory first and leaves to another what that does not know; `recalled` counts what it knew."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self._engine, self._memory = engine, memory
        self.recalled = 0

    def __call__(self, sources: Sequence[Source], todo: Sequence[int], terms: Terms) -> Iterator[tuple[int, Outcome]]:
        """As every engine: (place, outcome) of the sources at the places `todo`."""
        unknown: list[int] = []
        for start in range(0, len(todo), ASKED_AT_ONCE):
            keys = {place: _key_of(sources[place], terms) for place in todo[start : start + ASKED_AT_ONCE]}
            known = self._memory.recall([key for key in keys.values() if key is not None])
            for place, key in keys.items():
                outcome = known.get(key) if key is not None else None
                if outcome is None or not _is_past(outcome, terms):
                    unknown.append(place)
                    continue
                self.recalled += 1
                yield place, named(outcome, sources[place].name)
        yield from self._engine(sources, unknown, terms)


def to_remember(
    sources: Sequence[Source], outcomes: Iterable[tuple[int, Outcome]], terms: Terms
) -> Iterator[tuple[str, Outcome]]:
    """What is worth remembering of a batch, with its key: the outcomes of maps judged on a day that has come."""
    for place, outcome in outcomes:
        read = outcome.get("digest")
        if read is not None and "kept" in outcome and _is_past(outcome, terms):
            yield _key(read, sources[place].name, terms), outcome


def named(outcome: Outcome, file: str) -> Outcome:
    """The outcome of the same content under another name."""
    result, prints = outcome["result"], outcome["prints"]
    assert prints is not None
    standing = renamed(prints["standing"], file)
    findings = [{**finding, "file": file} for finding in result["findings"]]
    again: Outcome = {
        **outcome,
        "result": {**result, "file": file, "findings": findings},
        "prints": {**prints, "standing": standing},
    }
    if "kept" in outcome:
        again["kept"] = {**outcome["kept"], "standing": standing}
    return again


def packed(outcome: Outcome) -> bytes:
    """An outcome as it is remembered: without its map, which the store has."""
    bare: dict[str, Any] = {**outcome, "kept": {**outcome["kept"], "map": None}}
    return zlib.compress(json.dumps(bare, ensure_ascii=True, separators=(",", ":")).encode())


def unpacked(content: bytes, kept: dict[str, Any]) -> Outcome:
    """The outcome again, with its map."""
    outcome: Outcome = json.loads(zlib.decompress(content))
    outcome["kept"]["map"] = kept
    return outcome


def _key_of(source: Source, terms: Terms) -> str | None:
    """None for what must be fetched from afar, and for what cannot be read: the engine tells why."""
    if is_remote(source.place):
        return None
    try:
        return _key(digest(bytes_of(source.place)), source.name, terms)
    except (CannotRead, OSError):
        return None


def _key(read: str, name: str, terms: Terms) -> str:
    day = terms.as_of.isoformat() if terms.as_of else ""
    settings = stamp(terms.settings) if terms.settings else "own"
    kind = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    how = ("recalculate",) if terms.recalculate else ()
    return hash_of("outcome", read, kind, terms.lang, day, settings, VERSION, TEMPLATE_VERSION, *how)


def _is_past(outcome: Outcome, terms: Terms) -> bool:
    """Whether the map is not judged ahead of today: of one that is the check says so until that day has come (DV205)."""
    as_of = outcome["result"]["as_of"]
    return as_of is None or terms.today is None or as_of <= terms.today.isoformat()
