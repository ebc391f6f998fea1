"""Three deals worked out by hand from the funnel and the forecast bridge of the method, and what counts at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from made_portfolios import ENDED, SIGNED, THREE, flag, portfolio, result

from warmap.settings import settings_from
from warmap.terms import HealthBand, Outcome, ProcurementStage
from warmap.text import LANGUAGES
from warmap_app.batch.which_counts import standing
from warmap_app.portfolio.forecast import notes

every_language = pytest.mark.parametrize("lang", LANGUAGES)


class TestThreeDeals:
    """a: CNY 1,000,000 at stage 4 (0.6), stage 2 (0.25) earned, health 40. b: CNY 333,333.33 at stage 3 (0.4), earned,
    health 61.5. c: JPY 1,000,001 at stage 1 (0.1), health 50."""

    made = portfolio(THREE, {"CNY": Decimal(400000)})

    @pytest.mark.parametrize(
        ("file", "claimed", "stage", "health", "adjusted"),
        [
            ("a.yaml", 60000000, -35000000, -15000000, 10000000),
            ("b.yaml", 13333333, 0, -5133333, 8200000),
            ("c.yaml", 100000, 0, -50000, 50000),
        ],
    )
    def test_the_bridge_of_each(self, file, claimed, stage, health, adjusted):
        (line,) = [line for line in self.made.lines if line.deal.file == file]
        assert (line.claimed, line.stage_step, line.health_step, line.adjusted) == (claimed, stage, health, adjusted)

    def test_the_totals_by_currency(self):
        cny, jpy = self.made.totals["CNY"], self.made.totals["JPY"]
        assert (cny.claimed, cny.stage_step, cny.health_step, cny.adjusted) == (
            73333333,
            -35000000,
            -20133333,
            18200000,
        )
        assert (jpy.claimed, jpy.stage_step, jpy.health_step, jpy.adjusted) == (100000, 0, -50000, 50000)
        assert (cny.amount, jpy.amount) == (133333333, 1000001)

    def test_the_funnel_with_its_quota(self):
        # 400,000 − 182,000 = 218,000; 218,000 ÷ (182,000 ÷ 1,333,333.33), rounded up
        cny = self.made.totals["CNY"]
        assert (cny.won, cny.gap, cny.claimed_gap, cny.needed) == (0, 21800000, -33333333, 159706960)
        assert self.made.totals["JPY"].gap is None

    def test_the_roll_up_by_team(self):
        east, blank = self.made.rollups["team"]
        assert (east.label, east.currency, east.deals, east.amount) == ("华东", "CNY", 2, 133333333)
        assert (east.claimed, east.adjusted, east.critical) == (73333333, 18200000, 1)
        assert east.plain_health == 50.75
        assert east.weighted_health == pytest.approx((1000000 * 40 + 333333.33 * 61.5) / 1333333.33)
        assert (blank.label, blank.currency, blank.deals, blank.amount) == ("", "JPY", 1, 1000001)

    def test_the_roll_up_by_rep_stage_and_band(self):
        assert [(row.label, row.currency, row.claimed) for row in self.made.rollups["rep"]] == [
            ("李晨", "CNY", 60000000), ("王芳", "CNY", 13333333), ("李晨", "JPY", 100000),
        ]  # fmt: skip
        assert [(row.label, row.currency) for row in self.made.rollups["stage"]] == [
            (ProcurementStage.SUPPLIER_ASSESSMENT, "CNY"), (ProcurementStage.QUOTATION_NEGOTIATION, "CNY"),
            (ProcurementStage.NEED_IDENTIFICATION, "JPY"),
        ]  # fmt: skip
        assert [(row.label, row.deals) for row in self.made.rollups["band"]] == [
            (HealthBand.AMBER, 2), (HealthBand.GREEN, 1),
        ]  # fmt: skip

    def test_the_worst_come_first_and_answered_flags_are_no_risk(self):
        assert [line.health for line in self.made.worst_first()] == [40.0, 50.0, 61.5]
        assert [(line.deal.file, risk.code) for line, risk in self.made.risks()] == [("a.yaml", "RF101")]


class TestDealsThatEnded:
    """Won, lost and shelved deals leave the pipeline and are shown with why; an open one with its contract signed is won."""

    made = portfolio([*THREE, *ENDED], {"CNY": Decimal(650000)})

    def test_the_pipeline_is_what_it_is_without_them(self):
        without = portfolio(THREE).totals["CNY"]
        cny = self.made.totals["CNY"]
        for name in ("deals", "amount", "claimed", "stage_step", "health_step", "adjusted"):
            assert getattr(cny, name) == getattr(without, name)

    def test_the_gap_counts_what_was_won(self):
        cny = self.made.totals["CNY"]
        assert (cny.won, cny.gap, cny.claimed_gap) == (
            25000050,
            65000000 - 25000050 - 18200000,
            65000000 - 25000050 - 73333333,
        )
        assert self.made.totals["USD"].won == 0

    def test_each_is_shown_with_its_outcome_day_and_reason(self):
        told = {
            one.deal.file: (one.deal.forecast.outcome, one.deal.outcome_on, one.deal.outcome_reason)
            for one in self.made.closed
        }
        assert told == {
            "won.yaml": (Outcome.WON, date(2026, 5, 31), "交期最短"),
            "lost.yaml": (Outcome.LOST, date(2026, 4, 30), "价格"),
            "shelved.yaml": (Outcome.NO_DECISION, None, "预算取消"),
            "contract.yaml": (Outcome.WON, None, "合同已签（按赢单计）"),
        }

    def test_teams_and_reps_have_what_they_won(self):
        assert {(row.label, row.deals, row.won) for row in self.made.rollups["team"] if row.currency == "CNY"} == {
            ("华东", 2, 20000000), ("华南", 0, 5000050),
        }  # fmt: skip
        assert {row.label: row.won for row in self.made.rollups["rep"] if row.currency == "CNY"} == {
            "王芳": 20000000,
            "李晨": 5000050,
        }
        assert all(row.won == 0 for row in [*self.made.rollups["stage"], *self.made.rollups["band"]])

    def test_the_notes_count_them(self):
        assert "已离开漏斗（见“已结束”）：赢单 2，丢单 1，客户搁置 1。" in list(notes(self.made, "zh"))

    def test_a_lost_deal_whose_contract_was_signed_is_lost(self):
        made = portfolio([result(outcome="lost", stage_gates=SIGNED)])
        assert [(one.deal.forecast.outcome, one.won) for one in made.closed] == [(Outcome.LOST, 0)]

    def test_what_was_won_on_a_file_that_failed_is_said(self):
        made = portfolio([result(outcome="won", amount=5, passed=False)])
        assert made.totals["CNY"].won_not_passed == 500
        assert any("已赢单 5.00 中的 5.00" in note for note in notes(made, "zh"))


def test_each_deal_shows_its_two_worst_open_flags():
    flags = [flag("RF101"), flag("RF102", mitigated=True), flag("RF103", "major"), flag("RF104", "major")]
    made = portfolio([result(red_flags=flags)])
    assert [risk.code for _, risk in made.risks()] == ["RF101", "RF103"]


def test_the_probabilities_are_those_of_the_settings():
    made = portfolio([result()], settings=settings_from({"stage_probability.quotation_negotiation": 0.3}))
    assert made.totals["CNY"].claimed == 30000000


def test_spelling_does_not_make_another_team():
    made = portfolio([result("a", team="North"), result("b", team="ｎｏｒｔｈ "), result("c", team="North  ")])
    assert [(row.label, row.deals) for row in made.rollups["team"]] == [("North", 3)]


def test_a_team_has_one_spelling_in_every_currency():
    made = portfolio([result("a", team="North", amount=9), result("b", team="north", currency="USD")])
    assert {row.label for row in made.rollups["team"]} == {"North"}


def test_a_team_that_is_called_blank_is_blank():
    made = portfolio([result("a", team=None), result("b", team="(blank)"), result("c", team="（未填）")])
    assert [(row.label, row.deals) for row in made.rollups["team"]] == [("", 3)]


def test_currencies_stand_in_order_of_their_deals_and_those_with_a_quota_only_come_last():
    made = portfolio([result("a", currency="USD"), result("b"), result("c")], {"EUR": Decimal(5)})
    assert list(made.totals) == ["CNY", "USD", "EUR"]
    assert (made.totals["EUR"].claimed, made.totals["EUR"].gap) == (0, 500)


class TestWhatCounts:
    """Files that lack amount, currency or stage, or could not be read, are listed with why; never left out silently."""

    @pytest.mark.parametrize(
        ("given", "zh", "en"),
        [
            ({"amount": None}, "缺少金额", "it lacks: amount"),
            ({"currency": None}, "缺少币种", "it lacks: currency"),
            ({"stage": None, "amount": None}, "缺少金额、申报阶段", "it lacks: amount, stage"),
            ({"health": None}, "没有任何权重", "no weight"),
            ({"amount": 10**13}, "金额太大", "too large"),
        ],
    )
    @every_language
    def test_a_deal_without_figures_is_listed(self, given, zh, en, lang):
        made = portfolio([result("bad.yaml", **given), result()], lang=lang)
        assert len(made.lines) == 1
        (left,) = made.left_out
        assert left.file == "bad.yaml"
        assert {"zh": zh, "en": en}[lang] in left.why
        assert left.remedy

    def test_what_the_check_says_of_the_field_is_repeated(self):
        finding = {
            "code": "DV203",
            "field": "amount",
            "message": "“金额”应为数字，现在是“abc”",
            "hint": "改成数字",
            "severity": "major",
        }
        (left,) = portfolio([result(amount=None, findings=[finding])]).left_out
        assert "“金额”应为数字，现在是“abc”" in left.why
        assert left.remedy == "改成数字"

    def test_a_file_that_could_not_be_read_is_listed_with_the_checks_words(self):
        finding = {
            "code": "DV002",
            "field": "",
            "message": "文件无法读取：已加密",
            "hint": "去掉密码",
            "severity": "critical",
        }
        unread = {"file": "x.xlsx", "passed": False, "deal": {}, "as_of": None, "findings": [finding], "red_flags": [],
                  "scores": {"stage_reached": None, "health": None}}  # fmt: skip
        made = portfolio([unread, result()])
        assert [(left.why, left.remedy) for left in made.left_out] == [("文件无法读取：已加密", "去掉密码")]
        assert made.files == 2

    def test_a_deal_submitted_twice_counts_once_the_newest_by_its_own_day(self):
        days = {"a.yaml": date(2026, 6, 1), "b.yaml": date(2026, 5, 1)}
        twice = [
            result(name, opportunity="一期", amount=amount, standing=standing(days[name], None, name))
            for name, amount in (("a.yaml", 100), ("b.yaml", 200))
        ]
        made = portfolio(twice)
        assert [line.deal.file for line in made.lines] == ["a.yaml"]
        (left,) = made.left_out
        assert left.file == "b.yaml"
        assert "a.yaml" in left.why

    def test_of_the_same_day_the_later_name(self):
        made = portfolio([result(name, opportunity="一期") for name in ("b (1).yaml", "b.yaml", "a.yaml")])
        assert [line.deal.file for line in made.lines] == ["b (1).yaml"]

    def test_spelling_does_not_make_another_deal(self):
        made = portfolio(
            [result("a", account="Acme", opportunity="One"), result("b", account="ACME ", opportunity="Ｏne")]
        )
        assert (len(made.lines), len(made.left_out)) == (1, 1)

    def test_deals_that_name_no_account_are_never_taken_for_one(self):
        made = portfolio([result(name, account=None, opportunity="一期") for name in ("a", "b")])
        assert len(made.lines) == 2

    def test_an_older_copy_never_stands_in_for_the_newest_that_is_incomplete(self):
        """Which file counts is the same in every command: `warmap check` has told the rep that this one does."""
        made = portfolio([result("a.yaml", opportunity="一期"), result("b.yaml", opportunity="一期", amount=None)])
        assert made.lines == ()
        assert {left.file: left.why for left in made.left_out} == {
            "a.yaml": "同一客户、同一商机另有一份：计入 b.yaml", "b.yaml": "缺少金额",
        }  # fmt: skip
