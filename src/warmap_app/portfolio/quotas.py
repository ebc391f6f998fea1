"""Quotas from the command line: `12000000`, or one for each currency, `CNY=12000000`; or a file with one for each period.

The file has a row of heads, as a roster has: team, rep, period, currency, amount; team and rep may be blank or missing.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from warmap.funnel import digits_of, to_minor
from warmap.names import key
from warmap.parsing import Context
from warmap.parsing.currencies import currency_of
from warmap.periods import QuotaLine, read_period
from warmap.text import Text
from warmap_app.apart import answer_of
from warmap_app.command import UserError
from warmap_app.listing import Listing, rows_in, words_of
from warmap_app.load import DOCUMENTS, WORKBOOKS

MOST_UNITS = 10**15
"""Above this many minor units a spreadsheet cannot hold an amount to the last unit (15 digits)."""

LAST_YEAR = 9999  # a greater number is the serial number of a day
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


QUOTA_LIST = Listing(
    {
        "team": ("team", "团队"),
        "rep": ("rep", "owner", "销售", "负责销售", "sales rep", "负责人"),
        "period": ("period", "期间", "期", "时间"),
        "currency": ("currency", "币种"),
        "amount": ("amount", "quota", "金额", "指标"),
    },
    needed=(frozenset({"period"}), frozenset({"currency"}), frozenset({"amount"})),
    what=Text("指标文件 {path}", "the quota file {path}"),
    no_heads=Text(
        "{what} 的第一行应是表头：团队、销售、期间、币种、金额（团队、销售可以没有）",
        "the first row of {what} should be heads: team, rep, period, currency, amount (team and rep may be missing)",
    ),
)
NO_PERIOD = Text(
    "指标文件 {path} 第 {line} 行的期间“{value}”应是 2026、2026-Q3 或 2026-07 这样的写法",
    "the quota file {path}, line {line}: the period “{value}” should be written as 2026, 2026-Q3 or 2026-07",
)
NO_CODE = Text(
    "指标文件 {path} 第 {line} 行的币种“{value}”不是在用的 ISO 4217 代码，例如 CNY",
    "the quota file {path}, line {line}: the currency “{value}” is no ISO 4217 code in use, such as CNY",
)
NO_AMOUNT = Text(
    "指标文件 {path} 第 {line} 行的金额“{value}”应是 0 或以上、不超过币种小数位数的数字",
    "the quota file {path}, line {line}: the amount “{value}” should be a number from 0 up with the decimals of its currency",
)
GIVEN_BEFORE = Text(
    "指标文件 {path} 第 {line} 行：同一团队、销售、期间、币种在第 {first} 行已经给过",
    "the quota file {path}, line {line}: team, rep, period and currency are those of line {first}",
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
    code = currency_of(name)
    if code is None:
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


# -- a file of quotas --------------------------------------------------------------------------------------------------


def is_file(text: str) -> bool:
    """Whether a --quota names a file: an amount never ends so."""
    return Path(text).suffix.lower() in {".csv", ".tsv", ".txt", *WORKBOOKS, *DOCUMENTS}


def read_quota_file(path: Path) -> list[QuotaLine]:
    """The lines of a quota file, teams and reps as they are spelt there. UserError."""
    return [QuotaLine(*line) for line in answer_of(partial(_told, path), path)]  # read as any other file of others


def _told(path: Path) -> list[list[Any]]:
    rows, context = rows_in(path, QUOTA_LIST)
    first: dict[tuple[str, ...], int] = {}
    found = []
    for number, row in rows:
        line = _line(path, number, row, context)
        same = (key(line.team), key(line.rep), line.period, line.currency)
        if same in first:
            raise UserError(GIVEN_BEFORE.filled(path=path, line=number, first=first[same]))
        first[same] = number
        found.append(list(line))
    return found


def _line(path: Path, number: int, row: dict[str, Any], context: Context) -> QuotaLine:
    said = {name: row.get(name) for name in QUOTA_LIST.heads}

    def refused(why: Text, field: str) -> UserError:
        return UserError(why.filled(path=path, line=number, value=words_of(said[field])))

    period = _period(said["period"], context)
    if period is None:
        raise refused(NO_PERIOD, "period")
    code = currency_of(words_of(said["currency"]))
    if code is None:
        raise refused(NO_CODE, "currency")
    try:
        amount = Decimal(unicodedata.normalize("NFKC", str(said["amount"])).replace(",", "").strip())
        units = amount.scaleb(digits_of(code))
        is_whole = amount.is_finite() and 0 <= units < MOST_UNITS and units == int(units)
    except ArithmeticError:
        is_whole = False
    if not is_whole:
        raise refused(NO_AMOUNT, "amount")
    return QuotaLine(words_of(said["team"]), words_of(said["rep"]), period, code, int(units))


def _period(value: Any, context: Context) -> str | None:
    """What a cell says: a period, or a day, which is what a spreadsheet makes of `2026-07` as it is typed."""
    is_serial = isinstance(value, int | float) and value > LAST_YEAR
    day = context.dates.day(value) if is_serial else value
    return f"{day.year}-{day.month:02}" if isinstance(day, date) else read_period(words_of(value))
