"""A pool of reader processes with batches under way in it."""

from __future__ import annotations

import math
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as TookTooLong
from tempfile import gettempdir
from typing import Any

from pebble import ProcessExpired, ProcessPool

from warmap_app.batch.limits import FileLimits
from warmap_app.batch.one import Check, Outcome, Terms, failed, held, is_ours_alone, refused
from warmap_app.batch.reader import CAN_FORK, TOOK_TOO_LONG, died, how_it_ended, limit_memory
from warmap_app.batch.sources import Source
from warmap_app.collector import collect_seldom

SHARE = 0.25  # of the time for one file, after which a batch hands back what it has not begun
LONGEST_FOLDER = 70  # of the temporary folder: the server's socket lies below it, and its name holds 107 characters
READY = "warmap_app.batch.ready"


def readers(jobs: int, limits: FileLimits) -> ProcessPool:
    """A pool of so many reader processes, each limited in memory.

    They are forked from a server that has what a reader needs and nothing else: this process has threads, and what has
    threads must not be forked. Where there is no fork each starts from nothing.
    """
    serves = CAN_FORK and len(gettempdir()) <= LONGEST_FOLDER
    context: Any = multiprocessing.get_context("forkserver" if serves else "spawn")
    if serves:
        context.set_forkserver_preload([READY])
    return ProcessPool(
        max_workers=jobs, initializer=_begin, initargs=[limits.memory_bytes, dict(os.environ)], context=context
    )


def _begin(memory_bytes: int, environment: dict[str, str]) -> None:
    """A reader begins: with this process's environment (the server may be older), and its limit."""
    os.environ.clear()
    os.environ.update(environment)
    limit_memory(memory_bytes)
    collect_seldom()


class Work:
    """Batches under way in a pool."""

    def __init__(
        self, pool: ProcessPool, sources: Sequence[Source], terms: Terms, limits: FileLimits, check: Check
    ) -> None:
        self._pool, self._sources, self._terms, self._limits, self._check = pool, sources, terms, limits, check
        self._under_way: dict[Any, list[int]] = {}

    def done(self, waiting: deque[list[int]], most: int) -> Iterator[tuple[int, Outcome]]:
        """Outcomes as they come; at most so many batches are handed over at a time."""
        while waiting or self._under_way:
            while waiting and len(self._under_way) < most:
                self._hand_over(waiting.popleft())
            ready, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            for future in ready:
                places = self._under_way.pop(future)
                try:
                    outcomes = future.result()
                except Exception as error:  # noqa: BLE001  a worker died; of what is for the file to say
                    if len(places) == 1:
                        yield places[0], self._lost(places[0], error)
                    else:
                        waiting.extendleft([place] for place in reversed(places))
                    continue
                if len(outcomes) < len(places):
                    waiting.appendleft(places[len(outcomes) :])
                yield from zip(places, outcomes, strict=False)

    def _hand_over(self, places: list[int]) -> None:
        sources = [held(self._sources[place], is_ours_alone) for place in places]
        enough = self._limits.seconds * SHARE
        future = self._pool.schedule(
            check_batch, args=(sources, self._terms, self._check, enough), timeout=self._limits.seconds
        )
        self._under_way[future] = places

    def _lost(self, place: int, error: Exception) -> Outcome:
        source = self._sources[place]
        if isinstance(error, TookTooLong):
            return refused(source, self._terms, TOOK_TOO_LONG, seconds=f"{self._limits.seconds:g}")
        if isinstance(error, ProcessExpired):
            code = int(error.exitcode or 0)
            return refused(source, self._terms, died(code), **how_it_ended(code))
        return failed(source, self._terms, error)


def check_batch(sources: Sequence[Source], terms: Terms, check: Check, enough: float = math.inf) -> list[Outcome]:
    """The outcomes of the first files of a batch, in a worker: of all, or of those begun before so many seconds passed.

    So a batch of slow files is never taken for one file that hangs.
    """
    began = time.monotonic()
    outcomes: list[Outcome] = []
    for source in sources:
        if outcomes and time.monotonic() - began > enough:
            break
        outcomes.append(check(source, terms))
    return outcomes
