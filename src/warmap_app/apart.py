"""The one door for reading what is foreign outside of a batch: in a process of its own, within time and memory.

What comes back is data: numbers, text and bytes in JSON, never a pickle. A command that reads somebody's file runs there
as a whole; what it prints and the files it makes come back and are printed and written here. (A batch has a pool of
such processes, `batch/engine.py`.)
"""

import base64
import io
import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warmap.text import InWords, Lang, Text
from warmap_app.child import OUT_OF_MEMORY, Child, End, may_fork
from warmap_app.command import WROTE, UserError
from warmap_app.safe_text import one_line
from warmap_workbook.saving import refuse, save

SECONDS = 20.0  # for one foreign file
MEMORY_BYTES = 1024**3  # on top of what is mapped already
MOST_ANSWERED = 256 * 1024**2  # bytes

TOOK_TOO_LONG = Text("{what}：读它用了超过 {seconds} 秒", "{what}: reading it took longer than {seconds} s")
TOO_MUCH_MEMORY = Text("{what}：读它需要的内存太多", "{what}: reading it needed too much memory")
ENDED = Text("{what}：读它的进程意外结束", "{what}: the process that read it ended unexpectedly")
TOO_MUCH_SAID = Text("{what}：结果太大", "{what}: what comes of it is too large")


class Broken(Exception):
    """A mistake of ours in the other process; the words are its own."""


def answer_of(work: Callable[[], Any], what: object, *, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> Any:
    """What the work gives, done in a process of its own: JSON, in which bytes may stand. UserError, Broken.

    `what` is what a message calls it. Where a process cannot be forked the work must travel: functions of modules.
    """
    child = Child(_tell, (work,), memory, fork=may_fork())
    said, refusal = b"", None
    try:
        if child.line.poll(seconds + child.seconds_to_start):
            said = child.line.recv_bytes(MOST_ANSWERED)
        else:
            refusal = TOOK_TOO_LONG
    except (EOFError, ConnectionError):
        refusal = ENDED
    except OSError:
        refusal = TOO_MUCH_SAID
    finally:
        code = child.end()
    if refusal is not None:
        words = TOO_MUCH_MEMORY if code == OUT_OF_MEMORY else refusal
        raise UserError(words.filled(what=what, seconds=f"{seconds:g}"))
    return _opened(json.loads(said))


def _opened(told: dict[str, Any]) -> Any:
    """The answer, or the error that it tells of."""
    if "refused" in told:
        raise UserError(Text(*told["refused"]))
    if "broken" in told:
        if os.environ.get("WARMAP_DEBUG"):
            print(told["trace"], file=sys.stderr)
        raise Broken(told["broken"])
    return _with_bytes(told["given"])


def _tell(line: End, work: Callable[[], Any]) -> None:
    try:
        told: dict[str, Any] = {"given": _without_bytes(work())}
    except InWords as error:
        told = {"refused": [error.words.zh, error.words.en]}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  told where the command was given
        told = {"broken": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    line.send_bytes(json.dumps(told).encode())


BYTES = "bytes in base64"


def _without_bytes(value: Any) -> Any:
    if isinstance(value, bytes):
        return {BYTES: base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: _without_bytes(one) for name, one in value.items()}
    return [_without_bytes(one) for one in value] if isinstance(value, list | tuple) else value


def _with_bytes(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {BYTES}:
            return base64.b64decode(value[BYTES])
        return {name: _with_bytes(one) for name, one in value.items()}
    return [_with_bytes(one) for one in value] if isinstance(value, list) else value


# -- a command as a whole ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Desk:
    """The files that a command makes in a process of its own, until they are written where it was given."""

    files: list[dict[str, Any]] = field(default_factory=list)
    is_open: bool = False

    def put(self, path: Path, content: bytes, *, force: bool, inputs: Any) -> None:
        """A file to write; what speaks against it is told at once. CannotWrite."""
        refuse(path, force=force, inputs=inputs)
        if self.is_open:
            self.files.append({"path": str(path), "content": content, "force": force, "inputs": sorted(inputs)})
        else:
            save(path, content, force=force, inputs=inputs)


DESK = Desk()


class _Heard(io.StringIO):
    """What is printed, kept; otherwise the stream that it stands for."""

    def __init__(self, stream: Any) -> None:
        super().__init__(newline="")
        self._stream = stream

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    def fileno(self) -> int:
        return int(self._stream.fileno())


@dataclass(frozen=True, slots=True)
class Apart:
    """A command that reads foreign files, named by these options: run in a process of its own where one is given.

    `is_wanted` is asked, after what the command says was printed, whether the files that it makes are to be written.
    """

    run: Callable[[Namespace, Lang], int]
    files: tuple[str, ...] = ("file",)
    seconds: float = SECONDS
    is_wanted: Callable[[Namespace, Lang], bool] | None = None

    def __call__(self, options: Namespace, lang: Lang) -> int:
        """The command's exit code; what it prints is printed, what it makes is written. UserError, CannotWrite."""
        named = [one for one in (getattr(options, name) for name in self.files) if one is not None]
        if not named:
            return self.run(options, lang)
        given = Namespace(**{name: value for name, value in vars(options).items() if name != "run"})
        work = _Work(self.run, given, lang)
        told = answer_of(work, ", ".join(map(one_line, named)), seconds=self.seconds * len(named))
        if self.is_wanted is None:
            _save(told["files"])
            _print(told)
        else:
            _print(told)
            if told["files"] and self.is_wanted(options, lang):
                _save(told["files"])
                print(*(WROTE.say(lang, {"path": one["path"]}) for one in told["files"]), sep="\n")
        return int(told["code"])


def _save(files: list[dict[str, Any]]) -> None:
    for one in files:
        inputs = {(device, number) for device, number in one["inputs"]}
        save(Path(one["path"]), one["content"], force=one["force"], inputs=inputs)


def _print(told: dict[str, Any]) -> None:
    sys.stdout.write(told["out"])
    sys.stderr.write(told["err"])


@dataclass(frozen=True, slots=True)
class _Work:
    run: Callable[[Namespace, Lang], int]
    options: Namespace
    lang: Lang

    def __call__(self) -> dict[str, Any]:
        out, err = _Heard(sys.stdout), _Heard(sys.stderr)
        DESK.is_open = True
        with redirect_stdout(out), redirect_stderr(err):
            code = self.run(self.options, self.lang)
        return {"code": code, "out": out.getvalue(), "err": err.getvalue(), "files": DESK.files}
