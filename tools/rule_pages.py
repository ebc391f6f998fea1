"""`docs/rules/`: a page for every rule, and the index."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.markdown import both, code, document, table, yaml_block
from warmap.flags import Flag
from warmap.judgement import judge
from warmap.model import TABLE, TABLES, WarMap
from warmap.rules import Rule, all_rules
from warmap.terms import Severity
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet.guidance import without_facts

HISTORY = Text("历史快照", "Snapshots")
ALL_TABLES = Text("全部表", "All tables")
LANGUAGE_NAME: Mapping[Lang, str] = {"zh": "中文", "en": "English"}
SAYS, WHY, REMEDY = Text("说什么", "What it says"), Text("为什么", "Why"), Text("怎么办", "Remedy")
SOURCES = Text(
    "出处 000–004 是本方法所依据的五份课程材料的编号。",
    "Sources 000 to 004 number the five course texts that the method is taken from.",
)
INTRODUCTION = Text(
    "红旗是警告，也是清除障碍的工具。“行动”表里写明代码（如 RF205）或人名的未逾期行动，或“强项”表里的一条，就算有人应对，扣分减半。阈值见[设置](../settings.md)。",
    "A flag is a warning and a tool. An action that is not overdue and names its code (such as RF205) or its person, or a strength that does, answers it: it then costs half. For the thresholds see [settings](../settings.md).",
)


def pages() -> Iterator[tuple[str, str]]:
    """The pages of all rules, and their index."""
    yield "rules/README.md", _index()
    for rule in all_rules().values():
        yield f"rules/{rule.code}.md", page(rule)


def _index() -> str:
    rows = [
        [f"[{rule.code}]({rule.code}.md)", both(rule.severity.label), rule.title.zh, rule.title.en, code(rule.name)]
        for rule in all_rules().values()
    ]
    return document(
        "# 红旗规则 / Red-flag rules",
        INTRODUCTION.zh, INTRODUCTION.en,
        table(["代码 / Code", "严重程度（最重） / Severity (heaviest)", "标题", "Title", "名称 / Name"], rows),
        SOURCES.zh, SOURCES.en,
    )  # fmt: skip


def tables_needed(rule: Rule) -> str:
    """The tables a rule looks at, in words; without one of them it says nothing."""
    needed = [*rule.needs]
    words = []
    if {table.code for table in TABLES} <= set(needed):
        words.append(both(ALL_TABLES))
        needed = [name for name in needed if name not in TABLE]
    words += [f"{both(TABLE[name].label if name in TABLE else HISTORY)} `{name}`" for name in needed]
    return " · ".join(words)


def raised(rule: Rule, example: Mapping[str, Any]) -> list[Flag]:
    """The flags of this rule that an example raises."""
    return [flag for flag in judge(WarMap.model_validate(example)).flags if flag.code == rule.code]


def page(rule: Rule) -> str:
    """What a rule says, why, what to do, and both examples."""
    facts = [
        ["严重程度（最重） / Severity (heaviest)", both(rule.severity.label)],
        ["名称 / Name", code(rule.name)],
        ["要看的表 / Looks at", tables_needed(rule)],
        ["出处 / Source", rule.source],
    ]
    if rule.optional:
        label = TABLE[rule.optional].label if rule.optional in TABLE else HISTORY
        facts.append(["此表为空时不出声 / Silent while this table is empty", f"{both(label)} `{rule.optional}`"])
    words = [
        f"## {LANGUAGE_NAME[lang]}\n\n"
        + "\n\n".join(
            f"**{head.to(lang)}** {without_facts(text).to(lang)}"
            for head, text in ((SAYS, rule.message), (WHY, rule.why), (REMEDY, rule.remedy))
        )
        for lang in LANGUAGES
    ]
    return document(
        f"# {rule.code} · {both(rule.title)}", table(["", ""], facts), *words, *_examples(rule),
        "[全部规则 / All rules](README.md)",
    )  # fmt: skip


def _examples(rule: Rule) -> Iterator[str]:
    yield "## 例子 / Example"
    yield "亮红旗 / Raises the flag:"
    yield yaml_block(rule.bad)
    for flag in raised(rule, rule.bad):
        heavier = f" ({both(flag.severity.label)})" if flag.severity is not rule.severity else ""
        yield f"> {_sign(flag.severity)} {flag.message('zh')}{heavier}\n>\n> {flag.message('en')}"
    yield "不亮红旗 / Does not:"
    yield yaml_block(rule.good)


def _sign(severity: Severity) -> str:
    return {Severity.CRITICAL: "▲", Severity.MAJOR: "■", Severity.MINOR: "●"}[severity]
