"""What every command of `warmap` is made of, how it ends, and the one error a user may cause."""

import argparse
import errno
from collections.abc import Callable, Mapping
from typing import NamedTuple

from warmap.text import Lang, Text

PASSED, FAILED, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130  # 130 is what shells say of a program that Ctrl-C ended


class UserError(Exception):
    """A mistake of the user: one line that says what to do; the exit code is USAGE_ERROR."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


_FULL = Text("磁盘已满，请腾出空间", "the disk is full; make room on it")
_NO_RIGHT = Text("没有权限", "you have no permission")
_SAID: Mapping[int, Text] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.ENOENT: Text("不存在", "it does not exist"),
    errno.EISDIR: Text("这是文件夹", "it is a folder"),
    errno.ENOTDIR: Text("路径中间有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EEXIST: Text("路径中间有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EROFS: Text("这个磁盘只能读", "this disk is read-only"),
    errno.ENAMETOOLONG: Text("名字太长", "the name is too long"),
    errno.EBUSY: Text("正被占用；关闭使用它的程序", "it is in use; close the program that uses it"),
    errno.EIO: Text("磁盘出错", "the disk failed"),
}


def said_by_system(error: OSError) -> Text:
    """Why the system refuses a file, in both languages; in its own words where it says something rare."""
    own = error.strerror or str(error)
    return _SAID.get(error.errno or 0, Text(own, own))


class Command(NamedTuple):
    """A command: an example of its use, what declares its arguments, and what runs it and returns the exit code.

    Not a dataclass, because `warmap --version` would then pay for importing `dataclasses`, a third of its time.
    """

    example: str
    add_arguments: Callable[[argparse.ArgumentParser, Lang], None]
    run: Callable[[argparse.Namespace, Lang], int]
