"""Fit and tier, customer class, key-account questions, five forces (specification, section 3)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.settings import settings_from
from warmap.worksheet.standing import five_forces, key_account_count


def trait(weight, score):
    return {"attribute": "有预算", "weight": weight, "score": score}


@pytest.mark.parametrize(
    ("rows", "fit", "tier"),
    [
        ([], None, None),
        ([trait(1, None)], None, None),
        ([trait(None, 4)], None, None),
        ([trait(1, 5)], 100, "A"),
        ([trait(1, 4)], 80, "A"),
        ([trait(1, 3.9)], 78, "B"),
        ([trait(2, 3)], 60, "B"),
        ([trait(1, 2.9)], 58, "C"),
        ([trait(1, 2)], 40, "C"),
        ([trait(1, 1.9)], 38, "D"),
        ([trait(1, 0)], 0, "D"),
        ([trait(3, 5), trait(1, 1)], 80, "A"),
        ([trait(3, 5), trait(9, None), trait(None, 0)], 100, "A"),
        ([trait(0.1, 4), trait(0.2, 4), trait(0.3, 4)], 80, "A"),
    ],
)
def test_fit_and_tier(assess, rows, fit, tier):
    judged = assess({"ideal_customer": rows})
    assert judged.scores["fit"] == pytest.approx(fit)
    assert judged.scores["tier"] == tier


def test_the_tiers_are_settings(assess):
    rows = {"ideal_customer": [trait(1, 4)]}
    assert assess(rows, settings=settings_from({"tier.A": 81})).scores["tier"] == "B"


@pytest.mark.parametrize(
    ("scale", "industry", "profitability", "expected"),
    [
        (3, 3, 3, "strategic"), (5, 1, 3, "strategic"), (3, 3, 2.9, "growth"), (5, 5, 1, "growth"),
        (2, 3.9, 3, "profit"), (1, 1, 5, "profit"), (2, 3, 2, "maintain"),
        (None, 5, 5, None), (5, None, 5, None), (5, 5, None, None), (None, None, None, None),
    ],
)  # fmt: skip
def test_customer_class(assess, scale, industry, profitability, expected):
    profile = {"scale": scale, "industry_attractiveness": industry, "profitability": profitability}
    assert assess({"profile": profile}).scores["customer_class"] == expected


def test_what_counts_as_high_is_a_setting(assess):
    profile = {"profile": {"scale": 3, "industry_attractiveness": 3, "profitability": 3}}
    assert assess(profile, settings=settings_from({"class_high_from": 3.5})).scores["customer_class"] == "maintain"


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({}, None), ({"large": False}, 0), ({"large": True}, 1), ({"large": True, "leads_us": False}, 1),
        (dict.fromkeys(("large", "future_profit", "leads_us", "must_not_be_lost"), True), 4),
    ],
)  # fmt: skip
def test_key_account_count(assess, answers, count):
    assert key_account_count(assess({"profile": {"key_account": answers}}).map.profile) == count


@pytest.mark.parametrize(
    ("forces", "expected"),
    [
        ({}, None), ({"rivalry": None}, None), ({"rivalry": 1}, 100), ({"rivalry": 5}, 0), ({"rivalry": 3}, 50),
        ({"rivalry": 4, "buyer_power": 5, "substitutes": None}, 12.5),
        ({"rivalry": 4, "new_entrants": 2, "substitutes": 2, "supplier_power": 3, "buyer_power": 5}, 45),
    ],
)  # fmt: skip
def test_five_forces(assess, forces, expected):
    assert five_forces(assess({"profile": {"five_forces": forces}}).map.profile) == pytest.approx(expected)


@settings(deadline=None)
@given(maps)
def test_fit_lies_between_0_and_100(data):
    judged = judge(WarMap.model_validate(data))
    assert judged.scores["fit"] is None or 0 <= judged.scores["fit"] <= 100
    assert (judged.scores["fit"] is None) is (judged.scores["tier"] is None)
