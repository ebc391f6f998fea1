"""The engine of many machines: the same check on Dask distributed, in tasks of some files each.

Every worker checks the files of a task in a reader of its own, so a file that hangs, dies or wants too much memory is
lost alone here too; on a platform that cannot fork, a file is limited only by what the cluster itself does with its
workers.
"""

import logging
import os
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from warmap.text import Text
from warmap_app.address import secrets_of, without_secrets
from warmap_app.batch.engine import FILE_LIMITS, SUBMIT_SMALLER, FileLimits, check_here, cores
from warmap_app.batch.one import Check, Outcome, Terms, check_one, outcome_of, refused
from warmap_app.batch.sources import Held, Place, Source, held, is_here, is_in_memory, is_remote
from warmap_app.child import CAN_FORK
from warmap_app.command import UserError
from warmap_app.opening import MIB
from warmap_app.safe_text import shown_address

INSTALL = 'pip install "warmap[cluster]"'
NOT_INSTALLED = Text(f"--engine dask 需要另装：{INSTALL}", f"--engine dask needs an extra: {INSTALL}")
NO_SCHEDULER = Text("连不上调度器 {scheduler}：{why}", "the scheduler {scheduler} does not answer: {why}")
WENT_WRONG = Text("集群上出错：{why}", "the cluster could not do it: {why}")
WORKER_DIED = (Text("读它的集群节点中断了", "the worker of the cluster died while reading it"), SUBMIT_SMALLER)
WAITING = 3  # tasks that are under way for each worker, so that none waits for its next
MOST_SENT = 8 * MIB  # bytes of files that go with one task, unless one file alone has more
SECONDS_TO_ANSWER = 30
PAGES = ("distributed.scheduler.http.routes", "distributed.worker.http.routes")


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

        def begin(sent: list[Source]) -> Any:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Sending large graph")
                return client.submit(check_apart, sent, terms, limits, check, pure=False, retries=0)

        is_sent = is_here if scheduler is not None else is_in_memory
        yield from _outcomes(sources, terms, waiting, WAITING * workers, is_sent, begin)


def _outcomes(
    sources: Sequence[Source],
    terms: Terms,
    waiting: deque[list[int]],
    most: int,
    is_sent: Callable[[Place], bool],
    begin: Callable[[list[Source]], Any],
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they come; at most so many tasks are under way at a time."""
    under_way: dict[Any, list[int]] = {}
    ready = import_module("distributed").as_completed()
    while waiting or under_way:
        while waiting and len(under_way) < most:
            places = waiting.popleft()
            sent = _sent_at_once(sources, places, is_sent)
            if places[len(sent) :]:
                waiting.appendleft(places[len(sent) :])
            task = begin(sent)
            under_way[task] = places[: len(sent)]
            ready.add(task)
        task = next(ready)
        places = under_way.pop(task)
        error = task.exception()
        if error is None:
            yield from zip(places, task.result(), strict=True)
        elif type(error).__name__ != "KilledWorker":
            raise UserError(WENT_WRONG.filled(why=" ".join(f"{type(error).__name__}: {error}".split())))
        elif len(places) == 1:
            yield places[0], refused(sources[places[0]], terms, WORKER_DIED)
        else:  # one of them did it: each is checked again by itself
            waiting.extendleft([place] for place in reversed(places))
        task.release()


@contextmanager
def _client(scheduler: str | None, jobs: int) -> Iterator[Any]:
    try:
        dask = import_module("distributed")
        import_module("cryptography")  # the certificate of a cluster of our own
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    if scheduler is None:
        os.environ["PYTHONSAFEPATH"] = (
            "1"  # its processes begin with `python -c`, and would look into the current folder
        )
        # Whoever can reach a scheduler can have it run anything: only who holds this run's certificate may speak to it.
        # Dask starts a web server for the scheduler and each worker, come what may; without pages it answers nothing.
        with (
            import_module("dask.config").set({pages: [] for pages in PAGES}),
            dask.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR,
                security=True, host="127.0.0.1",
            ) as own,
            dask.Client(own) as client,
        ):  # fmt: skip
            yield client
        return
    try:
        client = dask.Client(scheduler, timeout=SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        why = without_secrets(error, secrets_of(scheduler))
        raise UserError(NO_SCHEDULER.filled(scheduler=shown_address(scheduler), why=why)) from None
    with client:
        yield client


def _sent_at_once(sources: Sequence[Source], places: Sequence[int], is_sent: Callable[[Place], bool]) -> list[Source]:
    """The first of these sources, as many as may go with one task; with their bytes where the workers cannot read them."""
    together: list[Source] = []
    size = 0
    for place in places:
        source = held(sources[place], is_sent)
        size += len(source.place.data) if isinstance(source.place, Held) else 0
        if together and size > MOST_SENT:
            break
        together.append(source)
    return together


def check_apart(sources: Sequence[Source], terms: Terms, limits: FileLimits, check: Check) -> list[Outcome]:
    """The outcomes of one task, in a worker of the cluster: remote bytes are fetched here, then read by a reader."""
    if not CAN_FORK:
        return [outcome_of(check, source, terms) for source in sources]
    here = [held(source, is_remote) for source in sources]
    found = dict(check_here(here, range(len(here)), terms, jobs=1, limits=limits, check=check))
    return [found[place] for place in range(len(here))]
