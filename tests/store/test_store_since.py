"""`warmap portfolio --since`: what moved since a day in the store; history that was restated is never silent."""

from __future__ import annotations

import json
import re
from datetime import date

import openpyxl
import pytest
from kept_maps import a_map, write

from warmap import history
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_app import clock
from warmap_workbook.samples import load_sample

THEN, NOW = "2026-06-23", "2026-06-30"
TEXT = {"visits": [{"date": "2026-06-01", "goal": "这是一段二十个字以上、别人也会照抄过去的目标描述"}]}
SAMPLE = json.loads(json.dumps(load_sample("telecom_core_network", "zh"), default=str))
del SAMPLE["deal"]
WITHOUT_ONE = {**SAMPLE, "contacts": [one for one in SAMPLE["contacts"] if one["name"] != "赵晓雯"]}
ENDED = {"outcome_on": NOW, "outcome_reason": "价格"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day of the check."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 1))


@pytest.fixture
def weeks(tmp_path, keep, store):
    """Two weeks of submissions, the first of them kept; gives what to call them and a function that writes a map of one."""

    def hand_in(week, name, day=None, tables=None, **deal):
        days = {"then": THEN, "now": NOW}
        names = {"account": name, "owner": "李晨"}
        return write(tmp_path / week / f"{name}.json", a_map(tables, as_of=day or days[week], **{**names, **deal}))

    return hand_in


def since(run, store, *words, day="2026-06-25", lang="en"):
    """The portfolio of the second week, compared with the first; what the terminal shows."""
    code, out, err = run("portfolio", "now", "--store", store, "--since", day, "--lang", lang, *words)
    assert code == 0, err
    return out


def bridge(out, currency="CNY"):
    """The lines of a bridge on the terminal: what moved, how many deals, claimed, adjusted and won."""
    lines = out.partition(f"Moves · {currency}")[2].partition("\n\n")[0].splitlines()[3:]
    return {name: cells for name, *cells in (re.split(r"  +", line.strip()) for line in lines)}


def test_each_movement_has_its_line(weeks, run, keep, store):
    for name in ("same", "won", "lost", "gone", "amount", "late"):
        weeks("then", name)
    weeks("now", "same")
    weeks("now", "won", outcome="won", **ENDED)
    weeks("now", "lost", outcome="lost", **ENDED)
    weeks("now", "amount", amount=2000000)
    weeks("now", "late", close_date="2027-03-31")
    weeks("now", "new", amount=5000)
    keep(store, "then")
    out = since(run, store)
    found = bridge(out)
    assert {name: int(cells[0]) for name, cells in found.items()} == {
        "Then": 6, "New": 1, "Won": 1, "Lost": 1, "Not handed in again": 1, "Amount": 1, "Close date": 1, "Now": 4,
    }  # fmt: skip
    assert found["Won"][3] == "1,200,000.50"
    figures = [[float(cell.replace(",", "")) for cell in cells[1:]] for cells in found.values()]
    assert [round(sum(column), 2) for column in zip(*figures[:-1], strict=True)] == figures[-1]
    assert "2026-12-31 → 2027-03-31" not in out  # no money moved: it is in the workbook and on the page
    assert "Deals of the store that were not handed in: 1" in out


class TestRestated:
    """The figures of the day are not those that were told then: it says so, with names."""

    def test_a_map_for_that_day_that_was_kept_later(self, weeks, run, keep, store):
        weeks("then", "a")
        weeks("then", "b")
        keep(store, "then")
        weeks("now", "a")
        weeks("now", "b")
        keep(store, "now")
        assert "restated" not in since(run, store)
        weeks("then", "b", amount=3000000)
        weeks("then", "c", amount=10)
        keep(store, "then")
        out = " ".join(since(run, store).split())
        assert "figures of 2026-06-25 were restated: of 2 deals" in out
        assert "b — 核心网 (300.00" not in out
        assert "b — 核心网 (" in out
        assert "c — 核心网 (–, now " in out
        assert "a — 核心网 (" not in out

    def test_maps_judged_by_other_settings_are_judged_anew(self, weeks, run, keep, store, tmp_path):
        write(tmp_path / "s.json", b'{"stage_probability": {"market_research": 0.5}, "role_weight": {"user": 3}}')
        for name in ("a", "b"):
            weeks("then", name)
            weeks("now", name)
        keep(store, "then/a.json", "--settings", "s.json")
        keep(store, "then/b.json")
        out = since(run, store)
        assert "version of the program on 2026-06-25: 1." in " ".join(out.split())
        found = bridge(out)
        assert list(found) == ["Then", "Judged anew", "Now"]
        assert found["Then"][1] == "900,000.37"  # 1,200,000.50 × (0.5 + 0.25), each rounded half to even
        assert found["Judged anew"][1] == "-300,000.13"
        assert "a — 核心网" in out.partition("judged anew as today")[2]
        assert bridge(since(run, store, "--settings", "s.json"))["Judged anew"][1] == "300,000.13"

    def test_so_are_those_of_another_version_of_the_program(self, weeks, run, keep, store, monkeypatch):
        weeks("then", "a")
        weeks("now", "a")
        monkeypatch.setattr("warmap_app.store.records.VERSION", "0.0.1")
        keep(store, "then")
        out = since(run, store)
        assert "version of the program on 2026-06-25: 1." in " ".join(out.split())
        assert list(bridge(out)) == ["Then", "Now"]


class TestSameDeal:
    """A snapshot in the new file that the store knows tells which deal it was."""

    def test_a_renamed_deal(self, weeks, run, keep, store):
        weeks("then", "old")
        keep(store, "then")
        was = read_document(json.loads((weeks("then", "old")).read_text())).map
        snapshot = {"taken_on": THEN, "fingerprint": history.fingerprint(was)}
        weeks("now", "new", tables={"snapshots": [snapshot]}, amount=77)
        found = bridge(since(run, store))
        assert list(found) == ["Then", "Amount", "Renamed", "Now"]


class TestSomeOfTheDeals:
    """A team sees its own moves, what it gave away included; the lines still add up to what is shown."""

    def test_a_team(self, weeks, run, keep, store):
        for name in ("stays", "goes", "gone"):
            weeks("then", name, team="East")
        weeks("then", "other", team="West")
        weeks("then", "other gone", team="West")
        keep(store, "then")
        weeks("now", "stays", team="east", amount=2000000)
        weeks("now", "goes", team="West")
        weeks("now", "other", team="West", amount=1)
        out = since(run, store, "--team", "East")
        found = bridge(out)
        assert {name: cells[:2] for name, cells in found.items()} == {
            "Then": ["3", "900,000.36"], "Not handed in again": ["1", "-300,000.12"], "Handed over": ["0", "-300,000.12"],
            "Amount": ["1", "199,999.88"], "Now": ["1", "500,000.00"],
        }  # fmt: skip
        assert "Deals of the store that were not handed in: 1" in out

    def test_a_band_of_today_cannot_be_compared(self, weeks, run, keep, store):
        weeks("then", "a")
        weeks("now", "a")
        keep(store, "then")
        code, out, err = run(
            "portfolio", "now", "--store", store, "--since", "2026-06-25", "--band", "red", "--lang", "en"
        )
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "--since goes with --team and --rep" in err


def test_a_deal_renamed_in_an_earlier_week_is_not_missed_ever_after(weeks, run, keep, store, tmp_path):
    weeks("then", "Acme Ltd", day="2026-06-10")
    keep(store, "then")
    weeks("now", "Acme Limited", day="2026-06-20")
    keep(store, "now")
    weeks("now", "Acme Limited")
    out = since(run, store)
    assert list(bridge(out)) == ["Then", "Now"]
    assert "not handed in" not in out
    (tmp_path / "now" / "Acme Limited.json").unlink()
    weeks("now", "another")
    out = since(run, store)
    assert bridge(out)["Not handed in again"][0] == "1"  # under the one name, not under both
    assert "Deals of the store that were not handed in: 1" in out


class TestOfAStoreAlone:
    """Its newest maps, without files of today: what goes on under another name counts once."""

    def of_the_store(self, run, store, *words):
        code, out, err = run("portfolio", "--store", store, "--lang", "en", *words)
        assert code == 0, err
        return " ".join(out.split())

    def test_a_deal_spelt_otherwise_later_counts_once_and_is_told(self, weeks, run, keep, store, tmp_path):
        weeks("then", "Acme Ltd")
        weeks("then", "another")
        keep(store, "then")
        weeks("now", "Acme Limited")
        weeks("now", "another")
        keep(store, "now")
        out = self.of_the_store(run, store)
        assert "Deals that go on under another name, counted once under that: 1" in out
        assert "Deals counted: 2" in out
        assert run("portfolio", "--store", store, "--lang", "en", "-o", "out.xlsx")[0] == 0
        rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["Not counted"].iter_rows(values_only=True))
        (told,) = [row for row in rows if "Acme Ltd" in row]
        assert any("from 2026-06-30 on it is “Acme Limited" in str(cell) for cell in told)

    def test_since_a_day_it_was_renamed_and_nothing_else(self, weeks, run, keep, store):
        weeks("then", "Acme Ltd")
        keep(store, "then")
        weeks("now", "Acme Limited")
        keep(store, "now")
        code, out, _ = run("portfolio", "--store", store, "--since", "2026-06-25", "--lang", "en")
        assert code == 0
        assert list(bridge(out)) == ["Then", "Renamed", "Now"]

    @pytest.mark.parametrize("paths", [[], ["now"]], ids=["of the store alone", "with the files of today"])
    def test_the_trend_follows_a_deal_through_its_names(self, weeks, run, keep, store, tmp_path, paths):
        for day, name in (("2026-06-09", "Acme"), ("2026-06-16", "Acme Ltd"), (NOW, "Acme Limited")):
            weeks("now", name, day=day)
            keep(store, "now")
            (tmp_path / "now" / f"{name}.json").unlink()
        weeks("now", "Acme Limited")
        assert run("portfolio", *paths, "--store", store, "--lang", "en", "-o", "out.xlsx")[0] == 0
        rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["Trend"].iter_rows(values_only=True)
        days = {str(row[0])[:10]: row[2] for row in rows if str(row[0]).startswith("2026-0")}
        assert days == {"2026-06-09": 1, "2026-06-16": 1, NOW: 1}

    @pytest.mark.parametrize(
        ("was", "is_now"),
        [
            ({"day": NOW}, {}),
            ({"outcome": "won", **ENDED}, {}),
            ({}, {"account": "Zenith", "amount": 5}),
        ],
        ids=["both are handed in on one day", "the other was won", "nothing in common"],
    )
    def test_two_deals_are_two(self, weeks, run, keep, store, was, is_now):
        weeks("then", "Acme Ltd", **was)
        keep(store, "then")
        weeks("now", "Acme Limited", **is_now)
        keep(store, "now")
        out = self.of_the_store(run, store)
        assert "another name" not in out
        assert "Deals counted: 2" in out


