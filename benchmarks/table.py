"""The figures as Markdown, and their place in docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from measure import Figure, Memory, machine, versions

from warmap.text import Lang, Text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin {lang} -->", "<!-- figures: end {lang} -->"
SIGN = {True: "✓", False: "✗", None: "–"}
HEADS = Text(
    "| 项目 | 中位数 | 对照 | 中位数 | 倍数 | 目标 | 轮数 |",
    "| what | median | floor | median | ratio | target | rounds |",
)
CORES = Text("{cores} 核", "{cores} cores")
HEAVY = Text("{sign} 导入时带进来的重型库：{found}", "{sign} heavy libraries that the import brings in: {found}")
NONE = Text("没有", "none")
MEMORY_HEADS = Text("| 文件数 | 主进程 | 一个读取进程 |", "| files | main process | a reader |")
MEMORY = Text("内存：整批检查中驻留内存的最高值。", "Memory: the most that was resident during a batch check.")


def line(figure: Figure, lang: Lang) -> str:
    """One row: a ratio is the median over the rounds of that round's own ratio."""
    sign = "≥" if figure.is_least else "≤"
    target = "–" if figure.target is None else f"{sign} {figure.target:g} {SIGN[figure.is_met]}"
    taken, floor = (f"{1000 * seconds:.1f} {figure.unit}" for seconds in (figure.seconds, figure.floor_seconds))
    ratio, rounds = f"{figure.ratio:.2f}", str(figure.rounds)
    return "| " + " | ".join((figure.name.to(lang), taken, figure.floor.to(lang), floor, ratio, target, rounds)) + " |"


def table(figures: Sequence[Figure], memory: Sequence[Memory], heavy: Sequence[str] | None, lang: Lang) -> str:
    """Where it was measured, every figure, and what was measured of memory."""
    where = machine()
    stated = [f"{where['processor']}, {CORES.filled(**where).to(lang)}, {where['system']}"]
    stated += [f"{name} {number}" for name, number in versions().items()]
    lines = [", ".join(stated), ""]
    if figures:
        lines += [HEADS.to(lang), "|---|--:|---|--:|--:|---|--:|", *(line(one, lang) for one in figures)]
    if memory:
        rows = (f"| {used.files:,} | {used.main:.0f} MiB | {used.worker:.0f} MiB |" for used in memory)
        lines += ["", MEMORY.to(lang), "", MEMORY_HEADS.to(lang), "|--:|--:|--:|", *rows]
    if heavy is not None:
        lines += ["", HEAVY.filled(sign=SIGN[not heavy], found=", ".join(heavy) or NONE).to(lang)]
    return "\n".join(lines)


def renewed(page: str, content: str, lang: Lang) -> str:
    """A page with new content between the two marks of a language."""
    begin, end = BEGIN.format(lang=lang), END.format(lang=lang)
    before, rest = page.split(begin)
    return f"{before}{begin}\n{content}\n{end}{rest.split(end)[1]}"
