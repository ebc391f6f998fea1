"""`docs/checks.md`: the checks of a submitted map."""

from __future__ import annotations

from tools.pages.markdown import both, code, document, pattern, table
from warmap.findings import CHECKS
from warmap.text import Text

INTRODUCTION = Text(
    "`warmap check` 对每个文件给出这些发现：文件、工作表、单元格、字段、代码、严重程度、说明、怎么改。没有“严重”和“重要”的发现，文件就算通过；读得出来的内容照样计分。",
    "`warmap check` gives these findings for each file: file, sheet, cell, field, code, severity, message, hint. A file passes when it has no critical and no major finding; what could be read is scored all the same.",
)


def page() -> str:
    """Every check."""
    rows = [
        [
            f'<a id="{check.code.lower()}"></a>{check.code}', both(check.severity.label), code(check.name),
            pattern(check.message).zh, pattern(check.hint).zh, pattern(check.message).en, pattern(check.hint).en,
        ]
        for check in CHECKS.values()
    ]  # fmt: skip
    heads = ["代码 / Code", "严重程度 / Severity", "名称 / Name", "说什么", "怎么改", "What it says", "How to mend it"]
    return document("# 检查 / Checks", INTRODUCTION.zh, INTRODUCTION.en, table(heads, rows))
