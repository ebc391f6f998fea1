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

MIB = 1024**2
MOST_BYTES = 20 * MIB
"""Size of one file: of a roster, of a member of an archive, unpacked, and of what is behind a URL, asked for first."""

Why: TypeAlias = tuple[Text, Text]
"""Why a file cannot be read, and what to do about it."""

NO_FILE = REASONS[Reason.not_found]
CANNOT_OPEN = (
    Text("文件打不开", "it cannot be opened"),
    Text("核对路径，关闭正在使用它的程序后再试。", "Check the path, close the program that uses it, and try again."),
)
NO_RIGHT = (
    Text("没有权限打开", "there is no permission to open it"),
    Text("请有权限的人放开，或给您一份副本。", "Ask whoever may read it to let you, or for a copy of it."),
)
NO_FILE_BUT_A_FOLDER = (
    Text("这是文件夹，不是文件", "it is a folder, not a file"),
    Text("给出其中的文件。", "Name a file in it."),
)
NO_FILE_BUT_A_PIPE = (
    Text("这是设备或管道，不是文件", "it is a device or a pipe, not a file"),
    Text("把内容存成文件再提交。", "Save what it holds as a file and submit that."),
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
        raise CannotRead(EXCHANGED if is_link else cannot_open(error)) from None
    found = os.fstat(number)
    why = EXCHANGED if listed not in {None, id_of(found)} else no_file(found.st_mode)
    if why is not None:
        os.close(number)
        raise CannotRead(why)
    return os.fdopen(number, "rb")


def file_bytes(path: str, most: int, listed: FileId | None = None) -> bytes:
    """The bytes of a regular file, up to one more than `most`. CannotRead."""
    with opened_file(path, listed) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise CannotRead(cannot_open(error)) from None


def cannot_open(error: Exception | None) -> Why:
    """Why the system does not open a file or a folder."""
    return NO_RIGHT if getattr(error, "errno", None) in {errno.EACCES, errno.EPERM} else CANNOT_OPEN


def no_file(mode: int) -> Why | None:
    """Why something with that mode is not read; None for a regular file."""
    if stat.S_ISREG(mode):
        return None
    return NO_FILE_BUT_A_FOLDER if stat.S_ISDIR(mode) else NO_FILE_BUT_A_PIPE
