"""Security, line 12: what the program keeps for itself is for its owner alone, and nobody else's word is taken for it."""

import json
import os
import stat
from pathlib import Path

import pytest

from warmap_app.batch import seal
from warmap_app.main import main

BAD = {"deal": {"account": "A", "stage": "no such stage", "as_of": "2026-06-30"}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "c"):
        path = tmp_path / "in" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(BAD))
    return tmp_path / "in"


def interrupted(monkeypatch, journal="out.json.journal"):
    """A journal as an interrupted run leaves it, with all files done."""
    with monkeypatch.context() as patch:
        patch.setattr("warmap_app.commands.check.write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert main(["check", "in", "--format", "json", "-o", "out.json"]) == 130
    path = Path(journal)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path


def verdicts():
    code = main(["check", "in", "--format", "json", "-o", "out.json", "--resume"])
    return code, [one["passed"] for one in json.loads(Path("out.json").read_text("utf-8"))["files"]]


def passing(line):
    told = json.loads(line)
    told["result"].update(passed=True, findings=[])
    return told


def forged(lines, how, key):
    """The lines of a journal in which every file passes."""
    head, *rest = lines
    told = [passing(line) for line in rest]
    if how == "without a seal":
        told = [{name: value for name, value in one.items() if name != "seal"} for one in told]
    elif how == "with a seal of another key":
        told = [seal.sealed({n: v for n, v in one.items() if n != "seal"}, b"x" * 32) for one in told]
    elif how == "findings left in":
        told = [json.loads(line) for line in rest]
        for one in told:
            one["result"]["passed"] = True
    elif how == "sealed by us, but passed in spite of a finding":
        told = [json.loads(line) for line in rest]
        for one in told:
            one["result"]["passed"] = True
        told = [seal.sealed({n: v for n, v in one.items() if n != "seal"}, key) for one in told]
    return b"".join(line + b"\n" for line in [head, *(json.dumps(one).encode() for one in told)])


@pytest.mark.parametrize(
    "how",
    ["with the old seal", "without a seal", "with a seal of another key", "findings left in",
     "sealed by us, but passed in spite of a finding"],
)  # fmt: skip
def test_a_forged_journal_makes_nothing_pass(folder, monkeypatch, how):
    journal = interrupted(monkeypatch)
    lines = journal.read_bytes().splitlines()
    journal.write_bytes(forged(lines, how, seal.run_key(json.loads(lines[0]))))
    assert verdicts() == (1, [False, False, False])


def test_a_line_of_another_journal_is_not_taken(folder, monkeypatch):
    for path in folder.iterdir():
        path.write_text(json.dumps({"deal": {**BAD["deal"], "stage": "market_research"}}))
    journal = interrupted(monkeypatch)
    lines = journal.read_bytes().splitlines()
    head = {**json.loads(lines[0]), "as_of": "2031-01-01"}
    journal.write_bytes(b"\n".join([json.dumps(head).encode(), *lines[1:], b""]))
    seen = []
    monkeypatch.setattr(
        "warmap_app.commands.check.GOING_ON", type("Told", (), {"say": lambda _, __, facts: seen.append(facts)})()
    )
    main(["check", "in", "--format", "json", "-o", "out.json", "--resume", "--as-of", "2031-01-01"])
    assert seen == [{"taken": 0, "todo": 3}]


def test_a_content_that_changed_under_the_same_size_and_time_is_checked_again(folder, monkeypatch):
    path = folder / "a.json"
    good = json.dumps({"deal": {**BAD["deal"], "stage": "market_research"}}) + " " * 40
    path.write_text(good)
    before = path.stat()
    interrupted(monkeypatch)
    bad = json.dumps(BAD)
    path.write_text(bad + " " * (len(good) - len(bad)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert verdicts()[1][0] is False


@pytest.mark.parametrize(
    "damage",
    [b'{"journal": 2}\n', b"[" * 100_000 + b"\n", b'{"name": 5}\n', b"\xff\xfe\n", b'{"name":"in/a.json","seal":null}\n'],
)  # fmt: skip
def test_whatever_a_journal_holds_the_run_goes_on(folder, monkeypatch, damage):
    journal = interrupted(monkeypatch)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + damage + b"".join(lines[1:]))
    assert verdicts() == (1, [False, False, False])


def test_the_key_is_for_its_owner_alone_and_stays():
    key = seal.own_key()
    assert key == seal.own_key()
    path = Path(os.environ["XDG_STATE_HOME"]) / "warmap" / seal.KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "spoil", [lambda p: p.chmod(0o644), lambda p: p.write_bytes(b"short"), lambda p: p.write_bytes(b"")]
)
def test_a_key_that_others_may_know_is_not_used(tmp_path, monkeypatch, spoil):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    first = seal.own_key()
    spoil(tmp_path / "warmap" / seal.KEY_FILE)
    assert seal.own_key() != first
    assert seal.own_key() != seal.own_key()


def test_where_no_key_can_be_kept_nothing_is_taken_over(folder, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    interrupted(monkeypatch)
    assert verdicts() == (1, [False, False, False])


@pytest.mark.parametrize("target", ["link", "pipe", "input"])
def test_a_journal_is_only_a_file_of_its_own(folder, capsys, target):
    path = Path("j")
    Path("mine").write_bytes(b'{"journal": 1}\n')
    {"link": lambda: path.symlink_to("mine"), "pipe": lambda: os.mkfifo(path),
     "input": lambda: path.hardlink_to(folder / "a.json")}[target]()  # fmt: skip
    assert main(["check", "in", "--journal", "j", "--force"]) == 2
    assert Path("mine").read_bytes() == b'{"journal": 1}\n'
    assert json.loads((folder / "a.json").read_text()) == BAD


def test_a_store_is_for_its_owner_alone(folder):
    old = os.umask(0)
    try:
        main(["check", "in", "--store", "deep/history.db"])
    finally:
        os.umask(old)
    assert stat.S_IMODE(Path("deep/history.db").stat().st_mode) == 0o600
