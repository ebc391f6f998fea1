"""A sheet for each rep: his files one below the other, with what must be mended and the open red flags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warmap.terms import Severity, key
from warmap.text import Lang, Text
from warmap_app.outputs.columns import Column, name_of, rep_of, severities
from warmap_app.outputs.flags import worst_flags
from warmap_app.outputs.wording import NO_REP, NOT_PASSED, PASSED, one_line, severity_said, way_to, where
from warmap_app.outputs.xlsx.looks import Looks, set_page
from warmap_app.outputs.xlsx.names import sheet_name
from warmap_app.outputs.xlsx.sheet import GrowingSheet
from warmap_app.outputs.xlsx.tables import file_link, link_to
from warmap_app.result import Result
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MOST_SHEETS = 200
FLAGS_SHOWN = 3
COLUMNS: tuple[Column[Any], ...] = tuple(
    Column(code, head, lambda _: None, width=width)
    for code, head, width in (
        ("severity", Text("严重程度", "Severity"), 11),
        ("code", Text("代码", "Code"), 8),
        ("where", Text("位置 / 对象", "Where / about"), 30),
        ("message", Text("问题", "Problem"), 62),
        ("hint", Text("怎么办", "What to do"), 66),
    )
)
NOTHING = Text("没有要改的，也没有未应对的红旗。", "Nothing to mend, and no red flag unanswered.")
FACTS = Text("{account} · {opportunity} · 健康度 {health} · 计划质量 {plan}",
             "{account} · {opportunity} · health {health} · plan quality {plan}")  # fmt: skip
BY_SEVERITY = {severity.value: severity.place for severity in Severity}


@dataclass(slots=True)
class Rep:
    """One rep's files so far."""

    name: str
    sheet: GrowingSheet | None = None
    passed: int = 0
    failed: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    open_flags: int = 0
    health: list[float] = field(default_factory=list)


class RepSheets:
    """The reps in the order in which they come, each with a sheet as long as there is room for one."""

    def __init__(self, book: Workbook, looks: Looks, lang: Lang, folder: Path, taken: set[str]) -> None:
        self._book, self._looks, self._lang, self._folder, self._taken = book, looks, lang, folder, taken
        self.reps: dict[str, Rep] = {}

    def add(self, result: Result) -> None:
        """One file, on its rep's sheet."""
        name = rep_of(result)
        rep = self.reps.get(key(name))
        if rep is None:
            rep = self.reps[key(name)] = Rep(one_line(name, 60) or NO_REP.to(self._lang))
            rep.sheet = self._sheet(rep.name) if len(self.reps) <= MOST_SHEETS else None
        rep.passed += bool(result["passed"])
        rep.failed += not result["passed"]
        rep.severities.update(severities(result))
        rep.open_flags += sum(not flag["mitigated"] for flag in result["red_flags"])
        if result["scores"]["health"] is not None:
            rep.health.append(result["scores"]["health"])
        if rep.sheet is not None:
            self._block(rep.sheet, result)

    @property
    def without_sheet(self) -> int:
        """How many reps have no sheet of their own."""
        return sum(rep.sheet is None for rep in self.reps.values())

    def _sheet(self, name: str) -> GrowingSheet:
        sheet = self._book.add_worksheet(sheet_name(name, self._taken))
        sheet.set_tab_color(style.TEAL)
        set_page(sheet, 0, self._lang, top_rows=1)
        grown = GrowingSheet(sheet, self._looks)
        grown.heads(COLUMNS, self._lang)
        return grown

    def _block(self, sheet: GrowingSheet, result: Result) -> None:
        """A file: its verdict and figures, what must be mended, the worst red flags."""
        self._file_line(sheet, result)
        ranked = sorted(result["findings"], key=lambda finding: BY_SEVERITY[finding["severity"]])
        way = way_to(result["file"], self._folder)
        for finding in ranked:
            link = link_to(way, finding["sheet"], finding["cell"])
            self._line(sheet, finding, where(finding), (finding["message"], finding["hint"]), link)
        flags = list(islice(worst_flags(result, self._lang), FLAGS_SHOWN))
        for flag in flags:
            self._line(sheet, flag, flag["subject"], (flag["message"], flag["remedy"]), None)
        if not ranked and not flags and not sheet.is_full:
            sheet.put(0, NOTHING.to(self._lang), self._looks.quiet())
            sheet.end_row()
        sheet.end_row()

    def _file_line(self, sheet: GrowingSheet, result: Result) -> None:
        if sheet.is_full:
            return
        base = {"bold": True, "bg_color": style.NAVY_PALE, "top": 1, "top_color": style.NAVY}
        scores, deal = result["scores"], result["deal"]
        facts = {
            "account": one_line(deal.get("account") or "—", 60), "opportunity": one_line(deal.get("opportunity") or "—", 60),
            "health": _figure(scores["health"]), "plan": _figure(scores["plan_quality"]),
        }  # fmt: skip
        verdict, colour = (PASSED, style.TEAL) if result["passed"] else (NOT_PASSED, style.RED)
        sheet.put(0, verdict.to(self._lang), self._looks(**base, font_color=colour))
        sheet.put(1, None, self._looks(**base))
        linked = self._looks(**base, font_color=style.BLUE, underline=1)
        sheet.put(2, name_of(one_line(result["file"])), linked, file_link(result, self._folder))
        sheet.put(3, FACTS.say(self._lang, facts), self._looks(**base))
        sheet.put(4, None, self._looks(**base))
        sheet.end_row()

    def _line(self, sheet: GrowingSheet, told: Any, about: str, words: tuple[str, str], link: str | None) -> None:
        if sheet.is_full:
            return
        looks = self._looks
        sheet.put(0, severity_said(told["severity"], self._lang), looks.severity(told["severity"]))
        sheet.put(1, told["code"], looks.cell())
        sheet.put(2, about, looks.linked() if link else looks.cell(), link)
        sheet.put(3, words[0], looks.cell())
        sheet.put(4, words[1], looks.cell())
        sheet.end_row()


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"
