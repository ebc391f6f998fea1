"""One currency for a whole portfolio, at rates that somebody gives: a file with from, to, rate, date and source.

A rate is what one unit of the first currency is worth in the second. Every amount is converted once, to the minor unit of
the new currency, before any figure is computed; so all that adds up in one currency still does.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, DecimalException
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from warmap.funnel import from_minor, to_minor
from warmap.model import TABLE
from warmap.parsing import Context
from warmap.parsing.convert import day
from warmap.parsing.currencies import currency_of
from warmap.periods import QuotaLine
from warmap.text import Lang, Text
from warmap_app.apart import answer_of
from warmap_app.command import UserError
from warmap_app.listing import Listing, rows_in, words_of
from warmap_app.portfolio.deals import CHECK_AMOUNT, TOO_MUCH, Deal, LeftOut
from warmap_app.portfolio.figures import Money
from warmap_app.portfolio.quotas import MOST_UNITS
from warmap_app.safe_text import shown
from warmap_app.store.records import Moment

RATES = Listing(
    {
        "from": ("from", "currency", "币种", "原币种"),
        "to": ("to", "换成", "目标币种"),
        "rate": ("rate", "汇率"),
        "date": ("date", "日期"),
        "source": ("source", "来源"),
    },
    needed=tuple(frozenset({name}) for name in ("from", "to", "rate", "date", "source")),
    what=Text("汇率文件 {path}", "the file of rates {path}"),
    no_heads=Text(
        "{what} 的第一行应是表头：原币种、目标币种、汇率、日期、来源",
        "the first row of {what} should be heads: from, to, rate, date, source",
    ),
)
WRONG = Text(
    "汇率文件 {path} 第 {line} 行：{what}“{value}”{should}",
    "the file of rates {path}, line {line}: {what} “{value}” {should}",
)
SHOULD = {
    "from": (Text("原币种", "from"), Text("不是在用的 ISO 4217 代码", "is no ISO 4217 code in use")),
    "to": (Text("目标币种", "to"), Text("不是在用的 ISO 4217 代码", "is no ISO 4217 code in use")),
    "rate": (Text("汇率", "rate"), Text("应是大于 0 的数字", "should be a number above 0")),
    "date": (Text("日期", "date"), Text("不是日期", "is no date")),
    "source": (Text("来源", "source"), Text("没有填", "is blank")),
}
TWICE = Text(
    "汇率文件 {path} 第 {line} 行：{currency} 在前面已经给过",
    "the file of rates {path}, line {line}: {currency} was given before",
)
NO_RATE = Text(
    "没有换成 {currency} 的汇率：{missing}。请写进汇率文件。",
    "no rate to {currency} for: {missing}. Add it to the file of rates.",
)
OTHER_QUOTA = Text(
    "用 --currency {currency} 时，指标也应以 {currency} 给出，不是 {given}",
    "with --currency {currency} quotas should be in {currency} too, not {given}",
)
NO_CURRENCY = Text(
    "--currency 的“{given}”不是在用的 ISO 4217 代码，例如 CNY",
    "“{given}” of --currency is no ISO 4217 code in use, such as CNY",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of `currency` is worth, as of which day and by whose word."""

    currency: str
    rate: Decimal
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class OneCurrency:
    """The currency of a whole portfolio, and the rates of all others."""

    currency: str
    rates: Mapping[str, Rate]

    def units(self, amount: Decimal, currency: str) -> int:
        """An amount of a currency that has a rate, in minor units of this one."""
        rate = Fraction(1) if currency == self.currency else Fraction(self.rates[currency].rate)
        return to_minor(Fraction(amount) * rate, self.currency)

    def refuse_without_rate(self, currencies: Iterable[str]) -> None:
        """UserError where a currency has no rate."""
        missing = sorted(set(currencies) - {self.currency, *self.rates})
        if missing:
            raise UserError(NO_RATE.filled(currency=self.currency, missing=", ".join(missing)))

    def refuse_quotas(self, quotas: Iterable[str], lines: Sequence[QuotaLine]) -> None:
        """UserError where a quota is in another currency: which of two would be a part of the other, nobody can tell."""
        others = sorted({*quotas, *(line.currency for line in lines)} - {self.currency})
        if others:
            raise UserError(OTHER_QUOTA.filled(currency=self.currency, given=", ".join(others)))

    def deals(self, deals: Sequence[Deal], lang: Lang) -> tuple[list[Deal], list[LeftOut]]:
        """The deals in this currency, and those too large for it. UserError."""
        self.refuse_without_rate(deal.forecast.currency for deal in deals)
        found, left = [], []
        for deal in deals:
            amount, currency = deal.forecast.amount, deal.forecast.currency
            units = self.units(amount, currency)
            if units >= MOST_UNITS:
                left.append(
                    LeftOut(
                        deal.file,
                        deal.account,
                        deal.opportunity,
                        TOO_MUCH.to(lang),
                        CHECK_AMOUNT.to(lang),
                        team=deal.team,
                        rep=deal.rep,
                        identity=deal.identity,
                    )
                )
                continue
            forecast = deal.forecast._replace(amount=from_minor(units, self.currency), currency=self.currency)
            stated = f"{currency} {Money(to_minor(amount, currency), currency)}"
            found.append(replace(deal, forecast=forecast, stated=stated))
        return found, left

    def moments(self, moments: Iterable[Moment]) -> Iterator[Moment]:
        """Earlier days in this currency, at the same rates. UserError."""
        for moment in moments:
            if moment.amount is None or moment.currency is None:
                continue  # which no portfolio counts
            self.refuse_without_rate([moment.currency])
            amount = from_minor(self.units(moment.amount, moment.currency), self.currency)
            yield replace(moment, amount=amount, currency=self.currency)


