"""`docs/vocabulary.md`: every list of words, with codes and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.pages.markdown import both, code, codes, document, table
from warmap.terms import PERSONAL_WINS, STAGE_CRITERIA, WIN_CRITERIA, Term
from warmap.text import Text

INTRODUCTION = Text(
    "代码用于 YAML、JSON 和 Python；标签用于工作簿和消息。读入时代码、两种语言的标签和别名都认，不分大小写和前后空格。",
    "Codes stand in YAML, JSON and Python, labels in workbooks and messages. Reading takes the code, the label in either language and the aliases, whatever the case and the space around them.",
)
HEADS = ["代码 / Code", "中文", "English", "别名 / Aliases"]


def all_terms() -> list[type[Term]]:
    """Every vocabulary, in the order in which it is declared."""
    return Term.__subclasses__()


def _section(kind: type[Term]) -> list[str]:
    meaning = (kind.__doc__ or "").strip().partition("\n")[0]
    numbers = [name for name, value in vars(kind).items() if isinstance(value, property) and not name.startswith("_")]
    rows = [
        [
            code(term.value),
            term.label.zh,
            term.label.en,
            codes(term.aliases),
            *(getattr(term, name) for name in numbers),
        ]
        for term in kind
    ]
    return [f"## {kind.__name__}", meaning, table([*HEADS, *(code(name) for name in numbers)], rows)]


def _members(title: Text, head: str, groups: Mapping[Term, Sequence[Term]]) -> list[str]:
    rows = [
        [both(group.label) if place == 0 else "", str(place + 1), code(term.value), term.label.zh, term.label.en]
        for group, terms in groups.items()
        for place, term in enumerate(terms)
    ]
    return [f"## {both(title)}", table([head, "", "代码 / Code", "中文", "English"], rows)]


def page() -> str:
    """Every vocabulary, the criteria of each role and stage, and the personal wins."""
    wins: dict[Term, Sequence[Term]] = dict(WIN_CRITERIA.items())
    stages: dict[Term, Sequence[Term]] = dict(STAGE_CRITERIA.items())
    return document(
        "# 词汇 / Vocabulary", INTRODUCTION.zh, INTRODUCTION.en,
        *(block for kind in all_terms() for block in _section(kind)),
        *_members(Text("各角色的赢标准", "Win criteria of each role"), "角色 / Role", wins),
        *_members(Text("各阶段的出口标准", "Exit criteria of each stage"), "阶段 / Stage", stages),
        "## 个人的赢 / Personal wins",
        table(["中文", "English"], [[win.zh, win.en] for win in PERSONAL_WINS]),
    )  # fmt: skip
