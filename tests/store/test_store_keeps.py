"""`warmap check --store` keeps every checked map with its scores; a second run of the same file adds nothing."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from kept_maps import a_map, checked, contents, maps, trend, write

from warmap import history
from warmap.reading import read_document
from warmap_app.batch.which_counts import standing
from warmap_app.store import database, kept, open_store
from warmap_app.store.records import deal_of
from warmap_workbook.samples import load_sample


@pytest.fixture
def deal(tmp_path):
    return write(tmp_path / "deal.json", a_map())


class TestOneFile:
    """What is kept of it."""

    def test_what_the_deal_says_and_what_was_entered(self, store, keep, deal):
        assert keep(store, deal) == (1, 0)
        (row,) = maps(store)
        war_map = read_document(a_map()).map
        assert row.pop("id")
        assert row.pop("deal")
        assert row.pop("program_version")
        assert row.pop("template_version")
        assert row.pop("map") == json.loads(json.dumps(history.kept(war_map)[0]))
        assert row == {
            "kept": 1, "account": "华信", "opportunity": "核心网", "owner": "李晨", "team": "华东", "as_of": date(2026, 6, 30),
            "stage": "market_research", "amount": Decimal("1200000.5"), "currency": "CNY", "close_date": date(2026, 12, 31),
            "passed": True, "file": str(deal), "language": "zh", "content": history.fingerprint(war_map),
            "settings": "default", "settings_changed": {}, "standing": standing(date(2026, 6, 30), None, str(deal)),
            "outcome": None, "outcome_on": None, "signed": False, "findings": "",
        }  # fmt: skip

    def test_every_score_and_flag_is_a_row(self, store, keep, run, deal):
        keep(store, deal)
        result = json.loads(run("check", deal, "--format", "jsonl")[1].splitlines()[0])
        rows = contents(store)
        scores = {row["code"]: row["number"] if row["word"] is None else row["word"] for row in rows["warmap_scores"]}
        assert scores == result["scores"]
        flags = [
            {name: row[name] for name in ("code", "severity", "subject", "mitigated")} for row in rows["warmap_flags"]
        ]
        assert flags == [{name: flag[name] for name in flags[0]} for flag in result["red_flags"]]

    def test_the_view_has_the_main_scores_as_columns(self, store, keep, run, deal):
        keep(store, deal)
        result = json.loads(run("check", deal, "--format", "jsonl")[1].splitlines()[0])
        (row,) = trend(store)
        for code in ("health", "plan_quality", "role_coverage", "trust", "win", "stage_reached", "band"):
            assert row[code] == result["scores"][code]
        heavy = [flag for flag in result["red_flags"] if flag["severity"] == "critical" and not flag["mitigated"]]
        assert row["open_critical"] == len(heavy) > 0

    def test_the_kept_map_is_one_that_can_be_evaluated(self, store, keep, run, deal, tmp_path):
        keep(store, deal)
        again = write(tmp_path / "again.json", maps(store)[0]["map"])
        scores = [json.loads(run("evaluate", path, "--json")[1])["scores"] for path in (deal, again)]
        assert scores[0] == scores[1]

    def test_it_is_printed_how_many_were_added_where(self, run, deal):
        for lang, words in (
            ("en", "h.db: maps added: 1, already there: 0\n"),
            ("zh", "h.db：存入 0 份地图，1 份原来就有\n"),
        ):
            assert run("check", deal, "--store", "h.db", "--lang", lang)[2] == words

    def test_what_is_no_map_is_not_kept(self, store, keep, tmp_path, deal):
        write(tmp_path / "in" / "broken.xlsx", b"PK\x03\x04 no")
        write(tmp_path / "in" / "other.json", b'{"hello": 1}')
        assert keep(store, tmp_path / "in", deal) == (1, 0)

    def test_a_map_without_names_or_day_is_kept_as_its_file_s_own_deal(self, store, keep, tmp_path):
        for name in ("a.json", "b.json"):
            write(tmp_path / name, a_map(account=None, as_of=None))
        assert keep(store, "a.json", "b.json") == (2, 0)
        assert len({row["deal"] for row in maps(store)}) == 2
        assert {row["as_of"] for row in maps(store)} == {None}
        assert trend(store) == []

    def test_a_workbook_s_own_settings_are_kept_with_their_stamp(self, store, keep, tmp_path):
        settings = write(tmp_path / "s.json", b'{"low_trust": 55}')
        write(tmp_path / "deal.json", a_map())
        keep(store, "deal.json", "--settings", settings)
        (row,) = maps(store)
        assert row["settings"] != "default"
        assert row["settings_changed"] == {"low_trust": 55}


class TestWhichCounts:
    """The same file counts as in every other command, whichever was checked first."""

    @pytest.fixture
    def weeks(self, tmp_path):
        return [
            write(tmp_path / name, a_map(amount=amount))
            for name, amount in (("wk46/deal.json", 1000000), ("wk47/deal (1).json", 2000000))
        ]

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_in_one_run_and_in_two(self, store, keep, run, weeks, tmp_path, order):
        for place in order:
            keep(store, weeks[place])
        both = str(tmp_path / "both.db")
        keep(both, *(weeks[place] for place in order))
        for one in (store, both):
            assert [row["amount"] for row in trend(one)] == [Decimal(2000000)]
            with open_store(one) as opened:
                (newest,) = opened.maps(opened.newest())
            assert newest.file == str(weeks[1])

    def test_a_map_handed_in_again_under_a_later_name_counts(self, store, keep, weeks, tmp_path):
        keep(store, *weeks)
        keep(store, write(tmp_path / "wk48" / "deal (2).json", a_map(amount=1000000)))
        assert [row["amount"] for row in trend(store)] == [Decimal(1000000)]


class TestUpgrade:
    """A store of an older layout is brought up to date where it is opened, for writing or for reading."""

    SINCE_2 = ("outcome", "outcome_on", "signed", "findings")

    @pytest.fixture(params=[1, 2])
    def old(self, request, store, keep, tmp_path):
        """A store as a program of that layout left it: a deal in the pipeline, one won, one signed."""
        signed = {"stage_evidence": [{"criterion": "contract_signed", "done": True, "evidence": "合同 2026-118 号"}]}
        write(tmp_path / "in" / "a.json", a_map(account="Acme Ltd"))
        write(tmp_path / "in" / "won.json", a_map(account="赢", outcome="won", outcome_on="2026-06-20"))
        write(tmp_path / "in" / "signed.json", a_map(signed, account="签"))
        keep(store, "in")
        with open_store(store, write=True) as opened, opened.writing() as connection:
            run = connection.exec_driver_sql
            run("DROP VIEW warmap_trend")
            for name in (("standing",) if request.param == 1 else ()) + self.SINCE_2:
                run(f"ALTER TABLE warmap_maps DROP COLUMN {name}")
            run("CREATE VIEW warmap_trend AS SELECT id AS map_id, amount FROM warmap_maps")
            if request.param == 1:
                run("UPDATE warmap_maps SET deal = 'of old' WHERE account = 'Acme Ltd'")
            run(f"UPDATE warmap_store SET layout = {request.param}")
        return store

    @pytest.mark.parametrize("how", ["write", "read"])
    def test_what_rows_did_not_tell_is_read_from_the_kept_maps(self, old, keep, run, tmp_path, how):
        if how == "write":
            write(tmp_path / "in" / "a.json", a_map(account="Acme Ltd", amount=5))
            assert keep(old, "in/a.json") == (1, 0)
        else:
            assert run("history", "--store", old, "--json")[0] == 0
        with open_store(old) as opened, opened.reading() as connection:
            assert connection.scalar(sa.select(database.STORE.c.layout)) == database.LAYOUT
        found = {row["account"]: row for row in trend(old)}
        assert {name: (row["outcome"], row["outcome_on"], row["signed"]) for name, row in found.items()} == {
            "Acme Ltd": (None, None, False), "赢": ("won", date(2026, 6, 20), False), "签": (None, None, True),
        }  # fmt: skip
        assert found["Acme Ltd"]["deal"] == deal_of({"account": "Acme Ltd", "opportunity": "核心网"}, "")
        assert found["Acme Ltd"]["amount"] == (Decimal(5) if how == "write" else Decimal("1200000.5"))
        assert {row["findings"] for row in maps(old)} == {None, *([""] if how == "write" else [])}

    def test_checking_the_files_again_adds_nothing_but_what_was_found(self, old, keep):
        assert keep(old, "in") == (0, 3)
        assert None not in {row["findings"] for row in maps(old)}


class TestAgain:
    """What adds a row, and what does not."""

    def test_a_second_run_of_the_same_file_adds_nothing(self, store, keep, deal):
        keep(store, deal)
        before = contents(store)
        assert keep(store, deal) == (0, 1)
        assert contents(store) == before

    def test_nor_does_the_same_map_under_another_name(self, store, keep, deal, tmp_path):
        keep(store, deal)
        assert keep(store, write(tmp_path / "renamed.json", a_map(account=" 华信 "))) == (0, 1)

    @pytest.mark.parametrize(
        "other",
        [{"as_of": "2026-07-31"}, {"amount": 1200000.51}, {"opportunity": "核心网二期"}],
        ids=["day", "content", "deal"],
    )
    def test_another_day_content_or_deal_adds_a_row(self, store, keep, deal, other):
        keep(store, deal)
        write(deal, a_map(**other))
        assert keep(store, deal) == (1, 0)
        assert len(maps(store)) == 2

    def test_other_settings_add_a_row_and_the_last_ones_used_count(self, store, keep, deal, tmp_path):
        settings = write(tmp_path / "s.json", b'{"role_weight": {"user": 3}}')
        keep(store, deal)
        usual = trend(store)[0]["role_coverage"]
        assert keep(store, deal, "--settings", settings) == (1, 0)
        assert trend(store)[0]["role_coverage"] > usual
        assert keep(store, deal) == (0, 1)
        assert [row["role_coverage"] for row in trend(store)] == [usual]

    def test_of_one_day_the_map_that_was_handed_in_last_counts(self, store, keep, deal):
        for amount in (1, 2, 1):
            write(deal, a_map(amount=amount))
            keep(store, deal)
            assert [row["amount"] for row in trend(store)] == [amount]
        assert len(maps(store)) == 2

    def test_of_two_files_of_one_day_the_later_name_counts_however_often_they_are_checked(self, store, keep, tmp_path):
        for name, amount in (("v1.json", 1), ("v2.json", 2)):
            write(tmp_path / "in" / name, a_map(amount=amount))
        assert keep(store, "in") == (2, 0)
        before = contents(store)
        assert keep(store, "in") == (0, 2)
        assert contents(store) == before
        assert [row["amount"] for row in trend(store)] == [2]

    def test_so_are_the_codes_of_what_was_found(self, store, keep, deal, tmp_path):
        text = {"visits": [{"date": "2026-06-01", "goal": "这是一段二十个字以上、别人也会照抄过去的目标描述"}]}
        write(deal, a_map(text))
        write(tmp_path / "copy.json", a_map(text, account="别的客户"))
        for files, found in ((("deal.json", "copy.json"), "DV403"), (("deal.json",), "")):
            keep(store, *files)
            assert next(row["findings"] for row in maps(store) if row["account"] == "华信") == found

    def test_the_verdict_is_that_of_the_last_check(self, store, keep, deal, tmp_path):
        text = {"visits": [{"date": "2026-06-01", "goal": "这是一段二十个字以上、别人也会照抄过去的目标描述"}]}
        write(deal, a_map(text))
        write(tmp_path / "copy.json", a_map(text, account="别的客户"))
        for files, verdicts in (
            (("deal.json",), [True]),
            (("deal.json", "copy.json"), [False] * 2),
            (("deal.json",), [True, False]),
        ):
            keep(store, *files)
            assert [row["passed"] for row in maps(store)] == verdicts


class TestMany:
    """Batches, engines, order."""

    def test_batches_of_any_size_come_to_the_same(self, store, tmp_path, monkeypatch):
        results = [checked(a_map(opportunity=f"第{place % 5}个", amount=place % 7 + 1)) for place in range(30)]
        ends = []
        for size in (1, 4, 100):
            monkeypatch.setattr(kept, "WRITTEN_AT_ONCE", size)
            place = store if size == 1 else str(tmp_path / f"{size}.db")
            with open_store(place, write=True) as opened:
                counted = opened.keep(results)
            assert (counted.added, counted.known) == (30, 0)
            ends.append([(row["account"], row["opportunity"], row["amount"]) for row in trend(place)])
        assert ends[0] == ends[1] == ends[2]

    def test_however_many_workers_there_are_the_rows_and_their_order_are_the_same(self, tmp_path, keep):
        for place in range(6):
            write(tmp_path / "in" / f"{place}.json", a_map(account=f"客户{place}"))
        keep("one.db", "in", "--jobs", 1)
        keep("two.db", "in", "--jobs", 2)
        assert contents("one.db") == contents("two.db")
        assert [row["kept"] for row in maps("one.db")] == [1, 2, 3, 4, 5, 6]

    def test_without_a_store_nothing_is_carried_along(self, tmp_path):
        from warmap_app.batch.journal import terms_line
        from warmap_app.batch.one import Terms, check_one
        from warmap_app.batch.sources import OnDisk, Source

        path = write(tmp_path / "deal.json", a_map())
        assert "kept" not in check_one(Source("deal.json", OnDisk(str(path))), Terms("zh"))
        assert "keep" not in terms_line(Terms("zh"))
        assert not list(Path().glob("*.db"))


def test_a_sample_workbook_s_map_is_kept_as_it_was_entered(store):
    document = load_sample("manufacturer_mes", "zh")
    with open_store(store, write=True) as opened:
        opened.keep([checked(document)])
    assert read_document(maps(store)[0]["map"]).map == read_document(document).map
