"""One cell of input to one value of the model, or the problem with it."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias

from warmap.model import Field, Kind
from warmap.terms import Term, key, names_of, term_for
from warmap.text import Text

Value = object
EPOCH = date(1899, 12, 30)
EARLIEST = date(2000, 1, 1)
LAST_SERIAL = 2958465  # 9999-12-31
BEYOND = 10**15  # no figure of a deal is as large, and a float holds no such whole number exactly
LONGEST_TEXT = 32767  # what a cell holds
MOST_SHOWN = 60

TRUE_WORDS = frozenset({"是", "yes", "y", "true", "1", "✓", "✔", "√", "对", "有"})
FALSE_WORDS = frozenset({"否", "no", "n", "false", "0", "✗", "✘", "没有", "无"})
TICK_WORDS = TRUE_WORDS | {"x", "v"}
SEPARATORS = re.compile(r"[、，,;；\n]+")
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML cannot carry these
PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
WRITTEN_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\s*\d{1,2}:\d{2}.*)?")

WANTED: Mapping[Kind, Text] = {
    Kind.NUMBER: Text("数字", "a number"),
    Kind.WHOLE: Text("整数", "a whole number"),
    Kind.MONEY: Text("金额（数字）", "an amount (a number)"),
    Kind.DATE: Text("日期（如 2026-06-30）", "a date (such as 2026-06-30)"),
    Kind.TEXT: Text("文字", "text"),
    Kind.NAME: Text("姓名", "a name"),
    Kind.NAMES: Text("姓名或代码的列表", "a list of names or codes"),
    Kind.YES_NO: Text("是或否", "yes or no"),
    Kind.TICK: Text("✓ 或空白", "✓ or blank"),
    Kind.GIVE_GET: Text("每行“让什么 → 换什么”", "lines of “give → get”"),
    Kind.PICK: Text("列表中的一项", "one of the list"),
}


class Problem(NamedTuple):
    """Why a cell cannot be taken: the check's code and the facts of its message."""

    code: str
    facts: Mapping[str, object]


class CellError(str):
    """An error value that stands in an input cell, such as `#N/A`."""

    __slots__ = ()


NO_TEXT = (CellError, list, dict)


def shown(value: object) -> str:
    """An entered value as a message quotes it, cut to a readable length."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int) and abs(value) >= BEYOND:
        return "±10^15 …"
    text = " ".join(str(value).split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def nearest(value: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The valid names nearest to what was typed; all of them where none is near and they are few."""
    choices = list(names)
    close = get_close_matches(key(value), {key(name): name for name in choices}, n=most, cutoff=0.4)
    by_key = {key(name): name for name in choices}
    return [by_key[name] for name in close] or choices[:8]


def is_blank(raw: object) -> bool:
    """Nothing entered: None, or only white space and what is no character."""
    if type(raw) is not str:  # an error value is no blank, nor is a term
        return raw is None
    words = raw.strip()
    return not words or (not words[0].isprintable() and not NO_CHARACTER.sub("", words).strip())


def _wrong_type(field: Field, raw: object) -> Problem:
    return Problem("DV203", {"field": field.label, "wanted": WANTED[field.kind], "value": shown(raw)})


def text(field: Field, raw: object) -> Value | Problem:
    """Text as entered, without the white space around it; a whole number loses its `.0`."""
    if type(raw) is not str and isinstance(raw, NO_TEXT):
        return _wrong_type(field, raw)
    words = raw if isinstance(raw, str) else shown(raw)
    if not words.isprintable():
        words = NO_CHARACTER.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = words.strip()
    if field.code == "currency":
        return _currency(field, words)
    if len(words) > LONGEST_TEXT:
        return Problem("DV204", {"field": field.label, "value": shown(words), "range": f"≤ {LONGEST_TEXT}"})
    return words


def _currency(field: Field, words: str) -> Value | Problem:
    code = CURRENCY_WORDS.get(key(words), unicodedata.normalize("NFKC", words).upper())
    if code in CURRENCIES:
        return code
    return Problem("DV202", {"field": field.label, "value": shown(words), "nearest": nearest(code, sorted(CURRENCIES))})


