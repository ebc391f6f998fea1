"""`docs/scores.md`: every score of an evaluated map."""

from __future__ import annotations

from collections.abc import Iterator

from tools.markdown import both, code, document, table
from warmap.scores import Kind, Score, all_scores
from warmap.text import LANGUAGES, Text
from warmap.worksheet import FUNCTIONS

INTRODUCTION = Text(
    "下面是一份地图的全部得分，按 JSON、计分板和结果各列的顺序。没有依据的得分是“未评估”，绝不默默记作 0 或 100。权重与界限见[设置](settings.md)，全部公式见[规格](specification.md)第 3 节；为什么是这个数，由计分板和 `WARMAP.WHY` 说明。",
    "Every score of a map, in the order of the JSON, the scoreboard and the columns of results. A score that has nothing to stand on is not assessed, never a silent 0 or 100. For weights and limits see [settings](settings.md), for all formulas section 3 of the [specification](specification.md); the scoreboard and `WARMAP.WHY` say why a score is what it is.",
)
KIND = {
    Kind.SHARE: Text("份额", "Share"),
    Kind.POINTS: Text("分数", "Points"),
    Kind.COUNT: Text("计数", "Count"),
    Kind.MONEY: Text("金额", "Money"),
    Kind.WORD: Text("词", "Word"),
}
FORMULA = Text("公式", "Formula")


def _function(score: Score) -> str:
    """The function that shows the score by itself, else the row of SCORES that does."""
    own = next((function for function in FUNCTIONS.values() if function.score == score.code), FUNCTIONS["SCORES"])
    place = list(all_scores()).index(score.code) + 1
    row = "" if own.score else f" 第 {place} 行 / row {place}"
    return f"[{own.shown_name}](functions.md#warmap{own.name.lower()}){row}"


def _section(score: Score) -> Iterator[str]:
    yield f"## {both(score.name)}"
    words = [term.value for term in score.terms] if score.terms else []
    facts = [
        ["代码 / Code", code(score.code)],
        ["单位 / Unit", both(score.unit) or both(KIND[score.kind])],
        ["取值 / Values", " · ".join(code(word) for word in words)],
        ["单元格名称 / Cell", code(f"wm_score_{score.code}")],
        ["函数 / Function", _function(score)],
    ]
    yield table(["", ""], [fact for fact in facts if fact[1]])
    for lang in LANGUAGES:
        yield f"{score.help.to(lang)}{'。' if lang == 'zh' else '.'} **{FORMULA.to(lang)}** {score.formula.to(lang)}"


def page() -> str:
    """The list, then every score."""
    rows = [
        [code(score.code), score.name.zh, score.name.en, score.help.zh, score.help.en]
        for score in all_scores().values()
    ]
    return document(
        "# 得分 / Scores", INTRODUCTION.zh, INTRODUCTION.en,
        table(["代码 / Code", "名称", "Name", "说明", "What it tells"], rows),
        *(block for score in all_scores().values() for block in _section(score)),
    )  # fmt: skip
