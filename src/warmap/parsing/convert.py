"""One cell of input to one value of the model, or the problem with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from warmap.model import Field, Kind
from warmap.names import SEPARATORS
from warmap.parsing.amounts import money, number, whole
from warmap.parsing.concessions import split_lines
from warmap.parsing.currencies import CURRENCIES, CURRENCY_WORDS
from warmap.parsing.days import EARLIEST, LATEST, TwoDays, run_together, written_day
from warmap.parsing.digits import folded
from warmap.parsing.entered import (
    BEYOND,
    MOST_SHOWN,
    NO_VALUE,
    PLAIN,
    TRUE_WORD,
    CellError,
    Context,
    DateSerial,
    Uncalculated,
    UnclearTick,
    Value,
    carries_nothing,
    shown,
)
from warmap.parsing.problems import (
    NO_CHARACTER,
    TWO_READINGS,
    WRITE_ONE,
    Problem,
    blank_link,
    filler,
    is_blank,
    nearest,
    wrong_type,
)
from warmap.placeholders import is_placeholder
from warmap.terms import Term, key, names_of, term_for
from warmap.text import Text

LONGEST_TEXT = 32767  # what a cell holds

TRUE_WORDS = frozenset({"是", "yes", "y", "true", "1", "✓", "✔", "√", "☑", "✅", "对", "有"})
FALSE_WORDS = frozenset({"否", "no", "n", "false", "0", "✗", "✘", "×", "❌", "☐", "没有", "无"})
LETTER_TICKS = frozenset({"x", "v"})

BLANK_FOR_NO = Text("留空表示“否”", "blank for no")
BEFORE_2000 = Text("早于 2000 年", "before the year 2000")
AFTER_2100 = Text("晚于 2100 年", "after the year 2100")
SHOWS = Text("{value}（显示为 {day}）", "{value} (shown as {day})")


NO_TEXT = (CellError, list, dict, Uncalculated)


def text(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:
    """Text as entered, without the white space around it; a number as it is written, a day as ISO writes it."""
    if type(raw) is not str and isinstance(raw, NO_TEXT):
        return wrong_type(field, raw)
    if isinstance(raw, str):
        words = raw
    elif carries_nothing(raw):
        return blank_link(field, raw)
    elif isinstance(raw, int | float) and not abs(raw) < 10**MOST_SHOWN:  # NaN is not below
        return wrong_type(field, raw)
    else:
        words = (context.dates.shows(raw) if isinstance(raw, DateSerial) else None) or shown(raw)
    if not words.isprintable():
        words = NO_CHARACTER.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = words.strip()
    if field.code == "currency":
        return _currency(field, words)
    if len(words) > LONGEST_TEXT:
        return Problem("DV204", {"field": field.label, "value": shown(words), "range": f"≤ {LONGEST_TEXT}"})
    return filler(field, words) if words and is_placeholder(words) else words


def _currency(field: Field, words: str) -> Value | Problem:
    plain = folded(words)
    code = CURRENCY_WORDS.get(key(plain), plain.upper())
    if code in CURRENCIES:
        return code
    if is_placeholder(words):
        return filler(field, words)
    return Problem("DV202", {"field": field.label, "value": shown(words), "nearest": nearest(code, sorted(CURRENCIES))})


# -- days --------------------------------------------------------------------------------------------------------------


def day(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:
    """A day: a spreadsheet's serial number, or written with the year first, the month in letters, or in one way only."""
    value: date | TwoDays | None = None
    quoted: object = None
    if isinstance(raw, datetime):
        value = raw.date()
    elif isinstance(raw, date):
        value = raw
    elif isinstance(raw, bool):
        value = None
    elif isinstance(raw, int | float):
        return _day_of_number(field, raw, context)
    elif isinstance(raw, str) and not isinstance(raw, CellError):
        value, quoted = written_day(raw), shown(raw)
    if value is None:
        return wrong_type(field, raw)
    if isinstance(value, TwoDays):
        readings = {"first": value.day_first.isoformat(), "second": value.month_first.isoformat()}
        return wrong_type(field, raw, remark=TWO_READINGS.filled(**readings), advice=WRITE_ONE.filled(**readings))
    return _possible(field, value, quoted or value.isoformat())


def typed_day(raw: object) -> str | None:
    """What was typed where a day is meant; None for a serial number, of which the cell shows the day."""
    return shown(raw) if isinstance(raw, str) or (isinstance(raw, int | float) and run_together(raw)) else None


def _day_of_number(field: Field, raw: float, context: Context) -> Value | Problem:
    """A serial number, or a day run together (20260630); 0 is what a link to a blank cell gives."""
    if raw == 0:
        return blank_link(field, raw)
    if not abs(raw) < BEYOND:  # NaN is not below
        return wrong_type(field, raw)
    value = run_together(raw)
    if value is not None:
        return _possible(field, value, shown(raw))
    shows = context.dates.shows(raw)
    if shows is None:
        return wrong_type(field, raw)
    value = context.dates.day(raw)
    if value is None or value < EARLIEST:
        told = SHOWS.filled(value=shown(float(raw)), day=shows)
        return Problem("DV205", {"field": field.label, "value": told, "limit": BEFORE_2000})
    return _possible(field, value, shows)


