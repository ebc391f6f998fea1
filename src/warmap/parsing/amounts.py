"""Cells that hold a figure: a number, a whole number, an amount."""

import math
from decimal import Decimal

from warmap.model import Field, Kind
from warmap.parsing.currencies import disagrees, without_marks
from warmap.parsing.entered import (
    BEYOND,
    PLAIN,
    TRUE_WORD,
    CellError,
    Context,
    DateSerial,
    Shape,
    ShapedNumber,
    Uncalculated,
    Value,
    shown,
)
from warmap.parsing.numbers import Written, grouped, written_number
from warmap.parsing.problems import TWO_READINGS, WRITE_ONE, Problem, wrong_type
from warmap.text import Text

WRITE = Text("，写作 {first}", ": write {first}")
OTHER_CURRENCY = Text("，而本单的币种是 {currency}", ", while the deal's currency is {currency}")
CONVERT_IT = Text("，按 {currency} 计", ": in {currency}")
COUNTS_AS = Text("，按 {number} 计", ", which counts as {number}")
PERCENTAGE = Text("“{value}”是百分数，而这一项不是比例", "“{value}” is a percentage, and this field is no share")
NO_PERCENTAGE = Text(
    "填写数字本身，单元格格式设为“常规”；在此之前按未知计。",
    "Enter the number itself, in a cell formatted as General; until then it counts as not known.",
)
UNIT_SHOWN = Text("单元格显示“{shown}”，存的却是 {value}", "the cell shows “{shown}” and holds {value}")
WHOLE_FIGURE = Text(
    "填写完整的数字，去掉数字格式里的单位；评分按存的数字计。",
    "Enter the figure in full and take the unit out of the number format; the figure in the cell is what counts.",
)


def _as_number(field: Field, raw: object, context: Context) -> float | Decimal | Problem:
    if type(raw) is float:
        return raw
    if isinstance(raw, CellError | DateSerial | Uncalculated):
        return wrong_type(field, raw)
    if isinstance(raw, ShapedNumber) and raw.shape is Shape.PERCENT:
        return float(raw) if is_share(field) else _percentage(field, raw.shown)
    if raw == TRUE_WORD:
        return 1.0
    if isinstance(raw, int):
        return float(raw) if abs(raw) < BEYOND else math.inf
    if isinstance(raw, float | Decimal):
        return raw
    return _typed_number(field, raw, context) if isinstance(raw, str) else wrong_type(field, raw)


def _typed_number(field: Field, raw: str, context: Context) -> float | Decimal | Problem:
    words, marks = without_marks(raw) if field.kind is Kind.MONEY else (raw, [])
    written = written_number(words)
    if written is None:
        return wrong_type(field, raw)
    if any(disagrees(mark, context.currency) for mark in marks):
        facts = {"currency": context.currency}
        return wrong_type(field, raw, remark=OTHER_CURRENCY.filled(**facts), advice=CONVERT_IT.filled(**facts))
    if written.is_percent and not is_share(field):
        return _percentage(field, shown(raw))
    return _doubt(field, raw, written) if written.value is None else written.value


def _doubt(field: Field, raw: str, written: Written) -> Problem:
    """A number that has two readings, or is written as we do not take it."""
    first, *others = (f"{reading}%" if written.is_percent else reading for reading in written.readings)
    if not others:
        return wrong_type(field, raw, advice=WRITE.filled(first=first))
    readings = {"first": first, "second": others[0]}
    return wrong_type(field, raw, remark=TWO_READINGS.filled(**readings), advice=WRITE_ONE.filled(**readings))


def is_share(field: Field) -> bool:
    """Whether a field is a share of something, 0 … 1, so that a percentage is meant there."""
    return (field.low, field.high) == (0, 1)


def _percentage(field: Field, value: str) -> Problem:
    what = PERCENTAGE.filled(value=value)
    return Problem("DV210", {"field": field.label, "what": what, "advice": NO_PERCENTAGE})


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


def _told(field: Field, raw: object, value: Value) -> Value | Problem:
    """A number that counts, with what is to be said of the cell it stands in."""
    if type(raw) is float:
        return value
    if isinstance(raw, bool) or raw == TRUE_WORD:
        remark = COUNTS_AS.filled(number="1" if value else "0")
        return wrong_type(field, raw, remark=remark)._replace(kept=value)
    if isinstance(raw, ShapedNumber) and raw.shape is Shape.UNIT:
        what = UNIT_SHOWN.filled(shown=raw.shown, value=grouped(Decimal(repr(float(raw)))))
        return Problem("DV210", {"field": field.label, "what": what, "advice": WHOLE_FIGURE}, kept=value)
    return value


def number(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:
    """A number within the field's bounds; digits typed as text count as the number they spell."""
    value = _as_number(field, raw, context)
    if isinstance(value, Problem):
        return value
    return _range_problem(field, value, raw) or _told(field, raw, float(value))


def whole(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:
    """A whole number within the field's bounds."""
    value = _as_number(field, raw, context)
    if isinstance(value, Problem):
        return value
    if value == value and abs(float(value)) < BEYOND and value != int(value):  # noqa: PLR0124  NaN
        return wrong_type(field, raw)
    return _range_problem(field, value, raw) or _told(field, raw, int(value))


def money(field: Field, raw: object, context: Context = PLAIN) -> Value | Problem:
    """An amount as a decimal: the digits that were entered, not their binary neighbours."""
    value = _as_number(field, raw, context)
    if isinstance(value, Problem):
        return value
    if problem := _range_problem(field, value, raw):
        return problem
    amount = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    return _told(field, raw, amount)
