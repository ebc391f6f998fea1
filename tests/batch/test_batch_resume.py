"""An interrupted check goes on where it stopped, and its end is the same as if nothing had happened."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from submitted import a_map, write, write_many

HERE = Path(__file__).parent
FILES = 24
PATIENCE = 60  # seconds to wait for another process before the test is given up


@pytest.fixture
def folder(tmp_path):
    write_many(tmp_path / "in", FILES)
    write(tmp_path / "in" / "broken.xlsx", b"PK\x03\x04 no")
    write(tmp_path / "in" / "twin.json", a_map("客户3"))
    write(tmp_path / "in" / "ü 客户.json", a_map("\ud83d half a character"))
    return tmp_path / "in"


@pytest.fixture
def unbroken(folder, run):
    """What a run that was not interrupted writes."""
    run("check", "in", "--format", "jsonl", "-o", "unbroken.jsonl")
    return Path("unbroken.jsonl").read_bytes()


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def stopped(how, out="out.jsonl"):
    """A run that is stopped by a signal in the middle; gives its process when it has ended."""
    journal = Path(f"{out}.journal")
    words = [sys.executable, HERE / "slow_run.py", "check", "in", "--format", "jsonl", "-o", out]
    path = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
    running = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    )
    until(lambda: lines(journal) > 6)
    running.send_signal(how)
    _, err = running.communicate(timeout=PATIENCE)
    assert 6 < lines(journal) < FILES
    return running.returncode, err.decode()


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestKilled:
    """kill -9 in the middle."""

    def test_the_end_is_the_same_byte_for_byte(self, unbroken, run):
        stopped(signal.SIGKILL)
        assert not Path("out.jsonl").exists()
        done = lines(Path("out.jsonl.journal")) - 1
        code, _, err = run("check", "in", "--format", "jsonl", "-o", "out.jsonl", "--resume")
        assert code == 1
        assert err == f"going on: {done} already checked, {FILES + 3 - done} to check\n"
        results = [
            line for line in Path("out.jsonl").read_bytes().splitlines(True) if not line.startswith(b'{"not_taken"')
        ]
        assert b"".join(results) == unbroken  # the readers' marks lie in the folder, and are told

    def test_the_journal_goes_when_all_is_written(self, folder, run):
        stopped(signal.SIGKILL)
        run("check", "in", "--format", "jsonl", "-o", "out.jsonl", "--resume")
        assert not Path("out.jsonl.journal").exists()

    def test_no_reader_is_left_behind(self, folder):
        stopped(signal.SIGKILL)
        readers = [int(path.stem[1:]) for path in folder.glob(".*.pid")]
        assert readers
        until(lambda: not any(map(is_alive, readers)))


class TestInterrupted:
    """Ctrl-C ends promptly, with exit code 130 and a hint."""

    def test_the_journal_is_kept_and_named(self, folder, run):
        code, err = stopped(signal.SIGINT)
        assert code == 130
        assert err == "stopped; run it again with --resume to go on (what is done is in out.jsonl.journal)\n"
        assert Path("out.jsonl.journal").exists()

    def test_without_a_journal_the_hint_says_how_to_have_one(self, folder, run, monkeypatch):
        def interrupted(*_):
            raise KeyboardInterrupt
            yield

        monkeypatch.setattr("warmap_app.commands.check._engine", lambda *_: interrupted)
        code, out, err = run("check", "in")
        assert (code, out) == (130, "")
        assert "--journal" in err


@pytest.fixture
def half(folder, run, monkeypatch):
    """A journal of which ten files are done; gives the run that goes on, and counts what it checks."""
    from warmap_app.batch.one import check_one
    from warmap_app.commands import check

    seen = []

    def engine(sources, todo, terms):
        for place in todo:
            seen.append(sources[place].name)
            yield place, check_one(sources[place], terms)

    def ten(sources, todo, terms):
        for done, outcome in enumerate(engine(sources, todo, terms)):
            if done == 10:
                raise KeyboardInterrupt
            yield outcome

    monkeypatch.setattr(check, "_engine", lambda *_: ten)
    assert run("check", "in", "--journal", "j", "--format", "jsonl")[0] == 130
    seen.clear()
    monkeypatch.setattr(check, "_engine", lambda *_: engine)

    def again(*words, resume=True):
        code, out, err = run(
            "check", "in", "--journal", "j", "--format", "jsonl", *(["--resume"] if resume else []), *words
        )
        return code, out, err, list(seen)

    return again


class TestGoingOn:
    def test_only_the_rest_is_checked(self, unbroken, half):
        seen = half("-o", "out.jsonl")[3]
        assert len(seen) == FILES + 3 - 10
        assert Path("out.jsonl").read_bytes() == unbroken

    def test_a_file_that_changed_is_checked_again(self, half, folder):
        write(folder / "m001.json", b"{}")
        _, out, _, seen = half()
        assert seen[0] == "in/m001.json"
        assert len(seen) == FILES + 3 - 9
        assert json.loads(out.splitlines()[2])["passed"] is False

    def test_a_file_that_was_touched_is_checked_again(self, half, folder):
        os.utime(folder / "m001.json", (1, 1))
        assert half()[3][0] == "in/m001.json"

    def test_a_file_that_is_gone_is_not_in_the_results(self, half, folder):
        (folder / "m001.json").unlink()
        out = half()[1]
        assert len(out.splitlines()) == FILES + 2
        assert "in/m001.json" not in out

    def test_a_new_file_is_checked_in_its_place(self, half, folder):
        write(folder / "aaa.json", a_map("neu"))
        _, out, _, _ = half()
        assert json.loads(out.splitlines()[0])["file"] == "in/aaa.json"

    @pytest.mark.parametrize("words", [["--as-of", "2026-07-01"], ["--lang", "zh"], ["--settings", "s.yaml"]])
    def test_by_other_terms_all_are_checked_again(self, half, words):
        Path("s.yaml").write_text("trust_fading_days: 90\n")
        _, _, err, seen = half(*words)
        assert len(seen) == FILES + 3
        assert err.count("\n") == 1
        assert ("全部重新检查" if "zh" in words else "another as-of date, other settings or another language") in err

    def test_by_another_version_of_the_program_all_are_checked_again(self, half, monkeypatch):
        monkeypatch.setattr("warmap_app.batch.journal.VERSION", "99")
        _, _, err, seen = half()
        assert len(seen) == FILES + 3
        assert err == "j was left by another version of warmap: all files are checked anew\n"

    @pytest.mark.parametrize("layout", [1, 3, "x", None])
    def test_of_a_journal_of_another_layout_it_is_said_and_all_are_checked_again(self, unbroken, half, layout):
        head, _, rest = Path("j").read_bytes().partition(b"\n")
        Path("j").write_bytes(json.dumps({**json.loads(head), "journal": layout}).encode() + b"\n" + rest)
        code, _, err, seen = half("-o", "out.jsonl")
        assert (code, len(seen)) == (1, FILES + 3)
        assert err == "j was left by another version of warmap: all files are checked anew\n"
        assert Path("out.jsonl").read_bytes() == unbroken

    @pytest.mark.parametrize("end", [b'{"name": "in/m', b"\x00\xff", b'{"name":"in/m020.json","mark":"1","result":{}}'])
    def test_half_a_line_at_the_end_is_ignored(self, half, end):
        with Path("j").open("ab") as journal:
            journal.write(end)
        assert len(half()[3]) == FILES + 3 - 10

    def test_a_broken_line_in_the_middle_costs_only_its_file(self, half):
        parts = Path("j").read_bytes().split(b"\n")
        parts[3] = parts[3][:-9]
        Path("j").write_bytes(b"\n".join(parts))
        assert len(half()[3]) == FILES + 3 - 9

    def test_with_nothing_to_go_on_from_all_are_checked(self, half):
        Path("j").unlink()
        assert len(half()[3]) == FILES + 3


class TestNothingIsLost:
    def test_a_journal_is_not_overwritten_without_force(self, half):
        before = Path("j").read_bytes()
        code, _, err, seen = half(resume=False)
        assert (code, seen) == (2, [])
        assert "--resume" in err
        assert "--force" in err
        assert Path("j").read_bytes() == before

    def test_with_force_it_begins_anew(self, half):
        assert len(half("--force", resume=False)[3]) == FILES + 3

    @pytest.mark.parametrize("words", [["--resume"], ["--force"], []])
    @pytest.mark.parametrize("content", ["my notes\n", '{"deal": {}}\n', "[1]"])
    def test_somebodys_file_is_never_taken_for_a_journal(self, folder, run, words, content):
        Path("notes").write_text(content)
        code, _, err = run("check", "in", "--journal", "notes", *words)
        assert code == 2
        assert "is not a journal" in err
        assert Path("notes").read_text() == content

    def test_two_runs_do_not_write_one_journal(self, half):
        import fcntl

        with Path("j").open("rb") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            code, _, err, _ = half()
        assert code == 2
        assert "in use" in err

    def test_resume_needs_to_know_which_run(self, folder, run):
        code, _, err = run("check", "in", "--resume")
        assert code == 2
        assert "--journal" in err

    def test_a_journal_that_cannot_be_written_is_wrong_use(self, folder, run):
        code, _, err = run("check", "in", "--journal", "in/m001.json/j")
        assert code == 2
        assert "in/m001.json is a file" in err

    def test_an_output_that_exists_stops_before_any_file_is_checked(self, folder, run):
        Path("out.json").write_text("mine")
        code, _, err = run("check", "in", "--format", "json", "-o", "out.json")
        assert code == 2
        assert "--force" in err
        assert not Path("out.json.journal").exists()

    def test_the_output_and_the_journal_are_not_checked_themselves(self, folder, run):
        code, _, _ = run("check", "in", "--format", "jsonl", "-o", "in/out.json", "--journal", "in/j.json")
        assert code == 1
        assert lines(folder / "out.json") == FILES + 3
        assert "in/j.json" not in (folder / "out.json").read_text("utf-8")
