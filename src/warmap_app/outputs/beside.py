"""What a batch says beside its results: entries that were not taken, and who of a roster has not handed in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from warmap.text import Lang, Text
from warmap_app.opening import NotTaken
from warmap_app.outputs.columns import Cell, Column, Unit
from warmap_app.result import Result
from warmap_app.roster import Attendance, Expected, HandIn
from warmap_app.safe_text import one_line

LEFT = Text(
    "没有取用 {count} 个文件或文件夹，逐个列出原因。",
    "Files and folders that were not taken, each listed with the reason: {count}.",
)
ON_ROSTER = Text(
    "名单上 {expected} 份：已交 {came}，未交 {missing}（其中逾期 {overdue}）；名单以外交来 {others} 个文件。",
    "On the roster: {expected}. Handed in: {came}. Not handed in: {missing} (overdue: {overdue}). "
    "Files that are not on it: {others}.",
)
LONGEST = 300  # characters of a value in a line of text
Row: TypeAlias = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the files of a run: entries that are not taken, the roster if there is one, and the day."""

    not_taken: Sequence[NotTaken] = ()
    roster: Sequence[Expected] | None = None
    today: date = date.max


@dataclass(frozen=True, slots=True)
class BesideTable:
    """One table of what stands beside the results, in the reader's language; `code` names its file or part."""

    code: str
    title: Text
    columns: tuple[Column[Any], ...]
    rows: Sequence[Row]


def _column(
    code: str, head: Text, width: int, unit: Unit = Unit.TEXT, words: type[HandIn] | None = None
) -> Column[Any]:
    return Column(code, head, lambda row: row[code], unit, width, words)


NOT_TAKEN = (
    _column("file", Text("文件", "File"), 44),
    _column("reason", Text("原因", "Reason"), 50),
    _column("hint", Text("怎么办", "What to do"), 56),
)
ROSTER = (
    _column("status", Text("交了没有", "Status"), 22, words=HandIn),
    _column("account", Text("客户", "Account"), 28),
    _column("opportunity", Text("商机", "Opportunity"), 30),
    _column("rep", Text("销售", "Rep"), 14),
    _column("due", Text("截止日", "Due"), 12, Unit.DATE),
    _column("came_as", Text("文件", "File"), 38),
    _column("remark", Text("说明", "Remark"), 36),
)
TITLES = {"not_taken": Text("没有取用", "Not taken"), "roster": Text("名单", "Roster")}


class Tally:
    """What stands beside the results that were seen so far."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self.attendance = None if beside.roster is None else Attendance(beside.roster, beside.today)

    def add(self, result: Result) -> None:
        """One file's result."""
        if self.attendance is not None:
            self.attendance.add(result)

    def tables(self, lang: Lang) -> list[BesideTable]:
        """The tables that have something to say; the roster always, where there is one."""
        found = []
        if self.attendance is not None:
            found.append(BesideTable("roster", TITLES["roster"], ROSTER, self._lines(self.attendance, lang)))
        if self._beside.not_taken:
            rows = [
                {"file": one.name, "reason": one.why[0].to(lang), "hint": one.why[1].to(lang)}
                for one in self._beside.not_taken
            ]
            found.append(BesideTable("not_taken", TITLES["not_taken"], NOT_TAKEN, rows))
        return found

    @staticmethod
    def _lines(attendance: Attendance, lang: Lang) -> list[Row]:
        return [
            {
                "status": line.status.value, "account": line.account or None, "opportunity": line.opportunity or None,
                "rep": line.rep or None, "due": line.due, "came_as": line.file or None, "remark": line.remark.to(lang) or None,
            }
            for line in attendance.lines()
        ]  # fmt: skip

    def counts(self) -> dict[str, int]:
        """How many lines the roster has, and what became of them; empty without a roster."""
        if self.attendance is None:
            return {}
        lines = self.attendance.lines()
        of = Counter(line.status for line in lines)
        return {
            "expected": len(self.attendance.expected),
            "came": of[HandIn.HANDED_IN] + of[HandIn.NOT_PASSED],
            "missing": of[HandIn.MISSING] + of[HandIn.OVERDUE],
            "overdue": of[HandIn.OVERDUE],
            "others": len(self.attendance.others),
        }

    def plain(self, lang: Lang) -> dict[str, Any]:
        """As JSON: the counts of the roster and its lines, and the entries that were not taken."""
        told: dict[str, Any] = {"not_taken": []}
        for table in self.tables(lang):
            rows = [
                {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
                for row in table.rows
            ]
            told[table.code] = {**self.counts(), "lines": rows} if table.code == "roster" else rows
        return told

    def said(self, lang: Lang) -> list[str]:
        """The counts in words."""
        lines = [ON_ROSTER.say(lang, self.counts())] if self.attendance is not None else []
        left = len(self._beside.not_taken)
        return [*lines, LEFT.say(lang, {"count": left})] if left else lines


NOTHING_BESIDE = Beside()


def as_text(tables: Sequence[BesideTable], lang: Lang) -> str:
    """The tables as a plain text for people: a title, and a line a row."""
    parts = []
    for table in tables:
        lines = [f"【{table.title.zh}】" if lang == "zh" else f"[{table.title.en}]"]
        for row in table.rows:
            said = (column.said(row, lang) for column in table.columns)
            lines.append("  " + " · ".join(one_line(value, LONGEST) for value in said if value is not None))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
