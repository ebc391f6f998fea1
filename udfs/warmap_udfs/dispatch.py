"""From the arguments of a worksheet function to its value: parse the ranges, call the logic, shape the result.

Hosts pass what they have: a range as rows of cells, a single cell as its value, a left-out argument as None.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from warmap.earlier import Newest
from warmap.history import LABEL as HISTORY
from warmap.history import MARKS
from warmap.model import TABLE
from warmap.parsing import TableRead, read_settings
from warmap.parsing.days import EXCEL, DateSystem
from warmap.parsing.entered import Context, truth
from warmap.parsing.problems import is_blank
from warmap.settings import BadSettings, Settings, default_settings, settings_from
from warmap.text import SEMICOLON, InWords, Lang, Text, joined
from warmap.worksheet import FUNCTIONS, Call, Function, Rows, Scalar, answer
from warmap.worksheet.declaration import NEWEST, SNAPSHOTS
from warmap.worksheet.ranges import Cells, Range, call_on, context_for, parse_newest, parse_table

ErrorCode = Literal["#VALUE!", "#N/A", "#NAME?"]


class WorksheetError(InWords):
    """A wrong input: the error value the cell shall show, and the words that `WARMAP.WHY` gives."""

    def __init__(self, words: Text, code: ErrorCode = "#VALUE!") -> None:
        super().__init__(words)
        self.code = code


NO_FUNCTION = Text("没有函数 WARMAP.{name}", "there is no function WARMAP.{name}")
ARGUMENT_MISSING = Text("缺少参数“{argument}”：{help}", "the argument “{argument}” is missing: {help}")
NOT_A_TABLE = Text(
    "参数“{argument}”不是“{table}”表：第一行应是它的表头（例如“{header}”）",
    "the argument “{argument}” is not the table “{table}”: its first row should be the header (such as “{header}”)",
)
TOO_MANY = Text("{name} 最多有 {most} 个参数", "{name} takes at most {most} arguments")
NOT_SETTINGS = Text(
    "参数“settings”不是设置表（两列：代码、数值）",
    "the argument “settings” is not the settings table (two columns: code, value)",
)
BAD_ROWS = Text("参数“rows”应是 1 到 10000 的整数", "the argument “rows” should be a whole number from 1 to 10000")
BAD_LANG = Text("参数“lang”应是 zh 或 en", "the argument “lang” should be zh or en")
BAD_SETTINGS = Text("设置有误：{faults}", "the settings are wrong: {faults}")
MOST_ROWS = 10_000
DEAL = "deal"


def prepared(name: str, arguments: Sequence[object], dates: DateSystem = EXCEL) -> tuple[Function, Call]:
    """A function and what it is to work on; `dates` is how its workbook counts days. Raises `WorksheetError` for a wrong input."""
    function = FUNCTIONS.get(name.upper())
    if function is None:
        raise WorksheetError(NO_FUNCTION.filled(name=name), "#NAME?")
    if len(arguments) > len(function.arguments) and not all(is_blank(a) for a in arguments[len(function.arguments) :]):
        raise WorksheetError(TOO_MANY.filled(name=function.shown_name, most=len(function.arguments)))
    expected = function.earlier if _is_earlier(function, arguments) else function.arguments
    given = dict(zip((argument.name for argument in expected), arguments, strict=False))
    for argument in expected:
        if argument.required and is_blank(given.get(argument.name)):
            raise WorksheetError(ARGUMENT_MISSING.filled(argument=argument.name, help=argument.help))
    tables = _tables(function, given, dates)
    lang = _lang(given.get("lang"), tables)
    height = _height(given.get("rows"))
    words = {argument.name: given.get(argument.name) for argument in function.arguments if not argument.table}
    if height is None and "contacts" in tables and function.name == "CONTACT_STATUS":
        height = max(1, tables["contacts"].body_height)
    return function, call_on(tables, settings_of(given.get("settings")), lang, words, height, _newest(given))


def _is_earlier(function: Function, arguments: Sequence[object]) -> bool:
    """Whether the settings stand where a workbook of the first template has them, and not where a table is expected.

    The present template gives every argument, so that none of its cells is looked into here.
    """
    if not function.earlier or any(not is_blank(a) for a in arguments[len(function.earlier) :]):
        return False
    place = [argument.name for argument in function.earlier].index("settings")
    if place >= len(arguments) or is_blank(arguments[place]):
        return False
    codes = read_settings(as_cells(arguments[place]))
    return any(code.partition(".")[0] in Settings.model_fields for code in codes)


def call(name: str, arguments: Sequence[object], dates: DateSystem = EXCEL) -> Scalar | Rows:
    """The value of one worksheet function. Raises `WorksheetError` for a wrong input."""
    return answer(*prepared(name, arguments, dates))


def _tables(function: Function, given: Mapping[str, object], dates: DateSystem) -> dict[str, TableRead]:
    """The tables a function was given, in the order of its arguments; the deal is read first, for its currency."""
    tables = {}
    context = Context(dates)
    for argument in sorted(function.arguments, key=lambda argument: argument.table != DEAL):
        value = given.get(argument.name)
        if argument.table and argument is not NEWEST and not is_blank(value):
            parsed = parse_table(argument.table, as_cells(value), context_for(argument.table, context))
            if parsed is None:
                raise WorksheetError(NOT_A_TABLE.filled(argument=argument.name, **_named(argument.table)))
            tables[argument.table] = parsed
            if argument.table == DEAL:
                context = Context(dates, parsed.currency)
    return {argument.table: tables[argument.table] for argument in function.arguments if argument.table in tables}


def _newest(given: Mapping[str, object]) -> Newest | None:
    """The newest snapshots, where a function was given them."""
    value = given.get(NEWEST.name)
    if is_blank(value):
        return None
    found = parse_newest(as_cells(value))
    if found is None:
        raise WorksheetError(NOT_A_TABLE.filled(argument=NEWEST.name, **_named(SNAPSHOTS)))
    return found


def _named(code: str) -> dict[str, object]:
    """A table and the first of its headers, as a message names them."""
    if code == SNAPSHOTS:
        return {"table": HISTORY, "header": MARKS[0]}
    return {"table": TABLE[code].label, "header": TABLE[code].fields[0].label}


def as_cells(value: object) -> Cells:
    """A range argument as a tuple of row tuples."""
    if isinstance(value, Range):
        return value
    rows = value if isinstance(value, list | tuple) else ((value,),)
    return tuple(tuple(map(truth, row)) if isinstance(row, list | tuple) else (truth(row),) for row in rows)


def settings_of(value: object) -> Settings:
    """Settings from a range of two columns (code, value); blank values keep the default."""
    return _settings(as_cells(value)) if not is_blank(value) else default_settings()


@lru_cache(maxsize=8)
def _settings(cells: Cells) -> Settings:
    entered = read_settings(cells)
    given = {code: value for code, (_, value) in entered.items() if value is not None}
    is_settings = any(code.partition(".")[0] in Settings.model_fields for code in entered)
    if not is_settings and not any(isinstance(value, int | float) for value in given.values()):
        raise WorksheetError(NOT_SETTINGS)
    try:
        return settings_from(given)
    except BadSettings as error:
        faults = joined(error.faults, SEMICOLON)
        raise WorksheetError(BAD_SETTINGS.filled(faults=faults)) from error


def _lang(value: object, tables: Mapping[str, TableRead]) -> Lang:
    if is_blank(value):
        return next((parsed.lang for code, parsed in tables.items() if code != SNAPSHOTS), "zh")
    word = str(value).strip().lower()
    if word == "zh":
        return "zh"
    if word == "en":
        return "en"
    raise WorksheetError(BAD_LANG)


def _height(value: object) -> int | None:
    if is_blank(value):
        return None
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 1 <= value <= MOST_ROWS
        and value == int(value)
    ):
        return int(value)
    raise WorksheetError(BAD_ROWS)
