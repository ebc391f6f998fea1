"""The two tables that every output is made of, a row a file and a row a finding. Each column is declared here, once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, Generic, TypeAlias, TypeVar

from warmap.scores import Kind, all_scores
from warmap.terms import ProcurementStage, Severity, Term
from warmap.text import NO, YES, Lang, Text
from warmap_app.result import COUNTED_INSTEAD, Result

Cell: TypeAlias = str | int | float | bool | Decimal | date | None
Row = TypeVar("Row")


class Unit(Enum):
    """What kind of value stands in a column; a share is 0…1, points are −5…100."""

    TEXT = "text"
    COUNT = "count"
    POINTS = "points"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding with the result of its file."""

    result: Result
    finding: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: stable code, head, value; `words` is the picklist of a coded value, `width` in characters."""

    code: str
    head: Text
    value: Callable[[Row], Cell]
    unit: Unit = Unit.TEXT
    width: int = 12
    words: type[Term] | None = None

    def said(self, row: Row, lang: Lang) -> Cell:
        """The value as people read it: a label instead of a code, yes or no instead of true or false."""
        value = self.value(row)
        if isinstance(value, bool):
            return (YES if value else NO).to(lang)
        if self.words is not None and isinstance(value, str):
            # A code that the picklist does not know stays as it is.
            return next((term.label.to(lang) for term in self.words if term.value == value), value)
        return value


def name_of(file: str) -> str:
    """The last part of a file's path or address."""
    return PurePosixPath(file.replace("\\", "/")).name or file


def rep_of(result: Result) -> str:
    """The rep who owns the deal, '' when nobody is named."""
    return str(result["deal"].get("owner") or "").strip()


def severities(result: Result) -> Counter[str]:
    """How many findings there are of each severity."""
    return Counter(finding["severity"] for finding in result["findings"])


def open_flags(result: Result) -> int | None:
    """The number of open red flags; None for a file that could not be read."""
    if result["scores"]["health"] is None:
        return None
    return sum(not flag["mitigated"] for flag in result["red_flags"])


def findings_of(result: Result) -> Iterator[Found]:
    """The findings of a file in their order."""
    return (Found(result, finding) for finding in result["findings"])


def day(text: object) -> date | None:
    """An ISO date; None for anything else."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def money(value: object) -> Decimal | None:
    """An amount as the exact decimal that was written, None where there is none."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _deal(field: str) -> Callable[[Result], Cell]:
    return lambda result: result["deal"].get(field)


def _score(code: str) -> Callable[[Result], Cell]:
    return lambda result: result["scores"].get(code)


def _money_score(code: str) -> Callable[[Result], Cell]:
    return lambda result: money(result["scores"].get(code))


def _tally(severity: Severity) -> Callable[[Result], Cell]:
    return lambda result: severities(result)[severity]


_UNITS: Mapping[Kind, Unit] = {
    Kind.POINTS: Unit.POINTS, Kind.SHARE: Unit.SHARE, Kind.COUNT: Unit.COUNT, Kind.MONEY: Unit.MONEY, Kind.WORD: Unit.TEXT,
}  # fmt: skip


def _scores() -> Iterator[Column[Result]]:
    for code, score in all_scores().items():
        is_money = score.kind is Kind.MONEY
        value, width = (_money_score(code), 14) if is_money else (_score(code), 11)
        yield Column(code, score.name, value, _UNITS[score.kind], width, score.terms)


FILES: tuple[Column[Result], ...] = (
    Column("file", Text("文件", "File"), lambda result: result["file"], width=44),
    Column("passed", Text("通过", "Passed"), lambda result: bool(result["passed"]), Unit.YES_NO, 13),
    Column("rep", Text("销售", "Rep"), lambda result: rep_of(result) or None, width=14),
    Column("team", Text("团队", "Team"), _deal("team"), width=16),
    Column("account", Text("客户", "Account"), _deal("account"), width=28),
    Column("opportunity", Text("商机", "Opportunity"), _deal("opportunity"), width=30),
    Column("amount", Text("金额", "Amount"), lambda result: money(result["deal"].get("amount")), Unit.MONEY, 16),
    Column("currency", Text("币种", "Currency"), _deal("currency"), width=9),
    Column("close_date", Text("预计签约日", "Close date"), lambda r: day(r["deal"].get("close_date")), Unit.DATE, 12),
    Column("declared_stage", Text("申报阶段", "Declared stage"), _deal("stage"), width=18, words=ProcurementStage),
    Column("as_of", Text("评估日", "Judged as of"), lambda result: day(result["as_of"]), Unit.DATE, 12),
    Column("counted_instead", Text("这个商机计入的文件", "Counted instead"), lambda result: result.get(COUNTED_INSTEAD), width=24),
    Column("critical", Text("严重", "Critical"), _tally(Severity.CRITICAL), Unit.COUNT, 9),
    Column("major", Text("重要", "Major"), _tally(Severity.MAJOR), Unit.COUNT, 9),
    Column("minor", Text("一般", "Minor"), _tally(Severity.MINOR), Unit.COUNT, 9),
    Column("open_flags", Text("未应对红旗", "Open red flags"), open_flags, Unit.COUNT, 10),
    *_scores(),
    Column("settings", Text("设置版本", "Settings"), lambda result: result.get("settings", {}).get("stamp", "default"), width=12),
    Column("language", Text("文件语言", "Language"), lambda result: result["language"], width=9),
    Column("template_version", Text("模板版本", "Template"), lambda result: result["template_version"], width=10),
)  # fmt: skip
FILES_BY_CODE: Mapping[str, Column[Result]] = {column.code: column for column in FILES}

FINDINGS: tuple[Column[Found], ...] = (
    Column("file", Text("文件", "File"), lambda found: found.result["file"], width=38),
    Column("rep", Text("销售", "Rep"), lambda found: rep_of(found.result) or None, width=14),
    Column("account", Text("客户", "Account"), lambda found: found.result["deal"].get("account"), width=24),
    Column("severity", Text("严重程度", "Severity"), lambda found: found.finding["severity"], width=11, words=Severity),
    Column("code", Text("代码", "Code"), lambda found: found.finding["code"], width=8),
    Column("sheet", Text("工作表", "Sheet"), lambda found: found.finding["sheet"] or None, width=14),
    Column("cell", Text("单元格", "Cell"), lambda found: found.finding["cell"] or None, width=13),
    Column("field", Text("字段", "Field"), lambda found: found.finding["field"] or None, width=16),
    Column("message", Text("问题", "Problem"), lambda found: found.finding["message"], width=56),
    Column("hint", Text("怎么改", "How to fix it"), lambda found: found.finding["hint"], width=56),
)  # fmt: skip
