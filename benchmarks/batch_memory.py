"""How much memory a batch takes: the process that asks, and its readers, for 1,000 files and for 10,000.

`python benchmarks/batch_memory.py [FILES …]` prints the peak of each (Linux), every file a sample of its own account
with texts of its own, so that the comparison across files has all it may have to remember.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SIZES = (1000, 10_000)
EVERY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Peak:
    """Resident memory at its highest, in MiB: of the process that asks, and of the largest of its readers."""

    main: float
    reader: float


def write_maps(folder: Path, count: int) -> None:
    """So many maps as JSON, made from one sample: each of another account, and no text that another has."""
    from warmap.parsing import read_document, to_document
    from warmap_workbook.samples import load_sample

    whole = json.dumps(to_document(read_document(load_sample("telecom_core_network", "zh")).map), default=str)
    for place in range(count):
        document = json.loads(whole)
        document["deal"]["account"] = f"客户 {place}"
        for rows in document.values():
            for row in rows if isinstance(rows, list) else [rows]:
                row.update({name: f"{text} {place}" for name, text in row.items() if _is_sentence(text)})
        (folder / f"{place:06}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and len(value) >= 20


def peak(count: int) -> Peak:
    """Check so many files in a process of its own, and look at it until it ends."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        write_maps(folder, count)
        command = [sys.executable, "-m", "warmap_app", "check", str(folder), "--format", "jsonl"]
        with subprocess.Popen(
            [*command, "-o", f"{name}/out.jsonl"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            main = reader = 0
            while running.poll() is None:
                main = max(main, _peak_kib(running.pid))
                reader = max([reader, *map(_peak_kib, _children(running.pid))])
                time.sleep(EVERY_SECONDS)
    return Peak(main / 1024, reader / 1024)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _peak_kib(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)


def main() -> int:
    for count in map(int, sys.argv[1:] or SIZES):
        found = peak(count)
        print(f"{count:6,} files: {found.main:.0f} MiB in the process that asks, {found.reader:.0f} MiB in a reader")
    return 0


if __name__ == "__main__":
    sys.exit(main())
