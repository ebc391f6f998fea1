"""The command line in the user's language: usage, help and every error of argparse, and the nearest word for a wrong one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NoReturn, TypeAlias

from warmap._version import VERSION
from warmap.text import LANGUAGES, Lang, Text, joined
from warmap_app.command import USAGE_ERROR, Command
from warmap_app.safe_text import one_line, shown_address
from warmap_app.screen import columns_here, wrapped

# The English is argparse's own, to the letter: by it argparse asks gettext for its words.
ARGPARSE: dict[str, Text] = {
    text.en: text
    for text in (
        Text("用法：", "usage: "),
        Text("参数", "positional arguments"),
        Text("选项", "options"),
        Text("显示这份说明", "show this help message and exit"),
        Text("%(argument_name)s：%(message)s", "argument %(argument_name)s: %(message)s"),
        Text("还缺 %s", "the following arguments are required: %s"),
        Text("这几项要给出一项：%s", "one of the arguments %s is required"),
        Text("后面要跟一个值", "expected one argument"),
        Text("后面至多跟一个值", "expected at most one argument"),
        Text("后面至少跟一个值", "expected at least one argument"),
        Text("后面要跟 %s 个值", "expected %s argument"),
        Text("后面要跟 %s 个值", "expected %s arguments"),
        Text("没有 %(value)r；可用：%(choices)s", "invalid choice: %(value)r (choose from %(choices)s)"),
        Text("%(value)r 不是整数", "invalid %(type)s value: %(value)r"),
        Text("不能和 %s 一起用", "not allowed with argument %s"),
        Text("后面不跟值，去掉 %r", "ignored explicit argument %r"),
        Text("%(option)s 不完整，可能是 %(matches)s", "ambiguous option: %(option)s could match %(matches)s"),
        Text("不认识 %s", "unrecognized arguments: %s"),
        Text("没有 %(parser_name)r；可用：%(choices)s", "unknown parser %(parser_name)r (choices: %(choices)s)"),
    )
}
Called: TypeAlias = Callable[[str], Command]
"""Gives a command by its name; only the one that is called is imported."""

WHOLE_NUMBER = "whole number"  # what argparse calls the value of an option by, in English

ABOUT = Text(
    "大客户作战地图：在表格里计算，在命令行里检查。",
    "The key-account war map: computed in the sheet, checked on the command line.",
)
LANG_HELP = Text("消息的语言（默认按系统）", "language of the messages (default: the system's)")
VERSION_HELP = Text("显示版本", "show the version")
COMMAND, COMMANDS = Text("命令", "COMMAND"), Text("命令（各有 --help）", "commands (each has --help)")
USAGE = Text("用法不对：{what}（见 {help}）", "usage error: {what} (see {help})")
EXAMPLE = Text("例如：", "example: ")
UNKNOWN = Text("不认识 {words}", "unrecognized arguments: {words}")
NO_COMMAND = Text("没有命令“{word}”", "there is no command “{word}”")
NEAREST = Text("{what}；是不是 {nearest}？", "{what}; did you mean {nearest}?")


@contextmanager
def argparse_in(lang: Lang) -> Iterator[None]:
    """While this lasts, argparse speaks that language.

    It asks for its words by two names, `_` and `ngettext`, made for this. gettext itself would want compiled catalogues
    in a folder of their own.
    """

    def one(words: str) -> str:
        text = ARGPARSE.get(words)
        return words if text is None else text.to(lang)

    def one_or_many(single: str, plural: str, count: int) -> str:
        return one(single if count == 1 else plural)

    own: dict[str, Any] = {name: getattr(argparse, name) for name in ("_", "ngettext")}
    vars(argparse).update({"_": one, "ngettext": one_or_many})
    try:
        yield
    finally:
        vars(argparse).update(own)


def whole_number(text: str) -> int:
    """A number of an option; argparse names the kind of value after this function where it is none."""
    return int(text)


whole_number.__name__ = WHOLE_NUMBER


class Help(argparse.HelpFormatter):
    """Help wrapped by the width of what is shown: argparse counts a Chinese character as one column, and breaks at spaces."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns_here() - 4)  # “用法：” is counted as three columns less than it takes

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(wrapped(text, width, indent))


class Parser(argparse.ArgumentParser):
    """A usage error is one line in the user's language, with the nearest word that exists."""

    def __init__(self, *, lang: Lang, **how: Any) -> None:
        super().__init__(formatter_class=Help, **how)
        self.lang: Lang = lang
        self.called: Parser | None = None  # the parser of the command that was called

    def error(self, message: str) -> NoReturn:
        """Tell it in one line and end with the exit code of a usage error."""
        words = USAGE.say(self.lang, {"what": one_line(message), "help": f"{self.prog} --help"})
        self.exit(USAGE_ERROR, f"warmap: {words}\n")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does it, but an unknown option is told with the nearest ones."""
        options, left = self.parse_known_args(args, namespace)
        if left:
            of = self.called or self
            known = [name for action in of._actions for name in action.option_strings]  # noqa: SLF001  no public list
            of.error(with_nearest(UNKNOWN.filled(words=" ".join(left)), left[0], known).to(self.lang))
        return options


def complain(words: str) -> None:
    """What is wrong, in one line, without the password of an address."""
    print(f"warmap: {one_line(shown_address(words))}", file=sys.stderr)


def with_nearest(what: Text, word: str, known: Sequence[str]) -> Text:
    """What is wrong with a word, and the known ones that look like it."""
    near = get_close_matches(word.partition("=")[0].lower(), known, n=2, cutoff=0.6)
    if not near:
        return what
    return NEAREST.filled(what=what, nearest=joined(near))


def parser_for(arguments: Sequence[str], lang: Lang, commands: Mapping[str, Text], called: Called) -> Parser:
    """The parser of the whole line; of the commands only the one that the line names has arguments."""
    parser = Parser(lang=lang, prog="warmap", description=ABOUT.to(lang))
    parser.add_argument("--lang", choices=LANGUAGES, help=LANG_HELP.to(lang))
    parser.add_argument("--version", action="version", version=f"warmap {VERSION}", help=VERSION_HELP.to(lang))
    word = _first_word(arguments)
    if word is not None and word not in commands:
        parser.error(with_nearest(NO_COMMAND.filled(word=word), word, list(commands)).to(lang))
    every = parser.add_subparsers(
        title=COMMANDS.to(lang), dest="command", metavar=COMMAND.to(lang), parser_class=Parser
    )
    for name, about in commands.items():
        if name != word:
            every.add_parser(name, lang=lang, help=about.to(lang), add_help=False)
            continue
        command, words = called(name), about.to(lang)
        own = every.add_parser(
            name, lang=lang, help=words, description=words, epilog=EXAMPLE.to(lang) + command.example
        )
        own.add_argument("--lang", choices=LANGUAGES, help=LANG_HELP.to(lang))
        command.add_arguments(own, lang)
        own.set_defaults(run=command.run)
        parser.called = own
    return parser


def _first_word(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of --lang: it should be a command."""
    is_value = False
    for word in arguments:
        if not is_value and not word.startswith("-"):
            return word
        is_value = word == "--lang"
    return None
