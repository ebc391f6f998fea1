"""A reader process of one's own for a few files: forked, limited, and told apart from the files after it.

It starts in milliseconds, so a single workbook is checked this way; a worker of a cluster, which may not have children
of its pool's kind, checks its batches so too. Only where the platform can fork.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from warmap.text import Text
from warmap_app.batch.limits import FILE_LIMITS, KIB, FileLimits
from warmap_app.batch.one import TOO_MUCH_MEMORY, Check, Outcome, Terms, check_one, refused
from warmap_app.batch.sources import Source
from warmap_app.collector import collect_seldom
from warmap_app.documents import Why

CAN_FORK = hasattr(os, "fork")
LENGTH = struct.Struct("<Q")
AT_ONCE = 256 * KIB
OUT_OF_MEMORY = 71  # how a reader ends that has no memory left even to say so

SUBMIT_SMALLER = Text(
    "请打开它看看有没有多余的数据；把内容复制到新模板再提交。",
    "Open it and look for data that do not belong; copy the entries into a new template and submit that.",
)
TOOK_TOO_LONG = (Text("读它用了超过 {seconds} 秒", "it took longer than {seconds} s"), SUBMIT_SMALLER)
READER_DIED = (
    Text("读它的进程中断了（信号 {signal}）", "the reader process died (signal {signal})"),
    SUBMIT_SMALLER,
)
READER_ENDED = (
    Text("读它的进程意外结束（退出码 {code}）", "the reader process ended unexpectedly (exit code {code})"),
    SUBMIT_SMALLER,
)


def limit_memory(memory_bytes: int) -> bool:
    """Give this process no more memory than it has mapped now and this much; False where the platform cannot."""
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  no Path for one line
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = mapped + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    except (ImportError, OSError, ValueError):
        return False
    return True


def checked(
    sources: Sequence[Source],
    terms: Terms,
    limits: FileLimits = FILE_LIMITS,
    check: Check = check_one,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Outcome]:
    """The outcomes of the sources in their order; a file that hangs or kills its reader takes down only itself.

    `meanwhile` is done once, while the first reader is at work.
    """
    done = 0
    while done < len(sources):
        reader = _Reader(sources[done:], terms, limits, check)
        try:
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            for outcome in reader.outcomes():
                done += 1
                yield outcome
        finally:
            code, why = reader.end()
        if done < len(sources):
            yield refused(sources[done], terms, why or died(code), seconds=f"{limits.seconds:g}", **how_it_ended(code))
            done += 1


def died(code: int) -> Why:
    """Why there is no outcome, from how the process ended: minus the signal, or its exit code."""
    if code == OUT_OF_MEMORY:
        return TOO_MUCH_MEMORY
    return READER_DIED if code < 0 else READER_ENDED


def how_it_ended(code: int) -> dict[str, str]:
    """The facts for the words of `died`."""
    return {"signal": str(-code), "code": str(code)}


class _Reader:
    """The forked process, and the end of the pipe it writes its outcomes to."""

    def __init__(self, sources: Sequence[Source], terms: Terms, limits: FileLimits, check: Check) -> None:
        self._seconds = limits.seconds
        self._ran_out = self._has_ended = False
        self._open, ours = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._open)
            _read_and_tell(ours, sources, terms, limits, check)
        os.close(ours)

    def outcomes(self) -> Iterator[Outcome]:
        """Outcomes as they come, until the process ends or takes too long for one."""
        while True:
            deadline = time.monotonic() + self._seconds
            head = self._receive(LENGTH.size, deadline)
            body = self._receive(LENGTH.unpack(head)[0], deadline) if head else None
            if body is None:
                return
            yield json.loads(body)

    def _receive(self, size: int, deadline: float) -> bytes | None:
        """So many bytes, or None when they do not come."""
        parts = bytearray()
        while len(parts) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._open], [], [], left)[0]:
                self._ran_out = True
                return None
            part = os.read(self._open, min(size - len(parts), AT_ONCE))
            if not part:
                self._has_ended = True
                return None
            parts += part
        return bytes(parts)

    def end(self) -> tuple[int, Why | None]:
        """End the process at once: its exit code, or minus the signal; and why, when it was ended for its time."""
        os.close(self._open)
        if not self._has_ended:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status), TOOK_TOO_LONG if self._ran_out else None


def _read_and_tell(pipe: int, sources: Sequence[Source], terms: Terms, limits: FileLimits, check: Check) -> None:
    """The life of the reader process."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        limit_memory(limits.memory_bytes)
        collect_seldom()
        for source in sources:
            body = json.dumps(check(source, terms)).encode()
            _send(pipe, LENGTH.pack(len(body)) + body)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    except BrokenPipeError:
        code = 0  # nobody listens any more
    finally:
        os._exit(code)


def _send(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
