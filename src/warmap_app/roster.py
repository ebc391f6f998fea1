"""The roster of a batch: who was to hand in what, by which day; and who has not, and what came that is not on it.

A roster is a table with a row of heads: account, opportunity, rep, due, in any order, in CSV, .xlsx, YAML or JSON. Names
are compared as everywhere (`warmap.names`); of an account the probably same one is taken where no other fits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from warmap.names import account_core, key
from warmap.parsing import Context
from warmap.terms import Term
from warmap.text import SEMICOLON, Text, joined
from warmap_app.apart import answer_of
from warmap_app.listing import Listing, day_of, rows_in, words_of
from warmap_app.result import COUNTED_INSTEAD, Result

ROSTER_HELP = Text(
    "应交名单（CSV、.xlsx、YAML、JSON；列：客户、商机、销售、截止日）：谁还没有交",
    "who is to hand in (CSV, .xlsx, YAML, JSON; columns: account, opportunity, rep, due): tells who has not",
)
NO_DAY = Text(
    "名单 {path} 第 {line} 行的截止日“{value}”不是日期",
    "the roster {path}, line {line}: “{value}” under due is no date",
)
ROSTER = Listing(
    {
        "account": ("account", "客户", "客户名称", "customer"),
        "opportunity": ("opportunity", "商机", "商机名称", "deal", "项目"),
        "rep": ("rep", "owner", "销售", "负责销售", "sales rep", "负责人"),
        "due": ("due", "截止日", "截止日期", "应交日期", "due date", "deadline"),
    },
    needed=(frozenset({"account", "rep"}),),
    what=Text("名单 {path}", "the roster {path}"),
    no_heads=Text(
        "{what} 的第一行应是表头：客户、商机、销售、截止日（至少要有客户或销售）",
        "the first row of {what} should be heads: account, opportunity, rep, due (account or rep at least)",
    ),
)
SPELT = Text("地图里写作“{name}”", "the map calls it “{name}”")
OTHER_REP = Text("地图里的负责销售是 {name}", "the map's rep is {name}")
SEVERAL = Text("交了 {count} 个文件", "files handed in: {count}")
DAYS_LATE = Text("已过期 {days} 天", "{days} days overdue")


class HandIn(Term):
    """What became of a line of the roster, or of a file that is not on it; the first to be seen to come first."""

    OVERDUE = "overdue", "逾期未交", "Overdue"
    MISSING = "missing", "未交", "Not handed in"
    NOT_PASSED = "not_passed", "已交，未通过", "Handed in, not passed"
    HANDED_IN = "handed_in", "已交", "Handed in"
    NOT_ON_ROSTER = "not_on_roster", "名单上没有", "Not on the roster"
    UNKNOWN = "unknown", "看不出是谁的", "Whose cannot be told"


Names: TypeAlias = tuple[str, ...]
"""What is compared of a line: in which way, then names."""


@dataclass(slots=True)
class Expected:
    """A line of the roster, and the files that came for it, the one that counts first."""

    account: str = ""
    opportunity: str = ""
    rep: str = ""
    due: date | None = None
    came: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A line as it is told; `remark` is what the reader should look at."""

    status: HandIn
    account: str
    opportunity: str
    rep: str
    due: date | None
    file: str
    remark: Text


