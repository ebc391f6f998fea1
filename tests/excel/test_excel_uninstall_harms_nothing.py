"""Security, line 14: uninstalling deletes below the add-in's own folders and nowhere else, whatever its manifest names."""

import argparse
import json

import pytest
from excel_machine import ADDIN, Runner, machine

from warmap_addin.cli import outcome
from warmap_addin.excel.install import fingerprint, install, uninstall


@pytest.fixture
def pc(tmp_path):
    """A computer with the add-in, and somebody's files beside it."""
    home = tmp_path / "home"
    (home / "Documents" / "deep").mkdir(parents=True)
    (home / "Documents" / "deep" / "thesis.docx").write_bytes(b"mine")
    (tmp_path / "given.xlam").write_bytes(ADDIN)
    pc = machine(home)
    arguments = argparse.Namespace(file=str(tmp_path / "given.xlam"), dry_run=False)
    assert outcome(install, arguments, "en", pc, Runner()) == 0
    return pc


def removed(pc, capsys, **entries):
    """What is said when the manifest names these too."""
    told = json.loads(pc.manifest.read_text("utf-8"))
    for name, more in entries.items():
        told[name] += more
    pc.manifest.write_text(json.dumps(told), "utf-8")
    capsys.readouterr()
    assert outcome(uninstall, argparse.Namespace(dry_run=False), "en", pc) == 0
    assert not pc.addin.exists()
    return capsys.readouterr().out


def places(pc):
    """Ways to name the documents folder."""
    (pc.local / "link").symlink_to(pc.home / "Documents", target_is_directory=True)
    return {
        "plain": pc.home / "Documents",
        "dots": pc.local / ".." / ".." / "Documents",
        "link": pc.local / "link",
        "below a link": pc.local / "link" / "deep",
        "all of it": pc.home,
        "our folder itself": pc.local,
    }


@pytest.mark.parametrize("way", ["plain", "dots", "link", "below a link", "all of it", "our folder itself"])
def test_a_folder_elsewhere_is_left_and_that_is_said(pc, capsys, way):
    place = places(pc)[way]
    said = removed(pc, capsys, folders=[str(place)])
    assert (pc.home / "Documents" / "deep" / "thesis.docx").read_bytes() == b"mine"
    assert f"{place} is in no folder of the add-in and is left as it is" in said


@pytest.mark.parametrize("way", ["plain", "dots", "link"])
def test_a_file_elsewhere_is_left_and_that_is_said(pc, capsys, way):
    place = places(pc)[way] / "deep" / "thesis.docx"
    said = removed(pc, capsys, files=[{"path": str(place), "sha256": fingerprint(b"mine"), "backup": ""}])
    assert (pc.home / "Documents" / "deep" / "thesis.docx").read_bytes() == b"mine"
    assert "thesis.docx is in no folder of the add-in" in said


def test_nothing_from_elsewhere_is_put_in_a_files_place(pc, capsys):
    thesis = pc.home / "Documents" / "deep" / "thesis.docx"
    removed(pc, capsys, files=[{"path": str(pc.addin), "sha256": fingerprint(ADDIN), "backup": str(thesis)}])
    assert thesis.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["", "\0", "a" * 5000, "/", ".", "C:\\Windows"])
def test_whatever_a_manifest_names_nothing_breaks(pc, capsys, name):
    removed(pc, capsys, folders=[name], files=[{"path": name, "sha256": "", "backup": name}])
