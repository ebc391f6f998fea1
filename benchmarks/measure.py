"""Times taken fairly: candidates interleaved, medians, and a fresh process wherever start-up is what is measured."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Both parts are timed inside one process, so the second pays only for what the first has not yet imported.
TIMED_IMPORT = """
import time
started = time.perf_counter()
{first}
between = time.perf_counter()
{then}
print(between - started, time.perf_counter() - between)
"""


def _environment() -> dict[str, str]:
    """Without coverage hooks, warnings or a path of the caller's; compiled files are kept, as for a user."""
    dropped = ("PYTHON", "COVERAGE", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=_environment()).stdout


def interleaved(candidates: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """The times of each candidate in seconds; round by round, in turning order, after one round that is not counted."""
    names = list(candidates)
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(-1, rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            taken = candidates[name]()
            if number >= 0:
                times[name].append(taken)
    return times


def import_time(statement: str) -> Callable[[], float]:
    """Seconds an import takes in a fresh interpreter, the interpreter's own start left out."""
    code = TIMED_IMPORT.format(first=statement, then="pass")
    return lambda: float(fresh(code).split()[0])


def added_import_time(before: str, statement: str) -> Callable[[], float]:
    """Seconds an import adds in a fresh interpreter that has made another one already."""
    code = TIMED_IMPORT.format(first=before, then=statement)
    return lambda: float(fresh(code).split()[1])


def process_time(command: Sequence[str]) -> Callable[[], float]:
    """Seconds from starting a program to its end."""

    def run() -> float:
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())
        return time.perf_counter() - started

    return run


def call_time(work: Callable[[], object]) -> Callable[[], float]:
    """Seconds one call takes in this process; the collector runs before it, not inside it."""

    def run() -> float:
        gc.collect()
        gc.disable()
        try:
            started = time.perf_counter()
            work()
            return time.perf_counter() - started
        finally:
            gc.enable()

    return run


def paired(times: Sequence[float], floor: Sequence[float]) -> float:
    """The ratio of one candidate to the floor: the median over the rounds of that round's own ratio."""
    return statistics.median(one / other for one, other in zip(times, floor, strict=True))