class Attendance:
    """Who has handed in, of a roster and the results so far."""

    def __init__(self, roster: Iterable[Expected], today: date) -> None:
        self._today = today
        self.expected = [Expected(one.account, one.opportunity, one.rep, one.due) for one in roster]
        self.others: list[RosterLine] = []
        self._index: dict[Names, list[Expected]] = {}
        for one in self.expected:
            for names in _described_by(one):
                self._index.setdefault(names, []).append(one)

    def add(self, result: Result) -> None:
        """A file that was handed in."""
        deal = result["deal"]
        account, opportunity, rep = (str(deal.get(name) or "") for name in ("account", "opportunity", "owner"))
        names = next((names for names in _nearest_first(account, opportunity, rep) if names in self._index), None)
        if names is not None:
            for one in self._index[names]:
                one.came.append(_brief(result))
                one.came.sort(key=lambda came: COUNTED_INSTEAD in came)  # the file that counts first
            return
        status = HandIn.NOT_ON_ROSTER if account or rep else HandIn.UNKNOWN
        self.others.append(RosterLine(status, account, opportunity, rep, None, result["file"], Text("", "")))

    def seen(self, results: Iterable[Result]) -> Iterator[Result]:
        """The same results, each taken note of."""
        for result in results:
            self.add(result)
            yield result

    def lines(self) -> list[RosterLine]:
        """Every line of the roster, who is missing first, and then what came beside it."""
        told = [self._line(one) for one in self.expected]
        return [
            *sorted(told, key=lambda line: line.status.place),
            *sorted(self.others, key=lambda line: line.status.place),
        ]

    def _line(self, one: Expected) -> RosterLine:
        if not one.came:
            late = (self._today - one.due).days if one.due else 0
            remark = DAYS_LATE.filled(days=late) if late > 0 else Text("", "")
            status = HandIn.OVERDUE if late > 0 else HandIn.MISSING
            return RosterLine(status, one.account, one.opportunity, one.rep, one.due, "", remark)
        first, deal = one.came[0], one.came[0]["deal"]
        remarks = [SEVERAL.filled(count=len(one.came))] if len(one.came) > 1 else []
        if one.account and key(one.account) != key(deal["account"]):
            remarks.append(SPELT.filled(name=deal["account"]))
        if one.rep and deal["owner"] and key(one.rep) != key(deal["owner"]):
            remarks.append(OTHER_REP.filled(name=deal["owner"]))
        status = HandIn.HANDED_IN if first["passed"] else HandIn.NOT_PASSED
        names = (one.account or deal["account"], one.opportunity or deal["opportunity"], one.rep or deal["owner"])
        return RosterLine(status, *names, one.due, first["file"], joined(remarks, SEMICOLON))


def _brief(result: Result) -> Result:
    """What is remembered of a file: a batch may have many."""
    deal = {name: str(result["deal"].get(name) or "") for name in ("account", "opportunity", "owner")}
    kept: Result = {"file": result["file"], "passed": result["passed"], "deal": deal}
    return {**kept, COUNTED_INSTEAD: result[COUNTED_INSTEAD]} if COUNTED_INSTEAD in result else kept


def _described_by(one: Expected) -> list[Names]:
    """What a file is known by as the one a line waits for; a line without an account waits for any of its rep's."""
    if not one.account:
        return [("rep", key(one.rep))]
    opportunity, core = key(one.opportunity), account_core(one.account)
    return [("account", key(one.account), opportunity), *([("probably", core, opportunity)] if core else [])]


def _nearest_first(account: str, opportunity: str, rep: str) -> Iterator[Names]:
    """What a file may be known by: both names, the account alone, then the probably same account, then the rep."""
    for way, name in (("account", key(account)), ("probably", account_core(account))):
        if name:
            yield way, name, key(opportunity)
            yield way, name, ""
    if rep:
        yield "rep", key(rep)


# -- reading a roster --------------------------------------------------------------------------------------------------


def read_roster(path: Path) -> list[Expected]:
    """The lines of a roster: CSV, .xlsx, YAML or JSON, by the end of its name. UserError."""
    told = answer_of(partial(_told, path), path)  # others keep rosters too: one is read as any other file is
    return [
        Expected(account, opportunity, rep, date.fromisoformat(due) if due else None)
        for account, opportunity, rep, due in told
    ]


def _told(path: Path) -> list[list[str]]:
    """The lines as data: account, opportunity, rep, and the day or nothing. UserError."""
    rows, context = rows_in(path, ROSTER)
    return list(_lines(rows, path, context))


def _lines(rows: Iterable[tuple[int, dict[str, Any]]], path: Path, context: Context) -> Iterator[list[str]]:
    for number, row in rows:
        account, opportunity, rep = (words_of(row.get(name)) for name in ("account", "opportunity", "rep"))
        if not account and not rep:
            continue
        due = day_of(row.get("due"), context, NO_DAY, path=path, line=number)
        yield [account, opportunity, rep, due.isoformat() if due else ""]