def one_currency(name: str, path: Path) -> OneCurrency:
    """The rates to a currency that a file gives. UserError."""
    currency = currency_of(name)
    if currency is None:
        raise UserError(NO_CURRENCY.filled(given=name))
    told = answer_of(partial(_told, path, currency), path)  # read as any other file of others
    rates = [Rate(one, Decimal(rate), date.fromisoformat(day), source) for one, rate, day, source in told]
    return OneCurrency(currency, {rate.currency: rate for rate in rates})


def _told(path: Path, currency: str) -> list[list[str]]:
    """Currency, rate, day and source of every line that leads to the currency."""
    rows, context = rows_in(path, RATES)
    found: dict[str, list[str]] = {}
    for number, row in rows:
        told = _line(path, number, row, context)
        if told.pop("to") == currency and told["from"] != currency:
            if told["from"] in found:
                raise UserError(TWICE.filled(path=path, line=number, currency=told["from"]))
            found[told["from"]] = list(told.values())
    return list(found.values())


def _line(path: Path, number: int, row: dict[str, Any], context: Context) -> dict[str, str]:
    told = {
        "from": currency_of(words_of(row.get("from"))), "to": currency_of(words_of(row.get("to"))), "rate": _rate(row.get("rate")),
        "date": _day(row.get("date"), context), "source": shown(words_of(row.get("source"))),
    }  # fmt: skip
    good = {}
    for field, value in told.items():
        if not value:
            what, should = SHOULD[field]
            facts = {"path": path, "line": number, "value": words_of(row.get(field))}
            raise UserError(WRONG.filled(**facts, what=what, should=should))
        good[field] = value
    return good


def _rate(value: object) -> str | None:
    try:
        rate = Decimal(unicodedata.normalize("NFKC", str(value)).replace(",", "").strip())
    except DecimalException:
        return None
    return str(rate) if rate.is_finite() and rate > 0 and abs(rate.adjusted()) <= 15 else None


def _day(value: object, context: Context) -> str | None:
    found = None if value is None else day(TABLE["actions"].by_code["due"], value, context)
    return found.isoformat() if isinstance(found, date) else None


def rates_said(given: OneCurrency, used: Iterable[str]) -> list[str]:
    """The rates that were used, as people read them: `1 USD = 7.1 CNY (2026-06-30, PBoC)`."""
    rates = (given.rates[currency] for currency in sorted(set(used) - {given.currency}))
    return [f"1 {one.currency} = {one.rate:f} {given.currency} ({one.day}, {one.source})" for one in rates]