class TestRemoved:
    """A rise since the store's map of the day that comes from deleting something."""

    def test_it_is_said_and_can_be_left_out(self, weeks, run, keep, store):
        weeks("then", "a", tables=SAMPLE)
        keep(store, "then")
        weeks("now", "a", tables=WITHOUT_ONE)
        weeks("now", "b")
        out = since(run, store)
        assert "▲ Deals whose health rose by removing something" in out
        assert "Rose by removing" in out
        out = since(run, store, "--without", "removed")
        assert "Rose by removing" in out.partition("left out by --without: ")[2]
        assert "Deals left out by --without: 1" in out
        assert list(bridge(out)) == ["Then", "New", "Now"]

    def test_it_is_found_in_the_maps_of_the_store_too(self, weeks, run, keep, store):
        weeks("then", "a", tables=SAMPLE)
        weeks("now", "a", tables=WITHOUT_ONE)
        keep(store, "then")
        keep(store, "now")
        code, out, err = run("portfolio", "--store", store, "--since", "2026-06-25", "--lang", "en")
        assert code == 0, err
        assert "Rose by removing" in out


class TestStandsOn:
    """How much of each figure comes from doubtful deals; each kind can be left out."""

    @pytest.fixture
    def doubtful(self, weeks, tmp_path):
        weeks("now", "sound")
        weeks("now", "failed", owner=None)
        weeks("now", "old", day="2026-06-01")
        for name in ("copy", "copied"):
            weeks("now", name, tables=TEXT)

    def rows(self, out):
        part = out.partition("What it stands on\n")[2].partition("\n\n")[0].splitlines()[2:]
        return {name: cells[:2] for name, *cells in (re.split(r"  +", line.strip()) for line in part)}

    def test_each_doubt_has_its_line(self, doubtful, run):
        out = run("portfolio", "now", "--lang", "en")[1]
        assert self.rows(out) == {
            "Check failed": ["CNY", "3"], "Probable copy": ["CNY", "2"], "Judged long ago": ["CNY", "1"],
            "Any of these": ["CNY", "4"], "None of these": ["CNY", "1"],
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("without", "left"),
        [("failed", 2), ("copies", 3), ("old", 4), ("failed,old", 1), ("评估已久、疑似重复", 2), ("removed", 5)],
    )
    def test_each_can_be_left_out(self, doubtful, run, without, left):
        out = run("portfolio", "now", "--lang", "en", "--without", without)[1]
        assert f"Deals counted: {left}." in out
        assert ("left out by --without" in out) is (left < 5)

    def test_what_it_does_not_know_is_one_line(self, doubtful, run):
        code, out, err = run("portfolio", "now", "--lang", "en", "--without", "old,bad")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "“bad”" in err
        assert "failed, settings, copies, removed, old" in err

    def test_the_store_remembers_what_was_found(self, doubtful, run, keep, store):
        keep(store, "now")
        out = run("portfolio", "--store", store, "--lang", "en")[1]
        assert self.rows(out)["Probable copy"] == ["CNY", "2"]
        assert self.rows(out)["Judged long ago"] == ["CNY", "1"]

    def test_maps_that_were_stored_by_other_settings_are_told(self, weeks, run, keep, store, tmp_path):
        write(tmp_path / "s.json", b'{"low_trust": 55}')
        weeks("now", "a")
        keep(store, "now", "--settings", "s.json")
        assert self.rows(run("portfolio", "--store", store, "--lang", "en")[1])["Other settings"] == ["CNY", "1"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since", "2026-06-25"], "add --store"),
        (["--since", "soon", "--store", "h.db"], "--since should be a date such as 2026-06-30"),
        (["--since", "2026-08-01", "--store", "h.db"], "2026-08-01 of --since is yet to come"),
        (
            ["--since", "2026-01-01", "--store", "h.db"],
            "has no map of 2026-01-01 or before; its first is of 2026-06-23",
        ),
    ],
)
def test_what_cannot_be_compared_is_one_line(weeks, run, keep, words, told):
    weeks("then", "a")
    weeks("now", "a")
    keep("h.db", "then")
    code, out, err = run("portfolio", "now", *words, "--lang", "en")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


