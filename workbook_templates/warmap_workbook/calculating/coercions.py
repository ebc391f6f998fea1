"""How Excel takes one kind of value for another: numbers, texts, truth values, blanks and error values."""

import math
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from warmap.parsing.days import DateSystem
from warmap.text import Text
from warmap_workbook.calculating.formula_tree import NotOurs
from warmap_workbook.ooxml import ErrorValue

Scalar: TypeAlias = str | float | bool | ErrorValue | None
Grid: TypeAlias = list[list[Scalar]]

NAME, VALUE, REF, NA, DIV, NUM = (
    ErrorValue(code) for code in ("#NAME?", "#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NUM!")
)
LONGEST_TEXT = 32_767  # characters of a cell
NEAR = 2.0**-48  # numbers as near as this are one number to Excel and LibreOffice, which count in 15 digits
SHOWN_DIGITS = 15

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})++|\d++)?(?:\.\d*+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_FORMAT = re.compile(
    r'((?:[^\\"0#,.%;]|\\.|"[^"]*")*)([#0,]*0)(?:\.(0+))?(%?)((?:[^\\"0#,.%;]|\\.|"[^"]*")*)', re.DOTALL
)
_SECTION = re.compile(r'(?:[^\\";]|\\.|"[^"]*")+', re.DOTALL)
_QUOTED = re.compile(r'\\(.)|"([^"]*)"', re.DOTALL)
FORMAT = Text("TEXT 的格式“{what}”，这里不会算", "the format “{what}” of TEXT is not worked out here")


class Failed(Exception):
    """An error value, inside a function of single values."""

    def __init__(self, error: ErrorValue) -> None:
        super().__init__(error.code)
        self.error = error


def number(value: Scalar, dates: DateSystem) -> float:
    """The number that a value counts as; a blank is 0, a text what it reads as. Failed."""
    if isinstance(value, bool | float):
        return float(value)
    if value is None:
        return 0.0
    if isinstance(value, ErrorValue):
        raise Failed(value)
    words = value.strip()
    is_percent = words.endswith("%")
    plain = words.removesuffix("%")
    if any(sign.isdigit() for sign in plain) and _NUMBER.fullmatch(plain):
        return finite(float(plain.replace(",", "")) / (100 if is_percent else 1))
    try:
        serial = dates.serial(date.fromisoformat(words))
    except ValueError:
        serial = None
    if serial is None:
        raise Failed(VALUE)
    return serial


def finite(value: float) -> float:
    """The same number. Failed where it is none."""
    if not math.isfinite(value):
        raise Failed(NUM)
    return value


def whole(value: Scalar, dates: DateSystem) -> int:
    """The whole part of the number. Failed."""
    return math.floor(number(value, dates))


def text(value: Scalar) -> str:
    """The text that a value shows as in a formula. Failed."""
    if isinstance(value, ErrorValue):
        raise Failed(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.{SHOWN_DIGITS}g}".replace("e", "E") if value else "0"
    return value or ""


def bounded(words: str) -> str:
    """The same text. Failed where no cell can hold it."""
    if len(words) > LONGEST_TEXT:
        raise Failed(VALUE)
    return words


def truth(value: Scalar) -> bool:
    """Whether a value counts as true. Failed."""
    if isinstance(value, ErrorValue):
        raise Failed(value)
    if isinstance(value, str):
        if value.upper() not in {"TRUE", "FALSE"}:
            raise Failed(VALUE)
        return value.upper() == "TRUE"
    return bool(value)


def compared(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1: numbers before texts before truth values, texts in any case; a blank is what the other needs."""
    a, b = _key(left, right), _key(right, left)
    if a[0] == b[0] == 0 and math.isclose(float(a[1]), float(b[1]), rel_tol=NEAR):
        return 0
    return (a > b) - (a < b)


def _key(value: Scalar, other: Scalar) -> tuple[int, float | str]:
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, float(value)
    return (1, value.casefold()) if isinstance(value, str) else (0, float(value))  # type: ignore[arg-type]  # no error value comes here


def rounded(value: float, digits: int) -> float:
    """Half away from zero, of the number as it is written: 2.675 is 2.68."""
    if abs(digits) > 300:
        return value if digits > 0 else 0.0
    try:
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
    except InvalidOperation:  # more digits than a number has
        return value


def shown(value: float, code: str) -> str:
    r"""A number in a format of the kind `"+"#,##0.0;\−0.0;0%`. NotOurs for any other."""
    sections = _SECTION.findall(code)
    place = 0 if value > 0 or len(sections) < 2 else 1 if value < 0 else 2 if len(sections) > 2 else 0
    found = _FORMAT.fullmatch(sections[place]) if sections and len(sections) <= 3 else None
    before, digits, decimals, percent, behind = found.groups(default="") if found else ("x", "", "", "", "")
    if any(sign.isalpha() for sign in _QUOTED.sub("", before + behind)):  # a code for days, or one that nobody knows
        raise NotOurs(FORMAT.filled(what=code[:40]))
    figure = rounded(value * (100 if percent else 1), len(decimals))
    least = digits.count("0") + (len(decimals) + 1 if decimals else 0)
    size = f"{abs(figure):{',' if ',' in digits else ''}.{len(decimals)}f}".rjust(least, "0")
    minus = "-" if figure < 0 and place != 1 else ""
    return minus + _literal(before) + size + percent + _literal(behind)


def _literal(code: str) -> str:
    return _QUOTED.sub(lambda match: match[1] or match[2] or "", code)
