"""Measure warmap: each figure a ratio against a named floor, taken in one run, on this machine.

python benchmarks/run.py                  a table to read
python benchmarks/run.py --json           the same as JSON
python benchmarks/run.py --only import    one group
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

SIGN = {True: "✓", False: "✗", None: "–"}


def line(figure: Figure) -> str:
    """One row of the table."""
    sign = "<" if figure.strict else "≤"
    target = "–" if figure.target is None else f"{sign} {figure.target:g} {SIGN[figure.well]}"
    taken, floor = 1000 * figure.seconds, 1000 * figure.floor_seconds
    return f"| {figure.name} | {taken:.1f} ms | {figure.floor} | {floor:.1f} ms | {figure.ratio:.2f} | {target} | {figure.rounds} |"


def table(figures: list[Figure], heavy: list[str] | None) -> str:
    """Everything, as Markdown."""
    where, what = machine(), versions()
    lines = [
        f"{where['processor']}, {where['cores']} cores, {where['system']}; "
        + ", ".join(f"{name} {number}" for name, number in what.items()),
        "",
        "| what | median | floor | median | ratio | target | rounds |",
        "|---|--:|---|--:|--:|---|--:|",
        *(line(figure) for figure in figures),
    ]
    if heavy is not None:
        found = ", ".join(heavy) or "none"
        lines += ["", f"{SIGN[not heavy]} heavy libraries that the plain import brings in: {found}"]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--only", choices=sorted(GROUPS), action="append", help="a group of figures (may be repeated)")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual rounds (default 1)")
    options = parser.parse_args(arguments)
    chosen = options.only or list(GROUPS)
    figures: list[Figure] = []
    for name in chosen:
        print(f"measuring {name} …", file=sys.stderr)
        figures += GROUPS[name](max(options.scale, 0.2))
    heavy = heavy_modules() if "import" in chosen else None
    if options.json:
        rows = [{**asdict(figure), "well": figure.well} for figure in figures]
        result = {"machine": machine(), "versions": versions(), "figures": rows, "heavy_modules": heavy}
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(table(figures, heavy))
    return 0


if __name__ == "__main__":
    sys.exit(main())
