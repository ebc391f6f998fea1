"""Input rows and cells: the values they hold, the entries they accept, and their messages on selection and refusal."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from warmap.model import Concession, Criterion, Field, Kind, StageEvidence, Table, filled
from warmap.names import SEPARATORS
from warmap.parsing.concessions import quoted
from warmap.parsing.days import EARLIEST, EXCEL
from warmap.terms import STAGE_LINES, WIN_CRITERIA, Term
from warmap.text import COLON, COMMA, NO, YES, Lang, Text
from warmap_workbook.writing.draft import Draft

TICK = "✓"
REQUIRED_MARK = " *"
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
REFUSALS = {
    Kind.PICK: WRONG_PICK, Kind.YES_NO: WRONG_PICK, Kind.TICK: WRONG_PICK,
    Kind.NAME: NOT_ON_PEOPLE, Kind.DATE: WRONG_DATE,
}  # fmt: skip
NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)
LOWEST = -1e15  # Excel has no rule for "any number"; no amount is below this


def cell_values(table: Table, row: Any, lang: Lang) -> dict[str, object]:
    """The cells of one row by field code; blanks left out."""
    fields = table.by_code
    return {
        code: cell_value(fields[code], value, lang) if code in fields else value for code, value in filled(table, row)
    }


def cell_value(field: Field, value: Any, lang: Lang) -> object:
    """One value as a cell holds it: labels in this language, dates as serial numbers."""
    if isinstance(value, bool):
        return TICK if field.kind is Kind.TICK else (YES if value else NO).to(lang)
    if isinstance(value, Term):
        return value.label.to(lang)
    if isinstance(value, date):
        return EXCEL.number(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return _joined(value, lang)
    return value


def _joined(items: Sequence[Any], lang: Lang) -> str:
    """Join a list so that it can be split again: one item a line where an item contains a separator."""
    if isinstance(items[0], Concession):
        return "\n".join(f"{quoted(item.give or '')} → {quoted(item.get or '')}".strip() for item in items)
    if any(SEPARATORS.search(item) for item in items):
        return "\n".join(items) + "\n"
    return COMMA.to(lang).join(items)


def printed_lines(rows: Sequence[StageEvidence]) -> list[StageEvidence]:
    """All sixteen stage lines in order, each with its answer; where the rows have another order, they go first."""
    printed = {pair: StageEvidence.model_construct(stage=pair[0], criterion=pair[1]) for pair in STAGE_LINES}
    answers = {(row.stage, row.criterion): row for row in rows}
    if [(row.stage, row.criterion) for row in rows] == [pair for pair in STAGE_LINES if pair in answers]:
        return [answers.get(pair, line) for pair, line in printed.items()]
    return [*rows, *(line for pair, line in printed.items() if pair not in answers)]


def competitor_names(rows: Sequence[Criterion]) -> list[str]:
    """The competitors of all rows, in the order of first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row.scores))


def header_of(field: Field, lang: Lang) -> str:
    """The header of a field, marked where it is required."""
    return field.label.to(lang) + (REQUIRED_MARK if field.required else "")


def rule_of(field: Field, draft: Draft) -> dict[str, Any]:
    """The entries that a cell accepts, as an XlsxWriter validation.

    Terms and names are taken from ranges of cells, because a literal list over 255 characters is dropped.
    """
    if field.kind is Kind.PICK:
        assert field.enum is not None
        return {"validate": "list", "source": f"={draft.picklist(field.enum)}"}
    if field.kind is Kind.YES_NO:
        return {"validate": "list", "source": [draft.say(YES), draft.say(NO)]}
    if field.kind is Kind.TICK:
        return {"validate": "list", "source": [TICK]}
    if field.kind is Kind.NAME:
        return {"validate": "list", "source": f"={draft.people()}", "error_type": "warning"}
    if field.kind is Kind.NAMES:  # several may stand in one cell, so what is not on the list is taken too
        return {
            "validate": "list",
            "source": f"={draft.people() if field.ref else draft.subjects()}",
            "show_error": False,
        }
    if field.path == ("subject",):
        return {"validate": "list", "source": f"={draft.reviewed()}", "show_error": False}
    if field.kind is Kind.DATE:
        return {"validate": "date", "criteria": ">=", "value": EARLIEST}
    if field.code == "currency":
        return {"validate": "length", "criteria": "==", "value": CURRENCY_LETTERS}
    if field.kind in NUMBERS:
        return number_rule(field.low, field.high, field.above, is_whole=field.kind is Kind.WHOLE)
    return {"validate": "any"}


def number_rule(low: float | None, high: float | None, above: float | None, *, is_whole: bool) -> dict[str, Any]:
    """A validation that accepts numbers from `low` to `high`, or above `above`, or of at least `low`."""
    kind = {"validate": "integer" if is_whole else "decimal"}
    if low is not None and high is not None:
        return {**kind, "criteria": "between", "minimum": low, "maximum": high}
    if above is not None:
        return {**kind, "criteria": ">", "value": above}
    return {**kind, "criteria": ">=", "value": LOWEST if low is None else low}


def messages_of(field: Field, lang: Lang) -> dict[str, str]:
    """The messages of a cell: `input_title`, `input_message`, `error_title`, and `error_message` if it can refuse."""
    label = field.label.to(lang)
    title = label if len(label) <= LONGEST_TITLE else label[: LONGEST_TITLE - 1] + "…"
    words = {"input_title": title, "input_message": _told(field, lang), "error_title": WRONG.to(lang)}
    refusal = _refusal(field, lang)
    return {**words, "error_message": refusal} if refusal else words


def _told(field: Field, lang: Lang) -> str:
    """The help; below it the terms of the picklist, where they fit; above it a label that is too long for a title."""
    label, said = field.label.to(lang), field.help.to(lang)
    if field.path[0] == "statuses":
        said = "\n".join(
            f"{role.label.to(lang)}{COLON.to(lang)}{criteria[int(field.path[1]) - 1].label.to(lang)}"
            for role, criteria in WIN_CRITERIA.items()
        )
    if len(label) > LONGEST_TITLE:
        said = f"{label}\n{said}"
    words = [term.label.to(lang) for term in field.enum] if field.kind is Kind.PICK and field.enum is not None else []
    listed = f"{said}\n{' · '.join(words)}"
    return listed if words and len(listed) <= LONGEST_MESSAGE else said


def _refusal(field: Field, lang: Lang) -> str:
    if field.code == "currency":
        return WRONG_CURRENCY.to(lang)
    if field.kind in REFUSALS:
        return REFUSALS[field.kind].to(lang)
    if field.kind not in NUMBERS:
        return ""
    low, high, above = field.low, field.high, field.above
    if low is not None and high is not None:
        limits = f"{low:g} … {high:g}"
    else:
        limits = f"> {above:g}" if above is not None else f"≥ {low:g}" if low is not None else ""
    return WRONG_NUMBER.say(lang, {"range": limits}) if limits else WRONG_ANY_NUMBER.to(lang)


def competitor_messages(field: Field, lang: Lang) -> dict[str, str]:
    """The messages of the header cell for a competitor's name; `field` holds that competitor's scores."""
    return {"input_title": field.label.to(lang), "input_message": COMPETITOR_HELP.to(lang)}
