"""What is to be checked: a shown name, and how to get the bytes where the check is made.

A source is small and can be sent to another process; nothing of a file is read before that, but its size.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias

from warmap.text import Text
from warmap_app.documents import Why
from warmap_app.load import CANNOT_OPEN, DOCUMENTS, WORKBOOKS
from warmap_app.safe_text import UNSHOWABLE

WANTED = WORKBOOKS | DOCUMENTS | {".xltx", ".xltm", ".xlam", ".xls", ".xlt", ".xla", ".xlsb", ".ods", ".ots", ".et"}
ARCHIVE = ".zip"
LOCK = "~$"
UNSAFE = re.compile(rf"{UNSHOWABLE.pattern}|[\t\n]")
"""What a name may not carry to a terminal or a file: what text may not, and no line break either."""

LEADS_OUT = (
    Text("这是指向文件夹之外的链接，没有跟随", "it is a link that leads out of the folder, and was not followed"),
    Text("提交文件本身，不要提交链接。", "Submit the file itself, not a link to it."),
)


class OnDisk(NamedTuple):
    """A file of this computer."""

    path: str


class Remote(NamedTuple):
    """A file behind a URL."""

    url: str


class InArchive(NamedTuple):
    """A member of a zip archive: where its header stands, its sizes in bytes, its method and its sum."""

    archive: OnDisk | Remote
    header: int
    packed: int
    size: int
    method: int
    crc: int


class Held(NamedTuple):
    """Bytes that are already here."""

    data: bytes


class Refused(NamedTuple):
    """What cannot be opened, and why."""

    why: Why


Place: TypeAlias = OnDisk | Remote | InArchive | Held | Refused


class Source(NamedTuple):
    """One file to check: its name as shown, where it is, and a mark that changes when the file does."""

    name: str
    place: Place
    mark: str = ""


class CannotRead(Exception):
    """The bytes cannot be had; `why` is the reason and the remedy."""

    def __init__(self, why: Why) -> None:
        super().__init__(why[0].en)
        self.why = why


def shown_name(name: object) -> str:
    """A name that may stand in a terminal and in any file."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", str(name))


def is_left_out(parts: Iterable[str]) -> bool:
    """Lock files of a spreadsheet program, dot files, and what macOS adds to archives."""
    return any(part.startswith((LOCK, ".")) or part == "__MACOSX" for part in parts)


def is_wanted(name: str) -> bool:
    """Whether a name in a folder or an archive is that of a workbook, a map or something that wanted to be one."""
    return PurePosixPath(name).suffix.lower() in WANTED


def is_archive(name: str) -> bool:
    """Whether a name is that of a zip archive."""
    return name.lower().endswith(ARCHIVE)


def file_sources(path: Path, name: str | None = None) -> list[Source]:
    """A file of this computer as one source, or the members of an archive as many."""
    name = shown_name(path) if name is None else name
    try:
        found = path.stat()
        is_file = path.is_file()
    except OSError:
        return [Source(name, Refused(CANNOT_OPEN))]
    if not is_file:
        return [Source(name, Refused(CANNOT_OPEN))]
    mark = f"{found.st_size}:{found.st_mtime_ns}"
    if is_archive(path.name):
        from warmap_app.batch.archives import archive_sources

        return archive_sources(OnDisk(str(path)), name, mark)
    return [Source(name, OnDisk(str(path)), mark)]


def folder_sources(folder: Path, leave_out: frozenset[str] = frozenset()) -> list[Source]:
    """Every workbook, map and archive below a folder, in order of name; `leave_out` are absolute paths.

    Folders that are links are not entered; a file that is a link is taken when it stays inside the folder.
    """
    root = folder.resolve()
    found: list[Source] = []
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            found += _inside(path, root)
            continue
        try:
            with os.scandir(path) as entries:
                kept = sorted((e for e in entries if _is_taken(e, leave_out)), key=lambda e: e.name, reverse=True)
        except OSError:
            found.append(Source(shown_name(path), Refused(CANNOT_OPEN)))
            continue
        waiting += [path / entry.name for entry in kept]
    return found


def _is_taken(entry: os.DirEntry[str], leave_out: frozenset[str]) -> bool:
    if is_left_out([entry.name]) or (leave_out and os.path.abspath(entry.path) in leave_out):  # noqa: PTH100  of strings
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    if not (is_wanted(entry.name) or is_archive(entry.name)):
        return False
    return entry.is_file(follow_symlinks=False) or (entry.is_symlink() and not entry.is_dir())


def _inside(path: Path, root: Path) -> list[Source]:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return [Source(shown_name(path), Refused(LEADS_OUT))]
    return file_sources(path)
