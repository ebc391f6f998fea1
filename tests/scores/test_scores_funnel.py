"""Funnel and forecast bridge (specification, section 3), to the minor currency unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap.funnel import ForecastDeal, bridge, from_minor, funnel, pipeline, settled, to_minor
from warmap.settings import default_settings, settings_from
from warmap.terms import Outcome, ProcurementStage

STAGES = list(ProcurementStage)
SETTINGS = default_settings()


def deal(amount="1000000", declared=4, reached=4, health=100.0, currency="CNY", name="一期", outcome=Outcome.OPEN):
    return ForecastDeal(name, Decimal(amount), currency, STAGES[declared - 1], reached, health, outcome)


# amount, declared, reached, health → claimed, stage, health, adjusted in fen
BRIDGES = [
    ("1000000", 4, 4, 100.0, 60000000, 0, 0, 60000000),
    ("1000000", 4, 2, 100.0, 60000000, -35000000, 0, 25000000),
    ("1000000", 4, 2, 40.0, 60000000, -35000000, -15000000, 10000000),
    ("1000000", 2, 4, 50.0, 25000000, 0, -12500000, 12500000),
    ("1000000", 6, 1, 0.0, 100000000, -90000000, -10000000, 0),
    ("0.01", 1, 1, 100.0, 0, 0, 0, 0),
    ("0.05", 1, 1, 100.0, 0, 0, 0, 0),  # half a fen goes to the even one
    ("0.15", 1, 1, 100.0, 2, 0, 0, 2),
    ("333333.33", 3, 2, 61.5, 13333333, -5000000, -3208333, 5125000),
]


@pytest.mark.parametrize(("amount", "declared", "reached", "health", "claimed", "stage", "sound", "adjusted"), BRIDGES)
def test_the_bridge_by_hand(amount, declared, reached, health, claimed, stage, sound, adjusted):
    step = bridge([deal(amount, declared, reached, health)], SETTINGS)[0]
    assert (step.claimed, step.stage, step.health, step.adjusted) == (claimed, stage, sound, adjusted)


def test_totals_are_by_currency_in_order_of_appearance():
    deals = [deal(currency="USD"), deal(reached=2, health=40.0), deal(currency="USD", health=50.0)]
    totals = funnel(deals, SETTINGS)
    assert list(totals) == ["USD", "CNY"]
    assert (totals["USD"].claimed, totals["USD"].adjusted) == (120000000, 90000000)
    assert [step.health for step in bridge(deals, SETTINGS)] == [0, -15000000, -30000000]
    assert totals["CNY"].adjusted == 10000000
    assert funnel([], SETTINGS) == {}


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("12.34", "CNY", 1234),
        ("1234", "JPY", 1234),
        ("1.234", "KWD", 1234),
        ("1.23456", "KWD", 1235),
        ("7", "CLF", 70000),
    ],
)
def test_each_currency_has_its_own_minor_unit(amount, currency, units):
    assert to_minor(Decimal(amount), currency) == units
    assert to_minor(from_minor(units, currency), currency) == units


def test_the_funnel_by_hand():
    # adjusted 1 000 000 × 0.1 × 0.5 + 2 000 000 × 0.25 × 0.8 = 50 000 + 400 000 of 3 000 000: a rate of 0.15
    deals = [
        deal("1000000", 4, 1, 50.0), deal("2000000", 2, 2, 80.0), deal("300000", outcome=Outcome.WON),
        deal("9000000", outcome=Outcome.LOST), deal("8000000", outcome=Outcome.NO_DECISION),
    ]  # fmt: skip
    line = funnel(deals, SETTINGS, {"CNY": Decimal(1200000)})["CNY"]
    assert (line.deals, line.amount, line.claimed, line.adjusted) == (2, 300000000, 110000000, 45000000)
    assert (line.won, line.quota, line.gap) == (30000000, 120000000, 45000000)
    assert line.claimed_gap == -20000000
    assert line.needed_pipeline == 300000000


@pytest.mark.parametrize(
    ("outcome", "signed", "counts"),
    [
        (None, False, Outcome.OPEN), (Outcome.OPEN, False, Outcome.OPEN), (None, True, Outcome.WON),
        (Outcome.OPEN, True, Outcome.WON), (Outcome.WON, False, Outcome.WON), (Outcome.LOST, True, Outcome.LOST),
        (Outcome.NO_DECISION, True, Outcome.NO_DECISION),
    ],
)  # fmt: skip
def test_an_open_deal_is_won_once_its_contract_is_signed(outcome, signed, counts):
    assert settled(outcome, signed=signed) is counts


def test_only_open_deals_are_in_the_bridge():
    assert [step.name for step in bridge([deal(outcome=one, name=one.value) for one in Outcome], SETTINGS)] == ["open"]


@pytest.mark.parametrize(
    ("deals", "quota", "gap", "needed"),
    [
        ([deal()], None, None, None),
        ([deal()], "600000", 0, 0),
        ([deal()], "500000", -10000000, 0),
        ([deal(health=0.0)], "1", 100, None),
        ([deal(health=0.0)], "0", 0, 0),
        ([], "1", 100, None),
        ([deal("0.10", 4)], "0.07", 1, 2),  # 1 ÷ 0.6 rounded up
        ([deal(), deal("5", outcome=Outcome.WON)], "600005", 0, 0),
        ([deal("5", outcome=Outcome.WON)], "6", 100, None),
    ],
)
def test_what_is_needed_to_close_the_gap(deals, quota, gap, needed):
    line = funnel(deals, SETTINGS, {"CNY": Decimal(quota)} if quota else None)["CNY"]
    assert (line.gap, line.needed_pipeline) == (gap, needed)


def test_currencies_are_never_mixed():
    lines = funnel([deal(), deal("100", currency="JPY")], SETTINGS, {"EUR": Decimal(5)})
    assert list(lines) == ["CNY", "JPY", "EUR"]
    assert lines["JPY"].adjusted == 60
    assert (lines["EUR"].deals, lines["EUR"].adjusted, lines["EUR"].gap) == (0, 0, 500)


def test_the_probabilities_are_settings():
    changed = settings_from({"stage_probability.quotation_negotiation": 0.3})
    assert bridge([deal()], changed)[0].claimed == 30000000


some_deals = st.lists(
    st.builds(
        deal,
        st.decimals("0.01", "9999999999", places=4),
        st.integers(1, 6),
        st.integers(1, 6),
        st.floats(0, 100).map(lambda health: round(health, 9)),
        st.sampled_from(["CNY", "JPY", "KWD", "CLF"]),
        outcome=st.sampled_from(list(Outcome)),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(some_deals)
def test_the_bridge_reconciles_to_the_cent(deals):
    steps = bridge(deals, SETTINGS)
    for step in steps:
        assert step.claimed + step.stage + step.health == step.adjusted
        assert step.stage <= 0 >= step.health
        assert 0 <= step.adjusted <= step.claimed
    for currency, total in funnel(deals, SETTINGS).items():
        mine = [step for step in steps if step.currency == currency]
        for part in ("claimed", "adjusted"):
            assert getattr(total, part) == sum(getattr(step, part) for step in mine)


@settings(deadline=None)
@given(some_deals)
def test_each_figure_of_the_bridge_lies_within_half_a_unit_of_the_formula(deals):
    for one, step in zip(pipeline(deals), bridge(deals, SETTINGS), strict=True):
        scale = Fraction(to_minor(Decimal(1), one.currency))
        probability = [Fraction(n, 100) for n in (10, 25, 40, 60, 90, 100)]
        earned = probability[min(one.declared.number, one.reached) - 1]
        claimed = Fraction(one.amount) * probability[one.declared.number - 1] * scale
        adjusted = Fraction(one.amount) * earned * Fraction(one.health) / 100 * scale
        assert abs(step.claimed - claimed) <= Fraction(1, 2)
        assert abs(step.adjusted - adjusted) <= Fraction(1, 2)


@settings(deadline=None)
@given(some_deals, st.decimals("0", "99999999999", places=2))
def test_the_pipeline_needed_closes_the_gap(deals, quota):
    for line in funnel(deals, SETTINGS, {"CNY": quota}).values():
        if line.needed_pipeline:
            short_by_one = line.needed_pipeline - 1
            assert line.needed_pipeline * line.adjusted >= line.gap * line.amount > short_by_one * line.adjusted
        if line.gap is not None:
            assert line.won + line.adjusted + line.gap == line.won + line.claimed + line.claimed_gap == line.quota
