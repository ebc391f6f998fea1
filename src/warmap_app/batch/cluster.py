"""The engine of many machines: the same check on Dask distributed, in tasks of some files each.

Every worker checks the files of a task in a reader of its own, so a file that hangs, dies or wants too much memory is
lost alone here too; on a platform that cannot fork, a file is limited only by what the cluster itself does with its
workers.
"""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from warmap.text import Text
from warmap_app.batch.engine import CAN_FORK, FILE_LIMITS, SUBMIT_SMALLER, FileLimits, check_here, cores
from warmap_app.batch.one import Check, Outcome, Terms, check_one, outcome_of, refused
from warmap_app.batch.sources import MIB, Held, Source, held, is_here, is_in_memory, is_remote
from warmap_app.command import UserError

INSTALL = 'pip install "warmap[cluster]"'
NOT_INSTALLED = Text(f"--engine dask 需要另装：{INSTALL}", f"--engine dask needs an extra: {INSTALL}")
NO_SCHEDULER = Text("连不上调度器 {scheduler}：{why}", "the scheduler {scheduler} does not answer: {why}")
WENT_WRONG = Text("集群上出错：{why}", "the cluster could not do it: {why}")
WORKER_DIED = (Text("读它的集群节点中断了", "the worker of the cluster died while reading it"), SUBMIT_SMALLER)
WAITING = 3  # tasks that are under way for each worker, so that none waits for its next
MOST_SENT = 8 * MIB  # bytes of files that go with one task, unless one file alone has more
SECONDS_TO_ANSWER = 30


def check_on_cluster(
    sources: Sequence[Source],
    todo: Sequence[int],
    terms: Terms,
    *,
    scheduler: str | None = None,
    jobs: int | None = None,
    limits: FileLimits = FILE_LIMITS,
    check: Check = check_one,
) -> Iterator[tuple[int, Outcome]]:
    """Check the sources at the places `todo`; yields (place, outcome) as they are done, in no order. UserError.

    Without the address of a scheduler a cluster of `jobs` processes is started here. Files of this computer are sent to a
    scheduler elsewhere as bytes, so no path need be visible to its workers; URLs are read by the workers.
    """
    if not todo:
        return
    with _client(scheduler, jobs or cores()) as client:
        workers = max(1, sum(client.nthreads().values()))
        size = max(1, min(limits.files_per_batch, len(todo) // (WAITING * workers)))
        waiting = deque(list(todo[start : start + size]) for start in range(0, len(todo), size))
        work = _Work(client, sources, terms, limits, check, send_bytes=scheduler is not None)
        yield from work.done(waiting, WAITING * workers)


@contextmanager
def _client(scheduler: str | None, jobs: int) -> Iterator[Any]:
    try:
        dask = import_module("distributed")
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    if scheduler is None:
        with (
            dask.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
            ) as own,
            dask.Client(own) as client,
        ):
            yield client
        return
    try:
        client = dask.Client(scheduler, timeout=SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise UserError(NO_SCHEDULER.filled(scheduler=scheduler, why=" ".join(str(error).split()))) from None
    with client:
        yield client


class _Work:
    """Tasks under way on a cluster."""

    def __init__(
        self,
        client: Any,
        sources: Sequence[Source],
        terms: Terms,
        limits: FileLimits,
        check: Check,
        *,
        send_bytes: bool,
    ) -> None:
        self._client, self._sources, self._terms = client, sources, terms
        self._limits, self._check, self._send_bytes = limits, check, send_bytes

    def done(self, waiting: deque[list[int]], most: int) -> Iterator[tuple[int, Outcome]]:
        """Outcomes as they come; at most so many tasks are handed over at a time."""
        under_way: dict[Any, list[int]] = {}
        ready = import_module("distributed").as_completed()
        while waiting or under_way:
            while waiting and len(under_way) < most:
                places = waiting.popleft()
                future, count = self._handed_over(places)
                under_way[future] = places[:count]
                if places[count:]:
                    waiting.appendleft(places[count:])
                ready.add(future)
            future = next(ready)
            places = under_way.pop(future)
            error = future.exception()
            if error is None:
                yield from zip(places, future.result(), strict=True)
            elif type(error).__name__ != "KilledWorker":
                raise UserError(WENT_WRONG.filled(why=" ".join(f"{type(error).__name__}: {error}".split())))
            elif len(places) == 1:
                yield places[0], refused(self._sources[places[0]], self._terms, WORKER_DIED)
            else:  # one of them did it: each is checked again by itself
                waiting.extendleft([place] for place in reversed(places))
            future.release()

    def _handed_over(self, places: list[int]) -> tuple[Any, int]:
        """The task for the first of these places, and how many they are: as many as may be sent at once."""
        sources: list[Source] = []
        sent = 0
        for place in places:
            source = held(self._sources[place], is_here if self._send_bytes else is_in_memory)
            sent += len(source.place.data) if isinstance(source.place, Held) else 0
            if sources and sent > MOST_SENT:
                break
            sources.append(source)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")
            task = self._client.submit(
                check_apart, sources, self._terms, self._limits, self._check, pure=False, retries=0
            )
        return task, len(sources)


def check_apart(sources: Sequence[Source], terms: Terms, limits: FileLimits, check: Check) -> list[Outcome]:
    """The outcomes of one task, in a worker of the cluster: remote bytes are fetched here, then read by a reader."""
    if not CAN_FORK:
        return [outcome_of(check, source, terms) for source in sources]
    here = [held(source, is_remote) for source in sources]
    found = dict(check_here(here, range(len(here)), terms, jobs=1, limits=limits, check=check))
    return [found[place] for place in range(len(here))]
