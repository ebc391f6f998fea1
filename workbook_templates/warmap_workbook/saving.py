"""The one door through which files are written: whole or not at all, and only where nothing is harmed by it.

The content is written under another name beside the file, brought to the disk, and then takes the file's place in one
step; a full disk or a power cut leaves the old file as it was. Only what is absent or a regular file is written to:
a device, a pipe or a link in its place would be replaced or written through. What a run reads it never writes over,
under whatever name: `inputs` are those files' device and number.
"""

import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeAlias

from warmap.text import InWords, Text

FileIds: TypeAlias = Collection[tuple[int, int]]
"""Files by device and number, whatever they are called."""

IS_FOLDER = Text("{path} 是文件夹；-o 应给出文件名", "{path} is a folder; -o should name a file")
IS_LINK = Text(
    "{path} 是链接，不往里写；请直接给出文件", "{path} is a link, and is not written through; name the file itself"
)
IS_NO_FILE = Text(
    "{path} 不是普通文件（设备、管道或套接字）；换一个文件名",
    "{path} is not a regular file (a device, a pipe or a socket); name another",
)
IS_INPUT = Text(
    "{path} 是这次要读的文件，不能写成结果；换一个文件名",
    "{path} is one of the files to be read, and is never written over; name another",
)
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists; add --force to overwrite it")
CANNOT_WRITE = Text("写不了 {path}：{why}", "cannot write {path}: {why}")
FULL = Text("磁盘已满，请腾出空间", "the disk is full; make room on it")
NO_RIGHT = Text("没有权限", "you have no permission")
NO_FOLDER = Text("路径中间有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
IN_USE = Text("正被占用；关闭使用它的程序", "it is in use; close the program that uses it")
SAID: Mapping[int, Text] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM), NO_RIGHT),
    errno.ENOENT: Text("不存在", "it does not exist"),
    errno.EISDIR: Text("这是文件夹", "it is a folder"),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), NO_FOLDER),
    errno.EROFS: Text("这个磁盘只能读", "this disk is read-only"),
    errno.ENAMETOOLONG: Text("名字太长", "the name is too long"),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), IN_USE),
    errno.ELOOP: Text("路径上有指向自己的链接", "a link in the path leads to itself"),
    errno.EIO: Text("磁盘出错", "the disk failed"),
}
"""What the system says, in our words."""
SHARING = frozenset({32, 33})  # Windows: another program has the file open, or a part of it locked
WHILE_WRITING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What may happen at any byte; any other error while the content is made is not the file's."""


class CannotWrite(InWords):
    """The file is not written; `words` say why."""


def in_full(words: Text, **facts: object) -> Text:
    """The words with a path or a reason in full: it would lose its point when cut like a quote."""
    zh, en = (
        {name: fact.to(lang) if isinstance(fact, Text) else fact for name, fact in facts.items()}
        for lang in ("zh", "en")
    )
    return Text(words.zh.format(**zh), words.en.format(**en))


def said_by_system(error: OSError) -> Text:
    """Why the system refuses a file, in both languages; in its own words where it says something rare."""
    if getattr(error, "winerror", None) in SHARING:
        return IN_USE
    own = error.strerror or str(error)
    return SAID.get(error.errno or 0, Text(own, own))


def why_not(path: object, error: OSError) -> Text:
    """Why the system does not write a file, in one line."""
    return in_full(CANNOT_WRITE, path=path, why=said_by_system(error))


def ids_of(paths: Iterable[Path | None]) -> FileIds:
    """The identities of files that are there."""
    found: set[tuple[int, int]] = set()
    for path in filter(None, paths):
        with suppress(OSError, ValueError):
            status = path.stat()
            found.add((status.st_dev, status.st_ino))
    return found


def refuse(path: Path, *, force: bool, inputs: FileIds = ()) -> os.stat_result | None:
    """Refuse a place that is not to be written to; else what is there now, if anything. CannotWrite."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise CannotWrite(in_full(CANNOT_WRITE, path=path, why=error)) from None
    except OSError as error:
        raise CannotWrite(why_not(path, error)) from None
    for is_it, words in (
        (stat.S_ISLNK(found.st_mode), IS_LINK),
        (stat.S_ISDIR(found.st_mode), IS_FOLDER),
        (not stat.S_ISREG(found.st_mode), IS_NO_FILE),
        ((found.st_dev, found.st_ino) in inputs, IS_INPUT),
        (not force, EXISTS),
    ):
        if is_it:
            raise CannotWrite(in_full(words, path=path))
    return found


@contextmanager
def whole_file(path: Path, *, force: bool, inputs: FileIds = ()) -> Iterator[BinaryIO]:
    """What is written takes the file's place when all of it is on the disk. CannotWrite."""
    old = refuse(path, force=force, inputs=inputs)
    beside = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        raise CannotWrite(why_not(path, error)) from None
    try:
        with os.fdopen(number, "w+b") as file:
            yield file
            _to_disk(file, path)
        refuse(path, force=force, inputs=inputs)
        _take_place(beside, path, old)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.errno in WHILE_WRITING:
            raise CannotWrite(why_not(path, error)) from None
        raise


def save(path: Path, content: bytes, *, force: bool = True, inputs: FileIds = ()) -> None:
    """Write bytes as a file. CannotWrite."""
    with whole_file(path, force=force, inputs=inputs) as file:
        file.write(content)


def _to_disk(file: BinaryIO, path: Path) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that cannot
            raise CannotWrite(why_not(path, error)) from None


def _take_place(beside: Path, path: Path, old: os.stat_result | None) -> None:
    """The new file in the old one's place, with its rights."""
    try:
        if old is not None:
            beside.chmod(stat.S_IMODE(old.st_mode))
        beside.replace(path)
    except OSError as error:
        raise CannotWrite(why_not(path, error)) from None
    if os.name == "posix":
        with suppress(OSError):  # the name too is to survive a power cut; not every file system can say so
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
