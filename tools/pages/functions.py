"""`docs/functions.md`: every worksheet function."""

from __future__ import annotations

from tools.pages.markdown import both, code, document, table
from warmap.text import Text
from warmap.worksheet import FUNCTIONS, Function

INTRODUCTION = Text(
    "参数是整张表，连同表头（已定义名称 `wm_contacts` 等），所以列可以移动、可以增加。没有依据的得分是空文本，不是 0；输入有误时是错误值，`WARMAP.WHY` 用文字说明原因。LibreOffice 在界面上用分号分隔参数。",
    "An argument is a whole table with its header row (the defined names `wm_contacts` and so on), so columns may move and be added. A score that has nothing to stand on is an empty text, not 0; a wrong input gives an error value, and `WARMAP.WHY` gives the words. LibreOffice shows semicolons between arguments.",
)


def _section(function: Function) -> list[str]:
    rows = [
        [code(argument.name), "✓" if argument.required else "", argument.help.zh, argument.help.en]
        for argument in function.arguments
    ]
    blocks = [
        f"## {function.shown_name}",
        f"{function.help.zh}  \n{function.help.en}",
        f"**结果 / Result**: {both(function.result)}",
    ]
    if function.columns:
        blocks.append("**列 / Columns**: " + " · ".join(both(column) for column in function.columns))
    if rows:
        blocks.append(table(["参数 / Argument", "必需 / Required", "说明", "Help"], rows))
    return [*blocks, f"```\n{function.example}\n```"]


def page() -> str:
    """The list, then every function."""
    rows = [
        [f"[{function.shown_name}](#warmap{name.lower()})", function.help.zh, function.help.en]
        for name, function in FUNCTIONS.items()
    ]
    return document(
        "# 工作表函数 / Worksheet functions", INTRODUCTION.zh, INTRODUCTION.en,
        table(["函数 / Function", "作用", "What it gives"], rows),
        *(block for function in FUNCTIONS.values() for block in _section(function)),
    )  # fmt: skip