def _possible(field: Field, value: date, quoted: object) -> Value | Problem:
    if EARLIEST <= value <= LATEST:
        return value
    limit = BEFORE_2000 if value < EARLIEST else AFTER_2100
    return Problem("DV205", {"field": field.label, "value": quoted, "limit": limit})


# -- marks and lists ---------------------------------------------------------------------------------------------------


def yes_no(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:  # noqa: ARG001
    """Yes or no, in either language; for a tick also the usual marks."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, NO_VALUE):
        return wrong_type(field, raw)
    if isinstance(raw, UnclearTick):
        return Problem("DV202", {"field": field.label, "value": shown(raw), "nearest": ("✓", BLANK_FOR_NO)})
    word = key(folded(shown(raw))) if not isinstance(raw, CellError) else ""
    if word in TRUE_WORDS or (field.kind is Kind.TICK and word in LETTER_TICKS):
        return True
    if word in FALSE_WORDS:
        return False
    if isinstance(raw, str) and not isinstance(raw, CellError) and is_placeholder(raw):
        return filler(field, raw)
    choices = ["✓"] if field.kind is Kind.TICK else ["是 / Yes", "否 / No"]
    return Problem("DV202", {"field": field.label, "value": shown(raw), "nearest": choices})


def is_letter_x(raw: object) -> bool:
    """Whether a mark is the letter x, of any width."""
    return isinstance(raw, str) and key(raw) == "x"


def is_other_tick(raw: object) -> bool:
    """Whether a mark is a tick, and not by that letter."""
    return raw is True or (
        isinstance(raw, str | float) and key(folded(shown(raw))) in TRUE_WORDS | LETTER_TICKS - {"x"}
    )


def pick(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:  # noqa: ARG001
    """A term of the field's vocabulary, by code, label in either language, or alias."""
    assert field.enum is not None
    if type(raw) is str:
        known: Term | None = names_of(field.enum).get(raw)
        if known is not None:
            return known
    if isinstance(raw, NO_VALUE):
        return wrong_type(field, raw)
    value = shown(raw)
    if not isinstance(raw, CellError | bool):
        if term := term_for(field.enum, raw if isinstance(raw, str) else value):
            return term
        if isinstance(raw, str) and is_placeholder(raw):
            return filler(field, raw)
    return Problem("DV202", {"field": field.label, "value": value, "nearest": _choices(field.enum, value)})


def _choices(terms: Iterable[Term], value: str) -> Sequence[str | Text]:
    """The labels nearest to a value, in its own language; a number has none, and they come in the reader's."""
    labels = {term.label.zh: term.label for term in terms}
    if any("\u4e00" <= char <= "\u9fff" for char in value):
        return nearest(value, labels)
    if any(char.isalpha() for char in value):
        return nearest(value, [label.en for label in labels.values()])
    return [labels[name] for name in nearest(value, labels)]


def names(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:  # noqa: ARG001
    """Several names in one cell: one a line where there are lines, else split at the usual separators."""
    if isinstance(raw, list | tuple):
        items = [item if isinstance(item, str) else shown(item) for item in raw if not is_blank(item)]
        parts = [NO_CHARACTER.sub("", item).strip() for item in items]
    elif raw is True or raw == TRUE_WORD or isinstance(raw, CellError | dict | Uncalculated):
        return wrong_type(field, raw)
    elif carries_nothing(raw):
        return blank_link(field, raw)
    else:
        words = raw if isinstance(raw, str) else shown(raw)
        if isinstance(raw, str) and is_placeholder(raw) and SEPARATORS.sub("", raw).strip():
            return filler(field, raw)
        split = words.splitlines() if "\n" in words else SEPARATORS.split(words)
        parts = [part.strip() for part in split if part.strip()]
    known = [part for part in parts if not is_placeholder(part)]
    return known if len(known) == len(parts) else filler(field, "、".join(parts))._replace(kept=known or None)


def _is_concession(item: Mapping[object, object]) -> bool:
    return bool(item) and item.keys() <= {"give", "get"} and all(v is None or isinstance(v, str) for v in item.values())


def give_get(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:  # noqa: ARG001
    """Concessions: in a cell one a line as «give → get», in JSON a list of {give, get}."""
    if isinstance(raw, list):
        if not all(isinstance(item, Mapping) and _is_concession(item) for item in raw):
            return wrong_type(field, raw)
        return [{side: item[side].strip() for side in ("give", "get") if not is_blank(item.get(side))} for item in raw]
    if carries_nothing(raw):
        return blank_link(field, raw)
    if not isinstance(raw, str) or raw == TRUE_WORD or isinstance(raw, CellError):
        return wrong_type(field, raw)
    return filler(field, raw) if raw.strip() and is_placeholder(raw) else split_lines(raw)


Convert: TypeAlias = "Callable[[Field, object, Context], Value | Problem]"
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