def _as_number(raw: object) -> float | Decimal | None:
    if type(raw) is float:
        return raw
    if isinstance(raw, bool | CellError):
        return None
    if isinstance(raw, int):
        return float(raw) if abs(raw) < BEYOND else math.inf
    if isinstance(raw, float | Decimal):
        return raw
    if isinstance(raw, str):
        words = unicodedata.normalize("NFKC", raw).strip()
        scale = 1
        if words.endswith("%"):
            words, scale = words[:-1].strip(), 100
        if PLAIN_NUMBER.fullmatch(words):
            return Decimal(words.replace(",", "")) / scale
    return None


def _range_problem(field: Field, value: float | Decimal, raw: object) -> Problem | None:
    """What is wrong with a number, quoted as it was entered; None when it is within its bounds."""
    low, high, above = field.low, field.high, field.above
    if value == value and (low is None or value >= low) and (high is None or value <= high) and (  # noqa: PLR0124  NaN
        above is None or value > above
    ) and abs(float(value)) < BEYOND:  # fmt: skip
        return None
    if low is not None and high is not None:
        limits = f"{low:g} … {high:g}"
    elif above is not None:
        limits = f"> {above:g}"
    else:
        limits = f"≥ {low:g}" if low is not None else "|x| < 1e15"
    return Problem("DV204", {"field": field.label, "value": shown(raw), "range": limits})


def number(field: Field, raw: object) -> Value | Problem:
    """A number within the field's bounds; plain digits typed as text count as the number they spell."""
    value = _as_number(raw)
    if value is None:
        return _wrong_type(field, raw)
    return _range_problem(field, value, raw) or float(value)


def whole(field: Field, raw: object) -> Value | Problem:
    """A whole number within the field's bounds."""
    value = _as_number(raw)
    if value is None or (value == value and abs(float(value)) < BEYOND and value != int(value)):  # noqa: PLR0124  NaN
        return _wrong_type(field, raw)
    return _range_problem(field, value, raw) or int(value)


def money(field: Field, raw: object) -> Value | Problem:
    """An amount as a decimal: the digits that were entered, not their binary neighbours."""
    value = _as_number(raw)
    if value is None:
        return _wrong_type(field, raw)
    if problem := _range_problem(field, value, raw):
        return problem
    amount = value if isinstance(value, Decimal) else Decimal(repr(value))
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def day(field: Field, raw: object) -> Value | Problem:
    """A date: a spreadsheet's serial number, an ISO date, or year, month and day in the usual separators."""
    value: date | None = None
    if isinstance(raw, datetime):
        value = raw.date()
    elif isinstance(raw, date):
        value = raw
    elif isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= LAST_SERIAL:
        value = EPOCH + timedelta(days=int(raw))
    elif isinstance(raw, str) and (match := WRITTEN_DATE.fullmatch(unicodedata.normalize("NFKC", raw).strip())):
        try:
            value = date(*(int(part) for part in match.groups()))
        except ValueError:
            value = None
    if value is None:
        return _wrong_type(field, raw)
    if value < EARLIEST:
        limit = Text("早于 2000 年", "before the year 2000")
        return Problem("DV205", {"field": field.label, "value": value, "limit": limit})
    return value


def yes_no(field: Field, raw: object) -> Value | Problem:
    """Yes or no, in either language; for a tick also the usual marks."""
    if isinstance(raw, bool):
        return raw
    word = key(shown(raw)) if not isinstance(raw, CellError) else ""
    if word in (TICK_WORDS if field.kind is Kind.TICK else TRUE_WORDS):
        return True
    if word in FALSE_WORDS:
        return False
    choices = ["✓"] if field.kind is Kind.TICK else ["是 / Yes", "否 / No"]
    return Problem("DV202", {"field": field.label, "value": shown(raw), "nearest": choices})


