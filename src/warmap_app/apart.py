"""The one door for reading what is foreign outside of a batch: in a process of its own, within time and memory.

What comes back is data: numbers, text and bytes in JSON, never a pickle. A command that reads somebody's file runs there
as a whole; what it prints and the files it makes come back and are printed and written here. (A batch has a pool of
such processes, `batch/engine.py`.) The process is a fork, a few milliseconds; where there is none (Windows), or where
threads run, which a fork would tear, it is started anew, in some tenths of a second.
"""

import base64
import io
import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from warmap.text import Lang, Text
from warmap_app.command import UserError
from warmap_app.safe_text import one_line
from warmap_workbook.saving import CannotWrite, refuse, save

try:
    import resource
except ImportError:  # Windows: a process cannot limit itself
    resource = None  # type: ignore[assignment]  # so that the one place that uses it can ask

CAN_FORK = hasattr(os, "fork")
SECONDS = 20.0  # for one foreign file
MEMORY_BYTES = 1024**3  # on top of what is mapped already
MOST_ANSWERED = 256 * 1024**2  # bytes
SECONDS_TO_START = 30.0  # for a process that imports everything anew
PIECE = 1024 * 1024
OUT_OF_MEMORY = 71  # how a process ends that has no memory left even to say so

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
    mine, theirs = os.pipe()
    is_fork = CAN_FORK and threading.active_count() == 1
    try:
        child = _forked(work, mine, theirs, memory) if is_fork else _started(work, theirs, memory)
        os.close(theirs)
        theirs = -1
        end = time.monotonic() + seconds + (0 if is_fork else SECONDS_TO_START)
        try:
            said = _all_of(mine, end, what, seconds)
        finally:
            code = child.end()
    finally:
        os.close(mine)
        if theirs >= 0:
            os.close(theirs)
    if not said:
        raise UserError((TOO_MUCH_MEMORY if code == OUT_OF_MEMORY else ENDED).filled(what=what))
    return _opened(json.loads(said), what)


def _opened(told: dict[str, Any], what: object) -> Any:
    """The answer, or the error that it tells of."""
    if "refused" in told:
        raise UserError(Text(*told["refused"]))
    if "memory" in told:
        raise UserError(TOO_MUCH_MEMORY.filled(what=what))
    if "broken" in told:
        if os.environ.get("WARMAP_DEBUG"):
            print(told["trace"], file=sys.stderr)
        raise Broken(told["broken"])
    return _with_bytes(told["given"])


def _all_of(reading: int, end: float, what: object, seconds: float) -> bytes:
    """All that the other process says, until it ends. UserError when that takes too long, or is too much."""
    parts: list[bytes] = []
    size = 0
    while True:
        left = end - time.monotonic()
        if left <= 0 or (os.name == "posix" and not select.select([reading], [], [], left)[0]):
            raise UserError(TOOK_TOO_LONG.filled(what=what, seconds=f"{seconds:g}"))
        part = os.read(reading, PIECE)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > MOST_ANSWERED:
            raise UserError(TOO_MUCH_SAID.filled(what=what))


@dataclass(slots=True)
class _Forked:
    """A process that was forked."""

    number: int

    def end(self) -> int:
        """End it, whatever it does: its exit code, or minus a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


def _forked(work: Callable[[], Any], mine: int, theirs: int, memory: int) -> _Forked:
    sys.stdout.flush()  # else both would print what waits there
    sys.stderr.flush()
    number = os.fork()
    if number:
        return _Forked(number)
    code = 1
    try:
        os.close(mine)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
        code = _do(work, theirs, memory)
    finally:
        os._exit(code)  # not through the clean-up of the process that was copied


@dataclass(slots=True)
class _Started:
    """A process that was started anew, and the thread that hands on what it says."""

    process: Any

    def end(self) -> int:
        """End it."""
        self.process.join(0.2)
        self.process.kill()
        self.process.join()
        return int(self.process.exitcode)


def _started(work: Callable[[], Any], theirs: int, memory: int) -> _Started:
    os.environ["PYTHONSAFEPATH"] = "1"  # else it takes modules from the current folder
    context = import_module("multiprocessing").get_context("spawn")
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_do_anew, args=(work, writing, memory), daemon=True)
    process.start()
    writing.close()
    ours = os.dup(theirs)

    def hand_on() -> None:
        with suppress(EOFError, OSError), os.fdopen(ours, "wb") as file:
            file.write(reading.recv_bytes(MOST_ANSWERED))

    threading.Thread(target=hand_on, daemon=True).start()
    return _Started(process)


def _do_anew(work: Callable[[], Any], writing: Any, memory: int) -> None:
    limit_memory(memory)
    writing.send_bytes(_told(work))


def _do(work: Callable[[], Any], theirs: int, memory: int) -> int:
    limit_memory(memory)
    try:
        said = _told(work)
        with os.fdopen(theirs, "wb") as file:
            file.write(said)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _told(work: Callable[[], Any]) -> bytes:
    try:
        told: dict[str, Any] = {"given": _without_bytes(work())}
    except UserError as error:
        told = {"refused": [error.words.zh, error.words.en]}
    except MemoryError:
        told = {"memory": True}
    except Exception as error:  # noqa: BLE001  told where the command was given
        told = {"broken": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    return json.dumps(told).encode()


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


def limit_memory(memory_bytes: int) -> bool:
    """Give this process no more memory than it has mapped now and this much; False where the platform cannot."""
    if resource is None:
        return False
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  no Path for one line
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = mapped + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    except (OSError, ValueError):  # macOS has no /proc
        return False
    return True


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
    """A command that reads foreign files, named by these options: run in a process of its own where one is given."""

    run: Callable[[Namespace, Lang], int]
    files: tuple[str, ...] = ("file",)
    seconds: float = SECONDS

    def __call__(self, options: Namespace, lang: Lang) -> int:
        """The command's exit code; what it prints is printed, what it makes is written. UserError."""
        named = [one for one in (getattr(options, name) for name in self.files) if one is not None]
        if not named:
            return self.run(options, lang)
        given = Namespace(**{name: value for name, value in vars(options).items() if name != "run"})
        work = _Work(self.run, given, lang)
        told = answer_of(work, ", ".join(map(one_line, named)), seconds=self.seconds * len(named))
        try:
            for one in told["files"]:
                inputs = {(device, number) for device, number in one["inputs"]}
                save(Path(one["path"]), one["content"], force=one["force"], inputs=inputs)
        except CannotWrite as error:
            raise UserError(error.words) from None
        sys.stdout.write(told["out"])
        sys.stderr.write(told["err"])
        return int(told["code"])


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
