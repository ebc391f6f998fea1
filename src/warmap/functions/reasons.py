"""The words behind a result: what `WARMAP.WHY` says of a value, a list, or a score that is not assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmap.functions.declaration import Function, Rows, Scalar
    from warmap.text import Lang

BLANK_SCORE: Mapping[str, Text] = {
    "TRUST_SCORE": Text(
        "未评估：在职的关键人还没有一个信任评分。", "Not assessed: no active contact has a trust rating yet."
    ),
    "WIN_SCORE": Text("未评估：还没有在职的关键人担任任何角色。", "Not assessed: no active contact holds a role yet."),
}
NOT_ASSESSED = Text("未评估：没有可依据的内容。", "Not assessed: there is nothing to stand on.")
FINE = Text("{name} 算得 {value}：{help}。", "{name} gives {value}: {help}.")
FINE_ROWS = Text("{name} 给出 {rows} 行：{help}。", "{name} gives {rows} rows: {help}.")


def words_for(function: Function, result: Scalar | Rows, lang: Lang) -> str:
    """Why a call of `function` shows this result."""
    if result == "" or result is None:
        return BLANK_SCORE.get(function.name, NOT_ASSESSED).to(lang)
    facts = {"name": function.shown_name, "help": function.help}
    if function.columns and not isinstance(result, str | float):
        return FINE_ROWS.say(lang, {**facts, "rows": sum(any(cell != "" for cell in row) for row in result)})
    return FINE.say(lang, {**facts, "value": result})
