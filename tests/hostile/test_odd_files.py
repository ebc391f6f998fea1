"""A submitted file is untrusted: each odd file gets its pinned verdict, and the rest of the batch goes on.

`verdicts.json` is the kept list. After a change that is meant, look at every difference and renew it:
`python tests/hostile/test_odd_files.py`
"""

from __future__ import annotations

import functools
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import odd_files

from warmap.reading import read_document
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

AROUND = ("a_a_good_one.xlsx", "m_good_one.xlsx", "z_good_one.xlsx")
NASTIEST = (
    "a_bomb_of_overlapping_parts.xlsx", "a_million_styles.xlsx", "a_pivot_cache_of_fifty_megabytes.xlsx",
    "a_shared_formula_of_many_megabytes.xlsx", "a_thousand_sheets.xlsx", "map_deep.yaml", "names_over_everything.xlsx",
    "nested_deep_under_the_ratio.xlsx", "rows_and_columns_far_apart.xlsx", "very_many_cells.xlsx",
)  # fmt: skip
SECONDS, MEMORY = 20, 1024 * 1024  # KiB
ACROSS = {"DV403", "DV404", "DV405"}  # nearly all of them are copies of one another
VERDICTS = Path(__file__).with_name("verdicts.json")
RENEW = "python tests/hostile/test_odd_files.py"


def check_all(folder):
    """Every odd file and one good one in a single run of the command; results by name."""
    odd_files.make(folder)
    (folder / "zz_good.xlsx").write_bytes(odd_files.good())
    for name in AROUND:
        (folder / name).write_bytes(of_another_account())
    return checked(folder)


@functools.cache
def of_another_account():
    """A good workbook that shares nothing with the odd ones."""
    return build_workbook(read_document(load_sample("telecom_core_network", "zh")).map, "zh")


def checked(folder, expected=1):
    """The command run on a folder; results by name."""
    out = folder / "out" / "results.jsonl"
    command = [
        sys.executable,
        "-m",
        "warmap_app",
        "check",
        str(folder),
        "--format",
        "jsonl",
        "-o",
        str(out),
        "--lang",
        "en",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == expected, done.stderr
    assert "Traceback" not in done.stderr
    results = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return {Path(result["file"]).name: result for result in results}


def verdict(result):
    """What is pinned of a result, the other files left aside: passed, scored, the codes, and why it was not read."""
    alone = [finding for finding in result["findings"] if finding["code"] not in ACROSS]
    codes = sorted({finding["code"] for finding in alone})
    passed = not any(f["code"].startswith("DV") and f["severity"] in {"critical", "major"} for f in alone)
    why = [finding["message"] for finding in result["findings"] if finding["code"] in {"DV001", "DV002"}]
    return {"passed": passed, "scored": result["scores"]["health"] is not None, "codes": codes, "why": why}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return check_all(tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="module")
def pinned():
    return json.loads(VERDICTS.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(odd_files.MAKERS))
def test_an_odd_file_gets_its_verdict(results, pinned, name):
    assert verdict(results[name]) == pinned[name], f"if the change is meant, renew the list with: {RENEW}"


def test_the_good_file_among_them_passes(results):
    assert verdict(results["zz_good.xlsx"]) == {
        "passed": True,
        "scored": True,
        "codes": ["DV210"],
        "why": [],
    }  # its target price is below its walk-away price


def test_the_good_files_around_them_have_the_results_they_have_without_them(results, tmp_path):
    for name in AROUND:
        (tmp_path / name).write_bytes(of_another_account())
    alone = checked(tmp_path, expected=0)
    for name in AROUND:
        assert placeless(results[name]) == placeless(alone[name])


def placeless(result):
    """A result without the folder its file lies in."""
    return json.loads(json.dumps(result, ensure_ascii=False).replace(str(Path(result["file"]).parent), ""))


@pytest.mark.parametrize("name", NASTIEST)
def test_the_nastiest_end_in_time_and_memory(tmp_path, name):
    """Measured at the command itself, its reader with it."""
    path = tmp_path / name
    path.write_bytes(odd_files.MAKERS[name]())
    began = time.monotonic()
    running = subprocess.Popen(
        [sys.executable, "-m", "warmap_app", "check", str(path), "--format", "json"], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode in {0, 1}
    assert time.monotonic() - began < SECONDS
    assert used.ru_maxrss < MEMORY


def test_nothing_is_pinned_that_is_not_made(pinned):
    assert sorted(pinned) == sorted(odd_files.MAKERS)


def test_no_file_took_too_long_or_too_much_or_met_a_fault_of_ours(results):
    for name, result in results.items():
        for finding in result["findings"]:
            assert finding["code"] != "DV901", (name, finding)
            assert "took" not in finding["message"], (name, finding)
            assert "memory" not in finding["message"], (name, finding)
            assert "process" not in finding["message"], (name, finding)


def test_every_refusal_says_why_and_what_to_do(results):
    for name, result in results.items():
        for finding in result["findings"]:
            if finding["code"] in {"DV001", "DV002"}:
                assert len(finding["message"]) > 20, name
                assert len(finding["hint"]) > 10, name


def test_no_worker_needed_more_than_a_gibibyte():
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1024 * 1024  # KiB


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = {name: verdict(result) for name, result in check_all(Path(folder)).items() if name in odd_files.MAKERS}
    lines = [
        f"{json.dumps(name)}: {json.dumps(found[name], ensure_ascii=False, sort_keys=True)}" for name in sorted(found)
    ]
    VERDICTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
