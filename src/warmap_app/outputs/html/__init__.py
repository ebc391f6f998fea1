"""One web page that needs nothing but itself: filters and sorts in the browser, prints, and runs no foreign script."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warmap._version import VERSION
from warmap.terms import Severity
from warmap.text import Lang, Text, percent, tenths
from warmap_app.outputs import Order, Totals, wording
from warmap_app.outputs.beside import BesideTable
from warmap_app.outputs.columns import FILES, FILES_BY_CODE, Cell, Column, Unit, name_of, rep_of
from warmap_app.outputs.destination import new_text
from warmap_app.result import Result
from warmap_app.safe_text import one_line, shown

HERE = Path(__file__).parent
MOST_FILES = 5_000  # a browser works with this many at ease
MOST_FINDINGS, MOST_FLAGS = 500, 5  # of one file
PIECE = 1 << 16  # characters of the rows that are copied at once
LANGUAGE_TAG = {"zh": "zh-CN", "en": "en"}
IN_SIGHT = (
    "file", "passed", "rep", "account", "amount", "critical", "major", "minor", "health", "open_flags",
    "plan_quality", "trust", "win",
)  # fmt: skip
COLUMNS: tuple[Column[Result], ...] = tuple(FILES_BY_CODE[code] for code in IN_SIGHT)
TEXT_COLUMNS = frozenset({"file", "passed", "rep", "account"})

WORDS: dict[str, Text] = {
    "title": wording.TITLE,
    "text": Text("查找", "Search"),
    "text_hint": Text("文件、客户、问题…（按 / 键）", "file, account, problem … (press /)"),
    "result": Text("结果", "Result"),
    "passed": wording.PASSED,
    "failed": wording.NOT_PASSED,
    "rep": Text("销售", "Rep"),
    "code": Text("代码", "Code"),
    "severity": Text("严重程度", "Severity"),
    "all": Text("全部", "all"),
    "reset": Text("清除筛选", "Clear filters"),
    "open_all": Text("全部展开 / 收起", "Open / close all"),
    "open": Text("展开或收起", "open or close"),
    "shown": Text("显示 {shown} / {all} 个文件", "{shown} of {all} files shown"),
    "none": Text("没有符合筛选的文件。", "No file matches these filters."),
    "findings": Text("要改的问题", "To fix"),
    "no_findings": Text("没有要改的问题。", "Nothing to fix."),
    "flags": Text("未应对的红旗", "Open red flags"),
    "facts": Text("全部得分", "All scores"),
}
FINDING_HEADS = (
    Text("严重程度", "Severity"), Text("代码", "Code"), Text("位置", "Where"), Text("问题", "Problem"),
    Text("怎么改", "How to fix it"),
)  # fmt: skip
FLAG_HEADS = (
    Text("严重程度", "Severity"), Text("代码", "Code"), Text("对象", "Subject"), Text("问题", "Problem"),
    Text("怎么办", "Remedy"),
)  # fmt: skip
MOST_BESIDE = 2_000  # rows of what stands beside the results
MORE_BESIDE = Text("… 还有 {more} 行", "… {more} more rows")
NOT_LISTED = Text(
    "网页只列出前 {most} 个文件，另有 {more} 个未列出；完整内容请用 --format xlsx、csv 或 parquet。",
    "The page lists the first {most} files; {more} more are left out. Use --format xlsx, csv or parquet for all.",
)


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """Rows wait in a temporary file as the results come; the page is put together when the totals are known."""
    lang, environment = order.lang, templates(HERE)
    reps: Counter[str] = Counter()
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as rows,
        new_text(order.place, force=order.force, inputs=order.inputs) as page,
    ):
        template = environment.get_template("file.html.j2")
        for result in results:
            if totals.files <= MOST_FILES:
                reps[_rep(result, lang)] += 1
                rows.write(template.render(_file(result, lang, order.place.parent)))
        left_out = max(totals.files - MOST_FILES, 0)
        remarks = [NOT_LISTED.filled(most=MOST_FILES, more=left_out)] if left_out else []
        rows.seek(0)
        # What is read was rendered by our own template, which escapes.
        pieces = (Markup(text) for text in iter(partial(rows.read, PIECE), ""))  # noqa: S704
        facts = _page(lang, totals, remarks)
        page.writelines(environment.get_template("page.html.j2").generate(files=pieces, reps=sorted(reps), **facts))
    return remarks


def templates(folder: Path) -> Environment:
    """The templates of a folder; they escape whatever they are filled with."""
    loader = FileSystemLoader(folder)
    return Environment(autoescape=True, loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _page(lang: Lang, totals: Totals, remarks: list[Text]) -> dict[str, Any]:
    style, script = ((HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    counts = zip(
        wording.FILE_COUNTS, (totals.files, totals.passed, totals.failed), ("", "passed", "failed"), strict=True
    )
    return {
        "lang_tag": LANGUAGE_TAG[lang],
        "words": {name: text.to(lang) for name, text in WORDS.items()},
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "made_by": wording.MADE_BY.say(lang, {"version": VERSION}),
        "cards": [
            *((head.to(lang), count, look) for head, count, look in counts),
            *((wording.severity_said(s.value, lang), totals.severities[s], s.value) for s in Severity),
        ],
        "lines": [*totals.said(lang), *(remark.to(lang) for remark in remarks)],
        "codes": [(code, f"{code} {wording.problem(code, lang)}"[:60]) for code in sorted(totals.codes)],
        "severities": [(s.value, wording.severity_said(s.value, lang)) for s in Severity],
        "beside": [_beside(table, lang) for table in totals.beside.tables(lang)],
        "columns": [{"head": c.head.to(lang), "is_number": c.code not in TEXT_COLUMNS} for c in COLUMNS],
    }


def _beside(table: BesideTable, lang: Lang) -> dict[str, Any]:
    """A table of what stands beside the results; a day stays on one line."""
    more = len(table.rows) - MOST_BESIDE
    looks = ["where" if column.unit is Unit.DATE else "" for column in table.columns]
    return {
        "title": table.title.to(lang),
        "count": len(table.rows),
        "heads": [column.head.to(lang) for column in table.columns],
        "rows": [
            [
                (_said(column.said(row, lang), column.unit), look)
                for column, look in zip(table.columns, looks, strict=True)
            ]
            for row in table.rows[:MOST_BESIDE]
        ],
        "more": MORE_BESIDE.say(lang, {"more": more}) if more > 0 else "",
    }


def _hash(text: str) -> str:
    """The hash by which the page's policy allows its only style and script; a browser runs no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _file(result: Result, lang: Lang, folder: Path) -> dict[str, Any]:
    """What the template of one file is filled with; everything in it is text that the template escapes."""
    findings = wording.worst_first(result["findings"])[:MOST_FINDINGS]
    flags = wording.open_flags_told(result, lang)[:MOST_FLAGS]
    return {
        "passed": result["passed"],
        "rep": _rep(result, lang),
        "words": {name: text.to(lang) for name, text in WORDS.items()},
        "cells": [_cell(column, result, lang, folder) for column in COLUMNS],
        "finding_heads": [head.to(lang) for head in FINDING_HEADS],
        "flag_heads": [head.to(lang) for head in FLAG_HEADS],
        "findings": [
            _told({**one, "where": wording.where(one)}, ("where", "message", "hint"), lang) for one in findings
        ],
        "flags": [_told(one, ("subject", "message", "remedy"), lang) for one in flags],
        "facts": _facts(result, lang),
    }


