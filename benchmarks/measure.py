"""Times taken fairly: candidates interleaved, medians, and a fresh process wherever start-up is what is measured."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from warmap.text import Text

Timer = Callable[[], float]
LIBRARIES = ("warmap", "pydantic", "xlwings", "XlsxWriter", "python-calamine")
# Both parts are timed inside one process, so the second pays only for what the first has not yet imported.
TIMED_IMPORT = """
import time
started = time.perf_counter()
{first}
between = time.perf_counter()
{then}
print(between - started, time.perf_counter() - between)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio: median over the rounds of candidate ÷ floor of the same round; times are medians in seconds.

    In another `unit` both are thousands of it, as seconds are of milliseconds.
    """

    name: Text
    floor: Text
    ratio: float
    seconds: float
    floor_seconds: float
    rounds: int
    target: float | None = None
    is_least: bool = False  # the target is the least that is wanted, of a rival
    unit: str = "ms"

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.is_least else self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something timed, and the target of its ratio (None: for information)."""

    take: Timer
    target: float | None = None
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """The most resident memory that the processes of one batch came to, in MiB."""

    files: int
    main: float
    worker: float


def compared(floor_name: Text, floor: Timer, others: Mapping[Text, Candidate], rounds: int) -> Iterator[Figure]:
    """Each candidate against the floor, all of them interleaved."""
    times = interleaved({"": floor, **{name.en: one.take for name, one in others.items()}}, rounds)
    base = times[""]
    for name, one in others.items():
        taken = times[name.en]
        ratio = statistics.median(here / there for here, there in zip(taken, base, strict=True))
        median, least = statistics.median(taken), statistics.median(base)
        yield Figure(name, floor_name, ratio, median, least, rounds, one.target, one.is_least)


def interleaved(candidates: Mapping[str, Timer], rounds: int) -> dict[str, list[float]]:
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


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout


def environment() -> dict[str, str]:
    """Without coverage hooks or warnings; compiled files are kept, as for a user."""
    dropped = ("PYTHONDONT", "PYTHONWARN", "PYTHONDEV", "COVERAGE", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}


def import_time(statement: str) -> Timer:
    """Seconds an import takes in a fresh interpreter, the interpreter's own start left out."""
    code = TIMED_IMPORT.format(first=statement, then="pass")
    return lambda: float(fresh(code).split()[0])


def added_import_time(before: str, statement: str) -> Timer:
    """Seconds an import adds in a fresh interpreter that has made another one already."""
    code = TIMED_IMPORT.format(first=before, then=statement)
    return lambda: float(fresh(code).split()[1])


def process_time(command: Sequence[str]) -> Timer:
    """Seconds from starting a program to its end."""

    def run() -> float:
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
        return time.perf_counter() - started

    return run


def call_time(work: Callable[[], object]) -> Timer:
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


def machine() -> dict[str, str | int]:
    """Processor, cores and system."""
    system = f"{platform.system()} {platform.machine()}"
    return {"processor": _processor(), "cores": os.cpu_count() or 1, "system": system}


def _processor() -> str:
    """The processor's name; Linux tells it in /proc/cpuinfo, other systems through `platform`."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def versions() -> dict[str, str]:
    """Python and the libraries that take part."""
    found = {"Python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def peak_of(process: int) -> float:
    """The most resident memory of a process so far, in MiB (Linux); 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
