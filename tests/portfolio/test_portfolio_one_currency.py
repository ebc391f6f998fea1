"""`--currency CUR --rates FILE`: one currency at given rates, whose date and source are shown."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_portfolios import MONEY, portfolio_of_deals, result, some_deals

from warmap.funnel import to_minor
from warmap_app.command import UserError
from warmap_app.portfolio.deals import deals_of
from warmap_app.portfolio.forecast import notes
from warmap_app.portfolio.rates import one_currency, rates_said
from warmap_app.portfolio.workbook import build_portfolio

HEAD = "from,to,rate,date,source\n"
RATES = (
    HEAD
    + "USD,CNY,7.1,2026-06-30,PBoC\n日元,CNY,0.0487,2026-06-30,PBoC\nBHD,CNY,18.83,2026-06-29,Reuters\nCNY,USD,0.1408,2026-06-30,PBoC\n"
)

DEAL = {
    "opportunity": "B",
    "owner": "Ann",
    "stage": "market_research",
    "close_date": "2026-12-31",
    "as_of": "2026-06-30",
}


@pytest.fixture
def rates(tmp_path):
    (tmp_path / "rates.csv").write_text(RATES, "utf-8")
    return tmp_path / "rates.csv"


@pytest.fixture(scope="module")
def to_cny(tmp_path_factory):
    path = tmp_path_factory.mktemp("rates") / "rates.csv"
    path.write_text(RATES, "utf-8")
    return one_currency("CNY", path)


class TestFile:
    """From, to, rate, date, source; lines that lead to another currency are left aside."""

    def test_it_is_read(self, rates):
        given = one_currency("人民币", rates)
        assert given.currency == "CNY"
        assert {name: (rate.rate, rate.day.isoformat(), rate.source) for name, rate in given.rates.items()} == {
            "USD": (Decimal("7.1"), "2026-06-30", "PBoC"), "JPY": (Decimal("0.0487"), "2026-06-30", "PBoC"),
            "BHD": (Decimal("18.83"), "2026-06-29", "Reuters"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("XXQ,CNY,7,2026-06-30,a", "line 2: from “XXQ”"), ("USD,C,7,2026-06-30,a", "line 2: to “C”"),
            ("USD,CNY,0,2026-06-30,a", "line 2: rate “0”"), ("USD,CNY,abc,2026-06-30,a", "line 2: rate “abc”"),
            ("USD,CNY,1e999999,2026-06-30,a", "line 2: rate"), ("USD,CNY,7,soon,a", "line 2: date “soon”"),
            ("USD,CNY,7,,a", "line 2: date “”"), ("USD,CNY,7,2026-06-30,", "line 2: source “”"),
            ("USD,CNY,7,2026-06-30,a\nusd,CNY,8,2026-06-30,a", "line 3: USD was given before"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_meant_names_its_line(self, tmp_path, line, told):
        (tmp_path / "r.csv").write_text(HEAD + line, "utf-8")
        with pytest.raises(UserError) as refused:
            one_currency("CNY", tmp_path / "r.csv")
        assert told in refused.value.words.en

    def test_all_heads_are_needed(self, tmp_path):
        (tmp_path / "r.csv").write_text("from,rate\nUSD,7", "utf-8")
        with pytest.raises(UserError, match="from, to, rate, date, source"):
            one_currency("CNY", tmp_path / "r.csv")


def test_an_amount_is_converted_once_to_the_minor_unit(to_cny):
    deals, _ = deals_of([result("a", amount=100.01, currency="USD"), result("b", amount=7, currency="JPY")], "en")
    converted, left = to_cny.deals(deals, "en")
    assert [(deal.forecast.amount, deal.forecast.currency, deal.stated) for deal in converted] == [
        (Decimal("710.07"), "CNY", "USD 100.01"), (Decimal("0.34"), "CNY", "JPY 7"),
    ]  # fmt: skip
    assert left == []


def test_a_currency_without_a_rate_is_refused(to_cny):
    deals, _ = deals_of([result("a", currency="EUR"), result("b", currency="USD")], "en")
    with pytest.raises(UserError, match="no rate to CNY for: EUR"):
        to_cny.deals(deals, "en")


def test_what_is_too_large_in_the_new_currency_is_listed(to_cny):
    deals, _ = deals_of([result("a", amount=9 * 10**12, currency="USD")], "en")
    converted, left = to_cny.deals(deals, "en")
    assert (converted, [one.file for one in left]) == ([], ["a"])


@settings(deadline=None, max_examples=40)
@given(deals=st.lists(some_deals, max_size=20))
def test_the_portfolio_of_one_currency_adds_up(to_cny, deals):
    converted, left = to_cny.deals(deals, "en")
    made = portfolio_of_deals(converted, {"CNY": Decimal(1000)})
    (total,) = made.totals.values()
    for name in MONEY:
        assert getattr(total, name) == sum(getattr(line, name) for line in made.lines)
    assert total.claimed + total.stage_step + total.health_step == total.adjusted
    assert total.won + total.adjusted + total.gap == total.quota
    assert len(made.lines) + len(made.closed) + len(left) == len(deals)
    for deal in converted:
        assert to_minor(Fraction(deal.forecast.amount), "CNY") >= 0


def test_the_workbook_shows_the_rates_and_the_amounts_as_stated(to_cny):
    deals, _ = deals_of([result("a", amount=100.01, currency="USD"), result("b")], "en")
    made = replace(portfolio_of_deals(to_cny.deals(deals, "en")[0]), rates=rates_said(to_cny, {"USD", "CNY"}))
    assert any("1 USD = 7.1 CNY (2026-06-30, PBoC)" in note for note in notes(made, "en"))
    book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, "en", Path())), data_only=True)
    values = [cell.value for row in book["Deals"].iter_rows() for cell in row]
    assert {"Amount as stated", "USD 100.01", 710.07} <= set(values)


class TestCommand:
    """Everything in one currency, in the terminal too."""

    @pytest.fixture
    def folder(self, tmp_path, rates, quiet_terminal):
        (tmp_path / "in").mkdir()
        for name, currency in (("a", "CNY"), ("b", "USD")):
            deal = {**DEAL, "account": name, "amount": 1000, "currency": currency}
            (tmp_path / "in" / f"{name}.json").write_text(json.dumps({"deal": deal}), "utf-8")
        return tmp_path

    def test_it_shows_one_column_and_the_rates(self, folder, run):
        code, out, _ = run(
            "portfolio", "in", "--currency", "CNY", "--rates", "rates.csv", "--quota", "9000", "--lang", "en"
        )
        assert code == 0
        assert "2,025.00" in out  # (1,000 + 7,100) × 0.25
        assert "9,000.00" in out
        assert "1 USD = 7.1 CNY (2026-06-30, PBoC)" in out

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--currency", "CNY"], "go together"), (["--rates", "rates.csv"], "go together"),
            (["--currency", "XXQ", "--rates", "rates.csv"], "XXQ"),
            (["--currency", "USD", "--rates", "rates.csv", "--quota", "CNY=5"], "quotas should be in USD too, not CNY"),
            (["--currency", "EUR", "--rates", "rates.csv"], "no rate to EUR for: CNY, USD"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_meant_is_one_line(self, folder, run, words, told):
        code, out, err = run("portfolio", "in", *words, "--lang", "en")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert told in err
