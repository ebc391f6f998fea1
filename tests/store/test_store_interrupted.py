"""Two processes that write at once, and one that is killed: the store ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kept_maps import a_map, contents, maps, write
from two_writers import MAPS, made

from warmap_app.store import open_store

SCRIPT = Path(__file__).parent / "two_writers.py"
PATIENCE = 60  # seconds to wait for another process before the test is given up


def without_order(store):
    """What the store holds, whatever came first."""
    rows = contents(store)
    kept = sorted(({**row, "kept": 0} for row in rows["warmap_maps"]), key=lambda row: row["id"])
    return {**rows, "warmap_maps": kept}


def started(*words):
    # the command takes no module from beside a script; this one has its maps there
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return subprocess.Popen(
        [sys.executable, SCRIPT, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def test_two_processes_that_write_the_same_maps_at_once_add_each_once(store, tmp_path):
    running = [started("write", store, mine, others) for mine, others in (("a", "b"), ("b", "a"))]
    told = [process.communicate(timeout=PATIENCE) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    counts = [tuple(map(int, out.split())) for out, _ in told]
    assert [sum(one) for one in counts] == [MAPS, MAPS]
    assert sum(added for added, _ in counts) == MAPS
    alone = str(tmp_path / "alone.db")
    with open_store(alone, write=True) as opened:
        opened.keep(made(range(MAPS)))
    assert without_order(store) == without_order(alone)
    order = [row["kept"] for row in maps(store)]
    assert len(set(order)) == MAPS


def test_a_run_that_was_killed_ends_the_same_with_resume(store, tmp_path, run, keep):
    for place in range(12):
        write(tmp_path / "in" / f"{place:02d}.json", a_map(account=f"客户{place % 6}", amount=place + 1))
    unbroken = str(tmp_path / "unbroken.db")
    keep(unbroken, "in")
    words = ("check", "in", "--store", store, "--format", "jsonl", "-o", "out.jsonl")
    running = started(*words[:1], *words)
    end = time.monotonic() + PATIENCE
    while not Path("stuck").exists():
        assert time.monotonic() < end, "it was never seen at work"
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=PATIENCE)
    assert len(maps(store)) == 4
    assert not Path("out.jsonl").exists()
    code, _, err = run(*words, "--resume")
    assert code == 1  # each deal was handed in twice with two amounts
    assert "12 already checked, 0 to check" in err
    assert contents(store) == contents(unbroken)
    assert len(Path("out.jsonl").read_bytes().splitlines()) == 12


def test_a_check_that_was_stopped_before_a_store_was_wanted_is_done_anew_with_one(run, tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    for name in ("a", "b"):
        write(tmp_path / "in" / f"{name}.json", a_map(account=name))
    words = ("check", "in", "--format", "jsonl", "-o", "out.jsonl")
    with monkeypatch.context() as patch:
        patch.setattr("warmap_app.commands.check.write", stopped)
        assert run(*words)[0] == 130
    err = run(*words, "--resume", "--store", "h.db")[2]
    assert "without the maps that --store keeps: all files are checked anew" in err
    assert len(maps("h.db")) == 2
