"""Months and quarters of a forecast, and the quota of each (specification, section 3, "Funnel").

A period is a code: `2026`, `2026-Q3` or `2026-07`. What has no period of its own is overdue, later than next year,
undated, or won before this year.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

By: TypeAlias = Literal["month", "quarter"]
EARLIER, OVERDUE, LATER, UNDATED = "earlier", "overdue", "later", "undated"
_WRITTEN = re.compile(r"(\d{4})年?(?:[-/. ]?(?:Q([1-4])|第?([1-4一二三四])季度?|(\d{1,2})月?))?", re.IGNORECASE)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def read_period(text: str) -> str | None:
    """The period that a text names, such as `2026`, `2026-Q3`, `2026q3`, `2026-07`, `2026年7月`; None if it names none."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year, quarter, chinese, month = found.groups()
    if quarter or chinese:
        return f"{year}-Q{quarter or _QUARTERS.get(chinese, chinese)}"
    if month:
        return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None
    return year


def parts_of(period: str) -> list[str]:
    """The quarters of a year, the months of a quarter, nothing of a month."""
    year, _, part = period.partition("-")
    if not part:
        return [f"{year}-Q{quarter}" for quarter in range(1, 5)]
    if part.startswith("Q"):
        last = 3 * int(part[1:])
        return [f"{year}-{month:02}" for month in range(last - 2, last + 1)]
    return []


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where deals fall, seen from `today`: this year and next by month or quarter, the rest apart."""

    today: date
    by: By

    def of_open(self, close_date: date | None) -> str:
        """The period of a deal in the pipeline: overdue once its close date is past."""
        if close_date is not None and close_date < self.today:
            return OVERDUE
        return self._period(close_date)

    def of_won(self, day: date | None) -> str:
        """The period in which a deal was won."""
        return EARLIER if day is not None and day.year < self.today.year else self._period(day)

    def _period(self, day: date | None) -> str:
        if day is None:
            return UNDATED
        if day.year > self.today.year + 1:
            return LATER
        return f"{day.year}-{day.month:02}" if self.by == "month" else f"{day.year}-Q{(day.month + 2) // 3}"

    @property
    def order(self) -> list[str]:
        """Every period there can be, in the order of a table; a year stands after its parts."""
        years = []
        for year in (str(self.today.year), str(self.today.year + 1)):
            quarters = parts_of(year)
            months = [month for quarter in quarters for month in parts_of(quarter)]
            years += [*(months if self.by == "month" else quarters), year]
        return [EARLIER, OVERDUE, *years, LATER, UNDATED]


def year_of(period: str) -> str | None:
    """The year that a month or quarter lies in; None of what is none."""
    year, dash, _ = period.partition("-")
    return year if dash else None


class QuotaLine(NamedTuple):
    """A quota, in minor units; team and rep may be empty: a quota of a whole team, or of all."""

    team: str
    rep: str
    period: str
    currency: str
    units: int


def quota_of(
    lines: Sequence[QuotaLine], currency: str, period: str, *, team: str | None = None, rep: str | None = None
) -> int | None:
    """The quota of all, of a team or of a rep in a period, in minor units; None where none is given.

    What is given for the whole counts, else the sum of its parts: a year is the sum of its quarters, a quarter of its
    months; a team is the sum of its reps, all are the sum of the teams and of the reps without one. Where one part that
    has a quota in that year lacks it in the period, there is no sum: it would pass for the whole.
    """
    mine = [line for line in lines if line.currency == currency and line.period[:4] == period[:4]]
    if rep is not None:
        return _summed(_in_time(group, period) for group in _groups(line for line in mine if line.rep == rep))
    if team is not None:
        return _of_team(mine, team, period)
    whole = _in_time([line for line in mine if not line.team and not line.rep], period)
    if whole is not None:
        return whole
    teams = dict.fromkeys(line.team for line in mine if line.team)
    without = _groups(line for line in mine if line.rep and not line.team)
    return _summed([*(_of_team(mine, one, period) for one in teams), *(_in_time(group, period) for group in without)])


def _of_team(lines: Sequence[QuotaLine], team: str, period: str) -> int | None:
    mine = [line for line in lines if line.team == team]
    whole = _in_time([line for line in mine if not line.rep], period)
    if whole is not None:
        return whole
    return _summed(_in_time(group, period) for group in _groups(line for line in mine if line.rep))


def _groups(lines: Iterable[QuotaLine]) -> list[list[QuotaLine]]:
    found: dict[tuple[str, str], list[QuotaLine]] = {}
    for line in lines:
        found.setdefault((line.team, line.rep), []).append(line)
    return list(found.values())


def _in_time(lines: Sequence[QuotaLine], period: str) -> int | None:
    given = next((line.units for line in lines if line.period == period), None)
    return _summed(_in_time(lines, part) for part in parts_of(period)) if given is None else given


def _summed(units: Iterable[int | None]) -> int | None:
    total = None
    for one in units:
        if one is None:
            return None
        total = (total or 0) + one
    return total
