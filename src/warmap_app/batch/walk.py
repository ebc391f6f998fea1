"""Folders and patterns of this computer, gone through by rules of our own: every entry gets an answer.

Links are not followed out of the folder that was named, and folders that are links are not entered at all, whether
the folder or a pattern named them (`glob` follows every link). An error belongs to the entry it was met at.
"""

import errno
import fnmatch
import glob
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from warmap.text import Text
from warmap_app.batch.sources import LOCK, OnDisk, Refused, Source, is_archive, is_wanted, shown_name
from warmap_app.opening import NO_FILE, NO_RIGHT, NotTaken, Why, cannot_open, id_of, no_file

LEADS_OUT = (
    Text("这是指向文件夹之外的链接，没有跟随", "it is a link that leads out of the folder, and was not followed"),
    Text("提交文件本身，不要提交链接。", "Submit the file itself, not a link to it."),
)
NO_RIGHT_TO_LIST = (
    Text("打不开这个文件夹（多半是没有权限）", "the folder cannot be opened (mostly for lack of permission)"),
    Text("请有权限的人放开，或给您一份副本。", "Ask whoever may read it to let you, or for a copy of it."),
)
LEADS_NOWHERE = (
    Text("这是哪里也到不了的链接", "it is a link that leads nowhere"),
    Text("提交文件本身，不要提交链接。", "Submit the file itself, not a link to it."),
)
LINKED_FOLDER = (
    Text("这是指向文件夹的链接，没有进入", "it is a link to a folder, and was not entered"),
    Text("要检查那个文件夹，就直接指名它。", "To check that folder, name it itself."),
)
SAME_FILE = (
    Text("和 {file} 是同一个文件", "it is the same file as {file}"),
    Text("不用做什么。", "Nothing needs to be done."),
)
LOCK_FILE = (
    Text("表格程序的锁定文件", "a spreadsheet program's lock file"),
    Text("有人正开着这份工作簿；请他保存并关闭。", "Somebody has the workbook open: let them save and close it."),
)
HIDDEN = (
    Text("隐藏的文件或文件夹", "a hidden file or folder"),
    Text("如果是要提交的，请改名，不要以点开头。", "If it is to be submitted, rename it so that no dot comes first."),
)
NO_REGULAR_FILE = (
    Text("不是普通文件（设备、管道或套接字）", "not a regular file (a device, a pipe or a socket)"),
    Text("提交文件本身。", "Submit the file itself."),
)
OTHER_KIND = (
    Text("不是工作簿、地图或 zip 压缩包", "not a workbook, a map or a zip archive"),
    Text("提交填好的工作簿（.xlsx、.xlsm）。", "Submit the filled-in workbook (.xlsx, .xlsm)."),
)
PLAIN_TABLE = (
    Text("纯文本的表格，不是工作簿", "a table in plain text, not a workbook"), OTHER_KIND[1],
)  # fmt: skip
PRINTED = (
    Text("打印稿或图片，里面的内容读不出来", "a printout or a picture, from which nothing can be read"), OTHER_KIND[1],
)  # fmt: skip
OTHER_ARCHIVE = (
    Text("这种压缩包打不开", "an archive of a kind that is not opened"),
    Text("先解开，或重新打成 zip。", "Unpack it, or pack it again as a zip archive."),
)
SHORTCUT = (
    Text("快捷方式，不是文件本身", "a shortcut, not the file itself"),
    Text("提交它指向的文件。", "Submit the file it points at."),
)
UNFINISHED = (
    Text("临时文件或没有传完的文件", "a temporary file, or one that was not copied to its end"),
    Text("等传完，或提交保存好的工作簿。", "Wait until it is complete, or submit the workbook as it was saved."),
)
OTHER_PROGRAM = (
    Text("Numbers 的表格", "a spreadsheet of Numbers"),
    Text("在 Numbers 里导出为 Excel（.xlsx）再提交。", "Export it from Numbers to Excel (.xlsx) and submit that."),
)
KINDS: dict[str, Why] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), PLAIN_TABLE),
    **dict.fromkeys((".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".heic", ".webp", ".tif", ".tiff"), PRINTED),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".lzh", ".cab"), OTHER_ARCHIVE),
    **dict.fromkeys((".lnk", ".url", ".webloc", ".desktop", ".gsheet", ".gdoc"), SHORTCUT),
    **dict.fromkeys((".tmp", ".temp", ".part", ".partial", ".crdownload", ".download"), UNFINISHED),
    ".numbers": OTHER_PROGRAM,
}  # fmt: skip
"""What is said of a file by the end of its name; of any other OTHER_KIND."""


Found: TypeAlias = Source | NotTaken
OfFile: TypeAlias = Callable[[Source], Iterable[Found]]
"""What comes of a file that is taken: itself, or the members of an archive."""


def why_not_taken(name: str) -> Why | None:
    """Why a file of this name (the last part of a path) in a folder or an archive is not taken; None where it is."""
    if name.startswith(LOCK):
        return LOCK_FILE
    if name.startswith(".") or name == "__MACOSX":
        return HIDDEN
    if is_wanted(name) or is_archive(name):
        return None
    return KINDS.get(PurePosixPath(name).suffix.lower(), OTHER_KIND)


def path_not_taken(parts: Sequence[str]) -> tuple[int, Why] | None:
    """The same for a path in an archive or a store: how many of its parts name what is not taken, and why."""
    for count, part in enumerate(parts[:-1], start=1):
        if part.startswith((LOCK, ".")) or part == "__MACOSX":
            return count, HIDDEN
    why = why_not_taken(parts[-1])
    return None if why is None else (len(parts), why)


def absolute(path: str | Path) -> str:
    """The path from the root, links and all."""
    return os.path.abspath(path)  # noqa: PTH100  half the time of a Path's, for thousands of names


def _shown(path: str) -> str:
    """A path as it is told: what lies in the current folder without `./`, and with one kind of slash on every system."""
    return shown_name(path.removeprefix(f".{os.sep}")).replace(os.sep, "/")


def named_file(path: str, of_file: OfFile) -> Iterable[Found]:
    """A file that the user named, whatever it is called, and links followed."""
    name = _shown(path)
    try:
        real = os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114  a name may be no text
        found = os.stat(real, follow_symlinks=False)  # noqa: PTH116
    except FileNotFoundError:
        return [Source(name, Refused(NO_FILE))]
    except OSError as error:
        return [Source(name, Refused(LEADS_NOWHERE if error.errno == errno.ELOOP else cannot_open(error)))]
    if (why := no_file(found.st_mode)) is not None:
        return [Source(name, Refused(why))]
    if not os.access(real, os.R_OK):
        return [Source(name, Refused(NO_RIGHT))]
    return of_file(Source(name, OnDisk(real, id_of(found)), f"{found.st_size}:{found.st_mtime_ns}"))


def folder_found(folder: str, leave_out: frozenset[str], of_file: OfFile) -> Iterator[Found]:
    """Every entry below a folder, in order of name; `leave_out` are absolute paths that are not spoken of."""
    root = os.path.realpath(folder)
    waiting: list[os.DirEntry[str] | str] = [str(Path(folder))]
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, str) and not _is_folder(entry):
            yield from _entry_found(entry, root, of_file)
            continue
        path = entry if isinstance(entry, str) else entry.path
        if not isinstance(entry, str) and entry.name.startswith((LOCK, ".")):
            yield NotTaken(_shown(path), HIDDEN)
            continue
        entries = _entries(path)
        if entries is None:
            yield Source(_shown(path), Refused(NO_RIGHT_TO_LIST))
            continue
        waiting += [one for one in reversed(entries) if not leave_out or absolute(one.path) not in leave_out]


