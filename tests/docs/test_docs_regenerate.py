"""One command renews every generated file; its check tells what is stale and names that command."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from tools import regenerate
from warmap.text import LANGUAGES
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import sample_names

COMMAND = "python -m tools.regenerate"


@pytest.fixture(scope="module")
def wanted():
    return dict(regenerate.generated())


@pytest.fixture
def copy(tmp_path, wanted, monkeypatch):
    """A repository whose generated files are all fresh; generating takes no time in it."""
    (tmp_path / "pyproject.toml").touch()
    regenerate.write(tmp_path, wanted.items())
    monkeypatch.setattr(regenerate, "generated", lambda: iter(wanted.items()))
    return tmp_path


def check(root):
    return regenerate.main(["--check", "--root", str(root)])


def test_the_committed_files_are_fresh(wanted):
    assert regenerate.differences(regenerate.ROOT, wanted) == {}, f"renew them with: {COMMAND}"


def test_generating_twice_gives_the_same_bytes(wanted):
    assert dict(regenerate.generated()) == wanted


def test_templates_and_samples_are_there_in_both_languages(wanted):
    for lang in LANGUAGES:
        assert f"workbook_templates/war_map.{lang}.xlsx" in wanted
        assert {f"workbook_templates/samples/{name}.{lang}.xlsx" for name in sample_names()} <= set(wanted)


def test_a_sample_reads_back_without_a_finding_that_fails_it(wanted):
    for path, content in wanted.items():
        if path.startswith("workbook_templates/samples/"):
            assert [f.code for f in read_workbook(content).findings if f.severity.value != "minor"] == []


def test_a_fresh_copy_passes(copy, capsys):
    assert check(copy) == 0
    assert "up to date" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["docs/rules/RF205.md", "docs/columns.md", "docs/warmap.schema.json"])
def test_a_changed_file_fails_and_the_command_is_named(copy, capsys, path):
    (copy / path).write_bytes((copy / path).read_bytes() + b" ")
    assert check(copy) == 1
    said = capsys.readouterr()
    assert f"{path} differs" in said.out
    assert COMMAND in said.err


def repacked(content, change=lambda name, data: data):
    """The same workbook with its parts stored as they are, each perhaps changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, part.date_time), change(part.filename, old.read(part)))
    return stream.getvalue()


class TestAWorkbook:
    """Parts count, not how another zlib packs them."""

    PATH = "workbook_templates/war_map.zh.xlsx"

    def test_packed_otherwise_is_the_same(self, copy):
        file = copy / self.PATH
        again = repacked(file.read_bytes())
        assert again != file.read_bytes()
        file.write_bytes(again)
        assert check(copy) == 0

    def test_with_one_part_changed_differs(self, copy):
        file = copy / self.PATH
        file.write_bytes(
            repacked(file.read_bytes(), lambda name, data: data + b" " if name == "xl/workbook.xml" else data)
        )
        assert check(copy) == 1

    def test_that_is_none_differs(self, copy):
        (copy / self.PATH).write_bytes(b"not a workbook")
        assert check(copy) == 1


def test_a_missing_file_fails(copy, capsys):
    (copy / "docs/rules/RF101.md").unlink()
    assert check(copy) == 1
    assert "docs/rules/RF101.md is missing" in capsys.readouterr().out


def test_a_page_left_over_from_a_rule_that_is_gone_fails_and_is_removed(copy, capsys):
    left_over = copy / "docs/rules/RF199.md"
    left_over.touch()
    assert check(copy) == 1
    assert "RF199.md is no longer generated" in capsys.readouterr().out
    assert regenerate.main(["--root", str(copy)]) == 0
    assert not left_over.exists()


def test_what_people_wrote_beside_is_left_alone(copy):
    own = [copy / "docs" / "design.md", copy / "workbook_templates" / "mine.xlsx"]
    for file in own:
        file.touch()
    assert regenerate.main(["--root", str(copy)]) == 0
    assert all(file.exists() for file in own)


def test_writing_mends_and_touches_nothing_else(copy):
    changed, fresh = copy / "docs/columns.md", copy / "docs/checks.md"
    before = fresh.stat().st_mtime_ns
    changed.write_text("old")
    assert regenerate.main(["--root", str(copy)]) == 0
    assert check(copy) == 0
    assert fresh.stat().st_mtime_ns == before


def test_outside_a_checkout_it_says_so(tmp_path, capsys):
    assert check(tmp_path) == 2
    assert "not the repository" in capsys.readouterr().err


def test_it_runs_as_a_command():
    command = [sys.executable, "-m", "tools.regenerate", "--help"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert "--check" in done.stdout
