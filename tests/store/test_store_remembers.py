"""A file that has not changed is not read again, and the result is what it would be if it were."""

import json
import re
import sqlite3
from datetime import date

import pytest
from kept_maps import a_map, contents, write

from warmap.text import LANGUAGES
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.remembered import named
from warmap_app.batch.sources import Held, Source
from warmap_workbook.samples import sample_names

SAME_WORDS = {"visits": [{"contact": "王芳", "goal": "请她在评审会之前确认我们的技术方案已经满足全部关键指标。"}]}


@pytest.fixture
def check(run, tmp_path):
    """Check files into a store: the results by file, how many were not read again, and whatever else was told."""

    def call(store, *words):
        out = tmp_path / "result.jsonl"
        code, _, err = run("check", *words, "--store", store, "--format", "jsonl", "-o", out, "--force")
        assert code in {0, 1}, err
        recalled = [int(zh or en) for zh, en in re.findall(r"(\d+) 个文件的内容上次|not read again: (\d+)", err)]
        results = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        return {result["file"]: result for result in results if "file" in result}, sum(recalled)

    return call


@pytest.fixture
def folder(tmp_path):
    """Two maps of two accounts."""
    write(tmp_path / "in" / "a.json", a_map())
    write(tmp_path / "in" / "b.json", a_map(account="东方"))
    return "in"


class TestWhatIsJudgedAgain:
    def test_nothing_where_nothing_changed(self, store, folder, check):
        first, recalled = check(store, folder)
        assert recalled == 0
        again, recalled = check(store, folder)
        assert recalled == 2
        assert again == first

    @pytest.mark.parametrize(
        ("words", "recalled"),
        [
            ((), 2),
            (("--as-of", "2026-07-01"), 0),
            (("--lang", "zh"), 0),
            (("--settings", "s.json"), 0),
            (("--own-settings",), 0),
        ],
    )
    def test_all_by_another_day_language_or_settings(self, store, folder, check, tmp_path, words, recalled):
        (tmp_path / "s.json").write_text('{"low_trust": 55}')
        check(store, folder)
        assert check(store, folder, *words)[1] == recalled
        assert check(store, folder, *words)[1] == 2

    def test_what_has_one_byte_more(self, store, folder, check, tmp_path):
        first, _ = check(store, folder)
        path = tmp_path / "in" / "a.json"
        path.write_bytes(path.read_bytes() + b" ")
        again, recalled = check(store, folder)
        assert (recalled, again) == (1, first)

    def test_what_says_something_else(self, store, folder, check, tmp_path):
        first, _ = check(store, folder)
        write(tmp_path / "in" / "a.json", a_map(amount=7))
        again, recalled = check(store, folder)
        assert recalled == 1
        assert again["in/a.json"]["deal"]["amount"] == 7
        assert again["in/b.json"] == first["in/b.json"]

    def test_all_by_another_program(self, store, folder, check, monkeypatch):
        check(store, folder)
        monkeypatch.setattr("warmap_app.batch.remembered.VERSION", "99")
        assert check(store, folder)[1] == 0

    def test_what_is_judged_ahead_of_today_until_that_day_has_come(self, store, check, tmp_path, monkeypatch):
        write(tmp_path / "in" / "a.json", a_map(as_of="2026-08-01"))
        write(tmp_path / "in" / "b.json", a_map(account="东方"))
        monkeypatch.setattr("warmap_app.clock.today", lambda: date(2026, 7, 31))
        for _ in range(2):
            results, _ = check(store, "in")
            assert any(finding["code"] == "DV205" for finding in results["in/a.json"]["findings"])
        monkeypatch.setattr("warmap_app.clock.today", lambda: date(2026, 8, 1))
        results, recalled = check(store, "in")
        assert recalled == 1
        assert results["in/a.json"]["findings"] == []

    def test_what_cannot_be_read(self, store, check, tmp_path):
        for name in ("a", "b"):
            write(tmp_path / "in" / f"{name}.xlsx", b"no workbook")
        check(store, "in")
        assert check(store, "in")[1] == 0

    def test_what_was_to_be_forgotten(self, folder, check, tmp_path):
        """A deal is forgotten with everything that is remembered of it."""
        check("h.db", folder)
        with sqlite3.connect(tmp_path / "h.db") as database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("DELETE FROM warmap_maps WHERE account = '东方'")
            assert database.execute("SELECT count(*) FROM warmap_outcomes").fetchone() == (1,)
        assert check("h.db", folder)[1] == 1


class TestAcrossFiles:
    """What is seen when all files are there is looked for among all of them, remembered or not."""

    def test_a_copy_that_comes_later_is_found_on_both(self, store, check, tmp_path):
        write(tmp_path / "in" / "a.json", a_map(SAME_WORDS))
        write(tmp_path / "in" / "c.json", a_map(account="北方"))
        first, _ = check(store, "in")
        assert not any(finding["code"] == "DV403" for finding in first["in/a.json"]["findings"])
        write(tmp_path / "in" / "b.json", a_map(SAME_WORDS, account="东方"))
        again, recalled = check(store, "in")
        assert recalled == 2
        found = {name: {finding["code"] for finding in result["findings"]} for name, result in again.items()}
        assert "DV403" in found["in/a.json"] & found["in/b.json"]
        assert "DV403" not in found["in/c.json"]
        (tmp_path / "in" / "b.json").unlink()
        assert check(store, "in")[0] == first

    def test_the_same_content_under_another_name_is_the_deal_submitted_twice(self, store, check, tmp_path):
        write(tmp_path / "in" / "a.json", a_map())
        write(tmp_path / "in" / "c.json", a_map(account="北方"))
        check(store, "in")
        write(tmp_path / "in" / "a (1).json", a_map())
        results, recalled = check(store, "in")
        assert recalled == 3
        assert results["in/a.json"]["counted_instead"] == "in/a (1).json"
        assert {finding["file"] for result in results.values() for finding in result["findings"]} <= set(results)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_under_another_name_it_is_as_if_it_were_read(lang):
    """Of every sample; a name is part of the result, of its findings and of what orders the files of a deal."""
    from warmap_workbook.samples import load_sample

    terms = Terms(lang, keep=True, today=date(2027, 1, 1))
    for sample in sample_names():
        data = json.dumps({**load_sample(sample, lang), "more": 1}, default=str).encode()
        once, again = (check_one(Source(name, Held(data)), terms) for name in ("week 1/deal (1).json", "周/b.json"))
        assert once["result"]["findings"]
        assert named(once, "周/b.json") == again


def test_the_portfolio_of_files_takes_what_is_remembered(folder, check, run, monkeypatch):
    """And has the figures of one that reads them; it adds nothing to the store."""
    alone = run("portfolio", folder)[1]
    check("h.db", folder)
    before = contents("h.db")
    monkeypatch.setattr("warmap_app.portfolio.deals.check_here", lambda sources, todo, terms: [][: len(todo)])
    code, out, _ = run("portfolio", folder, "--store", "h.db")
    assert code == 0
    assert alone.splitlines()[:12] == out.splitlines()[:12]
    assert contents("h.db") == before