def pattern_found(pattern: str, leave_out: frozenset[str], of_file: OfFile) -> Iterator[Found]:
    """Every file and folder that a pattern names, in order of name. What fits no part of the pattern is not spoken of."""
    parts = Path(pattern).parts
    first = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    base = str(Path(*parts[:first])) if first else ""
    root = os.path.realpath(base or ".")
    told: dict[str, os.DirEntry[str] | NotTaken | str] = {}
    for found in _fitting(base, parts[first:]):
        told.setdefault(found.path if isinstance(found, os.DirEntry) else getattr(found, "name", str(found)), found)
    for _, found in sorted(told.items()):
        if isinstance(found, NotTaken):
            yield found
        elif isinstance(found, str) or _is_folder(found):
            yield from folder_found(found if isinstance(found, str) else found.path, leave_out, of_file)
        elif found.name.startswith(LOCK):
            yield NotTaken(_shown(found.path), LOCK_FILE)
        elif absolute(found.path) not in leave_out:
            yield from _link_found(found, root, of_file) if found.is_symlink() else named_file(found.path, of_file)


def _fitting(folder: str, parts: Sequence[str]) -> Iterator[os.DirEntry[str] | NotTaken | str]:
    """The entries that fit the parts of a pattern, the folders below which all is wanted, and links that lead on."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        while rest and rest[0] == "**":
            rest = rest[1:]
        if not rest:
            yield folder or "."
            return
        for below in _folders(folder):
            yield from [below] if isinstance(below, NotTaken) else _fitting(below, rest)
        return
    fits = re.compile(fnmatch.translate(part)).match
    for entry in _entries(folder or ".") or ():
        if not fits(entry.name) or (entry.name.startswith(".") and not part.startswith(".")):
            continue
        path = os.path.join(folder, entry.name)  # noqa: PTH118
        if not rest:
            yield entry
        elif _is_folder(entry):
            yield from _fitting(path, rest)
        elif entry.is_symlink() and _leads_to_folder(path):
            yield NotTaken(_shown(path), LINKED_FOLDER)


def _folders(folder: str) -> Iterator[str | NotTaken]:
    """A folder and those below it, but for hidden ones and links."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        yield path
        for entry in _entries(path or ".") or ():
            below = os.path.join(path, entry.name)  # noqa: PTH118
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                waiting.append(below)
            elif entry.is_symlink() and _leads_to_folder(below):
                yield NotTaken(_shown(below), LINKED_FOLDER)