class TestReports:
    """The workbook and the page."""

    @pytest.fixture
    def both_weeks(self, weeks, keep, store):
        hostile = ("*", "N?rth", "<5", "=1+1", "#N/A", 'a"b')
        for place, name in enumerate(hostile):
            weeks("then", str(place), owner=name, team=name, amount=1234567.89 + place)
            weeks("now", str(place), owner=hostile[place - 1], team=name, amount=7654321.01 * place + 1)
        weeks("then", "won")
        weeks("now", "won", outcome="won", **ENDED)
        weeks("then", "yen", currency="JPY", amount=7)
        weeks("now", "yen", currency="BHD", amount=10.001)
        weeks("then", "gone")
        weeks("then", "<b>")
        weeks("now", "<b>", close_date="2027-03-31", day="2026-06-01")
        keep(store, "then")
        return store

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_live_result_is_the_stored_one(self, both_weeks, run, tmp_path, office, validator, lang):
        path = tmp_path / "book.xlsx"
        since(run, both_weeks, "-o", str(path), lang=lang)
        compared = compare_live(office, path)
        assert compared.differences == []
        assert compared.cells > 400
        assert validator(path) == []
        book = openpyxl.load_workbook(path, data_only=True)
        moves = next(sheet for sheet in book if sheet.title in {"Moves", "变动"})
        marks = [row[-1].value for row in moves.iter_rows(min_row=5) if row[-1].value]
        assert marks == ["✓"] * 3  # CNY, BHD, and JPY, in which no deal is left

    def test_the_page_shows_the_same(self, both_weeks, run, tmp_path):
        since(run, both_weeks, "-o", str(tmp_path / "page.html"))
        page = (tmp_path / "page.html").read_text("utf-8")
        for words in (
            "Moves · 2026-06-25",
            "Not handed in again",
            "2026-12-31",
            "2027-03-31",
            "Missing or old",
            "Judged long ago",
        ):
            assert words in page
        assert "<b>" not in page.partition("Moves by deal")[2].partition("</table>")[0].replace("&lt;b&gt;", "")


@pytest.fixture(scope="module")
def office():
    with Office() as running:
        yield running
