"""The reader of submitted workbooks fed with mutated files for as long as you like; CI runs quick seeded properties only.

python -m tools.fuzz_reader TARGET [--minutes 15] [--keep FOLDER]

TARGET is one of: container (the zip file itself) · sheet, strings, styles, workbook, relations (one part inside a sound
package) · map (a whole filled workbook, one part of it changed) · yaml, json (a map as a document).
Needs `pip install atheris` (Linux). What is found stands in the folder `--keep` (default: fuzz-TARGET) as crash-…,
timeout-… or oom-…; `python -m tools.fuzz_reader TARGET --again FILE` runs one of them once more.
"""

import argparse
import io
import sys
import zipfile
from functools import cache
from pathlib import Path

import atheris  # in no extra: only this script needs it

with atheris.instrument_imports(include=["warmap_workbook", "warmap.parsing", "warmap_app.load"]):
    from warmap_app.load import load_bytes
    from warmap_workbook.ooxml import Book, Reason, Unreadable, read_book
    from warmap_workbook.reading.read import read_workbook

from collections.abc import Callable

from warmap.reading import read_document
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

PARTS = {
    "sheet": "xl/worksheets/sheet2.xml",
    "strings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "workbook": "xl/workbook.xml",
    "relations": "xl/_rels/workbook.xml.rels",
}
SECONDS, MEGABYTES = 20, 1024
LONGEST = 40_000  # bytes of one input: small ones find the same, sooner


@cache
def parts() -> dict[str, bytes]:
    """The parts of a filled workbook."""
    book = build_workbook(read_document(load_sample("manufacturer_mes", "en")).map, "en")
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    """A workbook of these parts, not compressed: that would only take time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    return out.getvalue()


def small() -> dict[str, bytes]:
    """A workbook with the Deal sheet alone, so that one part is most of what is read."""
    import re

    content = {name: data for name, data in parts().items() if "heets/sheet" not in name or name == PARTS["sheet"]}
    only = rb'<sheets><sheet name="Deal" sheetId="2" r:id="rId2"/></sheets>'
    content[PARTS["workbook"]] = re.sub(rb"<sheets>.*</sheets>", only, content[PARTS["workbook"]])
    return content


def read(data: bytes) -> Book | Reason:
    """What comes of a file: a book or a reason; anything else is a fault."""
    try:
        return read_book(data)
    except Unreadable as refused:
        return refused.reason


def whole(data: bytes) -> None:
    """A submitted workbook is read without a fault of ours."""
    found = [finding for finding in read_workbook(data).findings if finding.code == "DV901"]
    if found:
        raise AssertionError(found[0].message("en"))


def document(name: str) -> Callable[[bytes], None]:
    """A map as a document of this name."""

    def check(data: bytes) -> None:
        found = [finding for finding in load_bytes(name, data).findings if finding.code == "DV901"]
        if found:
            raise AssertionError(found[0].message("en"))

    return check


def target(name: str) -> Callable[[bytes], object]:
    """What is run on every input."""
    if name == "container":
        return read
    if name in {"yaml", "json"}:
        return document(f"a.{name}")
    names, content = sorted(parts()), small()

    def in_the_map(data: bytes) -> None:
        part = names[data[0] % len(names)] if data else names[0]
        whole(packed(parts() | {part: data[1:]}))

    def in_one_part(data: bytes) -> None:
        read(packed(content | {PARTS[name]: data}))

    return in_the_map if name == "map" else in_one_part


def seeds(name: str, folder: Path) -> None:
    """What the mutations begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == "container":
        (folder / "seed").write_bytes(packed({part: data[:200] for part, data in list(small().items())[:6]}))
    elif name in {"yaml", "json"}:
        (folder / "seed").write_bytes(b'{"deal": {"account": "a", "amount": 1.5}, "contacts": [{"name": "x"}]}')
    elif name == "map":
        for place, part in enumerate(sorted(parts())):
            (folder / f"seed-{place}").write_bytes(bytes([place]) + parts()[part])
    else:
        (folder / "seed").write_bytes(small()[PARTS[name]])


def main() -> None:
    """Run until the time is over or something is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=["container", *PARTS, "map", "yaml", "json"])
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--again", type=Path)
    options = parser.parse_args()
    run = target(options.target)
    if options.again:
        run(options.again.read_bytes())
        return
    keep = options.keep or Path(f"fuzz-{options.target}")
    seeds(options.target, keep / "corpus")
    limits = [f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={LONGEST}"]
    how = [f"-max_total_time={int(options.minutes * 60)}", f"-artifact_prefix={keep}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, *how, str(keep / "corpus")], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
