"""The pictures of the docs: a sample deal recalculated in LibreOffice, its front page as a PNG in each language.

python -m tools.pictures        needs LibreOffice and pdftoppm (tools/install-office.sh)
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from warmap.parsing import read_document
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.locate import OfficeMissing
from warmap_addin.libreoffice.office import Office
from warmap_addin.libreoffice.pages import pages_as_png
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

SAMPLE = "manufacturer_mes"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "img"
DPI = 110


def draw(folder: Path) -> list[Path]:
    """One picture a language, of the first page. Raises OfficeMissing where a program is missing."""
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
    except OfficeMissing as missing:
        print(missing.words.en, file=sys.stderr)
        return 1
    for picture in drawn:
        print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
