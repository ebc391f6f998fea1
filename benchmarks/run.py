"""Measure warmap: each figure a ratio against a named floor, taken in one run, on this machine.

`python benchmarks/run.py` prints a table, `--json` JSON; `--docs` renews docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from figures import GROUPS, Figure, heavy_modules
from machine import machine, versions
from table import PAGE, renewed, table

from warmap.text import LANGUAGES


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--docs", action="store_true", help="measure everything and renew docs/performance.md")
    parser.add_argument("--only", choices=sorted(GROUPS), action="append", help="a group of figures (may be repeated)")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual rounds (default 1)")
    options = parser.parse_args(arguments)
    chosen = options.only if options.only and not options.docs else list(GROUPS)
    figures: list[Figure] = []
    for name in chosen:
        print(f"measuring {name} …", file=sys.stderr)
        figures += GROUPS[name](max(options.scale, 0.2))
    heavy = heavy_modules() if "import" in chosen else None
    if options.json:
        rows = [{**asdict(one), "name": one.name.en, "floor": one.floor.en, "well": one.well} for one in figures]
        result = {"machine": machine(), "versions": versions(), "figures": rows, "heavy_modules": heavy}
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(table(figures, heavy, "en"))
    for lang in LANGUAGES if options.docs else ():
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), table(figures, heavy, lang), lang), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
