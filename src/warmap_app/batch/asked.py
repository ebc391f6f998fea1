"""The words of a command line as sources: files, folders, patterns, archives and URLs."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from warmap.text import Text
from warmap_app.batch.sources import LOCK, InArchive, OnDisk, Refused, Source, file_sources, folder_sources
from warmap_app.command import UserError

URL = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # two letters at least: C:\ is a drive; a Path keeps one slash
NOTHING = Text("没有可检查的文件", "there is no file to check")


def is_url(word: object) -> bool:
    """Whether a word of the command line is a URL that is not of this computer's files."""
    return bool(URL.match(str(word)))


def sources_of(words: Sequence[str], leave_out: Iterable[Path] = ()) -> list[Source]:
    """Everything the words name, each file once, in the order of the words and of names. UserError.

    `leave_out` are files that must not be taken though they lie in a folder: what the run itself writes.
    """
    own = frozenset(os.path.abspath(path) for path in leave_out)  # noqa: PTH100  of strings
    found: dict[object, Source] = {}
    for word in words:
        for source in _sources(str(word), own):
            found.setdefault(_identity(source), source)
    if not found:
        raise UserError(NOTHING)
    return _told_apart(found.values())


def _identity(source: Source) -> object:
    """The same for one file that was named in two ways."""
    place = source.place
    if isinstance(place, OnDisk):
        return os.path.abspath(place.path)  # noqa: PTH100  of strings
    if isinstance(place, InArchive) and isinstance(place.archive, OnDisk):
        return os.path.abspath(place.archive.path), place.header  # noqa: PTH100  of strings
    return (source.name, place) if isinstance(place, Refused) else place


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """Names made safe may have become alike; results are told apart by them."""
    seen: dict[str, int] = {}
    told = []
    for source in sources:
        seen[source.name] = count = seen.get(source.name, 0) + 1
        told.append(source if count == 1 else source._replace(name=f"{source.name} ({count})"))
    return told


def _sources(word: str, own: frozenset[str]) -> Iterator[Source]:
    if word.lower().startswith("file://"):
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        word = url2pathname(urlsplit(word).path)
    elif "://" in word and is_url(word):
        from warmap_app.batch.remote import url_sources

        yield from url_sources(word)
        return
    path = Path(word)
    if word and path.is_dir():
        yield from folder_sources(path, own)
    elif os.path.lexists(word):
        if not path.name.startswith(LOCK):
            yield from file_sources(path)
    elif glob.has_magic(word):
        for match in sorted(glob.glob(word, recursive=True)):  # noqa: PTH207  a pattern may begin anywhere
            yield from folder_sources(Path(match), own) if Path(match).is_dir() else _sources(match, own)
    else:
        raise UserError(Text(f"{word} 不存在", f"{word} does not exist"))
