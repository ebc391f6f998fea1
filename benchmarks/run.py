"""Measure warmap: each figure a ratio against a named floor, taken in one run, on this machine.

`python benchmarks/run.py` prints a table, `--json` JSON; `--readme` renews the table in both READMEs.
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
from table import README, renewed, table


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--readme", action="store_true", help="measure everything and renew the table in both READMEs")
    parser.add_argument("--only", choices=sorted(GROUPS), action="append", help="a group of figures (may be repeated)")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual rounds (default 1)")
    options = parser.parse_args(arguments)
    chosen = options.only if options.only and not options.readme else list(GROUPS)
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
    for lang, path in README.items() if options.readme else ():
        path.write_text(renewed(path.read_text("utf-8"), table(figures, heavy, lang)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
