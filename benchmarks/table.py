"""The figures as a Markdown table, and its place in docs/performance.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from machine import machine, versions

from warmap.text import Lang, Text

if TYPE_CHECKING:

    from figures import Figure

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin {lang} -->", "<!-- figures: end {lang} -->"
SIGN = {True: "✓", False: "✗", None: "–"}
HEADS = Text(
    "| 项目 | 中位数 | 对照 | 中位数 | 倍数 | 目标 | 轮数 |",
    "| what | median | floor | median | ratio | target | rounds |",
)
CORES = Text("{cores} 核", "{cores} cores")
HEAVY = Text("{sign} 导入时带进来的重型库：{found}", "{sign} heavy libraries that the import brings in: {found}")
NONE = Text("没有", "none")


def line(figure: Figure, lang: Lang) -> str:
    """One row: a ratio is the median over the rounds of that round's own ratio."""
    sign = "≥" if figure.is_least else "<" if figure.strict else "≤"
    target = "–" if figure.target is None else f"{sign} {figure.target:g} {SIGN[figure.well]}"
    taken, floor = (f"{1000 * seconds:.1f} ms" for seconds in (figure.seconds, figure.floor_seconds))
    cells = (
        figure.name.to(lang),
        taken,
        figure.floor.to(lang),
        floor,
        f"{figure.ratio:.2f}",
        target,
        str(figure.rounds),
    )
    return "| " + " | ".join(cells) + " |"


def table(figures: list[Figure], heavy: list[str] | None, lang: Lang) -> str:
    """Where it was measured, then every figure."""
    where = machine()
    stated = [f"{where['processor']}, {CORES.say(lang, where)}, {where['system']}"]
    stated += [f"{name} {number}" for name, number in versions().items()]
    lines = [
        ", ".join(stated),
        "",
        HEADS.to(lang),
        "|---|--:|---|--:|--:|---|--:|",
        *(line(one, lang) for one in figures),
    ]
    if heavy is not None:
        lines += ["", HEAVY.say(lang, {"sign": SIGN[not heavy], "found": ", ".join(heavy) or NONE})]
    return "\n".join(lines)


def renewed(page: str, content: str, lang: Lang) -> str:
    """A page with new content between the two marks of a language."""
    begin, end = BEGIN.format(lang=lang), END.format(lang=lang)
    before, rest = page.split(begin)
    return f"{before}{begin}\n{content}\n{end}{rest.split(end)[1]}"
