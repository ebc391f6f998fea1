"""`--quota N`, or one for each currency; what cannot be meant is one line that says what to write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warmap_app.command import UserError
from warmap_app.portfolio.quotas import quotas_of, read_quotas

GOOD = [
    (None, ["CNY", "USD"], {}),
    (["12000000"], ["CNY"], {"CNY": "12000000"}),
    (["12,000,000.50"], ["CNY"], {"CNY": "12000000.5"}),
    (["cny=1"], ["USD"], {"CNY": "1"}),
    (["人民币=1"], [], {"CNY": "1"}),
    ([" CNY = 1200 "], [], {"CNY": "1200"}),
    (["ＣＮＹ＝１２"], [], {"CNY": "12"}),
    (["CNY=1", "USD=2"], ["CNY"], {"CNY": "1", "USD": "2"}),
    (["5", "USD=2"], ["CNY"], {"CNY": "5", "USD": "2"}),
    (["BHD=1.234"], [], {"BHD": "1.234"}),
    (["JPY=1.0"], [], {"JPY": "1"}),
    (["0"], ["CNY"], {"CNY": "0"}),
    (["1e6"], ["CNY"], {"CNY": "1000000"}),
]
BAD = [
    (["abc"], ["CNY"], "应是金额", "should be an amount"),
    ([""], ["CNY"], "应是金额", "should be an amount"),
    (["-1"], ["CNY"], "应是金额", "should be an amount"),
    (["NaN"], ["CNY"], "应是金额", "should be an amount"),
    (["Infinity"], ["CNY"], "应是金额", "should be an amount"),
    (["CNY="], ["CNY"], "应是金额", "should be an amount"),
    (["XYZ=5"], ["CNY"], "不是在用的", "no ISO 4217"),
    (["=5"], ["CNY"], "不是在用的", "no ISO 4217"),
    (["CNY=1=2"], ["CNY"], "不是在用的", "no ISO 4217"),
    (["CNY=1", "CNY=2"], ["CNY"], "两次", "twice"),
    (["1", "CNY=2"], ["CNY"], "两次", "twice"),
    (["1", "2"], ["CNY"], "两次", "twice"),
    (["5"], ["CNY", "USD"], "请写明", "say which"),
    (["5"], [], "请写明", "say it"),
    (["CNY=0.001"], [], "最多 2 位", "at most 2 decimals"),
    (["JPY=0.5"], [], "最多 0 位", "at most 0 decimals"),
    (["1e30"], ["CNY"], "太大", "too large"),
    (["1e999999"], ["CNY"], "太大", "too large"),
    (["10000000000000"], ["CNY"], "太大", "too large"),
]


@pytest.mark.parametrize(("texts", "currencies", "quotas"), GOOD)
def test_a_quota_is_read(texts, currencies, quotas):
    assert quotas_of(read_quotas(texts), currencies) == {name: Decimal(value) for name, value in quotas.items()}


@pytest.mark.parametrize(("texts", "currencies", "zh", "en"), BAD)
def test_a_quota_that_cannot_be_meant_is_refused(texts, currencies, zh, en):
    with pytest.raises(UserError) as refused:
        quotas_of(read_quotas(texts), currencies)
    assert zh in refused.value.words.zh
    assert en in refused.value.words.en
