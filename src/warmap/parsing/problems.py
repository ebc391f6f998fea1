"""What is wrong with a cell, in the words that every kind of field shares."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from warmap.model import Field, Kind
from warmap.parsing.entered import CellError, Uncalculated, UnknownType, Value, shown
from warmap.placeholders import is_placeholder
from warmap.terms import Severity, key
from warmap.text import Text

NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML cannot carry these

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
TWO_READINGS = Text("，可以读作 {first}，也可以读作 {second}", ", which can be read as {first} or as {second}")
WRITE_ONE = Text("，写作 {first} 或 {second}", ": write {first} or {second}")
UNKNOWN_TYPE = Text("，而单元格的类型是文件格式里没有的", ", in a cell of a type that the file format does not have")
BLANK_LINK = Text(
    "是 {value}，多半来自指向空白单元格的公式或没有勾选的复选框，没有采用",
    "holds {value}, as a link to a blank cell or an unticked check box leaves it; it was not taken",
)
BREAK_LINK = Text(
    '让公式在没有内容时留空，例如 =IF(A1="","",A1)；或直接填写。',
    'Let the formula stay blank where there is nothing, such as =IF(A1="","",A1), or type the entry itself.',
)


class Problem(NamedTuple):
    """Why a cell cannot be taken as it is: the check's code, the facts of its message, and what counts all the same."""

    code: str
    facts: Mapping[str, object]
    level: Severity | None = None
    kept: Value = None


def nearest(value: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The valid names nearest to what was typed; the first of them where none is near."""
    by_key = {key(name): name for name in names}
    close = get_close_matches(key(value), by_key, n=most, cutoff=0.4)
    return [by_key[name] for name in close] or list(by_key.values())[:8]


def is_blank(raw: object) -> bool:
    """Nothing entered: None, or only white space and what is no character."""
    if type(raw) is not str:  # an error value is no blank, nor is a term
        return raw is None
    words = raw.strip()
    return not words or (not words[0].isprintable() and not NO_CHARACTER.sub("", words).strip())


def wrong_type(field: Field, raw: object, **facts: object) -> Problem:
    """DV203; or what stands in the way of any value, whatever the field."""
    if isinstance(raw, Uncalculated):
        return Problem("DV212", {"field": field.label, "formula": shown(raw)})
    if isinstance(raw, UnknownType):
        facts["remark"] = UNKNOWN_TYPE
    elif isinstance(raw, str) and not isinstance(raw, CellError) and is_placeholder(raw):
        return filler(field, raw)
    return Problem("DV203", {"field": field.label, "wanted": WANTED[field.kind], "value": shown(raw), **facts})


def filler(field: Field, raw: object) -> Problem:
    """DV401: what only fills the cell counts as not known."""
    level = Severity.MAJOR if field.required else None
    return Problem("DV401", {"field": field.label, "value": shown(raw)}, level)


def blank_link(field: Field, raw: object) -> Problem:
    """DV211: FALSE or 0 in a cell of words or days."""
    what = BLANK_LINK.filled(value=shown(raw))
    return Problem("DV211", {"field": field.label, "what": what, "advice": BREAK_LINK})
