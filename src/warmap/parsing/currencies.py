"""Currencies: the codes in use, and the signs and words that people write for them."""

import re
from collections.abc import Mapping

from warmap.names import key
from warmap.parsing.digits import folded

ISO_4217 = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD "
    "TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(ISO_4217.split())  # those in use
CURRENCY_WORDS = {
    "人民币": "CNY", "元": "CNY", "rmb": "CNY", "¥": "CNY", "美元": "USD", "$": "USD", "欧元": "EUR", "€": "EUR",
    "港币": "HKD", "港元": "HKD", "日元": "JPY", "英镑": "GBP", "£": "GBP",
}  # fmt: skip
"""What a currency cell may hold instead of a code: each word is one currency there."""


def currency_of(word: str) -> str | None:
    """The code in use that a word stands for, or None."""
    code = CURRENCY_WORDS.get(key(word), word.strip().upper())
    return code if code in CURRENCIES else None


_DOLLARS = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD"
_MARKS: Mapping[str, str] = {
    "¥": "CNY JPY", "元": "CNY", "元整": "CNY", "圆": "CNY", "圆整": "CNY", "人民币": "CNY", "rmb": "CNY", "cn¥": "CNY",
    "$": _DOLLARS, "us$": "USD", "美元": "USD", "美金": "USD", "hk$": "HKD", "港币": "HKD", "港元": "HKD", "nt$": "TWD",
    "新台币": "TWD", "s$": "SGD", "新元": "SGD", "新加坡元": "SGD", "a$": "AUD", "au$": "AUD", "澳元": "AUD", "c$": "CAD",
    "ca$": "CAD", "加元": "CAD", "€": "EUR", "欧元": "EUR", "£": "GBP EGP GIP FKP SHP", "英镑": "GBP", "円": "JPY", "日元": "JPY",
    "日圆": "JPY", "jp¥": "JPY", "₩": "KRW KPW", "韩元": "KRW", "₹": "INR", "卢比": "INR", "₽": "RUB", "卢布": "RUB", "฿": "THB",
    "泰铢": "THB", "₫": "VND", "越南盾": "VND", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₸": "KZT", "₱": "PHP", "瑞士法郎": "CHF",
    "r$": "BRL",
}  # fmt: skip
MEANT: Mapping[str, frozenset[str]] = {
    **{code.casefold(): frozenset({code}) for code in CURRENCIES},
    **{mark: frozenset(codes.split()) for mark, codes in _MARKS.items()},
}
"""The currencies that a mark beside an amount may stand for."""

_ANY_MARK = "|".join(re.escape(mark) for mark in sorted(MEANT, key=len, reverse=True))
_BEFORE = re.compile(rf"({_ANY_MARK})[ .:]*(?=[-+\d.]|{_ANY_MARK})", re.IGNORECASE)
_BEHIND = re.compile(rf" *({_ANY_MARK})$", re.IGNORECASE)


LONGEST_AMOUNT = 200  # characters: what is longer is no amount, and cutting marks off it takes the square of its length


def without_marks(amount: str) -> tuple[str, list[str]]:
    """An amount without the signs, codes and words of currencies around it, and those."""
    if len(amount) > LONGEST_AMOUNT:
        return amount, []
    plain, marks = folded(amount), []
    while found := _BEFORE.match(plain):
        marks.append(found[1])
        plain = plain[found.end() :]
    while found := _BEHIND.search(plain):
        marks.append(found[1])
        plain = plain[: found.start()].rstrip()
    return plain, marks


def disagrees(mark: str, currency: str | None) -> bool:
    """Whether a mark beside an amount is of another currency than the deal's; not where that is not known."""
    return currency is not None and currency not in MEANT[mark.casefold()]
