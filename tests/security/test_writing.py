"""Security, line 2: whatever is written is whole or absent, harms nothing that stands there, and never an input."""

import ast
import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from warmap_app.main import main
from warmap_workbook import saving
from warmap_workbook.saving import CannotWrite, save

ROOT = Path(__file__).parents[2]
SHIPPED = [file for room in ("src", "udfs", "addin", "workbook_templates") for file in (ROOT / room).rglob("*.py")]
SAMPLE = next((ROOT / "workbook_templates" / "warmap_workbook" / "samples").glob("*.yaml"))
GOOD = b"last week's results"


@pytest.fixture
def deal(tmp_path, monkeypatch):
    """A filled-in workbook, in the current folder."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--from", str(SAMPLE), "-o", "deal.xlsx"]) == 0
    return tmp_path / "deal.xlsx"


WRITERS = {
    "check": ("check", "deal.xlsx", "--format", "json", "-o"),
    "check html": ("check", "deal.xlsx", "--format", "html", "-o"),
    "check xlsx": ("check", "deal.xlsx", "--format", "xlsx", "-o"),
    "check csv": ("check", "deal.xlsx", "--format", "csv", "--what", "files", "-o"),
    "portfolio": ("portfolio", "deal.xlsx", "-o"),
    "new": ("new", "--from", "deal.xlsx", "-o"),
    "upgrade": ("upgrade", "deal.xlsx", "-o"),
    "repair": ("repair", "deal.xlsx", "-o"),
    "history": ("history", "deal.xlsx", "--add", "-o"),
}
every_writer = pytest.mark.parametrize("command", list(WRITERS))


@every_writer
class TestPlacesThatAreNotWrittenTo:
    def refused(self, capsys, command, place):
        code = main([*WRITERS[command], str(place), "--force", "--lang", "en"])
        said = capsys.readouterr().err
        assert code == 2, said
        return said

    def test_a_device_stays_a_device(self, deal, capsys, command):
        device = deal.with_name("sink.xlsx")
        try:
            os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        except PermissionError:
            os.mkfifo(device)  # who may not make a device
        kind = stat.S_IFMT(device.lstat().st_mode)
        assert "not a regular file" in self.refused(capsys, command, device)
        assert stat.S_IFMT(device.lstat().st_mode) == kind

    def test_a_pipe_is_not_waited_for(self, deal, capsys, command):
        os.mkfifo(deal.with_name("pipe.xlsx"))
        assert "not a regular file" in self.refused(capsys, command, "pipe.xlsx")
        assert stat.S_ISFIFO(deal.with_name("pipe.xlsx").lstat().st_mode)

    def test_a_link_is_neither_followed_nor_replaced(self, deal, capsys, command):
        other = deal.with_name("other.xlsx")
        other.write_bytes(GOOD)
        deal.with_name("link.xlsx").symlink_to(other)
        assert "is a link" in self.refused(capsys, command, "link.xlsx")
        assert other.read_bytes() == GOOD
        assert deal.with_name("link.xlsx").is_symlink()

    @pytest.mark.parametrize("name", ["deal.xlsx", "./deal.xlsx", "again.xlsx"])
    def test_what_is_read_is_never_written_over(self, deal, capsys, command, name):
        deal.with_name("again.xlsx").hardlink_to(deal)
        before = deal.read_bytes()
        assert "one of the files to be read" in self.refused(capsys, command, name)
        assert deal.read_bytes() == before


def test_copies_with_notes_never_replace_the_submissions(deal, capsys):
    before = deal.read_bytes()
    folder = deal.parent / "in"
    folder.mkdir()
    deal.rename(folder / "deal.xlsx")
    (folder / "bad.xlsx").write_bytes(before)
    main(["check", "in", "--format", "notes", "-o", "in", "--force", "--as-of", "2031-01-01"])
    assert (folder / "deal.xlsx").read_bytes() == before
    assert (folder / "bad.xlsx").read_bytes() == before


class TestAFullDisk:
    """A limit on the size of files stands for the disk: writing fails in the middle as it does on a full one."""

    @every_writer
    def test_the_good_old_file_survives_and_it_is_said(self, deal, command):
        (deal.parent / "out.xlsx").write_bytes(GOOD)
        before = sorted(path.name for path in deal.parent.iterdir())

        def small_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))

        # --jobs is not needed: readers write nothing
        line = [sys.executable, "-m", "warmap_app", *WRITERS[command], "out.xlsx", "--force", "--lang", "en"]
        done = subprocess.run(line, cwd=deal.parent, capture_output=True, text=True, preexec_fn=small_disk, check=False)
        assert done.returncode == 2, done
        assert done.stderr.startswith("warmap: cannot write "), done.stderr
        assert (deal.parent / "out.xlsx").read_bytes() == GOOD
        assert sorted(path.name for path in deal.parent.iterdir()) == before

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.ENOSPC, "the disk is full"),
            (errno.EDQUOT, "the disk is full"),
            (errno.EROFS, "this disk is read-only"),
            (errno.EBUSY, "it is in use; close"),
            (errno.EACCES, "no permission"),
            (errno.EIO, "the disk failed"),
            (errno.ENAMETOOLONG, "the name is too long"),
        ],
    )
    @pytest.mark.parametrize("step", ["open", "fsync", "replace"])
    def test_each_refusal_has_its_words_at_each_step(self, tmp_path, monkeypatch, number, words, step):
        def refuse(*_, **__):
            raise OSError(number, os.strerror(number))

        path = tmp_path / "out.json"
        path.write_bytes(GOOD)
        with monkeypatch.context() as patch:
            patch.setattr(*((Path, "replace") if step == "replace" else (saving.os, step)), refuse)
            with pytest.raises(CannotWrite, match=words) as told:
                save(path, b"new")
        assert str(path) in told.value.words.zh
        assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.json", GOOD)]

    def test_a_place_that_may_not_be_written_to_is_told(self, tmp_path):
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(CannotWrite, match="a part of the path is a file, not a folder"):
            save(tmp_path / "file" / "out.json", b"x")
        with pytest.raises(CannotWrite, match="cannot write"):
            save(tmp_path / "a\0b", b"x")
        with pytest.raises(CannotWrite, match="the name is too long"):
            save(tmp_path / ("x" * 300), b"x")


def test_a_file_keeps_its_rights(tmp_path):
    path = tmp_path / "out.json"
    path.write_bytes(GOOD)
    path.chmod(0o600)
    save(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# -- the house ---------------------------------------------------------------------------------------------------------

OTHERWISE = {
    "workbook_templates/warmap_workbook/saving.py": "the door itself",
    "src/warmap_app/batch/journal.py": "a journal grows line by line; opened for its owner alone, and locked",
    "src/warmap_app/batch/seal.py": "a key is for its owner alone from the first byte, and never replaced",
    "src/warmap_app/store/kept.py": "an empty file for its owner alone, which SQLite then fills",
    "src/warmap_app/report/browser.py": "the page a browser shall print, in a temporary folder of its own",
    "addin/warmap_addin/excel/project.py": "in a temporary folder of its own",
    "addin/warmap_addin/macros/session.py": "a log grows line by line",
    "addin/warmap_addin/libreoffice/warmap_calc_addin.py": "a log grows line by line, inside LibreOffice",
    "addin/warmap_addin/libreoffice/office.py": "copies into a temporary folder of its own",
    "addin/warmap_addin/libreoffice/install.py": "copies into a temporary profile of its own",
}
"""Files that open a file for writing by themselves, each with the reason."""
WRITING = {"write_text", "write_bytes", "to_parquet", "to_csv", "to_excel", "savefig", "copyfile", "copytree", "copy2", "move"}  # fmt: skip


def writes(tree):
    """The lines that open a path for writing."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        is_chosen = any(isinstance(one, ast.Name) and one.id == "mode" for one in node.args)
        modes = ["w"] if is_chosen else [word for word in words if word and set(word) <= set("rwxab+t")]
        if name == "open" and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "os":
            if (
                "O_RDONLY" not in ast.dump(node)
                and "READ_ONLY" not in ast.dump(node)
                and "O_WRONLY" not in ast.dump(node)
            ):
                yield node.lineno
        elif name in WRITING or (name == "open" and any(set(mode) & set("wxa+") for mode in modes)):
            yield node.lineno


def test_nothing_in_the_house_is_written_past_the_door():
    found = {
        f"{name}:{line}"
        for file in SHIPPED
        for name in [file.relative_to(ROOT).as_posix()]
        if name not in OTHERWISE
        for line in writes(ast.parse(file.read_text("utf-8")))
    }
    assert found == set()


def test_no_exception_is_kept_that_nobody_needs():
    needless = [name for name in OTHERWISE if not any(writes(ast.parse((ROOT / name).read_text("utf-8"))))]
    assert needless == []
