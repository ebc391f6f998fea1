"""Rows and totals reconcile to the minor unit, in the figures and in the cells of the workbook, for any portfolio."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_portfolios import MONEY, portfolio_of_deals, some_deals

from warmap.funnel import MINOR_DIGITS, bridge, from_minor, funnel, to_minor
from warmap.settings import default_settings, settings_from
from warmap_app.portfolio.figures import DIMENSIONS, WHOSE, Money
from warmap_app.portfolio.report_book import HEAD_ROW
from warmap_app.portfolio.workbook import DEAL, ROLLUP, build_portfolio

portfolios = st.lists(some_deals, max_size=25)
UPSIDE_DOWN = settings_from({"stage_probability.need_identification": 0.95})  # a stage not earned may then add


def figures(line):
    return {name: getattr(line, name) for name in MONEY}


def lines_in(made, currency):
    return [line for line in made.lines if line.currency == currency]


def sums(lines):
    total = Counter(dict.fromkeys(MONEY, 0))
    for line in lines:
        total.update(figures(line))
    return dict(total)


@pytest.mark.parametrize("odds", [None, UPSIDE_DOWN])
@settings(deadline=None, max_examples=50)
@given(deals=portfolios)
def test_every_total_is_the_sum_of_its_deals(odds, deals):
    made = portfolio_of_deals(deals, {"CNY": Decimal(10)}, odds)
    assert len(made.lines) + len(made.closed) == len(deals)
    forecasts, chosen = [deal.forecast for deal in deals], odds or default_settings()
    steps, funnels = bridge(forecasts, chosen), funnel(forecasts, chosen)
    for currency, total in made.totals.items():
        assert total.claimed + total.stage_step + total.health_step == total.adjusted
        assert sums(lines_in(made, currency)) == figures(total)
        won = [one.won for one in made.closed if one.currency == currency]
        assert total.won == sum(won) == (funnels[currency].won if won else 0)
        if total.quota is not None:
            assert (
                total.won + total.adjusted + total.gap == total.won + total.claimed + total.claimed_gap == total.quota
            )
        if total.deals:
            mine = [step[2:] for step in steps if step.currency == currency]
            assert (*map(sum, zip(*mine, strict=True)), funnels[currency].amount) == (
                total.claimed, total.stage_step, total.health_step, total.adjusted, total.amount,
            )  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(deals=portfolios)
def test_every_roll_up_adds_up_to_the_totals(deals):
    made = portfolio_of_deals(deals)
    for dimension in DIMENSIONS:
        rows = made.rollups[dimension]
        assert len({(row.currency, row.label) for row in rows}) == len(rows)
        for currency in made.totals:
            mine = [row for row in rows if row.currency == currency]
            assert sum(row.deals for row in mine) == len(lines_in(made, currency))
            for name, total in sums(lines_in(made, currency)).items():
                assert sum(getattr(row, name) for row in mine) == total
            assert sum(row.won for row in mine) == (made.totals[currency].won if dimension in WHOSE else 0)
            assert all(type(getattr(row, name)) is int for row in mine for name in (*MONEY, "won"))
            for row in mine:
                assert row.claimed + row.stage_step + row.health_step == row.adjusted
                if not row.deals:
                    assert row.plain_health is row.weighted_health is None
                    continue
                assert 0 <= row.plain_health <= 100
                assert 0 <= row.weighted_health <= 100.0000001


def units(value, currency):
    """What a cell holds, in minor units; a cell that is not exactly an amount of that currency is a failure."""
    exact = to_minor(Decimal(repr(value)), currency)
    digits = MINOR_DIGITS.get(currency, 2)
    assert value == (exact / 10**digits if digits else exact)
    return exact


@settings(deadline=None, max_examples=10)
@given(deals=st.lists(some_deals, min_size=1, max_size=8))
def test_the_cells_of_the_workbook_add_up_to_the_minor_unit(deals):
    made = portfolio_of_deals(deals, {"JPY": Decimal(1000)})
    book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, "en", Path())), data_only=True)
    rows = list(book["Deals"].iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    lines, totals = rows[: len(made.lines)], [row for row in rows if str(row[0]).startswith("Total ")]
    assert [row[DEAL["currency"]] for row in totals] == list(made.totals)
    for total in totals:
        currency = total[DEAL["currency"]]
        mine = [row for row in lines if row[DEAL["currency"]] == currency]
        for name in MONEY:
            column = DEAL[name]
            assert sum(units(row[column], currency) for row in mine) == units(total[column], currency)
        for row in [*mine, total]:
            claimed, stage, health, adjusted = (
                units(row[DEAL[name]], currency) for name in ("claimed", "stage_step", "health_step", "adjusted")
            )
            assert claimed + stage + health == adjusted
    for dimension in ("By team", "By rep", "By stage", "By band"):
        groups = [
            row for row in book[dimension].iter_rows(min_row=HEAD_ROW + 2, values_only=True) if row[ROLLUP["currency"]]
        ]
        ends = [row for row in groups if str(row[0]).startswith("✓ Total")]
        assert [end[ROLLUP["currency"]] for end in ends] == list(
            dict.fromkeys(row[ROLLUP["currency"]] for row in groups)
        )
        for end in ends:
            currency = end[ROLLUP["currency"]]
            mine = [row for row in groups if row[ROLLUP["currency"]] == currency and row is not end]
            assert sum(row[ROLLUP["deals"]] for row in mine) == end[ROLLUP["deals"]]
            for name in MONEY:
                column = ROLLUP[name]
                assert sum(units(row[column], currency) for row in mine) == units(end[column], currency)


@given(st.integers(), st.sampled_from(["CNY", "JPY", "BHD", "CLF"]))
def test_an_amount_is_shown_exactly(amount, currency):
    shown = str(Money(amount, currency))
    assert to_minor(Decimal(shown.replace(",", "")), currency) == amount
    assert from_minor(amount, currency) == Decimal(shown.replace(",", ""))
    assert len(shown.partition(".")[2]) == MINOR_DIGITS.get(currency, 2)
