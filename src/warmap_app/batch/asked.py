"""The words of a command line as sources: files, folders, patterns, archives and URLs."""

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from warmap.text import Text
from warmap_app.apart import answer_of
from warmap_app.batch.archives import archive_sources
from warmap_app.batch.remote import LIST_SECONDS, listed
from warmap_app.batch.sources import (
    LOCK,
    NO_ANSWER,
    InArchive,
    OnDisk,
    Refused,
    Remote,
    Source,
    is_archive,
    is_in_memory,
    shown_name,
)
from warmap_app.batch.walk import (
    LOCK_FILE,
    NO_RIGHT_TO_LIST,
    SAME_FILE,
    Found,
    absolute,
    folder_found,
    named_file,
    path_not_taken,
    pattern_found,
)
from warmap_app.command import UserError
from warmap_app.load import TOO_LARGE
from warmap_app.opening import MOST_BYTES, NO_FILE_BUT_A_PIPE, NO_RIGHT, NotTaken

# Two letters at least: C:\ is a drive. A Path keeps one slash, on Windows a backslash; without any, what looks like a user and
# a password.
URL = re.compile(r"[a-z][a-z0-9+.-]+:(?:[/\\]|[^\s/:@]+:[^\s@]+@)", re.IGNORECASE)
NAMED = 5  # entries that a message names
NONE_TAKEN = Text(
    "没有可检查的文件；没有取用的有 {count} 个：{names}（第一个：{why}）",
    "there is no file to check; not taken: {count}: {names} (the first: {why})",
)
CLOSED = (NO_RIGHT, NO_RIGHT_TO_LIST, NO_FILE_BUT_A_PIPE)
ALL_CLOSED = Text("{name}：{why}。{remedy}", "{name}: {why}. {remedy}")
NOTHING = Text("没有可检查的文件", "there is no file to check")
ONE_SLASH = Text("{url} 不是完整的网址；应像 https://…", "{url} is not a whole URL; it should look like https://…")
MISSING = Text("{word} 不存在", "{word} does not exist")


