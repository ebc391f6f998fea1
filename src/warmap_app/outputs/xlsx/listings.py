"""The sheets Files and Findings with all rows of both tables, and a sheet for each rep with what to fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from warmap.terms import key
from warmap.text import Text, tenths
from warmap_app.outputs.beside import BesideTable
from warmap_app.outputs.columns import FILES, FINDINGS, Column, Found, name_of, rep_of, severities
from warmap_app.outputs.wording import NO_REP, NOT_PASSED, PASSED, open_flags_told, way_to, where, worst_first
from warmap_app.outputs.xlsx.growing_sheet import BAND_LOOKS, SEVERITY_LOOKS, GrowingSheet, Looks, sheet_name
from warmap_app.result import Result
from warmap_app.safe_text import one_line
from warmap_workbook.ooxml import parse_ref
from warmap_workbook.writing import style

FILES_SHEET, FINDINGS_SHEET = Text("文件", "Files"), Text("问题", "Findings")
PAGES_ACROSS = 3  # there are far more columns than one page can show
MOST_REP_SHEETS = 200
FLAGS_SHOWN = 3
REP_COLUMNS: tuple[Column[Any], ...] = tuple(
    Column(code, head, lambda _: None, width=width)
    for code, head, width in (
        ("severity", Text("严重程度", "Severity"), 11),
        ("code", Text("代码", "Code"), 8),
        ("where", Text("位置 / 对象", "Where / about"), 30),
        ("message", Text("问题", "Problem"), 62),
        ("hint", Text("怎么办", "What to do"), 66),
    )
)
NOTHING = Text("没有要改的，也没有未应对的红旗。", "Nothing to fix, and no open red flag.")
FACTS = Text("{account} · {opportunity} · 健康度 {health} · 计划质量 {plan}",
             "{account} · {opportunity} · health {health} · plan quality {plan}")  # fmt: skip


def link_to(way: str | None, sheet: str = "", cell: str = "") -> str | None:
    """A link that opens a file, at a cell if sheet and cell are those of a workbook."""
    if way is None:
        return None
    try:
        parse_ref(cell or "A1")
    except ValueError:  # a path in YAML or JSON
        return f"external:{way}"
    quoted = sheet.replace("'", "''")
    return f"external:{way}#'{quoted}'!{cell or 'A1'}" if sheet else f"external:{way}"


class FilesSheet(GrowingSheet):
    """A row a file, with every score."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, FILES_SHEET.to(looks.lang), style.NAVY, freeze=2)
        self.sheet.fit_to_pages(PAGES_ACROSS, 0)
        self.sheet.repeat_columns(0)
        self.heads(FILES)

    def add(self, result: Result) -> None:
        """One file's row."""
        if self.is_full():
            return
        for place, column in enumerate(FILES):
            self._put(place, column, result)
        self.end_row()

    def _put(self, place: int, column: Column[Result], result: Result) -> None:
        value, said = column.value(result), column.said(result, self.lang)
        if column.code == "file":
            self.put(place, said, self.looks.linked(), link_to(way_to(result["file"], self.looks.folder)))
        elif column.code == "passed":
            words, colour = (PASSED, style.TEAL) if value else (NOT_PASSED, style.RED)
            self.put(place, words.to(self.lang), self.looks.cell(bold=True, font_color=colour))
        elif column.code == "band":
            self.put(place, said, self.looks.cell(column.unit, **BAND_LOOKS.get(str(value), {})))
        elif column.code in SEVERITY_LOOKS and value:
            self.put(place, said, self.looks.cell(column.unit, bold=True, **SEVERITY_LOOKS[column.code]))
        else:
            self.put_plain(place, column, said)


class FindingsSheet(GrowingSheet):
    """A row a finding."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(looks, FINDINGS_SHEET.to(looks.lang), style.ORANGE, freeze=1)
        self.heads(FINDINGS)

    def add(self, found: Found) -> None:
        """One finding's row; its cell, or else its sheet or file, opens the file there."""
        if self.is_full():
            return
        finding = found.finding
        way = way_to(found.result["file"], self.looks.folder)
        linked = "cell" if finding["cell"] else "sheet" if finding["sheet"] else "file"
        for place, column in enumerate(FINDINGS):
            said = column.said(found, self.lang)
            if column.code == "severity":
                self.put_severity(place, finding["severity"])
            elif column.code == linked:
                self.put(place, said, self.looks.linked(), link_to(way, finding["sheet"], finding["cell"]))
            else:
                self.put_plain(place, column, said)
        self.end_row()


