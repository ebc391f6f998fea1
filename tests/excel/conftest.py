"""The three built files, and one run of xlwings' Windows code per language. A tool that is missing fails the tests."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from warmap.layout import MARK
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_addin.excel.build import build_all, build_macro_workbook, with_macros
from warmap_workbook.samples import load_sample

HERE = Path(__file__).parent
SAMPLES = {"zh": "manufacturer_mes", "en": "telecom_core_network"}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A folder with all files of the host."""
    folder = tmp_path_factory.mktemp("excel")
    for name, content in build_all().items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A filled macro workbook in each language, by language."""
    folder = tmp_path_factory.mktemp("filled")
    paths = {}
    for lang, name in SAMPLES.items():
        paths[lang] = folder / f"{name}.{lang}.xlsm"
        paths[lang].write_bytes(build_macro_workbook(read_document(load_sample(name, lang)).map, lang))
    return paths


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A macro workbook with little but the names a war map is known by, in each language, by language."""
    folder = tmp_path_factory.mktemp("small")
    paths = {}
    for lang in LANGUAGES:
        path, paths[lang] = folder / "book.xlsx", folder / f"small.{lang}.xlsm"
        book = Workbook(path)
        sheet, marks = book.add_worksheet("Map"), book.add_worksheet("_marks")
        sheet.write_column("A1", ["Name", "Wang"])
        for row, (name, value) in enumerate((("wm_mark", MARK), ("wm_language", lang), ("wm_live", 1))):
            marks.write(row, 1, value)
            book.define_name(name, f"=_marks!$B${row + 1}")
        book.define_name("wm_contacts", "=Map!$A$1:$A$2")
        book.close()
        paths[lang].write_bytes(with_macros(path.read_bytes(), lang))
    return paths


@pytest.fixture(scope="session")
def xlwings_session(filled):
    """What `xlwings_session.py` found in the filled workbooks, by language."""

    def run(path):
        environment = {**os.environ, "PYTHONUTF8": "1"}
        command = [sys.executable, HERE / "xlwings_session.py", path]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300, env=environment)
        return json.loads(done.stdout)

    with ThreadPoolExecutor() as both:
        return dict(zip(filled, both.map(run, filled.values()), strict=True))
