"""The words of a command line as sources: files, folders, patterns, archives and URLs."""

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from warmap.text import Text
from warmap_app.batch.archives import archive_sources
from warmap_app.batch.sources import (
    LOCK,
    MOST_BYTES,
    NO_ANSWER,
    InArchive,
    OnDisk,
    Refused,
    Remote,
    Source,
    bad_url,
    is_archive,
    is_left_out,
    is_wanted,
    remote_store,
    shown_name,
)
from warmap_app.command import UserError
from warmap_app.load import CANNOT_OPEN, TOO_LARGE

URL = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # two letters at least: C:\ is a drive; a Path keeps one slash
NOTHING = Text("没有可检查的文件", "there is no file to check")
MISSING = Text("{word} 不存在", "{word} does not exist")
LEADS_OUT = (
    Text("这是指向文件夹之外的链接，没有跟随", "it is a link that leads out of the folder, and was not followed"),
    Text("提交文件本身，不要提交链接。", "Submit the file itself, not a link to it."),
)
MARKS = ("ETag", "etag", "md5Hash", "version_id", "mtime", "LastModified", "last_modified", "updated", "created")
"""What the stores call the figure that changes when a file does, the surest first."""


def is_url(word: object) -> bool:
    """Whether a word of the command line is a URL that is not of this computer's files."""
    return bool(URL.match(str(word)))


def sources_of(words: Sequence[str], leave_out: Iterable[Path] = ()) -> list[Source]:
    """Everything the words name, each file once, in the order of the words and of names. UserError.

    `leave_out` are files that must not be taken though they lie in a folder: what the run itself writes.
    """
    own = frozenset(map(_absolute, leave_out))
    found: dict[object, Source] = {}
    for word in words:
        for source in _sources(str(word), own):
            found.setdefault(_identity(source), source)
    if not found:
        raise UserError(NOTHING)
    return _told_apart(found.values())


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100  half the time of a Path's, for thousands of names


def _identity(source: Source) -> object:
    """The same for one file that was named in two ways."""
    place = source.place
    if isinstance(place, OnDisk):
        return _absolute(place.path)
    if isinstance(place, InArchive) and isinstance(place.archive, OnDisk):
        return _absolute(place.archive.path), place.header
    return (source.name, place) if isinstance(place, Refused) else place


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """Names made safe may have become alike; results are told apart by them."""
    seen: dict[str, int] = {}
    told = []
    for source in sources:
        seen[source.name] = count = seen.get(source.name, 0) + 1
        told.append(source if count == 1 else replace(source, name=f"{source.name} ({count})"))
    return told


def _sources(word: str, own: frozenset[str]) -> Iterator[Source]:
    if word.lower().startswith("file://"):
        # It brings ssl and http.client along: twice the start of Python, for a rare word
        from urllib.request import url2pathname

        word = url2pathname(urlsplit(word).path)
    elif "://" in word and is_url(word):
        yield from _url_sources(word)
        return
    path = Path(word)
    if word and path.is_dir():
        yield from _folder_sources(path, own)
    elif os.path.lexists(word):
        if not path.name.startswith(LOCK):
            yield from _file_sources(path)
    elif glob.has_magic(word):
        for match in sorted(glob.glob(word, recursive=True)):  # noqa: PTH207  a pattern may begin anywhere
            yield from _folder_sources(Path(match), own) if Path(match).is_dir() else _sources(match, own)
    else:
        raise UserError(MISSING.filled(word=word))


def _file_sources(path: Path) -> list[Source]:
    name = shown_name(path)
    try:
        found = path.stat()
        is_file = path.is_file()
    except OSError:
        return [Source(name, Refused(CANNOT_OPEN))]
    if not is_file:
        return [Source(name, Refused(CANNOT_OPEN))]
    mark = f"{found.st_size}:{found.st_mtime_ns}"
    place = OnDisk(str(path))
    return archive_sources(place, name, mark) if is_archive(path.name) else [Source(name, place, mark)]


def _folder_sources(folder: Path, leave_out: frozenset[str]) -> Iterator[Source]:
    """Every workbook, map and archive below a folder, in order of name; `leave_out` are absolute paths.

    Folders that are links are not entered; a file that is a link is taken when it stays inside the folder.
    """
    root = folder.resolve()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            is_outside = path.is_symlink() and not path.resolve().is_relative_to(root)
            yield from [Source(shown_name(path), Refused(LEADS_OUT))] if is_outside else _file_sources(path)
            continue
        try:
            with os.scandir(path) as entries:
                kept = sorted((e for e in entries if _is_taken(e, leave_out)), key=lambda e: e.name, reverse=True)
        except OSError:
            yield Source(shown_name(path), Refused(CANNOT_OPEN))
            continue
        waiting += [path / entry.name for entry in kept]


def _is_taken(entry: os.DirEntry[str], leave_out: frozenset[str]) -> bool:
    if is_left_out([entry.name]) or (leave_out and _absolute(entry.path) in leave_out):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    if not (is_wanted(entry.name) or is_archive(entry.name)):
        return False
    return entry.is_file(follow_symlinks=False) or (entry.is_symlink() and not entry.is_dir())


def _url_sources(url: str) -> Iterator[Source]:
    """The files a URL names: one, those below a folder, or those that fit a pattern; in order of name. UserError."""
    store, path = remote_store(url)
    is_pattern = glob.has_magic(path)
    try:
        if is_pattern:
            found = store.glob(path, detail=True)
        elif store.isdir(path):
            found = store.find(path, detail=True)
        else:
            found = {path: store.info(path)}
    except Exception as error:  # noqa: BLE001  every store has errors of its own
        raise bad_url(url, error) from None
    is_named = not is_pattern and path in found
    for name in sorted(found):
        info = found[name]
        if info.get("type", "file") != "file":
            continue
        inside = PurePosixPath(name.removeprefix(path))
        if is_named or ((is_wanted(name) or is_archive(name)) and not is_left_out(inside.parts)):
            yield from _remote_sources(store.unstrip_protocol(name), info)


def _remote_sources(url: str, info: dict[str, Any]) -> list[Source]:
    size = info.get("size")
    changed = next((info[key] for key in MARKS if info.get(key)), "")
    mark, name = f"{size}:{changed}", shown_name(url)
    if is_archive(url):
        return archive_sources(Remote(url), name, mark)
    if size is None or size > MOST_BYTES:
        return [Source(name, Refused(TOO_LARGE if size else NO_ANSWER), mark)]
    return [Source(name, Remote(url), mark)]
