"""How fast one submitted workbook is checked: against a bare read of its values, and against what else one would write.

`python benchmarks/checking.py --found` says which of the planted faults each of them finds; `--memory 10000` checks
so many workbooks in one process and prints its resident memory on the way.
"""

from __future__ import annotations

import argparse
import gc
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

import openpyxl
from measure import Candidate, Figure, Timer, call_time, compared
from python_calamine import CalamineWorkbook
from rivals import openpyxl_scripts
from workbooks import SNAPSHOTS, full, sample, samples, write_samples

from warmap.text import Text
from warmap_app.load import load
from warmap_app.result import result_of
from warmap_workbook.writing.build import build_workbook

Fault = tuple[str, str, str]
Check = Callable[[Path], list[Fault]]
BARE = Text("python-calamine 只读全部值", "python-calamine reading all values")
WHOLE = Text("`warmap check` 的全部工作", "all that `warmap check` does")
CHECKED = Text("`warmap check` 的全部工作，{what}", "all that `warmap check` does, {what}")
SAVED_BY = Text("{program} 保存的样例", "samples saved by {program}")
CONTACTS = Text("60 个联系人", "60 contacts")
AND_SNAPSHOTS = Text("60 个联系人、{count} 份快照", "60 contacts with {count} snapshots")
PANDERA = Text("pandera，calamine 引擎，一张表", "pandera with the calamine engine, one sheet")
FRICTIONLESS = Text("frictionless，一张表", "frictionless, one sheet")
TWO_SHEETS = Text("openpyxl 只读脚本，两张表", "a read-only openpyxl script, two sheets")
AVERAGE = Text("普通的 openpyxl 脚本：五张表的值", "an average openpyxl script: the values of five tables")
THOROUGH = Text(
    "周全的 openpyxl 脚本：五张表、公式、错误值，无得分",
    "the thorough openpyxl script: five tables, formulas, error values, no scores",
)
PEOPLE, DEAL = "关键人", "商机"
PLANTED: dict[tuple[str, str], Any] = {
    (PEOPLE, "L6"): "非常高",  # not in the list
    (PEOPLE, "M7"): "也许",  # not in the list
    (PEOPLE, "G8"): 0,  # out of range
    (PEOPLE, "S9"): "上周",  # not a date
    (PEOPLE, "F10"): "无此人",  # nobody of this name
    (PEOPLE, "A11"): None,  # a required field of a filled row
    (DEAL, "B8"): "很多",  # not an amount
    (DEAL, "B9"): "元元",  # no currency
    ("计分板", "C6"): 0.9,  # a formula overwritten
    ("红旗", "A5"): "=1+1",  # a formula changed
}
WARM = 3  # times each file is checked before anything is measured
STEP = 1000


