"""Every generated file that is committed, from the declarations: templates and their formulas, filled samples, pages of the docs.

`python -m tools.regenerate` writes them; `--check` lists those that differ and exits 1.
"""

import argparse
import sys
import zipfile
from collections.abc import Iterator, Sequence
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
    """Every generated file as (path below the repository, content)."""
    for lang in LANGUAGES:
        yield f"{WORKBOOKS}/war_map.{lang}.xlsx", built(lang, None)
    for name in sample_names():
        for lang in LANGUAGES:
            yield f"{WORKBOOKS}/samples/{name}.{lang}.xlsx", built(lang, name)
    for path, text in generated_pages():
        yield f"docs/{path}", text.encode()
    yield excel_functions.PATH, excel_functions.excel_functions().encode()
    for lang in LANGUAGES:
        name = file_of(lang).name
        yield f"{WORKBOOKS}/warmap_workbook/reading/checks/{name}", generated_formulas(lang)


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


def differences(root: Path, wanted: dict[str, bytes]) -> dict[str, str]:
    """What is not as it should be below a folder: path → missing, changed or left over."""
    found: dict[str, str] = {}
    for path, content in wanted.items():
        file = root / path
        if not file.is_file():
            found[path] = MISSING
        elif not same(path, file.read_bytes(), content):
            found[path] = CHANGED
    for pattern in OURS_ALONE:
        names = (file.relative_to(root).as_posix() for file in root.glob(pattern) if not file.name.startswith("~$"))
        found.update(dict.fromkeys((name for name in names if name not in wanted), LEFT_OVER))
    return dict(sorted(found.items()))


def write(root: Path, wanted: dict[str, bytes]) -> dict[str, str]:
    """Put everything right; gives what had to be."""
    found = differences(root, wanted)
    for path, what in found.items():
        file = root / path
        if what == LEFT_OVER:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wanted[path])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; exit code 0 when all is as it should be, 1 when a check found a difference, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository (default: where this module stands)")
    options = parser.parse_args(arguments)
    if not (options.root / "pyproject.toml").is_file():
        print(f"{options.root} is not the repository; generated files are renewed in a checkout only", file=sys.stderr)
        return 2
    wanted = dict(generated())
    found = (differences if options.check else write)(options.root, wanted)
    for path, what in found.items():
        done = "removed" if what == LEFT_OVER else "wrote"
        print(f"{path} {what}" if options.check else f"{done} {path}")
    if options.check and found:
        print(f"{len(found)} of {len(wanted)} generated files are stale; renew them with:  {COMMAND}", file=sys.stderr)
        return 1
    print(
        f"{len(wanted)} generated files are up to date" if not found else f"{len(found)} of {len(wanted)} files renewed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
