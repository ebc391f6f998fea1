"""The portfolio of 1,000 and of 10,000 maps from a store: its time and memory against what any such program needs.

The floor of time is the check's own judgement of as many maps by the same pool of readers, nothing rolled up or written. The
floor of memory is the same process with what it imports and the list of the maps, none of them read.
`python benchmarks/rolling_up.py 10000` prints memory and time of every output.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from measure import Figure, environment, peak_of

from warmap.text import LANGUAGES, Lang, Text
from warmap_app.batch.one import Kept, Terms, check_one
from warmap_app.batch.sources import Held, Source
from warmap_app.result import Result
from warmap_app.store import open_store
from warmap_workbook.samples import load_sample, sample_names

COUNTS = (1_000, 10_000)
OUTPUTS: dict[str, tuple[str, ...]] = {
    "terminal": (),
    "html": ("-o", "out.html"),
    "csv": ("-o", "out.csv"),
    "xlsx": ("-o", "out.xlsx"),
}
TEAMS, REPS = 12, 90
ROLLED_UP = Text("{count} 份地图从地图库汇总成{output}", "rolling {count} maps up from a store, output {output}")
JUDGED = Text("同样 {count} 份地图只评不汇总", "judging the same {count} maps, nothing rolled up")
MEMORY = Text(
    "{count} 份地图汇总成{output}：内存最高值",
    "the most memory while rolling up {count} maps, output {output}",
)
IDLE = Text("同一进程，读第一份地图之前", "the same process before it reads the first map")
ONLY_JUDGED = """
import sys
from warmap_app.batch.one import Terms
from warmap_app.portfolio.deals import stored_results
from warmap_app.store import open_store
from warmap.settings import default_settings
with open_store(sys.argv[1]) as store:
    ids = store.newest()
    sum(1 for _ in stored_results(store.maps(ids), len(ids), Terms("en", settings=default_settings())))
"""
LISTED_ONLY = """
import sys
import warmap_app.commands.portfolio
from warmap_app.store import open_store
with open_store(sys.argv[1]) as store:
    store.newest()
"""


def fill(path: Path, count: int) -> None:
    """A store of so many deals: the samples of both languages, each under many names, teams and amounts."""
    judged = [_judged(name, lang) for name in sample_names() for lang in LANGUAGES]
    with open_store(str(path), write=True) as store:
        store.keep(_named(judged[number % len(judged)], number) for number in range(count))


def _judged(name: str, lang: Lang) -> tuple[Result, Kept]:
    document = json.dumps(load_sample(name, lang), default=str, ensure_ascii=False).encode()
    outcome = check_one(Source(f"{name}.json", Held(document)), Terms("en", keep=True, today=date.max))
    return outcome["result"], outcome["kept"]


def _named(judged: tuple[Result, Kept], number: int) -> tuple[Result, Kept]:
    result, kept = judged[0], judged[1]
    deal: dict[str, Any] = {
        **result["deal"], "account": f"Account {number:05}", "team": f"Team {number % TEAMS}",
        "owner": f"Rep {number % REPS}", "amount": 10_000 + 37 * number,
    }  # fmt: skip
    named = deepcopy(kept)
    named["map"]["deal"].update({key: deal[key] for key in ("account", "team", "owner", "amount")})
    named["content"] = f"{number:016}"
    return {**result, "deal": deal, "file": f"deal {number:05}.xlsx"}, named


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and the most resident memory in MiB of one process, its readers left out (Linux)."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        most = 0.0
        while process.poll() is None:
            most = max(most, peak_of(process.pid))
            time.sleep(0.02)
    return time.perf_counter() - started, most


def portfolio_command(output: str) -> list[str]:
    """The command as a user gives it."""
    return [sys.executable, "-m", "warmap_app", "portfolio", "--store", "h.db", "--force", *OUTPUTS[output]]


def rolling_up(scale: float) -> Iterator[Figure]:
    """Time and memory at both sizes, each against its floor, in one run."""
    rounds = max(1, round(scale))
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            fill(folder / "h.db", count)
            for _ in range(rounds):
                floor, _ = measured([sys.executable, "-c", ONLY_JUDGED, "h.db"], folder)
                _, idle = measured([sys.executable, "-c", LISTED_ONLY, "h.db"], folder)
                for output in OUTPUTS:
                    seconds, most = measured(portfolio_command(output), folder)
                    about = {"count": f"{count:,}", "output": output}
                    yield Figure(ROLLED_UP.filled(**about), JUDGED.filled(**about), seconds / floor, seconds, floor, 1)
                    yield Figure(MEMORY.filled(**about), IDLE, most / idle, most / 1000, idle / 1000, 1, unit="MiB")


def main() -> None:
    """Print seconds and MiB of every output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=COUNTS[0])
    parser.add_argument("outputs", nargs="*", choices=[*OUTPUTS, []], help="of these outputs alone")
    options = parser.parse_args()
    count, chosen = options.count, options.outputs or [*OUTPUTS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "h.db", count)
        print(f"{count:,} maps, store {(folder / 'h.db').stat().st_size / 2**20:.0f} MiB")
        for what, command in {
            **({} if options.outputs else {"judged only": [sys.executable, "-c", ONLY_JUDGED, "h.db"]}),
            "idle": [sys.executable, "-c", LISTED_ONLY, "h.db"],
            **{output: portfolio_command(output) for output in chosen},
        }.items():
            seconds, most = measured(command, folder)
            print(f"{what:12} {seconds:7.1f} s {most:7.0f} MiB", flush=True)
        for file in sorted(folder.glob("out.*")):
            sizes = [one.stat().st_size for one in (file.glob("*") if file.is_dir() else [file])]
            print(f"{file.name:12} {len(sizes)} file(s), largest {max(sizes) / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
