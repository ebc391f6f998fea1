"""How fast one submitted workbook is checked: against a bare read of its values, and against what else one would write.

`python benchmarks/check_speed.py --found` says which of the planted faults each of them finds; `--memory 10000` checks
so many workbooks in one process and prints its resident memory on the way.
"""

from __future__ import annotations

import argparse
import gc
import io
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from figures import BARE, Candidate, compared
from measure import call_time
from rivals import openpyxl_pydantic

from warmap.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figures import Figure

CHECKED = Text(
    "`warmap check` 的全部工作，{program} 保存的样例", "all that `warmap check` does, samples saved by {program}"
)
WHOLE = Text("`warmap check` 的全部工作", "all that `warmap check` does")
SCRIPT = Text(
    "openpyxl + pydantic 脚本（五张表，无得分）", "a script on openpyxl and pydantic (five tables, no scores)"
)
FRICTIONLESS = Text("frictionless，只查关键人表", "frictionless, the contacts table alone")
PANDERA = Text("pandas + pandera，只查关键人表", "pandas and pandera, the contacts table alone")
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


def samples() -> dict[str, bytes]:
    """Every sample in both languages, by its name, as XlsxWriter saves it."""
    from warmap.reading import read_document
    from warmap.text import LANGUAGES
    from warmap_workbook.samples import load_sample, sample_names
    from warmap_workbook.writing.build import build_workbook

    pairs = [(name, lang) for name in sample_names() for lang in LANGUAGES]
    return {f"{n}.{lang}": build_workbook(read_document(load_sample(n, lang)).map, lang) for n, lang in pairs}


def saved_by_openpyxl(content: bytes) -> bytes:
    from openpyxl import load_workbook

    out = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(out)
    return out.getvalue()


def write_all(folder: Path) -> dict[str, list[Path]]:
    """The samples below a folder, by the program that saved them; LibreOffice's where it is installed."""
    made = samples()
    files = {program: folder / program for program in ("XlsxWriter", "openpyxl", "LibreOffice")}
    for path in files.values():
        path.mkdir()
    for name, content in made.items():
        (files["XlsxWriter"] / f"{name}.xlsx").write_bytes(content)
        (files["openpyxl"] / f"{name}.xlsx").write_bytes(saved_by_openpyxl(content))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        sources = sorted(map(str, files["XlsxWriter"].glob("*.xlsx")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(files["LibreOffice"])]
        subprocess.run([*command, *sources], check=True, capture_output=True, timeout=600)
    found = {program: sorted(path.glob("*.xlsx")) for program, path in files.items()}
    return {program: paths for program, paths in found.items() if paths}


def bare(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def whole(path: Path) -> dict[str, Any]:
    from warmap_app.load import load
    from warmap_app.result import result_of

    return result_of(load(path), "zh")


def in_turn(work: Callable[[Path], object], paths: list[Path]) -> Callable[[], float]:
    """The time of one call, on the next file each time: a batch never meets the same file again at once."""
    files = cycle(paths)
    return call_time(lambda: work(next(files)))


def planted(folder: Path) -> Path:
    """A sample with faults in it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(samples()["telecom_core_network.zh"]))
    for (sheet, cell), value in PLANTED.items():
        book[sheet][cell] = value
    path = folder / "planted.xlsx"
    book.save(path)
    return path


def others(folder: Path) -> dict[Text, Callable[[Path], list[tuple[str, str, str]]]]:
    """What one might use instead; frictionless and pandera where they are installed (the extra `benchmark`)."""
    from warmap_workbook.writing.build import build_workbook

    empty = folder / "template.xlsx"
    empty.write_bytes(build_workbook(None, "zh"))
    template = openpyxl_pydantic.template_formulas(empty)
    found: dict[Text, Callable[[Path], list[tuple[str, str, str]]]] = {
        SCRIPT: lambda path: openpyxl_pydantic.check(path, template)
    }
    try:
        from rivals import frictionless_contacts, pandera_contacts
    except ImportError:
        return found
    return {**found, FRICTIONLESS: frictionless_contacts.check, PANDERA: pandera_contacts.check}


def checking(scale: float) -> Iterator[Figure]:
    """The whole check of filled workbooks, each round another one, and the rivals on the same files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_all(folder)
        gc.freeze()  # as a reader of a batch does: what the collector has to look at is what one file brings
        for path in [path for paths in files.values() for path in paths] * WARM:
            whole(path)
            bare(path)
        for program, paths in files.items():
            ours = Candidate(in_turn(whole, paths), 3)
            said = Text(*(CHECKED.say(lang, {"program": program}) for lang in ("zh", "en")))
            yield from compared(BARE, in_turn(bare, paths), {said: ours}, round(max(3, 6 * scale) * len(paths)))
        chinese = [path for path in files["XlsxWriter"] if ".zh." in path.name]
        rivals = {
            name: Candidate(in_turn(work, chinese), 10 if name is SCRIPT else None, is_least=name is SCRIPT)
            for name, work in others(folder).items()
        }
        yield from compared(WHOLE, in_turn(whole, chinese), rivals, round(max(1, 2 * scale) * len(chinese)))


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
    """Resident memory of this process, MiB, every so many checks."""
    with tempfile.TemporaryDirectory() as name:
        paths = []
        for sample, content in samples().items():
            path = Path(name) / f"{sample}.xlsx"
            path.write_bytes(content)
            paths.append(str(path))
        code = f"import check_speed; check_speed.worker({paths!r}, {count})"
        with subprocess.Popen(
            [sys.executable, "-c", code], cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True
        ) as process:
            yield from map(str.rstrip, process.stdout or ())


def worker(paths: list[str], count: int) -> None:
    for number, path in zip(range(1, count + 1), cycle(map(Path, paths)), strict=False):
        whole(path)
        if number % STEP == 0 or number == count:
            status = Path("/proc/self/status").read_text("ascii").splitlines()
            now, peak = (next(s for s in status if s.startswith(what)).split()[1] for what in ("VmRSS", "VmHWM"))
            print(f"{number} checked: {int(now) / 1024:.0f} MiB, peak {int(peak) / 1024:.0f} MiB", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--found", action="store_true", help="what each finds of the planted faults")
    parser.add_argument("--memory", type=int, metavar="N", help="memory over N checks (Linux)")
    options = parser.parse_args()
    for line in found() if options.found else memory(options.memory) if options.memory else ():
        print(line)
    if not options.found and not options.memory:
        for one in checking(1):
            print(f"{one.name.en}: {one.ratio:.2f} × {one.floor.en}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
