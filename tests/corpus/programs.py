"""The empty templates as the programs save them that reps use: taken as they are, or re-saved in each program."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
from saved_template import SavedTemplate

from warmap.text import LANGUAGES
from warmap_workbook.writing.build import build_workbook

if TYPE_CHECKING:
    from pathlib import Path

MINUTES = 60


def saved_by_openpyxl(data):
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


def saved_by_gnumeric(books, folder):
    """{name: bytes} as Gnumeric saves them."""
    program = shutil.which("ssconvert")
    assert program, "Gnumeric's ssconvert is not installed"
    done = {}
    for name, data in books.items():
        path, copy = folder / f"{name}.xlsx", folder / f"{name}.gnumeric.xlsx"
        path.write_bytes(data)
        subprocess.run([program, path, copy], capture_output=True, check=True, timeout=2 * MINUTES)
        done[name] = copy.read_bytes()
    return done


def saved_by_libreoffice(books, folder, *, install_addin):
    """{name: bytes} as LibreOffice recalculates and saves them, with the functions or without."""
    from warmap_addin.libreoffice.office import Office

    done = {}
    with Office(install_addin=install_addin) as office:
        for name, data in books.items():
            path, copy = folder / f"{name}.xlsx", folder / f"{name}.office.xlsx"
            path.write_bytes(data)
            document = office.open(path)
            document.recalculate()
            document.save_as(copy, "xlsx")
            document.close()
            done[name] = copy.read_bytes()
    return done


def all_programs(books, folder):
    """{program: {name: bytes}}: the same workbooks as every program saves them."""
    return {
        "XlsxWriter": dict(books),
        "openpyxl": {name: saved_by_openpyxl(data) for name, data in books.items()},
        "Gnumeric": saved_by_gnumeric(books, folder),
        "LibreOffice": saved_by_libreoffice(books, folder, install_addin=False),
        "LibreOffice with the functions": saved_by_libreoffice(books, folder, install_addin=True),
    }


def templates(folder: Path):
    """The empty template in both languages from every program."""
    books = {lang: build_workbook(None, lang) for lang in LANGUAGES}
    return [
        SavedTemplate(data, lang, program)
        for program, saved in all_programs(books, folder).items()
        for lang, data in saved.items()
    ]
