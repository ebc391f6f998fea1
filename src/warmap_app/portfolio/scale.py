"""The unit in which the charts of a currency speak: 万 and 亿 in Chinese, k, m and bn in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from warmap.funnel import digits_of, from_minor
from warmap.text import Lang
from warmap_app.portfolio.figures import Portfolio

UNITS = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k"))}


class Scale(NamedTuple):
    """What the figures of a chart are divided by, how that is called, and with how many decimals they are shown."""

    currency: str
    divisor: int
    name: str
    decimals: int

    @property
    def num_format(self) -> str:
        """The decimals as a number format of a cell."""
        return "#,##0" + ("." + "0" * self.decimals if self.decimals else "")

    def say(self, units: int) -> str:
        """Minor units in this unit, rounded for a picture."""
        exact = from_minor(units, self.currency) / self.divisor
        shown = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{shown:,}".replace("-", "−") if shown else "0"


def scale_for(portfolio: Portfolio, currency: str, lang: Lang) -> Scale:
    """The largest unit of which the largest figure of a currency is at least one whole."""
    line = portfolio.funnels[currency]
    largest = max(portfolio.total(currency).claimed, line.expected, line.quota or 0)
    for divisor, name in UNITS[lang]:
        whole = divisor * 10 ** digits_of(currency)
        if largest >= whole:
            decimals = 0 if largest >= 1000 * whole else 1 if largest >= 10 * whole else 2
            return Scale(currency, divisor, f"{currency}{'' if lang == 'zh' else ' '}{name}", decimals)
    return Scale(currency, 1, currency, 0)
