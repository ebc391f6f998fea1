"""The engine of this computer: a pool of reader processes, each of which checks one file at a time and within limits.

A reader that hangs, dies or wants too much memory takes down only the file it is reading; another takes its place.
A forked reader starts in milliseconds, so that a single workbook is checked in a pool of one and nobody waits for it. (A
pool of the `pebble` library took a tenth of a second to import and start, as long as the check of the workbook itself.)
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from warmap.rules import all_rules
from warmap.text import Text
from warmap_app.apart import MEMORY_BYTES, SECONDS
from warmap_app.batch.archives import ARCHIVE_LIMITS, TOOK_ALL
from warmap_app.batch.one import TOO_MUCH_MEMORY, Check, Outcome, Terms, check_one, outcome_of, refused
from warmap_app.batch.sources import InArchive, Source, held, is_in_memory, is_remote, store_of
from warmap_app.child import OUT_OF_MEMORY, Child, End, answered, may_fork

SUBMIT_SMALLER = Text(
    "请打开它看看有没有多余的数据；把内容复制到新模板再提交。",
    "Open it and look for data that do not belong; copy the entries into a new template and submit that.",
)
TOOK_TOO_LONG = (Text("读它用了超过 {seconds} 秒", "it took longer than {seconds} s"), SUBMIT_SMALLER)
READER_DIED = (Text("读它的进程中断了（信号 {signal}）", "the reader process died (signal {signal})"), SUBMIT_SMALLER)
READER_ENDED = (
    Text("读它的进程意外结束（退出码 {code}）", "the reader process ended unexpectedly (exit code {code})"),
    SUBMIT_SMALLER,
)


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What the check of one file may take, and how many files one task of a cluster carries."""

    seconds: float = SECONDS
    memory_bytes: int = MEMORY_BYTES  # on top of what an idle reader has mapped
    files_per_batch: int = 50  # in one task of a cluster, so that handing them over costs little


FILE_LIMITS = FileLimits()


def cores() -> int:
    """Processes that can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def check_here(
    sources: Sequence[Source],
    todo: Sequence[int],
    terms: Terms,
    *,
    jobs: int | None = None,
    limits: FileLimits = FILE_LIMITS,
    check: Check = check_one,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """Check the sources at the places `todo`; yields (place, outcome) as they are done, in no order.

    `meanwhile` is called once, when the first files are being read: what the caller will need can be imported then.
    """
    # A reader of files shares no lock with other threads; the client of a server might.
    fork = may_fork(with_threads=not any(is_remote(sources[place].place) for place in todo))
    if fork:
        all_rules()  # imported here once, and not by each reader
    waiting = deque(todo)
    budget = _Budget(sources, todo)
    idle: list[_Reader] = []
    busy: list[_Reader] = []
    done: list[tuple[int, Outcome]] = []
    try:
        while waiting or busy or done:
            while waiting and len(busy) < (jobs or cores()):
                place = waiting.popleft()
                if (seconds := budget.is_spent(sources[place])) is not None:
                    done.append((place, refused(sources[place], terms, TOOK_ALL, seconds=f"{seconds:g}")))
                    continue
                reader = idle.pop() if idle else _Reader(terms, limits, check, fork=fork)
                busy.append(reader)
                reader.take(place, sources[place])
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            yield from done  # and meanwhile the readers are at work
            done.clear()
            for reader in _answered(busy):
                busy.remove(reader)
                budget.spend(sources[reader.place], time.monotonic() - reader.began)
                outcome = reader.outcome()
                if outcome is not None:
                    idle.append(reader)
                done.append((reader.place, outcome or reader.lost()))
    finally:
        for reader in (*idle, *busy):
            reader.end()


class _Budget:
    """The time that the archives may take, each as a whole: thousands of members could take 20 s each."""

    def __init__(self, sources: Sequence[Source], todo: Sequence[int]) -> None:
        stores = Counter(store_of(place) for one in todo if isinstance(place := sources[one].place, InArchive))
        self._left = {store: ARCHIVE_LIMITS.seconds_for(files) for store, files in stores.items()}
        self._given = dict(self._left)

    def spend(self, source: Source, seconds: float) -> None:
        """Count what a member took."""
        if isinstance(source.place, InArchive):
            self._left[store_of(source.place)] -= seconds

    def is_spent(self, source: Source) -> float | None:
        """The seconds that its archive had, where none are left."""
        if not isinstance(source.place, InArchive):
            return None
        store = store_of(source.place)
        return self._given[store] if self._left[store] <= 0 else None


def _answered(busy: Sequence[_Reader]) -> list[_Reader]:
    if not busy:
        return []
    left = min(reader.deadline for reader in busy) - time.monotonic()
    ready = answered([reader.line for reader in busy], max(left, 0))
    now = time.monotonic()
    return [reader for reader in busy if reader.line in ready or reader.deadline <= now]


class _Reader:
    """A process that checks the files handed to it, one at a time."""

    def __init__(self, terms: Terms, limits: FileLimits, check: Check, *, fork: bool) -> None:
        self._terms, self._limits = terms, limits
        self._child = Child(_read, (terms, check), limits.memory_bytes, fork=fork)
        self._patience = self._child.seconds_to_start
        self.line, self.end = self._child.line, self._child.end

    def take(self, place: int, source: Source) -> None:
        """Begin with a file."""
        self.place, self._source = place, source
        self.began = time.monotonic()
        self.deadline = time.monotonic() + self._limits.seconds + self._patience
        self._patience = 0.0
        with suppress(OSError):  # it has died in the meantime, which is seen when its answer is waited for
            self.line.send(held(source, is_in_memory))

    def outcome(self) -> Outcome | None:
        """The answer; None when there is none, because the process ended or its time is up."""
        try:
            return json.loads(self.line.recv_bytes()) if self.line.poll() else None
        except (EOFError, OSError):
            return None

    def lost(self) -> Outcome:
        """The outcome of a file to which there is no answer; the process is ended."""
        has_ended = self.line.poll()
        code = self.end()
        if not has_ended:
            return refused(self._source, self._terms, TOOK_TOO_LONG, seconds=f"{self._limits.seconds:g}")
        if code == OUT_OF_MEMORY:
            return refused(self._source, self._terms, TOO_MUCH_MEMORY)
        if code < 0:
            return refused(self._source, self._terms, READER_DIED, signal=str(-code))
        return refused(self._source, self._terms, READER_ENDED, code=str(code))


def _read(orders: End, terms: Terms, check: Check) -> None:
    """The life of a reader: it takes a source and answers with the outcome, until nobody asks any more.

    It answers in JSON, not in a pickle: what has been read of a stranger's file is taken for nothing but data.
    """
    while True:
        source = orders.recv()
        orders.send_bytes(json.dumps(outcome_of(check, source, terms)).encode())
