"""How one deal came to where it is: a line a day, from a workbook's snapshots or a store; as JSON and on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from rich.console import RenderableType
from rich.table import Table

from warmap.changes import Change, changes
from warmap.evaluation import scores
from warmap.history import map_of, undamaged
from warmap.model import WarMap
from warmap.reading import Reading, read_document
from warmap.scores import all_scores
from warmap.text import Lang, Text
from warmap_app.safe_text import shown
from warmap_app.scoreboard import bold, line, score_shown, table
from warmap_app.store.records import KeptMap, Moment

HEADS = (Text("日期", "Date"), Text("谁", "By"), Text("改动", "Changes"))
SHOWN = ("health", "band", "plan_quality", "role_coverage", "trust", "win", "stage_reached")
NOW = Text("现在", "now")
STEP = Text("{before} → {after}：改动 {count} 处", "{before} → {after}, changes: {count}")
MOST_SHOWN = 12
MORE = Text("  … 还有 {more} 处（--json 全部列出）", "  … {more} more (--json lists them all)")
DEAL_HEADS = (
    Text("客户", "Account"), Text("商机", "Opportunity"), Text("负责销售", "Rep"), Text("天数", "Days"), Text("最早", "First"),
    Text("最近", "Last"), Text("健康度", "Health"), Text("变化", "Change"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """The deal on a day (None: as it stands now): who, its scores, and what changed since the day before (None: nothing is)."""

    day: str | None
    author: str | None
    scores: dict[str, Any]
    changed: list[Change] | None

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        count = None if self.changed is None else len(self.changed)
        return {"taken_on": self.day, "author": self.author, "scores": self.scores, "changes": count}


class History:
    """The days of one deal, oldest first, with what changed between one map and the next."""

    def __init__(self) -> None:
        self.days: list[Day] = []
        self._before: WarMap | None = None

    def add(self, day: str | None, author: str | None, scores: dict[str, Any], war_map: WarMap) -> None:
        """The next day, later than those before."""
        changed = None if self._before is None else changes(self._before, war_map)
        self.days.append(Day(day, author, scores, changed))
        self._before = war_map

    def add_now(self, loaded: Reading) -> None:
        """The map as it stands."""
        self.add(None, None, scores(loaded.judgement), loaded.map)


def of_workbook(loaded: Reading) -> History:
    """Each snapshot of a workbook, and last the map as it stands."""
    history = History()
    for snapshot in undamaged(loaded.map.snapshots):
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else None
        history.add(day, snapshot.author, dict(snapshot.scores), map_of(snapshot))
    history.add_now(loaded)
    return history


def of_kept_maps(maps: Iterable[KeptMap]) -> tuple[History, set[tuple[date | None, str]]]:
    """The days of one deal in a store; and each day with the fingerprint of what was entered."""
    history, held = History(), set()
    for kept in maps:
        day = kept.as_of.isoformat() if kept.as_of else None
        figures = {code: kept.scores.get(code) for code in all_scores()}
        history.add(day, kept.owner, figures, read_document(kept.map).map)
        held.add((kept.as_of, kept.content))
    return history, held


def days_table(days: Sequence[Day], lang: Lang) -> Table:
    """A row a day: who, the main scores, how much changed."""
    rows = table((HEADS[0], HEADS[1], *(all_scores()[code].name for code in SHOWN), HEADS[2]), lang)
    for place, one in enumerate(days):
        day = one.day or (NOW.to(lang) if place == len(days) - 1 else "")
        cells = [score_shown(one.scores.get(code)) for code in SHOWN]
        count = None if one.changed is None else len(one.changed)
        rows.add_row(day, *map(shown, (one.author or "", *cells, score_shown(count))))
    return rows


def changed_lines(days: Sequence[Day], lang: Lang) -> Iterator[RenderableType]:
    """Under the days of each step, what changed, field by field; the first changes of many."""
    for before, after in pairwise(days):
        changed = after.changed or []
        if changed:
            facts = {"before": before.day or "", "after": after.day or NOW.to(lang), "count": len(changed)}
            yield bold(STEP.say(lang, facts))
            yield from (line(f"  {change.say(lang)}") for change in changed[:MOST_SHOWN])
            if len(changed) > MOST_SHOWN:
                yield line(MORE.say(lang, {"more": len(changed) - MOST_SHOWN}))


def deal_data(moments: Sequence[Moment]) -> dict[str, Any]:
    """A deal of several, as JSON."""
    last = moments[-1]
    return {
        "account": last.account, "opportunity": last.opportunity, "owner": last.owner, "team": last.team,
        "days": len(moments), "first": moments[0].as_of.isoformat(), "last": last.as_of.isoformat(),
        "health": last.health, "health_change": _change(moments), "band": last.band,
    }  # fmt: skip


def deals_table(deals: Mapping[str, Sequence[Moment]], lang: Lang) -> Table:
    """A row a deal: whose, how many days are kept, health and its change since the day before."""
    rows = table(DEAL_HEADS, lang)
    for moments in deals.values():
        last, change = moments[-1], _change(moments)
        names = (last.account or "", last.opportunity or "", last.owner or "")
        moved = "" if change is None else f"{change:+.1f}"
        days = (len(moments), moments[0].as_of, last.as_of)
        rows.add_row(*map(shown, (*names, *days)), score_shown(last.health), moved)
    return rows


def _change(moments: Sequence[Moment]) -> float | None:
    """Of health, since the day before; None where there is none, or health was not assessed."""
    if len(moments) < 2:
        return None
    before, now = moments[-2].health, moments[-1].health
    return None if before is None or now is None else now - before
