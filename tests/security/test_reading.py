"""Security, line 3: foreign bytes are read in a process of their own, within time and memory, by every command."""

import ast
import os
import signal
import threading
import time
from argparse import Namespace
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest
from xlsxwriter import Workbook

from warmap.text import Text
from warmap_app import apart, child
from warmap_app.apart import Apart, Broken, answer_of
from warmap_app.command import UserError
from warmap_app.main import command_named, main

ROOT = Path(__file__).parents[2]
SAMPLE = next((ROOT / "workbook_templates" / "warmap_workbook" / "samples").glob("*.yaml"))
HERE = os.getpid()


@pytest.fixture
def deal(tmp_path, monkeypatch):
    """A filled-in workbook, in the current folder."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--from", str(SAMPLE), "-o", "deal.xlsx"]) == 0
    (tmp_path / "other.xlsx").write_bytes((tmp_path / "deal.xlsx").read_bytes())
    with Workbook(tmp_path / "roster.xlsx") as roster:
        roster.add_worksheet().write_row(0, 0, ["rep", "due"])
    with Workbook(tmp_path / "people.xlsx") as people:
        people.add_worksheet().write_column(0, 0, ["Name", "Jane Doe"])
    with Workbook(tmp_path / "quotas.xlsx") as quotas:
        quotas.add_worksheet().write_row(0, 0, ["period", "currency", "amount"])
    with Workbook(tmp_path / "rates.xlsx") as rates:
        rates.add_worksheet().write_row(0, 0, ["from", "to", "rate", "date", "source"])
        rates.get_worksheet_by_name("Sheet1").write_row(1, 0, ["CNY", "USD", 0.14, "2026-06-30", "PBoC"])
    return tmp_path / "deal.xlsx"


@pytest.fixture
def _forked(monkeypatch):
    """Other tests leave threads; then a new process is started, which knows nothing of what is put in place here."""
    monkeypatch.setattr(apart, "may_fork", lambda: True)


LINES = {
    "evaluate": "evaluate deal.xlsx",
    "evaluate as JSON": "evaluate deal.xlsx --json",
    "diff": "diff deal.xlsx other.xlsx",
    "diff with the newest snapshot": "diff deal.xlsx",
    "history": "history deal.xlsx",
    "history --add": "history deal.xlsx --add -o out.xlsx",
    "upgrade": "upgrade deal.xlsx -o out.xlsx",
    "repair": "repair deal.xlsx -o out.xlsx",
    "new": "new --from deal.xlsx -o out.xlsx",
    "merge": "merge deal.xlsx other.xlsx --base deal.xlsx -o out.xlsx",
    "import-contacts": "import-contacts people.xlsx --into deal.xlsx --yes -o out.xlsx",
    "check": "check deal.xlsx",
    "roster": "check deal.xlsx --roster roster.xlsx",
    "notes": "check deal.xlsx other.xlsx --format notes -o notes",
    "portfolio": "portfolio deal.xlsx other.xlsx",
    "roster of a portfolio": "portfolio deal.xlsx --roster roster.xlsx",
    "rates of a portfolio": "portfolio deal.xlsx --currency USD --rates rates.xlsx",
    "quotas of a portfolio": "portfolio deal.xlsx --by month --quota quotas.xlsx",
}
by_fork = pytest.mark.usefixtures("_forked")
every_line = pytest.mark.parametrize("line", list(LINES))


@by_fork
@every_line
def test_no_foreign_byte_is_parsed_in_the_process_that_was_called(deal, monkeypatch, line):
    """A package is opened in another process only; in this one the opening raises."""
    real = ZipFile.__init__

    def opened(self, *given, **more):
        assert os.getpid() != HERE, "a package was opened here"
        real(self, *given, **more)

    monkeypatch.setattr(ZipFile, "__init__", opened)
    assert main(LINES[line].split()) in ({0, 1} if "newest" not in line else {2})  # there is none


@by_fork
@pytest.mark.parametrize("line", [line for line in LINES if LINES[line].split()[0] not in {"check", "portfolio"}])
class TestACommandWhoseFileIsHostile:
    """Time, memory and life of the process are the file's to spoil, and nobody else's. (A batch: `tests/batch`.)"""

    def told(self, line, instead_of, capsys, monkeypatch, work, seconds=30.0):
        name = line.split()[0]
        instead_of(name, replace(command_named(name).run, seconds=seconds))
        monkeypatch.setattr(ZipFile, "__init__", work)
        began = time.monotonic()
        assert main([*LINES[line].split(), "--lang", "en"]) == 2
        assert time.monotonic() - began < 25
        assert not Path("out.xlsx").exists()
        return capsys.readouterr().err

    def test_that_takes_too_long(self, deal, line, instead_of, capsys, monkeypatch):
        said = self.told(line, instead_of, capsys, monkeypatch, lambda *_, **__: time.sleep(60), seconds=0.5)
        assert "deal.xlsx" in said
        assert "reading it took longer than" in said

    def test_that_wants_all_the_memory(self, deal, line, instead_of, capsys, monkeypatch):
        said = self.told(line, instead_of, capsys, monkeypatch, lambda *_, **__: bytearray(2 * 1024**3) * 2)
        assert "reading it needed too much memory" in said

    def test_that_kills_its_reader(self, deal, line, instead_of, capsys, monkeypatch):
        said = self.told(line, instead_of, capsys, monkeypatch, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        assert "the process that read it ended unexpectedly" in said


@by_fork
class TestTheDoor:
    def test_data_come_through(self):
        told = {"a": [1, 2.5, None, True, "é\ud800"], "b": b"\x00\xff", "c": {"d": [b"x", {"e": b""}]}}
        assert answer_of(lambda: told, "x") == told

    @pytest.mark.parametrize("kind", [object(), {1: set()}, lambda: 1])
    def test_and_nothing_else(self, kind):
        with pytest.raises((Broken, UserError)):
            answer_of(lambda: kind, "x")

    def test_an_answer_has_a_greatest_size(self, monkeypatch):
        monkeypatch.setattr(apart, "MOST_ANSWERED", 1000)
        with pytest.raises(UserError, match="what comes of it is too large"):
            answer_of(lambda: "x" * 10_000_000, "x")

    def test_a_refusal_keeps_its_words_and_a_mistake_its_name(self):
        def refuse():
            raise UserError(Text("不行", "no"))

        with pytest.raises(UserError) as refused:
            answer_of(refuse, "x")
        assert refused.value.words == Text("不行", "no")
        with pytest.raises(Broken, match="ZeroDivisionError: division by zero"):
            answer_of(lambda: 1 / 0, "x")

    def test_no_process_is_left_behind(self):
        me = psutil.Process()
        before = set(me.children(recursive=True))  # hosts and clusters of other tests
        for work in (lambda: 1, lambda: time.sleep(60)):
            with suppress(UserError):
                answer_of(work, "x", seconds=0.2)
        assert set(me.children(recursive=True)) <= before

    def test_what_is_printed_there_is_printed_here(self, deal, capsys, monkeypatch):
        main(["evaluate", "deal.xlsx", "--lang", "en"])
        apart_said = capsys.readouterr()
        command_named("evaluate").run.run(
            Namespace(file=Path("deal.xlsx"), json=False, brief=False, as_of=None, settings=None), "en"
        )
        assert capsys.readouterr() == apart_said


class TestWhereNothingCanBeForked:
    """As on Windows, and where threads run, as in a host: another Python is started, in earnest."""

    @pytest.fixture(autouse=True, params=["a system without fork", "threads"])
    def _anew(self, request, monkeypatch):
        def fork():
            raise AssertionError("it was forked")

        monkeypatch.setattr(os, "fork", fork)
        if request.param == "threads":
            done = threading.Event()
            thread = threading.Thread(target=done.wait)
            thread.start()
            yield
            done.set()
            thread.join()
        else:
            monkeypatch.setattr(child, "CAN_FORK", False)
            yield

    def test_data_come_through(self):
        assert answer_of(partial(dict, a=1, b=b"\x00\xff"), "x") == {"a": 1, "b": b"\x00\xff"}

    def test_a_command_prints_and_writes(self, deal, capsys):
        assert main(["repair", "deal.xlsx", "-o", "out.xlsx", "--lang", "en"]) == 0
        assert "wrote out.xlsx" in capsys.readouterr().out
        assert Path("out.xlsx").stat().st_size > 1000

    @pytest.mark.parametrize(
        ("work", "words"),
        [
            (partial(time.sleep, 60), "reading it took longer than 0.1 s"),
            (partial(bytearray, 2 * 1024**3), "reading it needed too much memory"),
            (partial(os._exit, 0), "the process that read it ended unexpectedly"),
            (partial(os.abort), "the process that read it ended unexpectedly"),
            (partial("x".__mul__, 10_000_000), "what comes of it is too large"),
        ],
        ids=["hangs", "wants all the memory", "ends", "dies", "says too much"],
    )
    def test_what_takes_its_reader_down(self, monkeypatch, work, words):
        monkeypatch.setattr(child, "SECONDS_TO_START", 5.0)
        monkeypatch.setattr(apart, "MOST_ANSWERED", 1000)
        with pytest.raises(UserError, match=words):
            answer_of(work, "x", seconds=0.1)

    def test_ctrl_c_is_for_the_process_that_asked(self):
        assert answer_of(partial(signal.getsignal, signal.SIGINT), "x") == signal.SIG_IGN


READS = {
    "load",
    "load_bytes",
    "read_workbook",
    "read_book",
    "upgraded",
    "repaired",
    "with_entries",
    "with_history",
    "recalculated",
    "write_copy",
    "Package",
    "archive_sources",
}
BEHIND_THE_DOOR = {
    "src/warmap_app/load.py": "what is done in a reader",
    "src/warmap_app/batch/one.py": "what is done in a reader",
    "src/warmap_app/commands/options.py": "called by commands that run apart",
    "src/warmap_app/commands/maps.py": "commands that run apart",
    "src/warmap_app/commands/history.py": "a command that runs apart",
    "src/warmap_app/commands/workbooks.py": "commands that run apart",
    "src/warmap_app/commands/merging_copies.py": "a command that runs apart",
    "src/warmap_app/commands/people.py": "a command that runs apart",
    "src/warmap_app/people/list_file.py": "called by that command",
    "src/warmap_app/commands/demo.py": "reads what it has itself just built",
    "src/warmap_app/outputs/annotated_copies.py": "apart, copy by copy",
    "src/warmap_app/listing.py": "rosters, quotas and rates, each read apart as a whole",
    "src/warmap_app/batch/asked.py": "archives: their directory alone, bounded by its own limits",
}
"""The modules of the program that parse foreign bytes, each with the reason why it may."""


def test_nothing_in_the_program_reads_past_the_door():
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "src" / "warmap_app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in READS
        and "yaml" not in ast.dump(node.func) and "json" not in ast.dump(node.func)
    }  # fmt: skip
    assert found <= set(BEHIND_THE_DOOR)


def test_every_command_that_reads_a_file_runs_apart():
    for name in ("evaluate", "diff", "history", "upgrade", "repair", "new", "import-contacts", "merge"):
        assert isinstance(command_named(name).run, Apart), name
