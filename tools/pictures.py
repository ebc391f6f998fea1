"""The pictures of the READMEs and of the tour: sheets recalculated in LibreOffice, and pages as a browser shows them.

python -m tools.pictures            all of them: needs LibreOffice and pdftoppm (tools/install-office.sh)
python -m tools.pictures pages      the pages alone: needs Chromium (tools/install-browser.sh)
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from warmap.layout import TAB, placements
from warmap.reading import read_document
from warmap.text import LANGUAGES, Lang, Text
from warmap_addin import CannotDo
from warmap_addin.libreoffice.office import Office
from warmap_app.command import UserError
from warmap_app.main import main as run
from warmap_app.report.browser import as_png
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

DEALS: Mapping[str, str] = {"healthy": "bank_risk_platform", "troubled": "port_logistics"}
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "img"
DPI = 85
WIDTH, HEIGHT = 11.69 * DPI, 8.27 * DPI  # A4 across
SHOWN: Mapping[str, tuple[float, float]] = {"home": (0.05, 0.6), "people": (0.05, 0.69)}
"""What a picture shows of the page's height, from and to; the rest is white."""
LEFT_OUT = (
    "department", "position_class", "level", "reports_to", "decision_order", "influenced_by", "evidence_grade", "assessed_on", "style",
    "response_mode", "counterpart", "counterpart_level", "wants_our_success", "post_status", "post_since", "notes",
)  # fmt: skip
"""Columns of People that a picture hides, so that the letters of the others are legible."""
SAMPLES = FOLDER.parents[1] / "workbook_templates" / "samples"
PAGES: Mapping[str, tuple[int, int, Sequence[str]]] = {  # width and height shown, and the command that makes the page
    "report.healthy": (820, 1140, ["report"]),
    "check": (1360, 620, ["check", "--format", "html"]),
    "portfolio": (1100, 720, ["portfolio", "--quota", "CNY=60000000"]),
}
NO_PDFTOPPM = Text(
    "没有找到 pdftoppm（Debian/Ubuntu：apt-get install poppler-utils）。",
    "pdftoppm was not found (on Debian or Ubuntu: apt-get install poppler-utils).",
)


def picture(pdf: Path, target: Path, top: float, bottom: float) -> Path:
    """A part of the first page as a PNG. Raises CannotDo without pdftoppm, CalledProcessError for a broken PDF."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise CannotDo(NO_PDFTOPPM)
    crop = ["-x", "0", "-y", f"{HEIGHT * top:.0f}", "-W", f"{WIDTH:.0f}", "-H", f"{HEIGHT * (bottom - top):.0f}"]
    command = [program, "-png", "-singlefile", "-r", str(DPI), *crop, str(pdf), str(target.with_suffix(""))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603  a program of the machine
    return target


def show_people_alone(path: Path, lang: Lang) -> None:
    """Hide every other sheet and the columns left out, and print what is left on one page."""
    book = openpyxl.load_workbook(path)
    name = TAB["people"].name.to(lang)
    for sheet in book.worksheets:
        sheet.sheet_state = "visible" if sheet.title == name else "hidden"
        sheet.print_area = None  # LibreOffice prints a hidden sheet that has one
    book.active = book.sheetnames.index(name)
    people, place = book[name], placements()["contacts"]
    widths = {
        number: columns.width
        for columns in people.column_dimensions.values()
        for number in range(columns.min, columns.max + 1)
    }
    people.column_dimensions.clear()  # one entry stands for several columns of one width
    for number, width in widths.items():
        people.column_dimensions[get_column_letter(number)].width = width
    for number, field in enumerate(place.table.fields, place.left):
        people.column_dimensions[get_column_letter(number)].hidden = field.code in LEFT_OUT
    people.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    people.page_setup.fitToWidth, people.page_setup.fitToHeight = 1, 0
    people.col_breaks.brk = []
    book.save(path)


def draw(folder: Path) -> list[Path]:
    """Draw every picture, `SHEET.DEAL.LANG.png`. Raises CannotDo where a program is missing."""
    drawn = []
    with Office(install_addin=True) as office, tempfile.TemporaryDirectory() as scratch:
        for lang in LANGUAGES:
            for deal, sample in DEALS.items():
                for sheet, (top, bottom) in SHOWN.items():
                    book = Path(scratch, f"{sheet}.{deal}.{lang}.xlsx")
                    book.write_bytes(build_workbook(read_document(load_sample(sample, lang)).map, lang))
                    if sheet == "people":
                        show_people_alone(book, lang)
                    document = office.open(book)
                    document.recalculate()
                    pdf = document.save_as(book.with_suffix(".pdf"), "pdf")
                    document.close()
                    drawn.append(picture(pdf, folder / f"{book.stem}.png", top, bottom))
    return drawn


def draw_pages(folder: Path) -> list[Path]:
    """The one-page report, the page of a check and that of a portfolio, of the samples. Raises UserError without a browser."""
    drawn = []
    for lang in LANGUAGES:
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch, "page.html")
            books = [str(path) for path in sorted(SAMPLES.glob(f"*.{lang}.xlsx"))]
            healthy = str(SAMPLES / f"{DEALS['healthy']}.{lang}.xlsx")
            for name, (width, height, command) in PAGES.items():
                files = [healthy] if name == "report.healthy" else books
                run([*command, *files, "--lang", lang, "--force", "-o", str(out)])
                target = folder / f"{name}.{lang}.png"
                target.write_bytes(as_png(out.read_text("utf-8"), width, height, dots=1))
                drawn.append(target)
    return drawn


def main(words: Sequence[str] = ()) -> int:
    """Draw and name what was drawn; exit code 1 where a program is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        drawn = [*(draw(FOLDER) if "pages" not in words else ()), *draw_pages(FOLDER)]
    except (CannotDo, UserError) as missing:
        print(missing.words.en, file=sys.stderr)
        return 1
    for path in drawn:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
