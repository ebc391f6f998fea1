"""What a person may type (section 5): entries as people write them, and what each counts as, read from the text alone.

"Numbers: grouping commas (half and full width), full-width and Arabic-Indic digits, a currency sign, code or word that
agrees with the deal's currency, 元, 万 and 亿. `12.800` has two readings; `1.234,56` and 12.8M are not accepted. Dates: ISO,
y/m/d, y.m.d, 年月日(号), yyyymmdd, and with a month in letters; d/m and m/d are refused where both readings are dates; a
weekday behind it is ignored." A percentage counts as not known where no share is meant, a placeholder anywhere. What is
refused counts as not known.
"""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from fractions import Fraction

DATES = {
    "close_date", "stage_since", "quoted_on", "post_since", "assessed_on", "last_contact", "rated_on", "done_on", "raised_on",
    "closed_on", "due", "date", "reviewed_on",
}  # fmt: skip
MARKS = {"CNY": ("元", "￥", "¥", "CNY", "人民币", "RMB"), "USD": ("$", "USD", "US$", "美元")}
NUMBERS = {
    "amount",
    "impact",
    "confidence",
    "ease",
    "rating",
    "our_score",
    "score",
    "weight",
    "target_price",
    "walk_away_price",
}
YES_OR_NO = {"wants_our_success", "done", "answered", "needed", "committed"}
YES = ("✓", "√", "☑", "✅", "是", "yes", "y", "true", "1")
NO = ("✗", "×", "❌", "☐", "否", "no", "n", "false", "0")
WORDS = {
    "our_win",
    "evidence",
    "personal_win",
    "measurable_result",
    "answer",
    "capability",
    "actual_result",
    "our_alternative",
}
PLACEHOLDERS = ("TBD", "待定", "xxx", "？？", "n/a", "同上", "测试", "TBD (ask Ann)", "待定（问王总）")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DIGITS = str.maketrans("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩，", "01234567890123456789,")


def typed(document, dice):
    """A map in which some entries are written as people write them."""
    document = copy.deepcopy(document)
    currency = (document.get("deal") or {}).get("currency")
    for row in _rows(document):
        for field, value in list(row.items()):
            if dice.random() < 0.2 and value is not None and str(value).strip():
                row[field] = _spelt(field, value, currency, dice)
    return document


def _rows(held):
    """Every mapping of fields in a map, outermost first."""
    if isinstance(held, dict):
        yield held
        for inner in held.values():
            yield from _rows(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from _rows(inner)


def _spelt(field, value, currency, dice):
    if dice.random() < 0.1 and field in WORDS | NUMBERS | DATES | YES_OR_NO:
        return dice.choice(PLACEHOLDERS)
    if field in DATES and isinstance(value, str):
        return dice.choice(_days(date.fromisoformat(value)))
    if field in YES_OR_NO and isinstance(value, bool):
        return dice.choice(YES if value else NO)
    if field in NUMBERS and isinstance(value, int | float):
        ways = [
            f"{value}",
            f"{value:,}",
            f"{value}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            f"{value}%",
            f" {value} ",
        ]
        ways += ["12.800", "1.234,56", "12.8M", "1 234"]
        if field == "amount":
            ways += [f"{value}万", *([f"{value:,}亿"] if value < 10**6 else []), f"{value}万元"]
            ways += [
                mark + f"{value:,}" if mark in "$￥¥" else f"{value:,} {mark}"
                for marks in MARKS.values()
                for mark in marks
            ]
        return dice.choice(ways)
    return value


def _days(day):
    year, month, number = day.year, day.month, day.day
    name, weekday = MONTHS[month - 1], "一二三四五六日"[day.weekday()]
    return (
        f"{year}/{month}/{number}", f"{year}.{month}.{number}", f"{year}年{month}月{number}日", f"{year}年{month}月{number}号",
        f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{number} {name} {year}", f"{name} {number}, {year}", f"{number}-{name[:3]}-{year}",
        f"{number}/{month}/{year}", f"{month}/{number}/{year}", f"{day} 星期{weekday}", f"{day} {day:%A}",
        (day - date(1899, 12, 30)) // timedelta(days=1),
    )  # fmt: skip


def entered(document):
    """The map with every entry as what it counts as; None for what is not known."""
    document = copy.deepcopy(document)
    currency = (document.get("deal") or {}).get("currency")
    for row in _rows(document):
        for field, value in list(row.items()):
            row[field] = _counts_as(field, value, currency)
    return document


def _counts_as(field, value, currency):
    if field in WORDS | NUMBERS | DATES | YES_OR_NO and value in PLACEHOLDERS:
        return None
    if field in DATES and isinstance(value, str | int) and str(value).strip():
        return _day(value)
    if field in YES_OR_NO and isinstance(value, str) and value.strip():
        return value in YES
    if field in NUMBERS and isinstance(value, str) and value.strip():
        return _number(field, value, currency)
    return value


def _number(field, text, currency):
    text = text.translate(DIGITS).strip()
    if field in {"amount", "target_price", "walk_away_price"}:
        for mark in sorted(MARKS.get(currency, ()) if currency else sum(MARKS.values(), ()), key=len, reverse=True):
            text = text.removeprefix(mark).removesuffix(mark).strip()
    times = 1
    for unit, power in (("万", 10**4), ("亿", 10**8)):
        if text.endswith(unit):
            text, times = text.removesuffix(unit), power
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) or not re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", text):
        return None
    found = Fraction(text.replace(",", "")) * times
    return int(found) if found.denominator == 1 else float(found)


def _day(value):
    if isinstance(value, int) and value < 10**7:
        return str(date(1899, 12, 30) + timedelta(days=value))
    text = re.sub(r" (星期.|[A-Z][a-z]+day)$", "", str(value).strip())
    if found := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{4})(\d\d)(\d\d)", text):
        year, month, number = (int(part) for part in found.groups() if part)
    elif found := re.fullmatch(r"(\d+)[ -]([A-Z][a-z]+)[ -](\d{4})", text):
        number, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := re.fullmatch(r"([A-Z][a-z]+) (\d+), (\d{4})", text):
        month, number, year = _month(found[1]), int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(\d+)/(\d+)/(\d{4})", text):
        first, second, year = map(int, found.groups())
        if first <= 12 and second <= 12 and first != second:
            return None
        number, month = (first, second) if second <= 12 else (second, first)
    return str(date(year, month, number))


def _month(name):
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name))