def _entries(folder: str) -> list[os.DirEntry[str]] | None:
    """The entries of a folder in order of name; None where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _leads_to_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  it is false for a link to itself, where Path.is_dir raises


def _entry_found(entry: os.DirEntry[str], root: str, of_file: OfFile) -> Iterable[Found]:
    """What comes of an entry of a folder that is no folder."""
    if entry.is_symlink():
        return _link_found(entry, root, of_file)
    name, why = _shown(entry.path), why_not_taken(entry.name)
    if why is not None:
        return [NotTaken(name, why)]
    try:
        found = os.stat(entry.path, follow_symlinks=False)  # noqa: PTH116
    except OSError as error:
        return [Source(name, Refused(cannot_open(error)))]
    if not stat.S_ISREG(found.st_mode):
        return [NotTaken(name, NO_REGULAR_FILE)]
    return of_file(Source(name, OnDisk(entry.path, id_of(found)), f"{found.st_size}:{found.st_mtime_ns}"))


def _link_found(entry: os.DirEntry[str], root: str, of_file: OfFile) -> Iterable[Found]:
    """What comes of a link: a workbook inside the folder is taken; one that cannot be had is somebody's submission."""
    name, why = _shown(entry.path), why_not_taken(entry.name)
    try:
        real = os.path.realpath(entry.path, strict=True)
        found = os.stat(real, follow_symlinks=False)  # noqa: PTH116
    except OSError:
        return [NotTaken(name, why) if why else Source(name, Refused(LEADS_NOWHERE))]
    if stat.S_ISDIR(found.st_mode):
        return [NotTaken(name, LINKED_FOLDER)]
    if why is not None:
        return [NotTaken(name, why)]
    if os.path.commonpath([root, real]) != root:
        return [Source(name, Refused(LEADS_OUT))]
    if not stat.S_ISREG(found.st_mode):
        return [NotTaken(name, NO_REGULAR_FILE)]
    return of_file(Source(name, OnDisk(real, id_of(found)), f"{found.st_size}:{found.st_mtime_ns}"))
