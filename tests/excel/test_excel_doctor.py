"""`warmap addin doctor --host excel`: each thing that is known to keep the add-in from working, in words for IT."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from excel_machine import ADDIN, Runner, excel_there, machine

from warmap_addin.cli import outcome
from warmap_addin.excel import office_policy as policy
from warmap_addin.excel.doctor import doctor, examine
from warmap_addin.excel.install import install
from warmap_addin.excel.machine import (
    ADDIN_FILE,
    CONFIGURATION_FILE,
    MANIFEST_FILE,
    XLWINGS_VERSION,
    configuration_bytes,
)

STORE_EXCEL = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051\Office16\EXCEL.EXE"
APP = (rf"HKLM\{policy.APP_PATH}", "")
RULES = policy.ASR_RULES[0]


@pytest.fixture
def installed(tmp_path):
    """Makes a computer with the add-in installed, by a runner of choice."""

    def make(registry=None, runner=None, **more):
        path = tmp_path / "given.xlam"
        path.write_bytes(ADDIN)
        pc = machine(tmp_path / "home", registry or excel_there(), **more)
        assert outcome(install, argparse.Namespace(file=str(path), dry_run=False), "en", pc, runner or Runner()) == 0
        return pc

    return make


def wrong(pc):
    """The codes of what is not well."""
    return [point.code for point in examine(pc) if not point.well]


def test_a_computer_as_it_should_be_is_well(installed, capsys):
    pc = installed()
    capsys.readouterr()
    assert doctor(argparse.Namespace(json=False), "en", pc) == 0
    said = capsys.readouterr().out
    assert "✗" not in said
    assert f"xlwings {XLWINGS_VERSION}" in said
    assert str(pc.log) in said


def test_before_the_installation_it_says_to_install(tmp_path):
    assert wrong(machine(tmp_path)) == ["addin", "configuration"]


REGISTRY = [
    ("no Excel", {APP: None}, "excel"),
    ("Excel from the Store", {APP: STORE_EXCEL}, "excel-from-store"),
    ("Defender blocks child processes", {(RULES, policy.CHILD_PROCESSES): "1"}, "defender-rule"),
    ("the rule in capitals, as some tools write it", {(RULES, policy.CHILD_PROCESSES.upper()): "1"}, "defender-rule"),
    ("the rule warns", {(policy.ASR_RULES[1], policy.CHILD_PROCESSES): 6}, "defender-rule"),
    ("the rule by device management", {(policy.ASR_MANAGED, "ASRRules"): f"x=0|{policy.CHILD_PROCESSES}=1"}, "defender-rule"),
    ("no Win32 calls from macros", {(RULES, policy.WIN32_CALLS): "1"}, "defender-rule"),
    ("no VBA, by policy", {(policy.COMMON_POLICY, "VBAOff"): 1}, "vba-off"),
    ("all macros off", {(policy.SECURITY, "VBAWarnings"): 4}, "macro-setting"),
    ("signed macros only, by policy", {(policy.POLICY, "VBAWarnings"): 3, (policy.SECURITY, "VBAWarnings"): 1}, "macro-setting"),
    ("no trusted locations", {(policy.POLICY + r"\Trusted Locations", "AllLocationsDisabled"): 1}, "trusted-locations"),
    ("add-ins must be signed", {(policy.POLICY, "RequireAddinSig"): 1}, "signed-addins"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "code"), [row[1:] for row in REGISTRY], ids=[row[0] for row in REGISTRY])
def test_what_the_registry_tells(installed, values, code):
    pc = installed(excel_there(values=values))
    assert wrong(pc) == [code]
    (point,) = [point for point in examine(pc) if not point.well]
    assert len(point.remedy.zh) > 5
    assert len(point.remedy.en) > 5


WELL = [
    ("the rule only logs", {(RULES, policy.CHILD_PROCESSES): "2"}),
    ("the rule is off", {(RULES, policy.CHILD_PROCESSES): "0"}),
    ("Excel asks before macros", {(policy.SECURITY, "VBAWarnings"): 2}),
    ("a policy that allows stands above the user's own", {(policy.POLICY, "VBAWarnings"): 2, (policy.SECURITY, "VBAWarnings"): 4}),
    ("32-bit Excel with 64-bit Python", {(policy.CLICK_TO_RUN, "Platform"): "x86"}),
    ("an Excel that does not tell its bitness", {(policy.CLICK_TO_RUN, "Platform"): None}),
]  # fmt: skip


@pytest.mark.parametrize("values", [row[1] for row in WELL], ids=[row[0] for row in WELL])
def test_what_is_no_fault(installed, values):
    assert wrong(installed(excel_there(values=values))) == []


def test_both_bitnesses_are_named(installed):
    pc = installed(excel_there(values={(policy.CLICK_TO_RUN, "Platform"): "x86"}))
    (point,) = [point for point in examine(pc) if point.code == "bitness"]
    assert "32-bit" in point.words.en
    assert "64-bit" in point.words.en


@pytest.mark.parametrize(
    ("runner", "code"),
    [
        (Runner(versions={"pywin32": None}), "pywin32"),
        (Runner(versions={"xlwings": "0.30.0"}), "xlwings"),
        (Runner(versions={"warmap": "0.0.1"}), "warmap"),
        (Runner(dlls=(32,)), "dll"),
    ],
)
def test_what_is_wrong_in_the_python_environment(installed, runner, code):
    assert wrong(installed(runner=runner)) == [code]


def test_the_dll_of_excels_own_bitness_is_the_one_that_counts(installed):
    registry = excel_there(values={(policy.CLICK_TO_RUN, "Platform"): "x86"})
    assert wrong(installed(registry, Runner(dlls=(32,)))) == []


def test_a_configuration_for_another_xlwings(installed):
    pc = installed()
    pc.config.write_bytes(configuration_bytes({"python": str(pc.venv_python), "xlwings": "0.30.0"}))
    assert wrong(pc) == ["xlwings"]


def test_a_configuration_that_cannot_be_read(installed):
    pc = installed()
    pc.config.write_bytes(b"\xff")
    assert wrong(pc) == ["configuration"]


def test_a_python_that_was_removed(installed):
    pc = installed()
    shutil.rmtree(pc.venv)
    assert wrong(pc) == ["python"]


def test_a_python_from_the_store(installed):
    pc = installed()
    (pc.venv / "pyvenv.cfg").write_text("home = C:\\Program Files\\WindowsApps\\Python.3.11\n", "utf-8")
    assert wrong(pc) == ["python-from-store"]


def test_an_addin_that_was_replaced_or_marked_as_from_the_internet(installed):
    pc = installed()
    pc.addin.with_name("warmap.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", "ascii")
    assert wrong(pc) == ["mark-of-the-web"]
    pc.addin.write_bytes(b"another")
    assert wrong(pc) == ["addin", "mark-of-the-web"]


def test_a_file_from_the_own_network_is_not_marked(installed):
    pc = installed()
    pc.addin.with_name("warmap.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=1\n", "ascii")
    assert wrong(pc) == []


def test_a_profile_that_is_synchronised(installed, tmp_path):
    pc = installed(environ={"OneDriveCommercial": str(tmp_path / "home" / "Roaming")})
    assert wrong(pc) == ["onedrive"]


@pytest.mark.parametrize(("platform", "words"), [("darwin", "libreoffice"), ("linux", "libreoffice")])
def test_elsewhere_it_names_the_alternative(tmp_path, platform, words):
    (point,) = examine(replace(machine(tmp_path), platform=platform))
    assert not point.well
    assert words in point.remedy.en
    assert words in point.remedy.zh


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_as_json_each_point_has_its_code_words_and_remedy(tmp_path, capsys, lang):
    assert doctor(argparse.Namespace(json=True), lang, machine(tmp_path)) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in rows if not row["well"]] == ["addin", "configuration"]
    assert all((row["remedy"] is None) is row["well"] for row in rows)
    assert all(row["words"] for row in rows)


@pytest.mark.parametrize("page", ["excel-rollout.md", "excel-rollout.zh.md"])
def test_the_page_for_it_names_every_code_file_and_version(installed, page):
    words = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    codes = {row[2] for row in REGISTRY} | {point.code for point in examine(installed())}
    assert [code for code in codes - {"excel", "bitness"} if f"`{code}`" not in words] == []
    named = (XLWINGS_VERSION, policy.CHILD_PROCESSES, policy.WIN32_CALLS, CONFIGURATION_FILE, MANIFEST_FILE, ADDIN_FILE)
    assert [name for name in named if name not in words] == []
