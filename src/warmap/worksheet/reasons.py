"""The words behind a result: what `WARMAP.WHY` says of a value, a list, or a score that is not assessed."""

from __future__ import annotations

from warmap.judgement import Judgement
from warmap.reasons import why
from warmap.text import Lang, Text
from warmap.worksheet.declaration import Function, Rows, Scalar

NOT_ASSESSED = Text("未评估：没有可依据的内容。", "Not assessed: there is nothing to stand on.")
SCORE = Text("{name} 算得 {value}。{why}", "{name} gives {value}. {why}")
FINE = Text("{name} 算得 {value}：{help}。", "{name} gives {value}: {help}.")
FINE_ROWS = Text("{name} 给出 {rows} 行：{help}。", "{name} gives {rows} rows: {help}.")


def words_for(function: Function, result: Scalar | Rows, lang: Lang, judgement: Judgement) -> str:
    """Why a call of `function` on a judged map shows this result."""
    reason = why(function.score, judgement, lang) if function.score else ""
    if result == "" or result is None:
        return reason or NOT_ASSESSED.to(lang)
    if reason and isinstance(result, str | float | int):
        value = f"{result:.6g}" if isinstance(result, float) else result
        return SCORE.to(lang).format(name=function.shown_name, value=value, why=reason)
    facts = {"name": function.shown_name, "help": function.help}
    if function.columns and not isinstance(result, str | float):
        return FINE_ROWS.say(lang, {**facts, "rows": sum(any(cell != "" for cell in row) for row in result)})
    return FINE.say(lang, {**facts, "value": result})
