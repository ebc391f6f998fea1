"""How one deal came to where it is: a line a day, from a workbook's snapshots or a store; as JSON and on the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from warmap.changes import Change, changes
from warmap.earlier import Earlier
from warmap.evaluation import scores
from warmap.history import fingerprint, undamaged
from warmap.model import WarMap
from warmap.reading import Reading, read_document
from warmap.scores import NOT_ASSESSED, all_scores
from warmap.scores import Kind as ScoreKind
from warmap.text import Lang, Text
from warmap_app.scoreboard import score_said
from warmap_app.screen import Head, Kind, Part, Table, bold, line
from warmap_app.store.records import KeptMap, Moment

DATE, BY, CHANGES = Text("日期", "Date"), Text("谁", "By"), Text("改动", "Changes")
SHOWN = ("health", "band", "plan_quality", "role_coverage", "trust", "win", "stage_reached")
DASH = "–"  # a whole column would grow wide with the words
NOW = Text("现在", "now")
STEP = Text("{before} → {after}：改动 {count} 处", "{before} → {after}, changes: {count}")
MOST_SHOWN = 12
MORE = Text("  … 还有 {more} 处（--json 全部列出）", "  … {more} more (--json lists them all)")
DEAL_HEADS = (
    Head(Text("客户", "Account")), Head(Text("商机", "Opportunity")), Head(Text("负责销售", "Rep")),
    Head(Text("天数", "Days"), "figure"), Head(Text("最早", "First"), "figure"), Head(Text("最近", "Last"), "figure"),
    Head(Text("健康度", "Health"), "figure"), Head(Text("变化", "Change"), "figure"),
)  # fmt: skip


Stand: TypeAlias = tuple[date | None, str | None, dict[str, Any], WarMap]
"""A map of the deal: its day (None: now), who, its scores, and the map itself."""


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


def _days(stands: Iterable[Stand]) -> list[Day]:
    days: list[Day] = []
    before: WarMap | None = None
    for day, author, figures, war_map in stands:
        changed = None if before is None else changes(before, war_map)
        days.append(Day(day.isoformat() if day else None, author, figures, changed))
        before = war_map
    return days


def of_workbook(loaded: Reading) -> list[Day]:
    """Each snapshot of a workbook, oldest first, and last the map as it stands."""
    taken = undamaged(loaded.map.snapshots)
    earlier = ((one, Earlier(one)) for one in taken)
    figures = ((one.taken_on, one.author, dict(was.scores(loaded.settings)), was.map) for one, was in earlier)
    return _days([*figures, _now(loaded)])


def of_kept_maps(maps: Iterable[KeptMap], loaded: Reading | None) -> list[Day]:
    """The days of one deal in a store, oldest first; last a file's map as it stands, where it was not kept like that."""
    return _days(_stands(maps, loaded))


def _stands(maps: Iterable[KeptMap], loaded: Reading | None) -> Iterator[Stand]:
    held = set()
    for kept in maps:
        figures = {code: kept.scores.get(code) for code in all_scores()}
        yield kept.as_of, kept.owner, figures, read_document(kept.map).map
        held.add((kept.as_of, kept.content))
    if loaded is not None and (loaded.map.deal.as_of, fingerprint(loaded.map)) not in held:
        yield _now(loaded)


def _now(loaded: Reading) -> Stand:
    return None, None, scores(loaded.judgement), loaded.map


def days_table(days: Sequence[Day], lang: Lang) -> list[Part]:
    """A row a day: who, the main scores, how much changed; and what a dash means, where there is one."""
    scores_of = [all_scores()[code] for code in SHOWN]
    kinds: list[Kind] = ["label" if score.kind is ScoreKind.WORD else "figure" for score in scores_of]
    heads = [Head(score.name, kind) for score, kind in zip(scores_of, kinds, strict=True)]
    rows = Table([Head(DATE), Head(BY), *heads, Head(CHANGES, "figure")], lang)
    has_dash = False
    for place, one in enumerate(days):
        day = one.day or (NOW.to(lang) if place == len(days) - 1 else "")
        values = [one.scores.get(code) for code in SHOWN]
        cells = [
            DASH if value is None else score_said(code, value, lang) for code, value in zip(SHOWN, values, strict=True)
        ]
        has_dash |= DASH in cells
        rows.add_row(day, one.author or "", *cells, "" if one.changed is None else str(len(one.changed)))
    return [rows, line(f"{DASH} {NOT_ASSESSED.to(lang)}", "dim")] if has_dash else [rows]


def changed_lines(days: Sequence[Day], lang: Lang) -> Iterator[Part]:
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
    rows = Table(DEAL_HEADS, lang)
    for moments in deals.values():
        last, change = moments[-1], _change(moments)
        health = score_said("health", last.health, lang)
        moved = "" if change is None else f"{change:+.1f}"
        days = (str(len(moments)), str(moments[0].as_of), str(last.as_of))
        rows.add_row(last.account or "", last.opportunity or "", last.owner or "", *days, health, moved)
    return rows


def _change(moments: Sequence[Moment]) -> float | None:
    """Of health, since the day before; None where there is none, or health was not assessed."""
    if len(moments) < 2:
        return None
    before, now = moments[-2].health, moments[-1].health
    return None if before is None or now is None else now - before
