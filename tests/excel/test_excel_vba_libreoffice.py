"""LibreOffice opens the macro workbook, finds our modules in it, and runs each of the generated functions from a cell.

LibreOffice knows no `Module.Function` and no DLL, so the cells call the bare names and the way to Python is an echo; the
functions compute in LibreOffice through an add-in of its own (docs/libreoffice.md).
"""

import json
import subprocess
import uuid
from pathlib import Path

import pytest

from warmap.worksheet import FUNCTIONS
from warmap_addin.excel import project
from warmap_addin.excel.added_parts import parts_of, set_kind
from warmap_addin.excel.build import book_name, with_macros
from warmap_addin.excel.machine import ADDIN_FILE
from warmap_addin.libreoffice.locate import (
    OWN_GROUP,
    clean_environment,
    profile_options,
    require_office,
    require_python,
    stop,
)
from warmap_workbook.editing.zip_out import zip_of
from warmap_workbook.writing.build import build_workbook

pytestmark = pytest.mark.office
HERE = Path(__file__).parent
ECHO = """Attribute VB_Name = "WarmapPython"
Option Explicit
Option Private Module

Public Function WarmapCall(ByVal name As String, ByVal given As Variant) As Variant
    WarmapCall = name & ":" & (UBound(given) + 1)
End Function

Public Function WarmapWhy(ByVal cell As Variant) As String
    WarmapWhy = "why"
End Function
"""


def opened(folder, path, formulas=()):
    """What LibreOffice shows for formulas entered into a workbook whose macros may run, and the modules it found."""
    pipe, profile = f"warmap{uuid.uuid4().hex}", folder / "profile"
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
    command = [require_office().soffice, *options, *profile_options(profile), f"--accept=pipe,name={pipe};urp;"]
    quiet, environment = subprocess.DEVNULL, clean_environment()
    office = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, **OWN_GROUP)
    try:
        ask = [require_python().program, HERE / "office_macros.py", pipe, path, *formulas]
        done = subprocess.run(ask, capture_output=True, text=True, check=True, timeout=120, env=environment)
    finally:
        stop(office, 10)
    return json.loads(done.stdout)


def call(function):
    """A formula with a cell for every argument; the bare name, for LibreOffice knows no Module.Function."""
    return f"={function.name}({';'.join('B1' for _ in function.arguments)})"


def test_every_function_runs_from_a_cell(tmp_path, monkeypatch):
    modules = project.module_texts("xlsm")
    monkeypatch.setattr(project, "module_texts", lambda _: {"WARMAP": modules["WARMAP"], "WarmapPython": ECHO})
    path = tmp_path / "echo.xlsm"
    path.write_bytes(with_macros(build_workbook(None, "zh"), "zh"))
    formulas = {name: call(function) for name, function in FUNCTIONS.items()}
    shown = opened(tmp_path, path, formulas.values())["shown"]
    assert {name: shown[formula] for name, formula in formulas.items()} == {
        name: f"{name}:{len(function.arguments)}" for name, function in FUNCTIONS.items()
    }


@pytest.mark.parametrize("name", [book_name("en"), ADDIN_FILE])
def test_it_opens_with_our_modules(built, tmp_path, name):
    """The add-in as a copy typed as a workbook: LibreOffice opens no .xlam."""
    parts = parts_of((built / name).read_bytes())
    set_kind(parts, "xlsm")
    path = tmp_path / "book.xlsm"
    path.write_bytes(zip_of(parts))
    found = opened(tmp_path, path)["modules"][project.PROJECT_NAME]
    expected = set(project.module_texts("xlam" if name == ADDIN_FILE else "xlsm"))
    assert {module for module in found if not module.startswith("Sheet")} == expected | {"ThisWorkbook"}
