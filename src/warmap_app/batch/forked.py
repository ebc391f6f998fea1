"""A forked process and the line to it, as far as a reader of files needs them.

`multiprocessing` has both, but brings sockets, logging, temporary files and subprocesses along, which takes 15 ms: more
than all else that the check of one file imports for its processes. And a worker of Dask is a daemon, to which
multiprocessing allows no children.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

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

    def recv_bytes(self) -> bytes:
        """Wait for bytes. EOFError when the other end is closed."""
        return self._read(*_LENGTH.unpack(self._read(_LENGTH.size)))

    def _read(self, length: int) -> bytes:
        parts = []
        while length:
            part = os.read(self._incoming, min(length, _MOST_AT_ONCE))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def poll(self) -> bool:
        """Whether there is something to read, or the other end is closed."""
        return bool(answered([self], 0))

    def close(self) -> None:
        """Close this end."""
        for end in (self._incoming, self._outgoing):
            with suppress(OSError):
                os.close(end)


def answered(lines: Sequence[Line], seconds: float) -> list[Line]:
    """The lines with something to read, as soon as there is one; none when the time is up."""
    waiting = select.poll()
    for one in lines:
        waiting.register(one.fileno(), select.POLLIN)
    found = {file for file, _ in waiting.poll(seconds * 1000)}
    return [one for one in lines if one.fileno() in found]


class Fork:
    """A process that is a copy of this one; `ours` is the end of the line that the copy must not hold."""

    def __init__(self, target: Callable[..., None], given: tuple[Any, ...], ours: Line) -> None:
        self._target, self._given, self._ours = target, given, ours

    def start(self) -> None:
        """Fork."""
        self._pid = os.fork()
        if self._pid == 0:
            code = 1
            try:
                self._ours.close()  # so that the reader sees it when this process is gone
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