def _rep(result: Result, lang: Lang) -> str:
    return one_line(rep_of(result), 60) or wording.NO_REP.to(lang)


def _told(one: dict[str, Any], texts: tuple[str, ...], lang: Lang) -> dict[str, str]:
    code = one["severity"]
    row = {"severity": code, "severity_said": wording.severity_said(code, lang), "code": one["code"]}
    return {**row, **{name: shown(one[name]) for name in texts}}


def _facts(result: Result, lang: Lang) -> list[tuple[str, str]]:
    """The columns that the row does not show; nothing for a file that could not be read."""
    if result["scores"]["health"] is None:
        return []
    hidden = (column for column in FILES if column.code not in IN_SIGHT)
    return [(column.head.to(lang), _said(column.said(result, lang), column.unit) or "—") for column in hidden]


def _cell(column: Column[Result], result: Result, lang: Lang, folder: Path) -> dict[str, Any]:
    value = column.value(result)
    said = _said(column.said(result, lang), column.unit)
    look = column.code if column.unit is Unit.TEXT else "number"
    cell = {"said": said, "sort": "" if value is None else one_line(value), "look": look, "link": None, "meter": None}
    if column.code == "file":
        cell.update(said=name_of(said), link=wording.way_to(result["file"], folder))
    elif column.code == "passed":
        verdict, look = (wording.PASSED, "passed") if value else (wording.NOT_PASSED, "failed")
        cell.update(look=f"verdict {look}", said=verdict.to(lang), sort=str(int(not value)))
    elif column.code == "rep":
        cell["said"] = _rep(result, lang)
    elif column.code == "amount" and said:
        cell["said"] = f"{said} {one_line(result['deal'].get('currency') or '', 8)}"
    elif column.code == "health" and value is not None:
        cell.update(meter=f"{value:.1f}", look=f"number {result['scores']['band'] or ''}")
    elif column.code in wording.SEVERITIES:
        cell["said"] = said if value else "·"
    return cell


def _said(value: Cell, unit: Unit) -> str:
    """A value as people read it, '' for nothing."""
    if value is None:
        return ""
    if unit is Unit.SHARE and isinstance(value, int | float):
        return percent(value)
    if unit is Unit.POINTS and isinstance(value, int | float):
        return tenths(value)
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return one_line(value)
