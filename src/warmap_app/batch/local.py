"""The engine of this computer: a pool of reader processes, each file limited in time and memory.

Files go to the workers in batches. A batch whose worker dies or takes longer than one file may is read again file by
file, so that only the file that did it is lost.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from warmap_app.batch.limits import FILE_LIMITS, FileLimits
from warmap_app.batch.one import Check, Outcome, Terms, check_one
from warmap_app.batch.reader import CAN_FORK, checked
from warmap_app.batch.sources import Source

FEW = 3  # files that are read before a pool would have started
WAITING = 3  # batches a worker has before it
SHARES = 2  # batches for each worker that what is left would make


def cores() -> int:
    """Processes that can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
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

    `meanwhile` may be done while a reader of few files is at work: what the caller will need when they are read.
    """
    if len(todo) <= FEW and CAN_FORK:
        few = [sources[place] for place in todo]
        yield from zip(todo, checked(few, terms, limits, check, meanwhile), strict=True)
        return
    jobs = min(jobs or cores(), len(todo))
    from warmap_app.batch.pool import Work, readers

    with readers(jobs, limits) as pool:
        work = Work(pool, sources, terms, limits, check)
        try:
            yield from work.done(deque(batches(todo, jobs, limits.files_per_batch)), WAITING * jobs)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble declares no type
            raise


def batches(todo: Sequence[int], jobs: int, most: int) -> Iterator[list[int]]:
    """The places in batches that get smaller to the end, so that all workers have some until it and end together."""
    start = 0
    while start < len(todo):
        size = max(1, min(most, (len(todo) - start) // (SHARES * jobs)))
        yield list(todo[start : start + size])
        start += size
