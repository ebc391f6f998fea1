"""Numbers as people type them, and those that nobody can be sure of."""

import re
from decimal import Decimal
from typing import NamedTuple

from warmap.parsing.digits import folded

UNITS = {
    "百": 2, "千": 3, "仟": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "億": 8, "十亿": 9, "百亿": 10,
    "千亿": 11, "万亿": 12,
}  # fmt: skip
"""The power of ten that each Chinese unit stands for."""

WESTERN = {
    "k": 3, "thousand": 3, "m": 6, "mm": 6, "mn": 6, "mio": 6, "mln": 6, "million": 6, "b": 9, "bn": 9, "mrd": 9, "billion": 9,
}  # fmt: skip
"""Not taken (an m may be a thousand or a million), but enough to say how to write it."""

_PLAIN = r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+"
_NUMBER = re.compile(_PLAIN)
_WITH_UNIT = re.compile(rf"({_PLAIN}) *({'|'.join(sorted(UNITS, key=len, reverse=True))})")
_TWO_UNITS = re.compile(rf"({_PLAIN})[亿億]({_PLAIN})[万萬]")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}\.\d{3},\d+")  # 1.234.567,89
_GAPS = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")  # 1 234 567, 1'234'567
_DECIMAL_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})")
_SHORT = re.compile(rf"({_PLAIN}) *({'|'.join(sorted(WESTERN, key=len, reverse=True))})\.?", re.IGNORECASE)
_LONGEST = 1000


class Written(NamedTuple):
    """A number as it was typed: its value; or how it may have been meant, where that is not clear (`readings`).

    Of a percentage the value is the share, 0.8 for 80%. One reading alone is not taken either: it says how to write it.
    """

    value: Decimal | None = None
    is_percent: bool = False
    readings: tuple[str, ...] = ()


def written_number(words: str) -> Written | None:
    """What a text without any currency says; None where it is no number."""
    plain = folded(words)
    if not plain or len(plain) > _LONGEST:
        return None
    sign = "-" if plain[0] == "-" else ""
    plain = plain[1:].lstrip() if plain[0] in "+-" else plain
    is_percent = plain[-1:] == "%"
    plain = plain[:-1].rstrip() if is_percent else plain
    power = 0
    if unit := _WITH_UNIT.fullmatch(plain):
        plain, power = unit[1], UNITS[unit[2]]
    if _TWO_READINGS.fullmatch(plain):
        whole = plain.replace(".", "")
        return Written(None, is_percent, tuple(_told(sign, Decimal(each), power) for each in (plain, whole)))
    if _NUMBER.fullmatch(plain):
        value = _value(sign, plain).scaleb(power - 2 if is_percent else power)
        return Written(value, is_percent)
    if both := _TWO_UNITS.fullmatch(plain):
        return Written(_value(sign, both[1]).scaleb(8) + _value(sign, both[2]).scaleb(4), is_percent)
    meant = _meant(plain)
    return None if meant is None else Written(None, is_percent, (_told(sign, meant, power),))


def _meant(plain: str) -> Decimal | None:
    """What a number in another country's dress, or one cut short, most likely means."""
    if short := _SHORT.fullmatch(plain):
        return None if _TWO_READINGS.fullmatch(short[1]) else _value("", short[1]).scaleb(WESTERN[short[2].casefold()])
    if _POINTS.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if _GAPS.fullmatch(plain):
        return Decimal(re.sub(r"[ '’]", "", plain).replace(",", "."))
    return Decimal(plain.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(plain) else None


def _value(sign: str, plain: str) -> Decimal:
    return Decimal(sign + plain.replace(",", ""))


def _told(sign: str, value: Decimal, power: int = 0) -> str:
    """A number as it should be written: all digits, grouped, no more decimals than it needs."""
    return sign + grouped(value.scaleb(power))


def grouped(value: Decimal) -> str:
    """1234567.50 as 1,234,567.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
