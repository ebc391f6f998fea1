"""Pages of a PDF as pictures, through poppler's pdftoppm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from warmap.text import Text
from warmap_addin.libreoffice.locate import OfficeMissing

NO_PDFTOPPM = Text(
    "没有找到 pdftoppm（Debian/Ubuntu：apt-get install poppler-utils）。",
    "pdftoppm was not found (on Debian or Ubuntu: apt-get install poppler-utils). ",
)


class PagesMissing(OfficeMissing):
    """pdftoppm is not on this machine."""

    def __init__(self) -> None:
        self.words = NO_PDFTOPPM
        Exception.__init__(self, self.words.en)


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
