"""What every command of `warmap` is made of, how it ends, and the one error a user may cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from warmap.text import InWords, Lang, Text

if TYPE_CHECKING:
    import argparse  # takes as long as all of `warmap --version`

PASSED, FAILED, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130  # 130 is what shells say of a program that Ctrl-C ended
WROTE = Text("已写入 {path}", "wrote {path}")
"""What a command says of each file that it leaves."""
NEEDS = Text(
    '{what}需要 {library}：pip install "warmap[{extra}]"', '{what} needs {library}: pip install "warmap[{extra}]"'
)
"""What is said where a library of an extra is missing."""


class UserError(InWords):
    """A mistake of the user: one line that says what to do; the exit code is USAGE_ERROR."""


class Command(NamedTuple):
    """A command: an example of its use, what declares its arguments, and what runs it and returns the exit code.

    Not a dataclass, because `warmap --version` would then pay for importing `dataclasses`, a third of its time.
    """

    example: str
    add_arguments: Callable[[argparse.ArgumentParser, Lang], None]
    run: Callable[[argparse.Namespace, Lang], int]
