"""Negotiation readiness and ZOPA (specification, section 3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warmap.scores.zopa import room

PRICES = {"opening_price": 120, "target_price": 110, "walk_away_price": 100}
REST = {
    "our_alternative": "分两批交付", "customer_alternative": "续扩老设备",
    "concessions": [{"give": "付款后移", "get": "7 月底前签约"}], "feelings": "采购谨慎",
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, None),
        ({"feelings": "  ", "concessions": [{}]}, None),
        ({"customer_walk_away": 100}, 0),
        ({"our_alternative_strength": 3}, 0),
        ({"concessions": [{"give": "付款后移"}]}, 0),
        (PRICES, 0.2),
        ({**PRICES, "opening_price": 110, "walk_away_price": 110}, 0.2),
        ({**PRICES, "target_price": 121}, 0),
        ({**PRICES, "target_price": 99}, 0),
        ({**PRICES, "opening_price": None}, 0),
        ({**PRICES, "target_price": None}, 0),
        ({**PRICES, "walk_away_price": None}, 0),
        ({"our_alternative": "分两批交付"}, 0.2),
        ({"customer_alternative": "续扩老设备"}, 0.2),
        ({"concessions": [{"give": "付款后移"}, {"get": "签约"}]}, 0.2),
        ({"feelings": "采购谨慎"}, 0.2),
        (REST, 0.8),
        ({**PRICES, **REST}, 1),
    ],
)
def test_readiness_is_the_share_of_five_points(assess, record, expected):
    assert assess({"negotiation": record}).scores["negotiation"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("theirs", "ours", "zopa"),
    [
        (Decimal("120.10"), Decimal("100.05"), Decimal("20.05")), (100, 100, 0), (99, 100, -1), (None, 100, None),
        (100, None, None), (None, None, None),
    ],
)  # fmt: skip
def test_zopa_is_the_exact_difference_of_the_limits(assess, theirs, ours, zopa):
    assert room(assess({"negotiation": {"customer_walk_away": theirs, "walk_away_price": ours}})) == zopa
