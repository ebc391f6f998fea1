"""A process of its own in which something foreign is read, within limits, and the line to it.

Where the platform can fork it is a copy of this process, which has everything imported and starts in milliseconds.
`multiprocessing` can fork too, but brings sockets, logging, temporary files and subprocesses along, which takes 15 ms:
more than all else that the check of one file imports for its processes; and a worker of Dask is a daemon, to which
multiprocessing allows no children. Where nothing can be forked it does start a process, in some tenths of a second.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

try:
    import resource
except ImportError:  # Windows: a process cannot limit itself
    resource = None  # type: ignore[assignment]  # so that the one place that uses it can ask

CAN_FORK = hasattr(os, "fork")
SECONDS_TO_START = 30.0  # for a process that imports everything anew
OUT_OF_MEMORY = 71  # how a process ends that has no memory left even to say so

_LENGTH = struct.Struct("!Q")
_MOST_AT_ONCE = 1 << 20  # bytes


class Line:
    """One end of a line: messages of bytes in both directions, each after its length."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    @classmethod
    def pair(cls) -> tuple[Line, Line]:
        """Both ends."""
        from_theirs, to_ours = os.pipe()
        from_ours, to_theirs = os.pipe()
        return cls(from_theirs, to_theirs), cls(from_ours, to_ours)

    def fileno(self) -> int:
        """What to wait for."""
        return self._incoming

    def send(self, message: object) -> None:
        """Send one of our own objects. OSError where nobody is there to read it."""
        self.send_bytes(pickle.dumps(message))

    def recv(self) -> Any:
        """Wait for one of our own objects. EOFError when the other end is closed."""
        return pickle.loads(self.recv_bytes())  # noqa: S301  sent by the process that forked this one

    def send_bytes(self, message: bytes) -> None:
        """Send bytes. OSError where nobody is there to read them."""
        left = memoryview(_LENGTH.pack(len(message)) + message)
        while left:
            left = left[os.write(self._outgoing, left[:_MOST_AT_ONCE]) :]

    def recv_bytes(self, most: int | None = None) -> bytes:
        """Wait for bytes. EOFError when the other end is closed, OSError when there are more than `most`."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        if most is not None and length > most:
            raise OSError
        return self._read(length)

    def _read(self, length: int) -> bytes:
        parts = []
        while length:
            part = os.read(self._incoming, min(length, _MOST_AT_ONCE))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def poll(self, seconds: float = 0) -> bool:
        """Whether there is something to read, or the other end is closed, at the latest after so many seconds."""
        return bool(answered([self], seconds))

    def close(self) -> None:
        """Close this end."""
        for end in (self._incoming, self._outgoing):
            with suppress(OSError):
                os.close(end)


End: TypeAlias = "Line | Connection"


def answered(lines: Sequence[Any], seconds: float) -> Collection[object]:
    """The lines with something to read, as soon as there is one; none when the time is up. All are of one kind."""
    if not isinstance(lines[0], Line):
        from multiprocessing.connection import wait

        return wait(lines, seconds)
    waiting = select.poll()
    for one in lines:
        waiting.register(one.fileno(), select.POLLIN)
    found = {file for file, _ in waiting.poll(seconds * 1000)}
    return [one for one in lines if one.fileno() in found]


class _Fork:
    """A process that is a copy of this one; `ours` is the end of the line that the copy must not hold."""

    def __init__(self, target: Callable[..., None], given: tuple[Any, ...], ours: Line) -> None:
        self._target, self._given, self._ours = target, given, ours

    def start(self) -> None:
        """Fork."""
        self._pid = os.fork()
        if self._pid == 0:
            code = 1
            try:
                self._ours.close()  # so that it is seen when the process that asks is gone
                self._target(*self._given)
                code = 0
            finally:
                os._exit(code)  # not through the clean-up of the process that was copied

    def kill(self) -> None:
        """End it, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def join(self) -> None:
        """Wait for its end."""
        _, status = os.waitpid(self._pid, 0)
        self.exitcode = os.waitstatus_to_exitcode(status)


def may_fork(*, with_threads: bool = False) -> bool:
    """Whether a process of its own can be a fork.

    A thread of this process may hold a lock at that moment, which nobody in the copy would ever release; `with_threads`
    says that what is done there asks for no lock of theirs.
    """
    return CAN_FORK and (with_threads or threading.active_count() == 1)


class Child:
    """A process that lives through `life(line, *given)` and has no more memory than this one and `memory_bytes`.

    What is not forked must travel: `life` and `given` are then functions of modules, and data.
    """

    def __init__(self, life: Callable[..., None], given: tuple[Any, ...], memory_bytes: int, *, fork: bool) -> None:
        self.seconds_to_start = 0.0 if fork else SECONDS_TO_START
        self.line: End
        theirs: End
        self._process: Any
        if fork:
            self.line, theirs = ours, _ = Line.pair()
            self._process = _Fork(_live, (theirs, life, given, memory_bytes), ours)
        else:
            from multiprocessing import Pipe, get_context

            os.environ["PYTHONSAFEPATH"] = "1"  # else `python -c` takes modules from the current folder
            self.line, theirs = Pipe()
            self._process = get_context("spawn").Process(target=_live, args=(theirs, life, given, memory_bytes))
        self._process.start()
        theirs.close()

    def end(self) -> int:
        """End the process at once: its exit code, or minus the signal that killed it."""
        self._process.kill()
        self._process.join()
        self.line.close()
        return int(self._process.exitcode)


def _live(line: End, life: Callable[..., None], given: tuple[Any, ...], memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    limit_memory(memory_bytes)
    try:
        life(line, *given)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):  # nobody asks any more
        return


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
