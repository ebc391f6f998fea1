"""The terminal's table: a line a file, the first findings, and what was checked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from warmap.evaluation import finding_told
from warmap.findings import Finding
from warmap.text import Lang, Text
from warmap.worksheet.guidance import SIGN
from warmap_app.outputs import SUMMARY, Order, Totals
from warmap_app.outputs.columns import FILES_BY_CODE, Column, Unit, name_of
from warmap_app.outputs.destination import new_text
from warmap_app.outputs.wording import NOT_PASSED, PASSED, SEVERITIES, severity_said, where, worst_first
from warmap_app.result import Result, finding_result
from warmap_app.scoreboard import COLOUR, bold, line, print_parts, shown_text, table, terminal

MOST_FILES, MOST_FINDINGS = 200, 30
FINDING_HEADS = (Text("位置", "Where"), Text("代码", "Code"), Text("问题", "Problem"), Text("怎么改", "How to fix it"))
WIDTH = 160  # of a table in a file
WIDE = 112  # characters, from which on all columns have room
NARROW_COLUMNS = tuple(
    FILES_BY_CODE[code] for code in ("file", "passed", "critical", "major", "minor", "health", "open_flags")
)
ALL_COLUMNS = (*NARROW_COLUMNS, *(FILES_BY_CODE[code] for code in ("plan_quality", "role_coverage", "trust", "win")))
MORE_FILES = Text("… 还有 {more} 个文件", "… {more} more files")
MORE_FINDINGS = Text("… 还有 {more} 条", "… {more} more")
MORE = Text(
    "… 还有 {more} 条问题；完整清单：--format xlsx|html|csv -o OUT",
    "… {more} more findings; for all of them: --format xlsx|html|csv -o OUT",
)


class Kept:
    """The results to show: files that failed before those that passed, and those with the first findings."""

    def __init__(self, results: Iterable[Result]) -> None:
        failed: list[tuple[int, Result]] = []
        passed: list[tuple[int, Result]] = []
        self.with_findings: list[Result] = []
        room = MOST_FINDINGS
        for place, result in enumerate(results):
            kept = passed if result["passed"] else failed
            if len(kept) < MOST_FILES:
                kept.append((place, result))
            if result["findings"] and room > 0:
                self.with_findings.append(result)
                room -= len(result["findings"])
        chosen = sorted([*failed, *passed][:MOST_FILES], key=lambda one: one[0])  # in the order in which they came
        self.files = [result for _, result in chosen]


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """The table on the screen, or as plain text in a file."""
    kept = Kept(results)
    if order.out is None:
        print_parts(check_table(kept, totals, order.lang, terminal().width))
        return []
    with new_text(order.out, force=order.force, inputs=order.inputs) as file:
        file.write(shown_text(check_table(kept, totals, order.lang, WIDTH)))
    return []


def check_table(kept: Kept, totals: Totals, lang: Lang, width: int) -> list[RenderableType]:
    """The files, their first findings, and the totals, for a screen `width` characters wide."""
    parts: list[RenderableType] = [_files(kept, totals, lang, ALL_COLUMNS if width >= WIDE else NARROW_COLUMNS)]
    room = MOST_FINDINGS
    for result in kept.with_findings:
        parts += [bold(result["file"]), findings_table(result["findings"], lang, room)]
        room -= min(room, len(result["findings"]))
    if totals.findings > MOST_FINDINGS:
        parts.append(Line(MORE.say(lang, {"more": totals.findings - MOST_FINDINGS})))
    parts.append(Line(SUMMARY.say(lang, {"passed": totals.passed, "failed": totals.failed}), style="bold"))
    return [*parts, *map(Line, totals.said(lang))]


def _files(kept: Kept, totals: Totals, lang: Lang, columns: tuple[Column[Result], ...]) -> Table:
    legend = "   ".join(severity_said(code, lang) for code in SEVERITIES)
    rows = Table(header_style="bold", caption=legend, caption_justify="left")
    for column in columns:
        head = SIGN[SEVERITIES[column.code]] if column.code in SEVERITIES else column.head.to(lang)
        is_text = column.code in {"file", "passed"}
        rows.add_column(head, overflow="fold", no_wrap=column.code == "passed", justify="left" if is_text else "right")
    for result in kept.files:
        rows.add_row(*(_cell(column, result, lang) for column in columns))
    if totals.files > len(kept.files):
        rows.add_row(MORE_FILES.say(lang, {"more": totals.files - len(kept.files)}))
    return rows


def _cell(column: Column[Result], result: Result, lang: Lang) -> Line:
    if column.code == "file":
        return line(name_of(result["file"]))
    if column.code == "passed":
        return Line(PASSED.to(lang), style="green") if result["passed"] else Line(NOT_PASSED.to(lang), style="bold red")
    value = column.value(result)
    if isinstance(value, int | float):
        return Line({Unit.SHARE: f"{value:.0%}", Unit.POINTS: f"{value:.1f}"}.get(column.unit, str(value)))
    return Line("" if result["language"] is None else "—", style="dim")


def findings_table(told: Sequence[Mapping[str, Any]], lang: Lang, most: int = MOST_FINDINGS) -> Table:
    """The first findings of a result, heaviest first."""
    board = table(FINDING_HEADS, lang)
    for finding in worst_first(told)[:most]:
        severity = SEVERITIES[finding["severity"]]
        code = Line(f"{SIGN[severity]} {finding['code']}", style=COLOUR[severity])
        board.add_row(line(where(finding)), code, line(finding["message"]), line(finding["hint"]))
    return board


def print_findings(findings: Sequence[Finding], lang: Lang) -> None:
    """The findings on the terminal; nothing where there are none."""
    if findings:
        told = [finding_result(finding, finding_told(finding, lang), "", lang) for finding in findings]
        board = findings_table(told, lang)
        if len(told) > MOST_FINDINGS:
            board.add_row("", "", MORE_FINDINGS.say(lang, {"more": len(told) - MOST_FINDINGS}), "")
        terminal().print(board)
