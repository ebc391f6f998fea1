"""Quotas from the command line: `12000000`, or one for each currency, `CNY=12000000`."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from warmap.funnel import digits_of, to_minor
from warmap.names import key
from warmap.parsing.currencies import CURRENCIES, CURRENCY_WORDS
from warmap.text import Text
from warmap_app.command import UserError

MOST_UNITS = 10**15
"""Above this many minor units a spreadsheet cannot hold an amount to the last unit (15 digits)."""

NO_NUMBER = Text(
    "--quota 应是金额，例如 12000000 或 CNY=12000000，不是“{given}”",
    "--quota should be an amount, such as 12000000 or CNY=12000000, not “{given}”",
)
NO_CURRENCY = Text(
    "--quota 的币种“{given}”不是在用的 ISO 4217 代码，例如 CNY",
    "the currency “{given}” of --quota is no ISO 4217 code in use, such as CNY",
)
TOO_FINE = Text(
    "--quota {given}：{currency} 最多 {digits} 位小数", "--quota {given}: {currency} has at most {digits} decimals"
)
TOO_LARGE = Text("--quota {given}：金额太大", "--quota {given}: the amount is too large")
TWICE = Text("--quota 给了两次 {currency}", "--quota gives {currency} twice")
WHICH = Text(
    "商机有几种币种（{currencies}）：请写明，例如 --quota {first}=12000000",
    "the deals are in several currencies ({currencies}): say which, such as --quota {first}=12000000",
)
NO_DEAL = Text(
    "没有计入任何商机，不知道指标的币种：请写明，例如 --quota CNY=12000000",
    "no deal was counted, so the quota's currency is unknown: say it, such as --quota CNY=12000000",
)


@dataclass(frozen=True, slots=True)
class Given:
    """One --quota: its amount, its currency if given, and the text as typed."""

    currency: str | None
    amount: Decimal
    text: str


def read_quotas(texts: Sequence[str] | None) -> list[Given]:
    """Parse the quotas before any file is read. UserError."""
    found: list[Given] = []
    for text in texts or ():
        name, sign, number = unicodedata.normalize("NFKC", text).rpartition("=")
        found.append(Given(_currency(name) if sign else None, _amount(number, text), text))
    return found


def quotas_of(given: Sequence[Given], currencies: Collection[str]) -> dict[str, Decimal]:
    """The quota of each currency; one given without a currency takes the deals' only currency. UserError."""
    quotas: dict[str, Decimal] = {}
    for one in given:
        currency = one.currency or _only(currencies)
        if currency in quotas:
            raise UserError(TWICE.filled(currency=currency))
        digits = digits_of(currency)
        exponent = one.amount.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > digits:
            raise UserError(TOO_FINE.filled(given=one.text, currency=currency, digits=digits))
        if to_minor(one.amount, currency) >= MOST_UNITS:
            raise UserError(TOO_LARGE.filled(given=one.text))
        quotas[currency] = one.amount
    return quotas


def _currency(name: str) -> str:
    code = CURRENCY_WORDS.get(key(name), name.strip().upper())
    if code not in CURRENCIES:
        raise UserError(NO_CURRENCY.filled(given=name.strip()))
    return code


def _only(currencies: Collection[str]) -> str:
    if not currencies:
        raise UserError(NO_DEAL)
    if len(currencies) > 1:
        raise UserError(WHICH.filled(currencies=", ".join(currencies), first=next(iter(currencies))))
    return next(iter(currencies))


def _amount(number: str, given: str) -> Decimal:
    try:
        amount = Decimal(number.replace(",", "").strip())
    except InvalidOperation:
        raise UserError(NO_NUMBER.filled(given=given)) from None
    if not amount.is_finite() or amount < 0:
        raise UserError(NO_NUMBER.filled(given=given))
    if amount.adjusted() > 15:
        raise UserError(TOO_LARGE.filled(given=given))
    return amount