def is_url(word: object) -> bool:
    """Whether a word of the command line is a URL that is not of this computer's files."""
    return bool(URL.match(str(word)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words of a command line come to: files to check, and what lies beside them and is not checked."""

    sources: list[Source]
    not_taken: list[NotTaken]


def asked_for(words: Sequence[str], leave_out: Iterable[Path] = ()) -> Asked:
    """Everything the words name, each file once, in the order of the words and of names. UserError.

    `leave_out` are files that must not be taken though they lie in a folder: what the run itself writes.
    """
    own = frozenset(map(absolute, leave_out))
    sources: dict[object, Source] = {}
    not_taken: dict[str, NotTaken] = {}
    for word in words:
        for found in _found(str(word), own):
            if isinstance(found, NotTaken):
                not_taken.setdefault(found.name, found)
                continue
            first = sources.setdefault(_identity(found), found)
            if _path(first) != _path(found):  # by a link, or by two names that a file has
                reason, remedy = SAME_FILE
                not_taken.setdefault(found.name, NotTaken(found.name, (reason.filled(file=first.name), remedy)))
    left = list(not_taken.values())
    if not sources and left:
        shown = ", ".join(one.name for one in left[:NAMED]) + (" …" if len(left) > NAMED else "")
        raise UserError(NONE_TAKEN.filled(count=len(left), names=shown, why=left[0].why[0]))
    if not sources:
        raise UserError(NOTHING)
    _refuse_closed(list(sources.values()))
    return Asked(_told_apart(sources.values()), left)


def _refuse_closed(sources: Sequence[Source]) -> None:
    """Nothing of what was named may be opened: that is for whoever named it, and no finding. UserError."""
    closed = [
        source.place.why for source in sources if isinstance(source.place, Refused) and source.place.why in CLOSED
    ]
    if len(closed) == len(sources):
        reason, remedy = closed[0]
        raise UserError(ALL_CLOSED.filled(name=sources[0].name, why=reason, remedy=remedy))


def _path(source: Source) -> str:
    """The name without the ways it may be spelt."""
    return source.name if "://" in source.name else os.path.normpath(absolute(source.name))


def _identity(source: Source) -> object:
    """The same for one file that was named in two ways."""
    place = source.place
    if isinstance(place, OnDisk):
        return place.listed or absolute(place.path)
    if isinstance(place, InArchive) and isinstance(place.archive, OnDisk):
        return place.archive.listed or absolute(place.archive.path), place.header
    return (_path(source), place) if isinstance(place, Refused) else place


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """Names made safe may have become alike; results are told apart by them."""
    seen: dict[str, int] = {}
    told = []
    for source in sources:
        seen[source.name] = count = seen.get(source.name, 0) + 1
        stem, ending = os.path.splitext(source.name)  # noqa: PTH122  a URL; the ending still tells what it is
        told.append(source if count == 1 else replace(source, name=f"{stem} ({count}){ending}"))
    return told


def _found(word: str, own: frozenset[str]) -> Iterator[Found]:
    if word.lower().startswith("file://"):
        # It brings ssl and http.client along: twice the start of Python, for a rare word
        from urllib.request import url2pathname

        word = url2pathname(urlsplit(word).path)
    elif "://" in word and is_url(word):
        yield from _url_sources(word)
        return
    if word and os.path.isdir(word):  # noqa: PTH112  where Path.is_dir raises, it is none
        yield from folder_found(word, own, _opened_up)
    elif os.path.lexists(word):
        is_lock = Path(word).name.startswith(LOCK)
        yield from [NotTaken(shown_name(word), LOCK_FILE)] if is_lock else named_file(word, _opened_up)
    elif glob.has_magic(word):
        yield from pattern_found(word, own, _opened_up)
    elif is_url(word):
        raise UserError(ONE_SLASH.filled(url=shown_name(word)))
    else:
        raise UserError(MISSING.filled(word=word))


def _opened_up(source: Source) -> list[Found]:
    """A file, or the members of an archive."""
    if isinstance(source.place, OnDisk) and is_archive(source.place.path):
        return archive_sources(source.place, source.name, source.mark)
    return [source]


def _url_sources(url: str) -> Iterator[Found]:
    """The files a URL names: one, those below a folder, or those that fit a pattern; in order of name. UserError."""
    told = listed(url)
    for name, address, size, changed in told["files"]:
        inside = PurePosixPath(name.removeprefix(told["path"]))
        left = None if told["is_named"] or not inside.parts else path_not_taken(inside.parts)
        if left is None:
            yield from _remote_sources(address, size, changed)
        else:
            cut = len(inside.parts) - left[0]
            yield NotTaken(shown_name(address.rsplit("/", cut)[0] if cut else address), left[1])


def _remote_sources(url: str, size: int | None, changed: str) -> Iterable[Found]:
    mark, name = f"{size}:{changed}", shown_name(url)
    place = Remote(url)
    if is_archive(name):
        if is_in_memory(place):
            return archive_sources(place, name, mark)
        try:
            told = answer_of(partial(_archive_told, url, name, mark), name, seconds=LIST_SECONDS)
        except UserError as error:
            return [Source(name, Refused((error.words, NO_ANSWER[1])), mark)]
        return [_from_told(one, place) for one in told]
    if size is None or size > MOST_BYTES:
        return [Source(name, Refused(TOO_LARGE if size else NO_ANSWER), mark)]
    return [Source(name, place, mark)]


def _archive_told(url: str, name: str, mark: str) -> list[dict[str, Any]]:
    """The members of an archive behind a URL as data, for they are listed in a process of its own."""
    told: list[dict[str, Any]] = []
    for one in archive_sources(Remote(url), name, mark):
        if isinstance(one, NotTaken):
            told.append({"name": one.name, "why": [[text.zh, text.en] for text in one.why]})
        elif isinstance(one.place, Refused):
            why = [[text.zh, text.en] for text in one.place.why]
            told.append({"name": one.name, "refused": why, "mark": one.mark})
        elif isinstance(one.place, InArchive):
            at = one.place
            told.append({"name": one.name, "mark": one.mark, "at": [at.header, at.packed, at.size, at.method, at.crc]})
    return told


def _from_told(told: dict[str, Any], archive: Remote) -> Found:
    name = str(told["name"])
    if "at" in told:
        return Source(name, InArchive(archive, *map(int, told["at"])), str(told["mark"]))
    reason, remedy = (Text(*words) for words in told.get("why") or told["refused"])
    return NotTaken(name, (reason, remedy)) if "why" in told else Source(name, Refused((reason, remedy)), told["mark"])
