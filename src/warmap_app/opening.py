"""A file of somebody else's, opened for reading: only a regular file, and only the one that was listed.

Between listing a folder and reading from it time passes, in which whoever can write there may put a link in a file's
place. So what was listed carries the file's identity, and it is compared on what is open, not on the name.
"""

import errno
import os
import stat
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, TypeAlias

from warmap.text import Text
from warmap_workbook.ooxml import Reason
from warmap_workbook.reading.refusals import REASONS

Why: TypeAlias = tuple[Text, Text]
"""Why a file cannot be read, and what to do about it."""

NO_FILE = REASONS[Reason.not_found]
CANNOT_OPEN = (
    Text("文件打不开（可能是文件夹、被占用或无权限）", "it cannot be opened (a folder, in use, or no permission)"),
    Text("核对路径，关闭正在使用它的程序后再试。", "Check the path, close the program that uses it, and try again."),
)
EXCHANGED = (
    Text("列出之后、读取之前，文件被换掉了", "it was exchanged for another file after it had been listed"),
    Text("等它不再变动后再检查一次。", "Check it again when nobody is changing it."),
)
READ_ONLY = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NOT_WAITING = getattr(os, "O_NONBLOCK", 0)  # a pipe would be waited for until somebody writes into it
NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class FileId(NamedTuple):
    """What makes a file the same whatever it is called: its device and its number there."""

    device: int
    number: int


class CannotRead(Exception):
    """The bytes cannot be had; `why` is the reason and the remedy."""

    def __init__(self, why: Why) -> None:
        super().__init__(why[0].en)
        self.why = why


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An entry of a folder or an archive that is not checked: its shown name, the reason and the remedy."""

    name: str
    why: Why


def id_of(found: os.stat_result) -> FileId:
    """The identity of a file by what the system says of it."""
    return FileId(found.st_dev, found.st_ino)


def opened_file(path: str, listed: FileId | None = None) -> BinaryIO:
    """A regular file, open for reading; with `listed` only that one, and no link to it. CannotRead."""
    try:
        number = os.open(path, READ_ONLY | NOT_WAITING | (NO_LINK if listed else 0))
    except FileNotFoundError:
        raise CannotRead(NO_FILE) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        is_link = listed is not None and getattr(error, "errno", None) in {errno.ELOOP, errno.EMLINK}
        raise CannotRead(EXCHANGED if is_link else CANNOT_OPEN) from None
    found = os.fstat(number)
    why = EXCHANGED if listed not in {None, id_of(found)} else None if stat.S_ISREG(found.st_mode) else CANNOT_OPEN
    if why is not None:
        os.close(number)
        raise CannotRead(why)
    return os.fdopen(number, "rb")


def file_bytes(path: str, most: int, listed: FileId | None = None) -> bytes:
    """The bytes of a regular file, up to one more than `most`. CannotRead."""
    with opened_file(path, listed) as file:
        try:
            return file.read(most + 1)
        except OSError:
            raise CannotRead(CANNOT_OPEN) from None
