"""Security, line 6: a small file floods neither the result nor the memory, and an archive does not hold the run for ever."""

import json
import zipfile
from collections import Counter

import pytest

from warmap_app import load
from warmap_app.batch import engine
from warmap_app.batch.archives import ArchiveLimits
from warmap_app.load import load_bytes
from warmap_app.main import main
from warmap_app.result import result_of


def document(contacts):
    """A map with a mistake in every row."""
    rows = [{"name": f"N{place}", "trust_professional": "many", "support": "?"} for place in range(contacts)]
    return json.dumps({"deal": {"account": "A", "opportunity": "O", "as_of": "2026-06-30"}, "contacts": rows}).encode()


@pytest.fixture
def few(monkeypatch):
    """The same with a cap of twenty."""
    monkeypatch.setattr(load, "MOST_FINDINGS", 20)


def test_the_heaviest_are_listed_and_the_others_counted(monkeypatch):
    data = document(30)
    whole = Counter(one.severity.value for one in load_bytes("a.json", data).findings)
    monkeypatch.setattr(load, "MOST_FINDINGS", 20)
    reading = load_bytes("a.json", data)
    assert len(reading.findings) == 21
    assert reading.findings[-1].code == "DV902"
    result = result_of(reading, "en")
    listed = Counter(one["severity"] for one in result["findings"][:-1])
    assert listed + Counter(result["not_listed"]["severities"]) == whole
    assert not (listed["minor"] and result["not_listed"]["severities"]["critical"])
    assert f"{sum(whole.values()) - 20} more problems are not listed" in result["findings"][-1]["message"]


def test_a_file_just_at_the_cap_has_no_such_line(monkeypatch):
    count = len(load_bytes("a.json", document(5)).findings)
    monkeypatch.setattr(load, "MOST_FINDINGS", count)
    assert len(load_bytes("a.json", document(5)).findings) == count


def test_the_totals_count_all(few, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_bytes(document(30))
    assert main(["check", "a.json", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (one,) = told["files"]
    totals = told.get("totals", told)
    counted = totals["findings_by_severity"]
    assert sum(counted.values()) == 20 + sum(one["not_listed"]["severities"].values())
    assert "DV902" not in totals["findings_by_code"]


def test_a_passing_verdict_is_not_gained_by_many_minor_findings(few):
    assert load_bytes("a.json", document(30)).passed is load_bytes("a.json", document(3)).passed is False


@pytest.mark.parametrize(
    "words",
    [["--format", "html"], ["--format", "xlsx"], ["--format", "csv"], ["--format", "mail"], ["--format", "jsonl"]],
)
def test_megabytes_of_mistakes_become_a_small_result(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_bytes(document(20_000))
    main(["check", "a.json", *words, "-o", "out"])
    size = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file() and path.name != "a.json")
    assert 0 < size < 5 * 1024**2


class TestAnArchiveAsAWhole:
    def test_the_rest_is_not_read_when_its_time_is_up(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        good = document(0)
        with zipfile.ZipFile("w.zip", "w") as archive:
            for place in range(6):
                archive.writestr(f"{place}.json", good)
        (tmp_path / "z.json").write_bytes(good)
        monkeypatch.setattr(engine, "ARCHIVE_LIMITS", ArchiveLimits(archive_seconds=0, files_a_second=10_000))
        main(["check", "w.zip", "z.json", "--format", "json", "--jobs", "1", "--lang", "en"])
        told = json.loads(capsys.readouterr().out)["files"]
        why = [" ".join(one["message"] for one in result["findings"]) for result in told]
        assert [("its archive took longer than" in words) for words in why] == [False] + [True] * 5 + [False]

    def test_an_honest_archive_of_many_files_has_time_enough(self):
        assert ArchiveLimits().seconds_for(10_000) > 10_000 * 0.2
        assert ArchiveLimits().seconds_for(3) < 65
