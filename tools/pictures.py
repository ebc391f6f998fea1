"""The pictures of the docs: a sample deal recalculated in LibreOffice, its front page as a PNG in each language.

python -m tools.pictures        needs LibreOffice and pdftoppm (tools/install-office.sh)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from warmap.reading import read_document
from warmap.text import LANGUAGES, Text
from warmap_addin import CannotDo
from warmap_addin.libreoffice.office import Office
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

SAMPLE = "manufacturer_mes"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "img"
DPI = 110
NO_PDFTOPPM = Text(
    "没有找到 pdftoppm（Debian/Ubuntu：apt-get install poppler-utils）。",
    "pdftoppm was not found (on Debian or Ubuntu: apt-get install poppler-utils). ",
)


class PagesMissing(CannotDo):
    """pdftoppm is not on this machine."""

    def __init__(self) -> None:
        super().__init__(NO_PDFTOPPM)


def pages_as_png(pdf: Path, folder: Path, dpi: int = 100, last: int | None = None) -> list[Path]:
    """One PNG a page, in order. Raises PagesMissing without pdftoppm, CalledProcessError for a broken PDF."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise PagesMissing
    folder.mkdir(parents=True, exist_ok=True)
    most = ["-l", str(last)] if last else []
    command = [program, "-png", "-r", str(dpi), *most, str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603  a program of the machine
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def draw(folder: Path) -> list[Path]:
    """One picture a language, of the first page. Raises CannotDo where a program is missing."""
    drawn = []
    with Office(install_addin=True) as office, tempfile.TemporaryDirectory() as scratch:
        for lang in LANGUAGES:
            book = Path(scratch, f"home.{lang}.xlsx")
            book.write_bytes(build_workbook(read_document(load_sample(SAMPLE, lang)).map, lang))
            document = office.open(book)
            document.recalculate()
            pdf = document.save_as(book.with_suffix(".pdf"), "pdf")
            document.close()
            first = pages_as_png(pdf, Path(scratch, lang), DPI, last=1)[0]
            drawn.append(Path(shutil.copyfile(first, folder / f"home.{lang}.png")))
    return drawn


def main() -> int:
    """Draw and say what was drawn."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        drawn = draw(FOLDER)
    except CannotDo as missing:
        print(missing.words.en, file=sys.stderr)
        return 1
    for picture in drawn:
        print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
