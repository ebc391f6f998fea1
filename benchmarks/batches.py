"""Whole batches: a second reader, the checks across files (DV403, DV404, DV405) on four times as many maps, memory.

`python benchmarks/batches.py` prints the time of one map across files in batches of 500 to 32,000;
`--memory 1000 --memory 10000` the memory of the main process and of its readers over so many files (Linux).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from measure import Candidate, Figure, Memory, Timer, compared, environment, peak_of, process_time
from workbooks import samples

from warmap.text import Text
from warmap_app.batch.across import Across

Prints = dict[str, Any]
FILES = 420
ONE = Text("{count} 份文件的整批检查，一个读取进程", "the batch check of {count} files, one reader")
TWO = Text("同一批，两个读取进程", "the same batch, two readers")

FEW, MANY, TEXTS = 1000, 4000, 45
SIZES = (500, 1000, 2000, 4000, 8000, 16000, 32000)
NAMED = {"account": "A", "opportunity": "B"}
USUAL = Text("其中每 20 份有一份抄了别人的一段", "of which every twentieth has copied a text")
WORST = Text("每份都抄同一段，客户各不相同", "all of which share one text, each of another account")
ONE_DEAL = Text("全是同一商机", "all of one deal")
ACROSS = Text("{count} 份地图互相比较，{what}", "comparing {count} maps with each other, {what}")


def _write(folder: Path, count: int) -> None:
    """So many workbooks: the samples, each under many names."""
    folder.mkdir()
    contents = list(samples().values())
    for number, content in enumerate(contents):
        (folder / f"{number:05}.xlsx").write_bytes(content)
    for number in range(len(contents), count):
        os.link(folder / f"{number % len(contents):05}.xlsx", folder / f"{number:05}.xlsx")


def _command(folder: Path, out: Path, jobs: int) -> list[str]:
    options = ["--jobs", str(jobs), "--format", "jsonl", "-o", str(out), "--force"]
    return [sys.executable, "-m", "warmap_app", "check", str(folder), *options]


def fan_out(scale: float) -> Iterator[Figure]:
    """The whole command on one folder, with one reader and with two."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "submitted"
        _write(folder, FILES)
        one, two = (process_time(_tolerant(_command(folder, Path(name) / f"{jobs}.jsonl", jobs))) for jobs in (1, 2))
        others = {ONE.filled(count=FILES): Candidate(one, 1.7, is_least=True)}
        yield from compared(TWO, two, others, round(max(3, 5 * scale)))


def _tolerant(command: Sequence[str]) -> list[str]:
    """The command, with exit code 0 also where some files did not pass."""
    code = "import subprocess, sys; sys.exit(max(subprocess.run(sys.argv[1:]).returncode - 1, 0))"
    return [sys.executable, "-c", code, *command]


def memory(count: int, jobs: int = 2) -> Memory:
    """The most resident memory of the main process and of one of its readers over so many files (Linux)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "submitted"
        _write(folder, count)
        command = _command(folder, Path(name) / "out.jsonl", jobs)
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
        ) as batch:
            main = worker = 0.0
            while batch.poll() is None:
                main = max(main, peak_of(batch.pid))
                worker = max([worker, *map(peak_of, _children(batch.pid))])
                time.sleep(0.2)
    return Memory(count, main, worker)


def _children(process: int) -> Iterator[int]:
    """Every process that a process started, and what those started: a pool may stand between it and its readers."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found = task.read_text("ascii").split()
        except OSError:
            continue
        for one in map(int, found):
            yield one
            yield from _children(one)


def _hash(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def _print(place: int, shared: str = "", deal: str = "") -> Prints:
    """What a reader sends of one map: see `warmap_app.batch.across`."""
    words = [f"{place} {number}" for number in range(TEXTS - bool(shared))] + [shared] * bool(shared)
    texts = [[_hash(text), "Actions", f"A{row}", "what", text[:40]] for row, text in enumerate(words, 6)]
    account = deal or _hash(f"account {place}")
    return {
        "account": account, "spelling": account, "name": "A", "deal": deal or account, "figures": ["1", "CNY", ""],
        "standing": f"{place:032x}", "at": [["Deal", "B5"], ["Deal", "B6"]], "texts": texts,
    }  # fmt: skip


SHAPES: dict[Text, Callable[[int], Prints]] = {
    USUAL: lambda place: _print(place, shared="" if place % 20 else f"copied {place // 100}"),
    WORST: lambda place: _print(place, shared="the same words in every map"),
    ONE_DEAL: lambda place: _print(place, deal=_hash("one deal")),
}


def compare(prints: list[Prints]) -> int:
    """All that a batch does across its files; how many findings there are."""
    across = Across(str)
    for place, one in enumerate(prints):
        across.add(place, one)
    across.settle()
    return sum(len(list(across.findings(place, one, NAMED))) for place, one in enumerate(prints))


def processor_time(prints: list[Prints]) -> float:
    """Seconds of the processor that a comparison takes: other programs on the machine do not count."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        compare(prints)
        return time.process_time() - started
    finally:
        gc.enable()


def across(scale: float) -> Iterator[Figure]:
    """Four times the maps against the maps, interleaved."""
    for what, shape in SHAPES.items():
        prints = [shape(place) for place in range(MANY)]
        many, few = (ACROSS.filled(count=f"{count:,}", what=what) for count in (MANY, FEW))
        fewer: Timer = partial(processor_time, prints[:FEW])
        yield from compared(few, fewer, {many: Candidate(partial(processor_time, prints), 5)}, round(12 * scale))


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=int, metavar="N", action="append", help="memory over N files (Linux)")
    options = parser.parse_args()
    for count in options.memory or ():
        used = memory(count)
        print(f"{count:6,} files: main process {used.main:.0f} MiB, a reader {used.worker:.0f} MiB", flush=True)
    for what, shape in () if options.memory else SHAPES.items():
        prints = [shape(place) for place in range(SIZES[-1])]
        for size in SIZES:
            seconds = processor_time(prints[:size])
            print(f"{size:6,} maps, {what.en}: {seconds / size * 1e6:6.1f} µs a map, {seconds:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
