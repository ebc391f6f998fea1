"""The `warmap` command: arguments, language, and errors in one line that say what to do.

Each command lives in its own module and is imported only when it is called, so that `warmap --version` starts at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from warmap._version import VERSION
from warmap.text import Lang, Text

PASSED, FAILED, WRONG_USE = 0, 1, 2

COMMANDS: dict[str, Text] = {
    "demo": Text(
        "做出样例工作簿，重算、检查并显示计分板", "build sample workbooks, recalculate, check, and show the scoreboard"
    ),
    "new": Text("新建一份工作簿，空白或带内容", "make a workbook, empty or filled"),
    "evaluate": Text("评估一份地图：计分板或 JSON", "judge one map: scoreboard or JSON"),
    "check": Text("检查提交的文件或文件夹", "check submitted files or folders"),
    "portfolio": Text("汇总多份地图：预测、漏斗、风险", "roll many maps up: forecast, funnel, risks"),
    "diff": Text("两份地图逐字段比较：改了什么", "what changed between two maps, field by field"),
    "history": Text(
        "工作簿或地图库里的历史：走势，记一份快照", "the history in a workbook or a store: the trend; take a snapshot"
    ),
    "upgrade": Text(
        "把工作簿重建为最新模板，已填内容都保留",
        "rebuild a workbook on the newest template, keeping everything entered",
    ),
    "repair": Text(
        "把函数名改回通用写法，去掉无用的外部链接", "put function names back into the plain form, drop dangling links"
    ),
    "rule": Text("查看规则与检查的说明", "explain the rules and checks"),
    "schema": Text("输出地图的 JSON schema", "print the JSON schema of a map"),
    "settings": Text("输出默认设置，可修改后使用", "print the default settings, to edit and use"),
    "addin": Text("构建、安装、卸载、诊断插件", "build, install, uninstall or diagnose the add-ins"),
}
SUMMARY = Text(
    "大客户作战地图：在表格里计算，在命令行里检查。",
    "The key-account war map: computed in the sheet, checked on the command line.",
)
LANG_HELP = Text("消息的语言（默认按系统）", "language of the messages (default: the system's)")
WRONG = Text("用法不对：{what}（见 {help}）", "wrong use: {what} (see {help})")
EXAMPLE = Text("例如：", "example: ")
BROKEN = Text(
    "内部错误（{what}）。这不是您的错；设 WARMAP_DEBUG=1 可看详情。",
    "internal error ({what}). This is not your mistake; set WARMAP_DEBUG=1 for details.",
)


class UserError(Exception):
    """A mistake of the user: one line that says what to do; exit code 2."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def system_language() -> Lang:
    """Zh where the system's locale is Chinese, else en."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").lower().startswith("zh") else "en"


def chosen_language(arguments: Sequence[str]) -> Lang:
    """The language given with --lang anywhere on the line, else the system's."""
    for place, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in {"zh", "en"}:
            return "zh" if value == "zh" else "en"
    return system_language()


def parser_for(arguments: Sequence[str], lang: Lang) -> argparse.ArgumentParser:
    """The parser; only the named command's module is imported."""

    class Parser(argparse.ArgumentParser):
        """Wrong use is one line in the user's language."""

        def error(self, message: str) -> NoReturn:
            self.exit(WRONG_USE, f"warmap: {WRONG.say(lang, {'what': message, 'help': self.prog + ' --help'})}\n")

    parser = Parser(prog="warmap", description=SUMMARY.to(lang))
    parser.add_argument("--version", action="version", version=f"warmap {VERSION}")
    # Without prog argparse would lay out a usage line, and import shutil for the width of the terminal.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=parser.prog)
    called = next((word for word in arguments if word in COMMANDS), None)
    for name, text in COMMANDS.items():
        if name != called:
            commands.add_parser(name, help=text.to(lang), add_help=False)
            continue
        module = import_module(f"warmap_app.commands.{name}")
        epilog = EXAMPLE.to(lang) + module.EXAMPLE
        command = commands.add_parser(name, help=text.to(lang), description=text.to(lang), epilog=epilog)
        command.add_argument("--lang", choices=("zh", "en"), help=LANG_HELP.to(lang))
        module.add_arguments(command, lang)
        command.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done or all passed, 1 some did not pass, 2 wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = chosen_language(words)
    try:
        parser = parser_for(words, lang)
        options = parser.parse_args(words)
    except SystemExit as done:
        return int(done.code or 0)
    if options.command is None:
        parser.print_help()
        return WRONG_USE
    try:
        return int(options.run(options, lang))
    except UserError as error:
        print(f"warmap: {error.words.to(lang)}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PASSED
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("WARMAP_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        print(f"warmap: {BROKEN.say(lang, {'what': what})}", file=sys.stderr)
        return WRONG_USE
