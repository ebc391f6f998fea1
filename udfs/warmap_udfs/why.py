"""WARMAP.WHY: the words behind a cell that shows an error or no score.

A host hands over the cell's formula and a way to read a name or a range; the same call is made again and explained.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from warmap.parsing.days import EXCEL, DateSystem
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS, answer
from warmap.worksheet.score_functions import words_for
from warmap_udfs.dispatch import WorksheetError, prepared

Read: TypeAlias = Callable[[str], object]

NO_CALL = Text("这个单元格没有调用 WARMAP 函数。", "This cell calls no WARMAP function.")
UNREADABLE = Text("{name}：参数“{argument}”读不到。", "{name}: the argument “{argument}” cannot be read.")
WRONG = Text("{name}：{words}。", "{name}: {words}.")

QUOTED = re.compile(r'"(?:[^"]|"")*"')
FROM_LIST = re.compile(r"INDEX\(wm_scores[,;]\s*(\d+)[,;]\s*2\)", re.IGNORECASE)
# In Excel a call may also go to the add-in's file: `warmap.xlam!F`, `'C:\\…\\warmap.xlam'!F`, `[1]!F` in a file
CALL = re.compile(
    r"(?:WARMAP[._]|(?:'(?:[^']|'')*\.xlam?'|[\w.]+\.xlam?|\[\d+\])!(?:WARMAP[._])?)([A-Z_]+)\(", re.IGNORECASE
)


def calls_in(formula: str) -> Iterator[tuple[str, list[str]]]:
    """The WARMAP calls of a formula as (name, argument texts), outermost and leftmost first."""
    quoted = [match.span() for match in QUOTED.finditer(formula)]
    for match in CALL.finditer(formula):
        if not any(start < match.start() < end for start, end in quoted):
            yield match.group(1).upper(), split_arguments(formula[match.end() :])


def split_arguments(text: str) -> list[str]:
    """The argument texts up to the closing bracket; commas and semicolons inside brackets or quotes do not split."""
    arguments, current, depth, quoted = [], "", 0, ""
    for char in text:
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        elif char == "(":
            depth += 1
        elif char == ")":
            if depth == 0:
                break
            depth -= 1
        elif char in ",;" and depth == 0:
            arguments.append(current.strip())
            current = ""
            continue
        current += char
    return [*arguments, current.strip()] if arguments or current.strip() else []


def _value(text: str, read: Read) -> object:
    if not text:
        return None
    if text[0] == '"' and text[-1] == '"':
        return text[1:-1].replace('""', '"')
    try:
        return float(text)
    except ValueError:
        return read(text)


def _of_list(formula: str, read: Read) -> str:
    """The reason beside a score that is looked up in the list of all scores; empty for any other formula."""
    match = FROM_LIST.search(formula)
    if match is None:
        return ""
    try:
        rows = read("wm_scores")
        return str(rows[int(match.group(1)) - 1][3])  # type: ignore[index]  # a host's rows of cells
    except Exception:  # noqa: BLE001  a host raises what it likes over a name that is gone
        return ""


def explain(formula: str, read: Read, lang: Lang, dates: DateSystem = EXCEL) -> str:
    """Why the cell shows what it shows, in words; `read` gives the cells behind a name or a reference.

    `dates` is how its workbook counts days.
    """
    found = next((pair for pair in calls_in(formula) if pair[0] in FUNCTIONS and pair[0] != "VERSION"), None)
    if found is None:
        return _of_list(formula, read) or NO_CALL.to(lang)
    name, texts = found
    function = FUNCTIONS[name]
    values = []
    for text in texts:
        try:
            values.append(_value(text, read))
        except WorksheetError as error:
            return WRONG.say(lang, {"name": function.shown_name, "words": error.words})
        except Exception:  # noqa: BLE001  a host raises what it likes over a name that is gone
            return UNREADABLE.say(lang, {"name": function.shown_name, "argument": text})
    try:
        function, the_call = prepared(name, values, dates)
        result = answer(function, the_call)
    except WorksheetError as error:
        return WRONG.say(lang, {"name": function.shown_name, "words": error.words})
    return words_for(function, result, lang, the_call.judgement)
