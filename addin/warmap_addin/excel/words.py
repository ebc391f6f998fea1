"""The two very hidden sheets of words: what VBA says in both languages, and Excel-DNA's help while typing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS, Function
from warmap_addin.excel.messages import MESSAGES
from warmap_addin.excel.ribbon import BUTTONS, GROUPS, TAB_ID, TAB_LABEL
from warmap_addin.excel.wrappers import argument_name

WORDS_SHEET = "_warmap_words"
WORDS_NAME = "wm_words"
HELP_SHEET = "_IntelliSense_"  # Excel-DNA looks for this name on the last sheet; FunctionInfo and 1.0 mark its format
MOST = 255  # characters Excel takes for a help text

Rows = Sequence[tuple[str, ...]]


def words_rows() -> Rows:
    """Code, Chinese, English: messages, buttons, functions and their arguments."""
    return [(code, text.zh, text.en) for code, text in MESSAGES.items()] + list(_buttons()) + list(_functions())


def _buttons() -> Iterator[tuple[str, str, str]]:
    for code, label in ((TAB_ID, TAB_LABEL), *((group.id, group.label) for group in GROUPS)):
        yield f"ribbon.{code}.label", label.zh, label.en
    for button in BUTTONS:
        key = f"ribbon.{button.id}"
        yield f"{key}.label", button.label.zh, button.label.en
        yield f"{key}.screentip", button.screentip.zh, button.screentip.en
        yield f"{key}.when", button.when, button.when
        yield f"{key}.macro", button.macro, button.macro


def _functions() -> Iterator[tuple[str, str, str]]:
    for function in FUNCTIONS.values():
        yield f"function.{function.name}", _short(function.help, "zh"), _short(function.help, "en")
        for name, text in arguments_help(function):
            yield f"function.{function.name}.{name}", _short(text, "zh"), _short(text, "en")


def arguments_help(function: Function) -> list[tuple[str, Text]]:
    """The arguments of a function as VBA names them, with their help."""
    return [(argument_name(function, argument), argument.help) for argument in function.arguments]


def _short(text: Text, lang: Lang) -> str:
    words = text.to(lang)
    return words if len(words) <= MOST else words[: MOST - 1] + "…"


def help_rows(lang: Lang) -> Rows:
    """Excel-DNA's format: function, description, help topic, then name and description of each argument."""
    rows: list[tuple[str, ...]] = [("FunctionInfo", "1.0")]
    for function in FUNCTIONS.values():
        cells = [function.shown_name, _short(function.help, lang), ""]
        for name, text in arguments_help(function):
            cells += [name, _short(text, lang)]
        rows.append(tuple(cells))
    return rows
