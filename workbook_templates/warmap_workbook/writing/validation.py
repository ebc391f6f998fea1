"""What an input cell takes, and what it says when it is entered and when it refuses."""

from __future__ import annotations

from typing import Any

from warmap.layout import Placement
from warmap.model import Field, Kind
from warmap.parsing.convert import EARLIEST
from warmap.text import NO, YES, Lang, Text
from warmap_workbook.computed import area
from warmap_workbook.writing.lists import Lists
from warmap_workbook.writing.values import TICK

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # characters; Excel refuses longer ones
COMPETITOR_HELP = Text("在此写竞争对手的名字", "Write the competitor's name here")
WRONG = Text("填写有误", "That cannot be taken")
WRONG_PICK = Text(
    "这里只能选列表中的值；不知道就留空。", "Only values of the list fit here; leave it blank if unknown."
)
WRONG_DATE = Text("请填日期，例如 2026-06-30。", "Enter a date, such as 2026-06-30.")
WRONG_NUMBER = Text("请填 {range} 的数字；不知道就留空。", "Enter a number {range}, or leave it blank.")
WRONG_ANY_NUMBER = Text("请填数字；不知道就留空。", "Enter a number, or leave it blank.")
NOT_ON_PEOPLE = Text(
    "“关键人”表里没有这个名字：先在那里写一行，或检查写法。仍要填入吗？",
    "Nobody of this name is on People: enter the person there first, or check the spelling. Keep it all the same?",
)
CURRENCY_LETTERS = 3
WRONG_CURRENCY = Text(
    "请填三个大写字母的币种代码，例如 CNY、USD。", "Enter the three capital letters of a currency, such as CNY or USD."
)
PICKED = (Kind.PICK, Kind.YES_NO, Kind.TICK)
NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)


def rule_of(field: Field, lang: Lang, lists: Lists, contacts: Placement) -> dict[str, Any]:
    """What the cell takes, as XlsxWriter has it."""
    if field.kind is Kind.PICK:
        return {"validate": "list", "source": lists.source(field)}
    if field.kind is Kind.YES_NO:
        return {"validate": "list", "source": [YES.to(lang), NO.to(lang)]}
    if field.kind is Kind.TICK:
        return {"validate": "list", "source": [TICK]}
    if field.kind is Kind.NAME:
        people = area(contacts.header_row + 1, contacts.left, contacts.room, 1, absolute=True)
        source = f"='{contacts.tab.name.to(lang)}'!{people}"
        return {"validate": "list", "source": source, "error_type": "warning"}
    if field.kind is Kind.DATE:
        return {"validate": "date", "criteria": ">=", "value": EARLIEST}
    if field.code == "currency":
        return {"validate": "length", "criteria": "==", "value": CURRENCY_LETTERS}
    return _limits(field) if field.kind in NUMBERS else {"validate": "any"}


def _limits(field: Field) -> dict[str, Any]:
    kind = "integer" if field.kind is Kind.WHOLE else "decimal"
    low, high, above = field.low, field.high, field.above
    if low is not None and high is not None:
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    if above is not None:
        return {"validate": kind, "criteria": ">", "value": above}
    return {"validate": kind, "criteria": ">=", "value": low if low is not None else -1e15}


def words_of(field: Field, lang: Lang) -> dict[str, str]:
    """What the cell says: `input_title`, `input_message`, `error_title` and, where it can refuse, `error_message`."""
    words = {
        "input_title": _cut(field.label.to(lang), LONGEST_TITLE),
        "input_message": _told(field, lang),
        "error_title": WRONG.to(lang),
    }
    refusal = _refusal(field, lang)
    return {**words, "error_message": refusal} if refusal else words


def _told(field: Field, lang: Lang) -> str:
    """What to put in; below it the words of a list, where they fit; above it a label too long for a title."""
    label, said = field.label.to(lang), field.help.to(lang)
    if len(label) > LONGEST_TITLE:
        said = f"{label}\n{said}"
    words = [term.label.to(lang) for term in field.enum] if field.kind is Kind.PICK and field.enum is not None else []
    listed = f"{said}\n{' · '.join(words)}"
    return listed if words and len(listed) <= LONGEST_MESSAGE else said


def _refusal(field: Field, lang: Lang) -> str:
    if field.code == "currency":
        return WRONG_CURRENCY.to(lang)
    if field.kind is Kind.NAME:
        return NOT_ON_PEOPLE.to(lang)
    if field.kind in PICKED:
        return WRONG_PICK.to(lang)
    if field.kind is Kind.DATE:
        return WRONG_DATE.to(lang)
    if field.kind not in NUMBERS:
        return ""
    low, high, above = field.low, field.high, field.above
    if low is not None and high is not None:
        limits = f"{low:g} … {high:g}"
    else:
        limits = f"> {above:g}" if above is not None else f"≥ {low:g}" if low is not None else ""
    return WRONG_NUMBER.say(lang, {"range": limits}) if limits else WRONG_ANY_NUMBER.to(lang)


def competitor_words(field: Field, lang: Lang) -> dict[str, str]:
    """What the cell for a competitor's name says, above that competitor's scores (`field`)."""
    return {"input_title": field.label.to(lang), "input_message": COMPETITOR_HELP.to(lang)}


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
