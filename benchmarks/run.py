"""Measure warmap: each figure a ratio against a named floor, taken in one run, on this machine.

`python benchmarks/run.py` prints tables, `--json` JSON; `--docs` renews docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # for `tools`

from batches import across, fan_out, memory
from checking import checking
from in_browser import in_browser
from judging import judging
from measure import Figure, Memory, machine, versions
from recalculation import recalculation
from rolling_up import rolling_up
from starting import commands, heavy_modules, imports
from table import PAGE, renewed, table

from warmap.text import LANGUAGES

GROUPS: Mapping[str, Callable[[float], Iterator[Figure]]] = {
    "imports": imports,
    "commands": commands,
    "judging": judging,
    "checking": checking,
    "recalculation": recalculation,
    "fan-out": fan_out,
    "across": across,
    "rolling-up": rolling_up,
    "in-browser": in_browser,
}
MEMORY = "memory"
BATCHES = (1_000, 10_000)  # files of the batches whose memory is measured


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--docs", action="store_true", help="measure everything and renew docs/performance.md")
    choices = sorted([*GROUPS, MEMORY])
    parser.add_argument("--only", choices=choices, action="append", help="a group of figures (may be repeated)")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual rounds (default 1)")
    options = parser.parse_args(arguments)
    chosen = options.only if options.only and not options.docs else [*GROUPS, MEMORY]
    figures: list[Figure] = []
    used: list[Memory] = []
    for name in chosen:
        print(f"measuring {name} …", file=sys.stderr)
        if name == MEMORY:
            used = [memory(count) for count in BATCHES]
        else:
            figures += GROUPS[name](max(options.scale, 0.2))
    heavy = heavy_modules() if "imports" in chosen else None
    if options.json:
        rows = [{**asdict(one), "name": one.name.en, "floor": one.floor.en, "is_met": one.is_met} for one in figures]
        result = {"machine": machine(), "versions": versions(), "figures": rows, "heavy_modules": heavy}
        print(json.dumps({**result, "memory": [asdict(one) for one in used]}, ensure_ascii=False, indent=2))
    else:
        print(table(figures, used, heavy, "en"))
    for lang in LANGUAGES if options.docs else ():
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), table(figures, used, heavy, lang), lang), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