def pick(field: Field, raw: object) -> Value | Problem:
    """A term of the field's vocabulary, by code, label in either language, or alias."""
    assert field.enum is not None
    if type(raw) is str:
        known: Term | None = names_of(field.enum).get(raw)
        if known is not None:
            return known
    value = shown(raw)
    if not isinstance(raw, CellError) and (term := term_for(field.enum, raw if isinstance(raw, str) else value)):
        return term
    lang = "zh" if any("\u4e00" <= char <= "\u9fff" for char in value) else "en"
    close = nearest(value, [term.label.zh if lang == "zh" else term.label.en for term in field.enum])
    return Problem("DV202", {"field": field.label, "value": value, "nearest": close})


def names(field: Field, raw: object) -> Value | Problem:
    """Several names in one cell: one a line where there are lines, else split at the usual separators."""
    if isinstance(raw, list | tuple):
        items = (item if isinstance(item, str) else shown(item) for item in raw if not is_blank(item))
        return [NO_CHARACTER.sub("", item).strip() for item in items]
    if isinstance(raw, CellError | dict | bool):
        return _wrong_type(field, raw)
    words = raw if isinstance(raw, str) else shown(raw)
    parts = words.splitlines() if "\n" in words else SEPARATORS.split(words)
    return [part.strip() for part in parts if part.strip()]


def _is_concession(item: Mapping[object, object]) -> bool:
    return bool(item) and item.keys() <= {"give", "get"} and all(v is None or isinstance(v, str) for v in item.values())


def give_get(field: Field, raw: object) -> Value | Problem:
    """Concessions: in a cell one a line as «give → get», in JSON a list of {give, get}."""
    if isinstance(raw, list):
        if not all(isinstance(item, Mapping) and _is_concession(item) for item in raw):
            return _wrong_type(field, raw)
        return [{side: item[side].strip() for side in ("give", "get") if not is_blank(item.get(side))} for item in raw]
    if not isinstance(raw, str) or isinstance(raw, CellError):
        return _wrong_type(field, raw)
    return split_lines(raw)


Convert: TypeAlias = "Callable[[Field, object], Value | Problem]"
CONVERT: Mapping[Kind, Convert] = {
    Kind.TEXT: text,
    Kind.NAME: text,
    Kind.NAMES: names,
    Kind.NUMBER: number,
    Kind.WHOLE: whole,
    Kind.MONEY: money,
    Kind.DATE: day,
    Kind.YES_NO: yes_no,
    Kind.TICK: yes_no,
    Kind.PICK: pick,
    Kind.GIVE_GET: give_get,
}


LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # as str.splitlines knows them
QUOTES = re.compile("[“”]")
ARROW = re.compile(r"\s*(?:→|->|=>)\s*")


def split_lines(cell: str) -> list[dict[str, str]]:
    """The concessions of a cell, each as what is given and what is got; a side that is blank is left out."""
    lines = []
    for line in _outside(cell, LINE_END):
        give, *get = _outside(line.strip(), ARROW, most=2)
        sides = {"give": _unquoted(give), "get": _unquoted(get[0]) if get else ""}
        if any(sides.values()):
            lines.append({side: words for side, words in sides.items() if words})
    return lines


def _outside(words: str, mark: re.Pattern[str], most: int | None = None) -> list[str]:
    """The words cut at the marks that stand outside “quotes”; where the quotes do not pair, at every mark."""
    if not QUOTES.search(words):
        return mark.split(words, (most or 1) - 1)
    parts: list[str] = []
    depth = start = 0
    for found in re.finditer(f"{QUOTES.pattern}|{mark.pattern}", words):
        if found[0] in "“”":
            depth += 1 if found[0] == "“" else -1
            if depth < 0:
                return mark.split(words, (most or 1) - 1)
        elif not depth and (most is None or len(parts) < most - 1):
            parts.append(words[start : found.start()])
            start = found.end()
    return mark.split(words, (most or 1) - 1) if depth else [*parts, words[start:]]


def quoted(words: str) -> str:
    """One side of a concession as a cell holds it: in “quotes” where it holds an arrow or a line break of its own."""
    return f"“{words}”" if ARROW.search(words) or "\n" in words else words


def _unquoted(words: str) -> str:
    inside = words.strip()
    if inside[:1] == "“" and inside[-1:] == "”" and (ARROW.search(inside) or "\n" in inside):
        return inside[1:-1].strip()
    return inside


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
