"""The terminal's table: a line a file, the first findings, and what was checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from warmap.evaluation import finding_told
from warmap.findings import Finding
from warmap.scores import NOT_ASSESSED
from warmap.text import Lang, Text, percent, tenths
from warmap.worksheet.guidance import SIGN
from warmap_app.outputs import SUMMARY, Order, Totals
from warmap_app.outputs.beside import BesideTable
from warmap_app.outputs.columns import FILES_BY_CODE, Column, Unit, name_of
from warmap_app.outputs.destination import new_text
from warmap_app.outputs.wording import NOT_PASSED, PASSED, SEVERITIES, severity_said, worst_first
from warmap_app.result import Result, finding_result
from warmap_app.scoreboard import COLOUR
from warmap_app.screen import (
    BLANK,
    FILE_WIDTH,
    Head,
    Kind,
    Line,
    Part,
    Table,
    bold,
    columns_here,
    line,
    print_parts,
    shown_text,
)

MOST_FILES, MOST_FINDINGS = 200, 30
FINDING_HEADS = (
    Head(Text("代码", "Code")), Head(Text("位置", "Where")), Head(Text("问题", "Problem"), "prose", ""),
    Head(Text("怎么改", "How to fix it"), "prose", "→ "),
)  # fmt: skip
WIDE = 112  # characters, from which on all columns have room
NARROW_COLUMNS = tuple(
    FILES_BY_CODE[code] for code in ("file", "passed", "critical", "major", "minor", "health", "open_flags")
)
ALL_COLUMNS = (*NARROW_COLUMNS, *(FILES_BY_CODE[code] for code in ("plan_quality", "role_coverage", "trust", "win")))
DASH = "—"
FINDINGS = Text("检查发现（{count}）", "Findings of the check ({count})")
MORE_FILES = Text("… 还有 {more} 个文件", "… {more} more files")
MORE_ROWS = Text(
    "… 还有 {more} 行；完整清单：--format xlsx|html|csv -o OUT",
    "… {more} more rows; for all of them: --format xlsx|html|csv -o OUT",
)
MORE_FINDINGS = Text("… 还有 {more} 条", "… {more} more")
MORE = Text(
    "… 还有 {more} 条问题；完整清单：--format xlsx|html|csv -o OUT",
    "… {more} more findings; for all of them: --format xlsx|html|csv -o OUT",
)


class Kept:
    """The results to show: files that failed before those that passed, and of both those with the first findings."""

    def __init__(self, results: Iterable[Result]) -> None:
        failed: list[tuple[int, Result]] = []
        passed: list[tuple[int, Result]] = []
        found: dict[bool, list[Result]] = {False: [], True: []}  # by whether the file passed
        room = dict.fromkeys(found, MOST_FINDINGS)
        for place, result in enumerate(results):
            is_passed = bool(result["passed"])
            kept = passed if is_passed else failed
            if len(kept) < MOST_FILES:
                kept.append((place, result))
            if result["findings"] and room[is_passed] > 0:
                found[is_passed].append(result)
                room[is_passed] -= len(result["findings"])
        self.with_findings = [*found[False], *found[True]]
        chosen = sorted([*failed, *passed][:MOST_FILES], key=lambda one: one[0])  # in the order in which they came
        self.files = [result for _, result in chosen]


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """The table on the screen, or as plain text in a file."""
    kept = Kept(results)
    if order.out is None:
        print_parts(check_table(kept, totals, order.lang, columns_here()))
        return []
    with new_text(order.out, force=order.force, inputs=order.inputs) as file:
        file.write(shown_text(check_table(kept, totals, order.lang, FILE_WIDTH)))
    return []


def check_table(kept: Kept, totals: Totals, lang: Lang, width: int) -> list[Part]:
    """The files, their first findings, and the totals, for a screen `width` characters wide."""
    parts: list[Part] = list(_files(kept, totals, lang, ALL_COLUMNS if width >= WIDE else NARROW_COLUMNS))
    room = MOST_FINDINGS
    for result in kept.with_findings:
        if not room:
            break
        parts += [BLANK, bold(result["file"]), findings_table(result["findings"], lang, room)]
        room -= min(room, len(result["findings"]))
    if totals.findings > MOST_FINDINGS:
        parts.append(Line(MORE.say(lang, {"more": totals.findings - MOST_FINDINGS})))
    for table in totals.beside.tables(lang):
        parts += [BLANK, bold(table.title.to(lang)), *_beside(table, lang)]
    parts += [BLANK, bold(SUMMARY.say(lang, {"passed": totals.passed, "failed": totals.failed}))]
    return [*parts, *map(Line, totals.said(lang))]


def _beside(table: BesideTable, lang: Lang) -> Iterator[Part]:
    """The first entries that were not taken; of the roster first who is missing."""
    kinds: dict[str, Kind] = {"reason": "prose", "hint": "prose", "remark": "prose"}
    rows = Table([Head(column.head, kinds.get(column.code, "label")) for column in table.columns], lang)
    for row in table.rows[:MOST_FINDINGS]:
        rows.add_row(*(str(value) if (value := column.said(row, lang)) is not None else "" for column in table.columns))
    yield rows
    if len(table.rows) > MOST_FINDINGS:
        yield Line(MORE_ROWS.say(lang, {"more": len(table.rows) - MOST_FINDINGS}))


def _files(kept: Kept, totals: Totals, lang: Lang, columns: tuple[Column[Result], ...]) -> Iterator[Part]:
    rows = Table([_head(column) for column in columns], lang)
    for result in kept.files:
        rows.add_row(*(_cell(column, result, lang) for column in columns))
    yield rows
    if totals.files > len(kept.files):
        yield Line(MORE_FILES.say(lang, {"more": totals.files - len(kept.files)}))
    dash = [f"{DASH} {NOT_ASSESSED.to(lang)}"] if any(cell.text == DASH for row in rows.rows for cell in row) else []
    yield Line("   ".join([*(severity_said(code, lang) for code in SEVERITIES), *dash]), "dim")


def _head(column: Column[Result]) -> Head:
    if column.code in SEVERITIES:
        sign = SIGN[SEVERITIES[column.code]]
        return Head(Text(sign, sign), "figure")
    return Head(column.head, "label" if column.code in {"file", "passed"} else "figure")


def _cell(column: Column[Result], result: Result, lang: Lang) -> Line:
    if column.code == "file":
        return line(name_of(result["file"]))
    if column.code == "passed":
        return Line(PASSED.to(lang), "green") if result["passed"] else Line(NOT_PASSED.to(lang), "bold red")
    value = column.value(result)
    if isinstance(value, int | float):
        return Line(
            percent(value) if column.unit is Unit.SHARE else tenths(value) if column.unit is Unit.POINTS else str(value)
        )
    return Line(DASH, "dim")


def findings_table(told: Sequence[Mapping[str, Any]], lang: Lang, most: int = MOST_FINDINGS) -> Table:
    """The first findings of a result, heaviest first."""
    board = Table(FINDING_HEADS, lang)
    for finding in worst_first(told)[:most]:
        code = Line(
            f"{severity_said(finding['severity'], lang)} {finding['code']}", COLOUR[SEVERITIES[finding["severity"]]]
        )
        board.add_row(code, _place(finding), finding["message"], finding["hint"])
    return board


def _place(finding: Mapping[str, Any]) -> str:
    """Sheet and cell as formulas write them; of a document the field, which names its table itself."""
    sheet, cell = finding["sheet"], finding["cell"]
    if not (sheet and cell):
        return str(sheet or cell or "")
    return cell if cell.startswith((f"{sheet}.", f"{sheet}[")) else f"{sheet}!{cell}"


def print_findings(findings: Sequence[Finding], lang: Lang) -> None:
    """The findings on the terminal; nothing where there are none."""
    if findings:
        told = [finding_result(finding, finding_told(finding, lang), "", lang) for finding in findings]
        parts: list[Part] = [BLANK, bold(FINDINGS.say(lang, {"count": len(told)})), findings_table(told, lang)]
        if len(told) > MOST_FINDINGS:
            parts.append(Line(MORE_FINDINGS.say(lang, {"more": len(told) - MOST_FINDINGS})))
        print_parts(parts)
