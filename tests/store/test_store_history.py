"""`warmap history --store` shows the trend of one deal, or the deals to choose from."""

import json

import pytest
from kept_maps import a_map, write

from warmap.changes import changes
from warmap.reading import read_document


@pytest.fixture
def kept(store, keep, tmp_path):
    """Three days of one deal, and one each of two others."""
    for day, amount in (("2026-05-01", 1), ("2026-06-01", 2), ("2026-06-30", 2)):
        keep(store, write(tmp_path / "deal.json", a_map(as_of=day, amount=amount)))
    for account, opportunity in (("华信集团", "核心网"), ("东方", "机房")):
        keep(store, write(tmp_path / "other.json", a_map(account=account, opportunity=opportunity)))
    return store


@pytest.fixture
def told(run, kept):
    """What is printed as JSON."""

    def call(*words):
        code, out, err = run("history", *words, "--store", kept, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return call


class TestOneDeal:
    """By its names, or by a file."""

    @pytest.mark.parametrize(
        "words", [("--account", "华信", "--opportunity", "核心网"), ("--account", " 华信"), ("deal.json",)]
    )
    def test_its_days_with_their_scores_and_what_changed(self, told, run, words):
        found = told(*words)
        assert (found["account"], found["opportunity"]) == ("华信", "核心网")
        assert [line["taken_on"] for line in found["trend"]] == ["2026-05-01", "2026-06-01", "2026-06-30"]
        scores = json.loads(run("evaluate", "deal.json", "--json")[1])["scores"]
        assert found["trend"][-1]["scores"] == scores
        assert list(found["trend"][-1]["scores"]) == list(scores)
        first, second = (
            read_document(a_map(as_of=day, amount=n)).map for day, n in (("2026-05-01", 1), ("2026-06-01", 2))
        )
        assert found["trend"][1]["changed"] == [change.as_data() for change in changes(first, second)]
        assert [line["changes"] for line in found["trend"]] == [None, 2, 1]
        assert {line["author"] for line in found["trend"]} == {"李晨"}

    def test_a_file_that_is_not_kept_as_it_stands_is_the_last_line(self, told, tmp_path):
        write(tmp_path / "deal.json", a_map(as_of="2026-06-30", amount=3))
        last = told("deal.json")["trend"][-1]
        assert (last["taken_on"], last["changes"]) == (None, 1)

    def test_a_file_that_is_kept_on_an_earlier_day_is_not_told_twice(self, told, tmp_path):
        write(tmp_path / "deal.json", a_map(as_of="2026-05-01", amount=1))
        assert len(told("deal.json")["trend"]) == 3

    def test_a_deal_that_is_not_kept_is_shown_as_it_stands(self, run, kept, tmp_path):
        new = write(tmp_path / "new.json", a_map(account="新客户"))
        code, out, _ = run("history", new, "--store", kept)
        assert code == 0
        assert "新客户" in out
        assert "This deal is not kept in" in out

    def test_the_terminal_shows_every_day_and_field(self, run, kept):
        out = run("history", "--account", "华信", "--store", kept)[1]
        for part in ("华信 — 核心网", "2026-05-01", "2026-05-01 → 2026-06-01, changes: 2", "Deal · Amount: 1 → 2"):
            assert part in out
        assert "改动 2 处" in run("history", "--account", "华信", "--store", kept, "--lang", "zh")[1]

    def test_of_many_changes_the_first_are_shown_and_all_are_in_the_json(self, run, told, kept, keep, tmp_path):
        people = [{"name": f"第{place}人"} for place in range(20)]
        keep(kept, write(tmp_path / "deal.json", a_map({"contacts": people}, as_of="2026-07-31")))
        out = run("history", "--account", "华信", "--opportunity", "核心网", "--store", kept)[1]
        assert len(told("--account", "华信")["trend"][-1]["changed"]) == 23
        assert "… 11 more (--json lists them all)" in out


class TestSeveralDeals:
    """A list to choose from."""

    def test_without_names_all_are_listed(self, told):
        deals = told()["deals"]
        assert [(deal["account"], deal["days"], deal["first"], deal["last"]) for deal in deals] == [
            ("东方", 1, "2026-06-30", "2026-06-30"), ("华信", 3, "2026-05-01", "2026-06-30"), ("华信集团", 1, "2026-06-30", "2026-06-30"),
        ]  # fmt: skip
        assert [deal["health_change"] for deal in deals] == [None, 0.0, None]

    def test_words_that_several_hold_list_these(self, told):
        assert {deal["account"] for deal in told("--opportunity", "核心")["deals"]} == {"华信", "华信集团"}

    def test_the_terminal_shows_them_as_a_table(self, run, kept):
        out = run("history", "--store", kept)[1]
        assert "东方" in out
        assert "华信集团" in out


class TestWrongUse:
    """One line each."""

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            ((), "name a workbook"), (("--account", "华信"), "for use with --store"),
            (("deal.json", "--store", "h.db", "--account", "华信"), "taken from the file"),
            (("deal.json", "--store", "h.db", "--add"), "into the workbook"),
        ],
    )  # fmt: skip
    def test_it_is_said_what_is_wrong(self, run, tmp_path, words, part):
        write(tmp_path / "deal.json", a_map())
        code, out, err = run("history", *words)
        assert (code, out) == (2, "")
        assert part in err

    def test_a_deal_that_no_map_is_of(self, run, kept):
        code, _, err = run("history", "--account", "没有的", "--store", kept)
        assert code == 2
        assert "there is no such deal" in err
