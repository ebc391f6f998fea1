"""The `warmap` command: finds the command asked for, runs it, and tells errors in one line that says what to do.

Only the module of that command is imported, so that each starts fast and `warmap --version` at once.
"""

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from warmap._version import VERSION
from warmap.text import InWords, Lang, Text
from warmap_app.command import INTERRUPTED, PASSED, USAGE_ERROR, Command

COMMANDS: dict[str, tuple[str, Text]] = {
    "demo": ("demo", Text(
        "做出样例工作簿，重算、检查并显示计分板", "build sample workbooks, recalculate, check, and show the scoreboard"
    )),
    "new": ("workbooks", Text("新建一份工作簿，空白或带内容", "make a workbook, empty or filled")),
    "evaluate": ("maps", Text("评估一份地图：计分板或 JSON", "judge one map: scoreboard or JSON")),
    "import-contacts": ("people", Text(
        "把 CRM 名单或干系人登记册里的人放进地图", "put the people of a CRM's list or a stakeholder register on a map"
    )),
    "check": ("check", Text("检查提交的文件或文件夹", "check submitted files or folders")),
    "portfolio": ("portfolio", Text("汇总多份地图：预测、漏斗、风险", "roll many maps up: forecast, funnel, risks")),
    "calibrate": ("calibrate", Text(
        "健康度说中了多少：地图库里的评估与结局对照", "did health foretell the outcome? kept maps against how deals ended"
    )),
    "diff": ("maps", Text("两份地图逐字段比较：改了什么", "what changed between two maps, field by field")),
    "report": ("report", Text(
        "一页报告：HTML、PDF 或 PNG；关系图", "one page a deal as HTML, PDF or PNG; the relationship picture"
    )),
    "history": ("history", Text(
        "工作簿或地图库里的历史：走势，记一份快照", "the history in a workbook or a store: the trend; take a snapshot"
    )),
    "merge": ("merging_copies", Text(
        "合并两人各自改过的同一份地图，冲突逐格列出", "merge two copies of one map; what both changed is listed cell by cell"
    )),
    "upgrade": ("workbooks", Text(
        "把工作簿重建为最新模板，已填内容都保留",
        "rebuild a workbook on the newest template, keeping everything entered",
    )),
    "repair": ("workbooks", Text(
        "把函数名改回通用写法，去掉宏和外部链接", "put function names back into the plain form, drop macros and outside links"
    )),
    "recalculate": ("workbooks", Text(
        "不用电子表格程序，更新工作簿里存的结果", "renew a workbook's stored results without a spreadsheet program"
    )),
    "web": ("web", Text("浏览器里的作战地图：写出网页文件夹，或在本机打开", "the war map in a browser: write its folder, or open it here")),
    "rule": ("reference", Text("查看规则与检查的说明", "explain the rules and checks")),
    "schema": ("reference", Text("输出地图的 JSON schema", "print the JSON schema of a map")),
    "settings": ("reference", Text("输出默认设置，可修改后使用", "print the default settings, to edit and use")),
    "addin": ("workbooks", Text("构建、安装、卸载、诊断插件", "build, install, uninstall or diagnose the add-ins")),
}  # fmt: skip
"""Every command with the module of `warmap_app.commands` that declares it, and what it is for."""

BROKEN = Text(
    "内部错误（{what}）。这不是您的错；设 WARMAP_DEBUG=1 可看详情。",
    "internal error ({what}). This is not your mistake; set WARMAP_DEBUG=1 for details.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done or all passed, 1 some did not pass, 2 usage error."""
    # Every Python that is started from here on, by whatever library, looks for no module in the current folder.
    os.environ["PYTHONSAFEPATH"] = "1"
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(f"warmap {VERSION}")
        return PASSED
    # pydantic looks for plugins in every installed package when it is first imported, which takes longer than that import.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    let_streams_take_every_sign()
    lang = chosen_language(words)
    arguments_of = import_module("warmap_app.arguments")  # by name: it takes as long as all of `warmap --version`
    with arguments_of.argparse_in(lang):
        try:
            parser = arguments_of.parser_for(
                words, lang, {name: about for name, (_, about) in COMMANDS.items()}, command_named
            )
            options = parser.parse_args(words)
        except SystemExit as done:
            return int(done.code or 0)
        if options.command is None:
            parser.print_help()
            return USAGE_ERROR
    try:
        return int(options.run(options, lang))
    except InWords as error:
        arguments_of.complain(error.words.to(lang))
        return USAGE_ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        return PASSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("WARMAP_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        arguments_of.complain(BROKEN.say(lang, {"what": what}))
        return USAGE_ERROR


def let_streams_take_every_sign() -> None:
    """Write an escape where a stream lacks a sign, which would end the program otherwise.

    Windows gives a pipe or a file the computer's code page, which has no “✓” and often no Chinese: there it is UTF-8.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_code_page = os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if is_code_page else None, errors="backslashreplace")


def chosen_language(arguments: Sequence[str]) -> Lang:
    """The language given with --lang anywhere on the line, else the system's."""
    for place, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in {"zh", "en"}:
            return "zh" if value == "zh" else "en"
    return system_language()


def system_language() -> Lang:
    """Chinese where the system's locale is Chinese, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").lower().startswith("zh") else "en"


def command_named(name: str) -> Command:
    """A command by its name; its module is imported, and no other."""
    module, _ = COMMANDS[name]
    # What is imported stays. The collector would look through all of it dozens of times: a sixth of the check of one file.
    gc.disable()
    try:
        command: Command = import_module(f"warmap_app.commands.{module}").COMMANDS[name]
    finally:
        gc.freeze()
        gc.enable()
    return command
