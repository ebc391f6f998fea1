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

from warmap.funnel import MINOR_DIGITS, from_minor, to_minor
from warmap.settings import settings_from
from warmap_app.portfolio.deals_sheet import PLACE
from warmap_app.portfolio.figures import money
from warmap_app.portfolio.rollup import DIMENSIONS
from warmap_app.portfolio.rollup_sheets import CURRENCY, DEALS, FIRST_MONEY
from warmap_app.portfolio.sheets import HEAD_ROW
from warmap_app.portfolio.workbook import build_portfolio

portfolios = st.lists(some_deals, max_size=25)
UPSIDE_DOWN = settings_from({"stage_probability.need_identification": 0.95})  # a stage not earned may then add


def figures(line):
    step = line.step
    return {"amount": line.amount, "claimed": step.claimed, "stage_step": step.stage, "health_step": step.health,
            "adjusted": step.adjusted, "expected": line.expected}  # fmt: skip


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
    assert len(made.lines) == len(deals)
    for currency in made.currencies:
        total, mine = made.total(currency), sums(made.of(currency))
        assert total.claimed + total.stage + total.health == total.adjusted
        assert mine == {
            "amount": made.amounts.get(currency, 0), "claimed": total.claimed, "stage_step": total.stage,
            "health_step": total.health, "adjusted": total.adjusted, "expected": made.funnels[currency].expected,
        }  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(deals=portfolios)
def test_every_roll_up_adds_up_to_the_totals(deals):
    made = portfolio_of_deals(deals)
    for dimension in DIMENSIONS:
        rows = made.rollups[dimension]
        assert len({(row.currency, row.label) for row in rows}) == len(rows)
        for currency in made.currencies:
            mine = [row for row in rows if row.currency == currency]
            assert sum(row.deals for row in mine) == len(made.of(currency))
            for name, total in sums(made.of(currency)).items():
                assert sum(getattr(row, name) for row in mine) == total
            assert all(type(getattr(row, name)) is int for row in mine for name in MONEY)
            for row in mine:
                assert row.claimed + row.stage_step + row.health_step == row.adjusted
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
    assert [row[PLACE["currency"]] for row in totals] == made.currencies
    for total in totals:
        currency = total[PLACE["currency"]]
        mine = [row for row in lines if row[PLACE["currency"]] == currency]
        for name in MONEY:
            column = PLACE[name]
            assert sum(units(row[column], currency) for row in mine) == units(total[column], currency)
        for row in [*mine, total]:
            claimed, stage, health, adjusted = (
                units(row[PLACE[name]], currency) for name in ("claimed", "stage_step", "health_step", "adjusted")
            )
            assert claimed + stage + health == adjusted
    for dimension in ("By team", "By rep", "By stage", "By band"):
        groups = [row for row in book[dimension].iter_rows(min_row=HEAD_ROW + 2, values_only=True) if row[CURRENCY]]
        ends = [row for row in groups if str(row[0]).startswith("✓ Total")]
        assert len(ends) == len(made.totals)
        for end in ends:
            mine = [row for row in groups if row[CURRENCY] == end[CURRENCY] and row is not end]
            assert sum(row[DEALS] for row in mine) == end[DEALS]
            for column in range(FIRST_MONEY, FIRST_MONEY + len(MONEY)):
                assert sum(units(row[column], end[CURRENCY]) for row in mine) == units(end[column], end[CURRENCY])


@given(st.integers(), st.sampled_from(["CNY", "JPY", "BHD", "CLF"]))
def test_an_amount_is_shown_exactly(amount, currency):
    shown = money(amount, currency)
    assert to_minor(Decimal(shown.replace(",", "")), currency) == amount
    assert from_minor(amount, currency) == Decimal(shown.replace(",", ""))
    assert len(shown.partition(".")[2]) == MINOR_DIGITS.get(currency, 2)
