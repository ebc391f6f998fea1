"""The terminal's table: a line a file, the first findings, and what was checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from warmap.text import Lang, Text
from warmap.worksheet.guidance import SIGN
from warmap_app.outputs import Order
from warmap_app.outputs.columns import FILES_BY_CODE, Column, Unit, name_of
from warmap_app.outputs.destination import new_text
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.wording import (
    NOT_PASSED,
    PASSED,
    SEVERITIES,
    SUMMARY,
    checked_lines,
    severity_said,
    shown,
    where,
)
from warmap_app.result import Result
from warmap_app.scoreboard import COLOUR, FINDING_HEADS, shown_text, terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_FILES, MOST_FINDINGS = 200, 30
WIDTH = 160  # of a table in a file
WIDE = 112  # characters, from which on all columns have room
NARROW_COLUMNS = tuple(
    FILES_BY_CODE[code] for code in ("file", "passed", "critical", "major", "minor", "health", "open_flags")
)
ALL_COLUMNS = (*NARROW_COLUMNS, *(FILES_BY_CODE[code] for code in ("plan_quality", "role_coverage", "trust", "win")))
MORE_FILES = Text("… 还有 {more} 个文件", "… {more} more files")
MORE = Text(
    "… 还有 {more} 条问题；完整清单：--format xlsx|html|csv -o OUT",
    "… {more} more findings; for all of them: --format xlsx|html|csv -o OUT",
)


class Kept:
    """What is shown of the results: those that did not pass before those that did, and the first findings."""

    def __init__(self) -> None:
        self.failed: list[tuple[int, Result]] = []
        self.passed: list[tuple[int, Result]] = []
        self.findings: list[Result] = []
        self._room = MOST_FINDINGS

    def add(self, place: int, result: Result) -> None:
        """Keep a result as far as it will be shown."""
        kept = self.passed if result["passed"] else self.failed
        if len(kept) < MOST_FILES:
            kept.append((place, result))
        if result["findings"] and self._room > 0:
            self.findings.append(result)
            self._room -= len(result["findings"])

    @property
    def files(self) -> list[Result]:
        """The files to show, in the order in which they came."""
        chosen = [*self.failed, *self.passed][:MOST_FILES]
        return [result for _, result in sorted(chosen, key=lambda one: one[0])]


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """The table on the screen, or as plain text in a file."""
    kept = Kept()
    for place, result in enumerate(results):
        kept.add(place, result)
    if order.out is None:
        console = terminal()
        for part in check_table(kept, totals, order.lang, console.width):
            console.print(part)
        return []
    with new_text(order.out, force=order.force) as file:
        file.write(shown_text(check_table(kept, totals, order.lang, WIDTH)))
    return []


def check_table(kept: Kept, totals: Totals, lang: Lang, width: int) -> list[RenderableType]:
    """The files, their first findings, and the sums, for a screen of so many characters."""
    legend = "   ".join(severity_said(code, lang) for code in SEVERITIES)
    table = Table(header_style="bold", caption=legend, caption_justify="left")
    columns = ALL_COLUMNS if width >= WIDE else NARROW_COLUMNS
    for column in columns:
        head = SIGN[SEVERITIES[column.code]] if column.code in SEVERITIES else column.head.to(lang)
        is_text = column.code in {"file", "passed"}
        table.add_column(head, overflow="fold", no_wrap=column.code == "passed", justify="left" if is_text else "right")
    for result in kept.files:
        table.add_row(*(_cell(column, result, lang) for column in columns))
    if totals.files > len(kept.files):
        table.add_row(MORE_FILES.say(lang, {"more": totals.files - len(kept.files)}))
    parts: list[RenderableType] = [table]
    room = MOST_FINDINGS
    for result in kept.findings:
        parts += [Line(shown(result["file"]), style="bold"), _findings(result, room, lang)]
        room -= min(room, len(result["findings"]))
    if totals.findings > MOST_FINDINGS:
        parts.append(Line(MORE.say(lang, {"more": totals.findings - MOST_FINDINGS})))
    parts.append(Line(SUMMARY.say(lang, {"passed": totals.passed, "failed": totals.failed}), style="bold"))
    return [*parts, *(Line(line) for line in checked_lines(totals, lang))]


def _cell(column: Column[Result], result: Result, lang: Lang) -> Line:
    if column.code == "file":
        return Line(shown(name_of(result["file"])))
    if column.code == "passed":
        return Line(PASSED.to(lang), style="green") if result["passed"] else Line(NOT_PASSED.to(lang), style="bold red")
    value = column.value(result)
    if isinstance(value, int | float):
        said = {Unit.SHARE: f"{value:.0%}", Unit.POINTS: f"{value:.1f}"}.get(column.unit, str(value))
        return Line(said)
    return Line("" if result["language"] is None else "—", style="dim")


def _findings(result: Result, room: int, lang: Lang) -> Table:
    """The findings of one file, heaviest first, as far as there is room."""
    table = Table(header_style="bold")
    for head in FINDING_HEADS:
        table.add_column(head.to(lang), overflow="fold")
    ranked: Sequence[dict[str, str]] = sorted(result["findings"], key=lambda one: SEVERITIES[one["severity"]].place)
    for finding in ranked[:room]:
        severity = SEVERITIES[finding["severity"]]
        code = Line(f"{SIGN[severity]} {finding['code']}", style=COLOUR[severity])
        table.add_row(Line(shown(where(finding))), code, Line(shown(finding["message"])), Line(shown(finding["hint"])))
    return table
