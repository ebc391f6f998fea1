"""One source to what is known of it: never an exception, whatever the file is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, NotRequired, TypeAlias, TypedDict

from warmap.reading import Reading
from warmap.settings import Settings
from warmap.text import Lang, Text
from warmap_app.batch.limits import MOST_REMOTE_BYTES
from warmap_app.batch.sources import CannotRead, Held, InArchive, OnDisk, Place, Refused, Remote, Source
from warmap_app.documents import Why
from warmap_app.result import Result

MOST_SHOWN = 200
SPLIT = Text("请把内容复制到新模板再提交。", "Copy the entries into a new template and submit that.")
TOO_MUCH_MEMORY = (Text("读它需要的内存太多", "it needed too much memory"), SPLIT)


class Terms(NamedTuple):
    """By what all files of a batch are judged: the day and the settings, where given, and the language of the words.

    `keep`: a store is to have the maps, so every outcome brings its own.
    """

    lang: Lang
    as_of: date | None = None
    settings: Settings | None = None
    keep: bool = False


class Kept(TypedDict):
    """What a store keeps beside the result: the whole map as plain data, and the fingerprint of what people entered."""

    map: dict[str, Any]
    content: str


class Outcome(TypedDict):
    """What comes back of one file: its result, and of a map what is compared with the other files (see `prints_of`).

    `kept` is there when a store is to have the maps, and only of a file that holds one.
    """

    result: Result
    prints: dict[str, Any] | None
    kept: NotRequired[Kept]


Check: TypeAlias = "Callable[[Source, Terms], Outcome]"
"""How one file is checked: `check_one`; tests put another in its place to see what a reader that hangs or dies does."""


def check_one(source: Source, terms: Terms) -> Outcome:
    """Read, check and judge one file. A mistake of ours is the finding DV901, and the batch goes on."""
    from warmap_app.batch.prints import prints_of
    from warmap_app.result import result_of

    try:
        loaded = loaded_of(source, terms)
        outcome: Outcome = {"result": result_of(loaded, terms.lang), "prints": None}
        if loaded.is_map:
            outcome["prints"] = prints_of(loaded)
            if terms.keep:
                outcome["kept"] = _kept(loaded)
    except Exception as error:  # noqa: BLE001  whatever it is, the other files are still checked
        return failed(source, terms, error)
    return outcome


def _kept(loaded: Reading) -> Kept:
    from warmap.history import kept

    document, content = kept(loaded.map)
    return {"map": document, "content": content}


def failed(source: Source, terms: Terms, error: BaseException) -> Outcome:
    """The outcome of a file at which the check itself failed: DV901, or DV002 when it was for want of memory."""
    from warmap.findings import Finding
    from warmap.reading import nothing_read
    from warmap_app.result import result_of

    if isinstance(error, MemoryError):
        return refused(source, terms, TOO_MUCH_MEMORY)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:MOST_SHOWN]
    loaded = nothing_read([Finding("DV901", facts={"what": what})], file=source.name)
    return {"result": result_of(loaded, terms.lang), "prints": None}


def refused(source: Source, terms: Terms, why: Why, **facts: str) -> Outcome:
    """The outcome of a file that was not read: DV002 with the reason."""
    from warmap_app.load import unreadable
    from warmap_app.result import result_of

    return {"result": result_of(unreadable(source.name, why, facts), terms.lang), "prints": None}


def loaded_of(source: Source, terms: Terms) -> Reading:
    """The file as it could be read, under its shown name."""
    from warmap_app.load import load, load_bytes, unreadable

    if isinstance(source.place, OnDisk):
        loaded = load(Path(source.place.path), terms.as_of, terms.settings)
        loaded.file = source.name
        return loaded
    try:
        return load_bytes(source.name, bytes_of(source.place), terms.as_of, terms.settings)
    except CannotRead as error:
        return unreadable(source.name, error.why)


def held(source: Source, wanted: Callable[[Place], bool]) -> Source:
    """The source with its bytes, or why they cannot be had, when its place is of the wanted kind; else as it is."""
    from warmap_app.load import CANNOT_OPEN

    if not wanted(source.place):
        return source
    try:
        return source._replace(place=Held(bytes_of(source.place)))
    except CannotRead as error:
        return source._replace(place=Refused(error.why))
    except OSError:
        return source._replace(place=Refused(CANNOT_OPEN))


def is_remote(place: Place) -> bool:
    """Behind a URL, as such or in an archive."""
    return isinstance(place.archive if isinstance(place, InArchive) else place, Remote)


def is_ours(place: Place) -> bool:
    """On this computer, as such or in an archive: another computer may not see it."""
    return isinstance(place.archive if isinstance(place, InArchive) else place, OnDisk) or is_ours_alone(place)


def is_ours_alone(place: Place) -> bool:
    """In this process: no other can read it."""
    store = place.archive if isinstance(place, InArchive) else place
    return isinstance(store, Remote) and store.url.startswith("memory:")


def bytes_of(place: Place) -> bytes:
    """The bytes of a file, wherever it is. CannotRead; OSError for a file of this computer."""
    if isinstance(place, Held):
        return place.data
    if isinstance(place, InArchive):
        from warmap_app.batch.archives import member_bytes

        return member_bytes(place)
    if isinstance(place, Remote):
        from warmap_app.batch.remote import url_bytes

        return url_bytes(place.url)
    if isinstance(place, Refused):
        raise CannotRead(place.why)
    with open(place.path, "rb") as file:  # noqa: PTH123  a string
        return file.read(MOST_REMOTE_BYTES + 1)
