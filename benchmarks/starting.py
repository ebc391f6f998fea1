"""How long the program takes to start: imports and whole commands, each in a fresh process."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Candidate, Figure, added_import_time, compared, fresh, import_time, process_time
from workbooks import sample

from warmap.text import Text

PLAIN = "import warmap.model, warmap.settings, warmap.judgement, warmap.rules, warmap.worksheet, warmap.parsing"
BASE_MODEL = "from pydantic import BaseModel"
XLWINGS, EXCEL = "import xlwings", "import warmap_udfs.excel"
HEAVY = ("pandas", "numpy", "openpyxl", "xlwings", "xlsxwriter", "yaml", "rich")

PLAIN_NAME = Text(
    "导入 `warmap` 的全部模型、得分、规则与函数", "importing all of `warmap`: models, scores, rules, functions"
)
EXCEL_NAME = Text("导入 `warmap_udfs.excel`（xlwings 之外的部分）", "importing `warmap_udfs.excel`, beyond xlwings")
VERSION = Text("`warmap --version`", "`warmap --version`")
CHECK_ONE = Text("`warmap check 一份.xlsx`", "`warmap check one.xlsx`")


def code(statement: str) -> Text:
    return Text(f"`{statement}`", f"`{statement}`")


def heavy_modules() -> list[str]:
    """Modules that the plain import must not bring in, and does."""
    return fresh(f"{PLAIN}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])").split()


def imports(scale: float) -> Iterator[Figure]:
    """The plain module against pydantic's base class; what the Excel functions add to xlwings."""
    rounds = round(15 * scale)
    plain = {PLAIN_NAME: Candidate(import_time(PLAIN), 3)}
    yield from compared(code(BASE_MODEL), import_time(BASE_MODEL), plain, rounds)
    excel = {EXCEL_NAME: Candidate(added_import_time(XLWINGS, EXCEL), 0.3)}
    yield from compared(code(XLWINGS), import_time(XLWINGS), excel, rounds)


def commands(scale: float) -> Iterator[Figure]:
    """The installed command, whole processes, against a Python that does nothing."""
    beside = Path(sys.executable).with_name("warmap")
    command = str(beside) if beside.exists() else shutil.which("warmap")
    if command is None:
        raise SystemExit("the command `warmap` is not installed beside this Python")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.xlsx"
        path.write_bytes(sample())
        others = {
            VERSION: Candidate(process_time([command, "--version"]), 3),
            CHECK_ONE: Candidate(process_time([command, "check", str(path)]), 20),
        }
        floor = process_time([sys.executable, "-c", "pass"])
        yield from compared(code("python -c pass"), floor, others, round(25 * scale))
