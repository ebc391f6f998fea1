"""`docs/commands.md`: every command of `warmap` with its arguments, from the parsers' own help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tools.pages.markdown import code, document, table
from warmap.text import LANGUAGES, Lang, Text
from warmap_app.main import COMMANDS, command_named

INTRODUCTION = Text(
    "每条命令都有 `--lang zh|en`（默认按系统语言）和 `--help`；不加 `--force` 不覆盖任何文件。退出码：0 完成或全部通过，1 有未通过的，2 用法有误。",
    "Every command takes `--lang zh|en` (by default the system's language) and `--help`; nothing is overwritten without `--force`. Exit codes: 0 done or all passed, 1 some did not pass, 2 usage error.",
)
HEADS = ["参数 / Argument", "说明", "Help"]


def page() -> str:
    """The list, then every command."""
    rows = [[f"[warmap {name}](#warmap-{name})", about.zh, about.en] for name, (_, about) in COMMANDS.items()]
    return document(
        "# 命令 / Commands", INTRODUCTION.zh, INTRODUCTION.en, table(["命令 / Command", "作用", "What it does"], rows),
        *(block for name in COMMANDS for block in _section(name)),
    )  # fmt: skip


def _section(name: str) -> Iterator[str]:
    zh, en = (list(_arguments(name, lang)) for lang in LANGUAGES)
    about = COMMANDS[name][1]
    yield f"## warmap {name}"
    yield f"{about.zh}  \n{about.en}"
    yield f"```sh\n{command_named(name).example}\n```"
    if zh:
        yield table(
            HEADS, [[code(words), help_zh, help_en] for (words, help_zh), (_, help_en) in zip(zh, en, strict=True)]
        )


def _arguments(name: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """Each argument of a command as (how it is written, help); those that every command takes are left out."""
    own = argparse.ArgumentParser(add_help=False)
    command_named(name).add_arguments(own, lang)
    for action in own._actions:  # noqa: SLF001  argparse has no public list of arguments
        if action.help == argparse.SUPPRESS:
            continue
        value = "|".join(map(str, action.choices)) if action.choices else action.metavar
        words = [", ".join(action.option_strings), "" if action.nargs == 0 else str(value or action.dest.upper())]
        facts = {**vars(action), "prog": f"warmap {name}"}
        yield " ".join(filter(None, words)), (action.help or "") % facts
