"""Every generated file that is committed, from the declarations: templates and their formulas, filled samples, pages of the docs.

`python -m tools.regenerate` writes them; `--check` lists those that differ and exits 1.
"""

import argparse
import sys
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from tools import excel_functions
from tools.formula_data import generated as generated_formulas
from tools.markdown import COMMAND
from tools.pages import generated_pages
from tools.patched_books import built
from warmap.text import LANGUAGES
from warmap_workbook.reading.checks.formula_text import file_of
from warmap_workbook.samples import sample_names

ROOT = Path(__file__).resolve().parents[1]
WORKBOOKS = "workbook_templates"
OURS_ALONE = (
    "docs/rules/RF*.md",
    *(f"{WORKBOOKS}/{name}.{lang}.xlsx" for name in ("war_map", "samples/*") for lang in LANGUAGES),
)
"""Names that only generated files bear: one that is no longer generated is left over and goes."""
MISSING, CHANGED, LEFT_OVER = "is missing", "differs", "is no longer generated"


def generated() -> Iterator[tuple[str, bytes]]:
    """Every generated file as (path below the repository, content), each after those that it is made from."""
    for lang in LANGUAGES:
        name = file_of(lang).name
        yield f"{WORKBOOKS}/warmap_workbook/reading/checks/{name}", generated_formulas(lang)
    for lang in LANGUAGES:
        yield f"{WORKBOOKS}/war_map.{lang}.xlsx", built(lang, None)
    for name in sample_names():
        for lang in LANGUAGES:
            yield f"{WORKBOOKS}/samples/{name}.{lang}.xlsx", built(lang, name)
    for path, text in generated_pages():
        yield f"docs/{path}", text.encode()
    yield excel_functions.PATH, excel_functions.excel_functions().encode()


def same(path: str, found: bytes, wanted: bytes) -> bool:
    """Equal bytes; of a workbook the bytes of every part, for another zlib may pack the same bytes otherwise."""
    if found == wanted:
        return True
    if not path.endswith(".xlsx"):
        return False
    try:
        return _parts(found) == _parts(wanted)
    except zipfile.BadZipFile:
        return False


def _parts(content: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


def difference(file: Path, content: bytes) -> str:
    """How a file is not as it should be; '' where it is."""
    if not file.is_file():
        return MISSING
    return "" if same(file.name, file.read_bytes(), content) else CHANGED


def left_over(root: Path, wanted: Collection[str]) -> dict[str, str]:
    """The files below a folder that are generated no more."""
    files = (file for pattern in OURS_ALONE for file in root.glob(pattern) if not file.name.startswith("~$"))
    return {name: LEFT_OVER for file in files if (name := file.relative_to(root).as_posix()) not in wanted}


def differences(root: Path, wanted: Mapping[str, bytes]) -> dict[str, str]:
    """What is not as it should be below a folder: path → missing, changed or left over."""
    found = {path: what for path, content in wanted.items() if (what := difference(root / path, content))}
    return dict(sorted((found | left_over(root, wanted)).items()))


def write(root: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, dict[str, str]]:
    """Put everything right, each file before the next is made; gives how many there are, and what had to be."""
    wanted, found = set(), {}
    for path, content in files:
        wanted.add(path)
        if what := difference(root / path, content):
            found[path] = what
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    gone = left_over(root, wanted)
    for path in gone:
        (root / path).unlink()
    return len(wanted), dict(sorted((found | gone).items()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; exit code 0 when all is as it should be, 1 when a check found a difference, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository (default: where this module stands)")
    options = parser.parse_args(arguments)
    if not (options.root / "pyproject.toml").is_file():
        print(f"{options.root} is not the repository; generated files are renewed in a checkout only", file=sys.stderr)
        return 2
    if options.check:
        wanted = dict(generated())
        count, found = len(wanted), differences(options.root, wanted)
    else:
        count, found = write(options.root, generated())
    for path, what in found.items():
        done = "removed" if what == LEFT_OVER else "wrote"
        print(f"{path} {what}" if options.check else f"{done} {path}")
    if options.check and found:
        print(f"{len(found)} of {count} generated files are stale; renew them with:  {COMMAND}", file=sys.stderr)
        return 1
    print(f"{count} generated files are up to date" if not found else f"{len(found)} of {count} files renewed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