class BesideSheet(GrowingSheet):
    """A table of what stands beside the results: a row an entry that was not taken, or a line of the roster."""

    def __init__(self, looks: Looks, table: BesideTable) -> None:
        super().__init__(looks, table.title.to(looks.lang), style.SAND, freeze=1)
        self.heads(table.columns)
        for row in table.rows:
            if not self.is_full():
                for place, column in enumerate(table.columns):
                    self.put_plain(place, column, column.said(row, self.lang))
                self.end_row()
        self.close()


@dataclass(slots=True)
class Rep:
    """One rep's files so far, and a sheet unless there are too many reps."""

    name: str
    sheet: RepSheet | None
    passed: int = 0
    failed: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    open_flags: int = 0
    health: list[float] = field(default_factory=list)


class Reps:
    """The reps in order of appearance, the first of them with a sheet each."""

    def __init__(self, looks: Looks, reserved: Iterable[str] = ()) -> None:
        self._looks = looks
        self._taken = {name.casefold() for name in (*(one.get_name() for one in looks.book.worksheets()), *reserved)}
        self._reps: dict[str, Rep] = {}

    def __iter__(self) -> Iterator[Rep]:
        return iter(self._reps.values())

    def add(self, result: Result) -> None:
        """One file, on its rep's sheet."""
        name = rep_of(result)
        rep = self._reps.get(key(name))
        if rep is None:
            rep = self._reps[key(name)] = self._new(one_line(name, 60) or NO_REP.to(self._looks.lang))
        rep.passed += bool(result["passed"])
        rep.failed += not result["passed"]
        rep.severities.update(severities(result))
        rep.open_flags += sum(not flag["mitigated"] for flag in result["red_flags"])
        if result["scores"]["health"] is not None:
            rep.health.append(result["scores"]["health"])
        if rep.sheet is not None:
            rep.sheet.add(result)

    def _new(self, name: str) -> Rep:
        has_room = len(self._reps) < MOST_REP_SHEETS
        return Rep(name, RepSheet(self._looks, sheet_name(name, self._taken)) if has_room else None)


class RepSheet(GrowingSheet):
    """A rep's files one below the other: verdict and figures, what to fix, the worst open red flags."""

    def __init__(self, looks: Looks, name: str) -> None:
        super().__init__(looks, name, style.TEAL)
        self.heads(REP_COLUMNS)

    def add(self, result: Result) -> None:
        """One file."""
        way = way_to(result["file"], self.looks.folder)
        self._file_line(result, way)
        findings = worst_first(result["findings"])
        for one in findings:
            self._line(one, where(one), one["hint"], link_to(way, one["sheet"], one["cell"]))
        flags = open_flags_told(result, self.lang)[:FLAGS_SHOWN]
        for one in flags:
            self._line(one, one["subject"], one["remedy"], None)
        if not findings and not flags and not self.is_full():
            self.put(0, NOTHING.to(self.lang), self.looks.quiet())
            self.end_row()
        self.end_row()

    def _file_line(self, result: Result, way: str | None) -> None:
        if self.is_full():
            return
        base = {"bold": True, "bg_color": style.NAVY_PALE, "top": 1, "top_color": style.NAVY}
        scores, deal = result["scores"], result["deal"]
        facts = {
            "account": one_line(deal.get("account") or "—", 60), "opportunity": one_line(deal.get("opportunity") or "—", 60),
            "health": _figure(scores["health"]), "plan": _figure(scores["plan_quality"]),
        }  # fmt: skip
        verdict, colour = (PASSED, style.TEAL) if result["passed"] else (NOT_PASSED, style.RED)
        linked = self.looks(**base, font_color=style.BLUE, underline=1)
        self.put(0, verdict.to(self.lang), self.looks(**base, font_color=colour))
        self.put(1, None, self.looks(**base))
        self.put(2, name_of(one_line(result["file"])), linked, link_to(way))
        self.put(3, FACTS.say(self.lang, facts), self.looks(**base))
        self.put(4, None, self.looks(**base))
        self.end_row()

    def _line(self, told: dict[str, Any], about: str, remedy: str, link: str | None) -> None:
        if self.is_full():
            return
        self.put_severity(0, told["severity"])
        self.put(1, told["code"], self.looks.cell())
        self.put(2, about, self.looks.linked() if link else self.looks.cell(), link)
        self.put(3, told["message"], self.looks.cell())
        self.put(4, remedy, self.looks.cell())
        self.end_row()


def _figure(value: float | None) -> str:
    return "—" if value is None else tenths(value)