def bare(path: Path) -> None:
    """Every value of a workbook, nothing more."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def whole(path: Path) -> dict[str, Any]:
    """What a worker of the batch does with a file."""
    return result_of(load(path), "zh")


def in_turn(work: Callable[[Path], object], paths: list[Path]) -> Timer:
    """The time of one call, on the next file each time: a batch never meets the same file again at once."""
    files = cycle(paths)
    return call_time(lambda: work(next(files)))


def others(folder: Path) -> dict[Text, Check]:
    """What one might use instead; pandera and frictionless where they are installed (the extra `benchmark`)."""
    empty = folder / "template.xlsx"
    empty.write_bytes(build_workbook(None, "zh"))
    template = openpyxl_scripts.template_formulas(empty)
    found: dict[Text, Check] = {
        TWO_SHEETS: openpyxl_scripts.two_sheets,
        AVERAGE: openpyxl_scripts.average,
        THOROUGH: partial(openpyxl_scripts.thorough, template=template),
    }
    try:
        from rivals import frictionless_contacts, pandera_contacts
    except ImportError:
        return found
    return {PANDERA: pandera_contacts.check, FRICTIONLESS: frictionless_contacts.check, **found}


def checking(scale: float) -> Iterator[Figure]:
    """The whole check of filled workbooks, each round another one, and the rivals on the same files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_samples(folder)
        big = {CONTACTS: folder / "60.xlsx", AND_SNAPSHOTS.filled(count=SNAPSHOTS): folder / "60-12.xlsx"}
        for path, count in zip(big.values(), (0, SNAPSHOTS), strict=True):
            path.write_bytes(full(count))
        sets = {SAVED_BY.filled(program=program): (paths, 4.5) for program, paths in files.items()}
        sets |= {what: ([path], 5 if "12" in path.name else 4.5) for what, path in big.items()}
        gc.freeze()  # as a worker of a batch does: what the collector has to look at is what one file brings
        for path in [path for paths, _ in sets.values() for path in paths] * WARM:
            whole(path)
            bare(path)
        for what, (paths, target) in sets.items():
            ours = {CHECKED.filled(what=what): Candidate(in_turn(whole, paths), target)}
            yield from compared(
                BARE, in_turn(bare, paths), ours, round(max(6 if len(paths) == 1 else 3, 6 * scale) * len(paths))
            )
        chinese = [path for path in files["XlsxWriter"] if ".zh." in path.name]
        rivals = {
            name: Candidate(in_turn(work, chinese), 15 if name is THOROUGH else None, is_least=name is THOROUGH)
            for name, work in others(folder).items()
        }
        yield from compared(WHOLE, in_turn(whole, chinese), rivals, round(max(1, 2 * scale) * len(chinese)))


def planted(folder: Path) -> Path:
    """A sample with faults in it."""
    book = openpyxl.load_workbook(io.BytesIO(sample()))
    for (sheet, cell), value in PLANTED.items():
        book[sheet][cell] = value
    path = folder / "planted.xlsx"
    book.save(path)
    return path


def found() -> Iterator[str]:
    """Which planted faults each finds, and how many cells it names beyond them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = planted(folder)
        named = {WHOLE: {(f["sheet"], f["cell"]) for f in whole(path)["findings"]}}
        named |= {title: {fault[:2] for fault in work(path)} for title, work in others(folder).items()}
        for title, cells in named.items():
            missed = [cell for cell in PLANTED if cell not in cells]
            hits, more = len(PLANTED) - len(missed), len(cells - PLANTED.keys())
            yield f"{title.en}: {hits} of {len(PLANTED)} planted faults, {more} other cells named"
            yield f"    missed: {', '.join('!'.join(cell) for cell in missed) or '–'}"


def memory(count: int) -> Iterator[str]:
    """Resident memory of one process that checks workbook after workbook, in MiB (Linux)."""
    with tempfile.TemporaryDirectory() as name:
        paths = []
        for title, content in samples().items():
            path = Path(name) / f"{title}.xlsx"
            path.write_bytes(content)
            paths.append(str(path))
        code = f"import checking; checking.worker({paths!r}, {count})"
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True) as process:
            yield from map(str.rstrip, process.stdout or ())


def worker(paths: list[str], count: int) -> None:
    """Check so many workbooks and print the memory on the way."""
    for number, path in zip(range(1, count + 1), cycle(map(Path, paths)), strict=False):
        whole(path)
        if number % STEP == 0 or number == count:
            status = Path("/proc/self/status").read_text("ascii").splitlines()
            now, peak = (next(s for s in status if s.startswith(what)).split()[1] for what in ("VmRSS", "VmHWM"))
            print(f"{number} checked: {int(now) / 1024:.0f} MiB, peak {int(peak) / 1024:.0f} MiB", flush=True)


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--found", action="store_true", help="what each finds of the planted faults")
    parser.add_argument("--memory", type=int, metavar="N", help="memory over N checks (Linux)")
    options = parser.parse_args()
    if options.found or options.memory:
        lines = found() if options.found else memory(options.memory)
    else:
        lines = (f"{one.name.en}: {one.ratio:.2f} × {one.floor.en}" for one in checking(1))
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
