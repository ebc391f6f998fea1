"""The trend of one deal as lines, oldest first, from a workbook's snapshots or from a store; as JSON and as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warmap.changes import Change
from warmap.model import WarMap
from warmap.reading import Reading
from warmap.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

HEADS = (Text("日期", "Date"), Text("谁", "By"), Text("改动", "Changes"))
SHOWN = ("health", "band", "plan_quality", "role_coverage", "trust", "win", "stage_reached")
NOW = Text("现在", "now")
STEP = Text("{before} → {after}：改动 {count} 处", "{before} → {after}, changes: {count}")
MOST_SHOWN = 12
MORE = Text("  … 还有 {more} 处（--json 全部列出）", "  … {more} more (--json lists them all)")


@dataclass(slots=True)
class Line:
    """The deal on a day (None: as it stands now): who, its scores, and what changed since the line before (None: nothing is)."""

    day: str | None
    author: str | None
    scores: dict[str, Any]
    changed: list[Change] | None = field(default=None)

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        count = None if self.changed is None else len(self.changed)
        return {"taken_on": self.day, "author": self.author, "scores": self.scores, "changes": count}

    def as_full_data(self) -> dict[str, Any]:
        """As JSON, with every field that changed."""
        return {**self.as_data(), "changed": [change.as_data() for change in self.changed or ()]}


class Lines:
    """Lines with what changed between one map and the next."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._before: WarMap | None = None

    def add(self, day: str | None, author: str | None, scores: dict[str, Any], war_map: WarMap) -> None:
        """The next line, later than those before."""
        from warmap.changes import changes

        changed = None if self._before is None else changes(self._before, war_map)
        self.lines.append(Line(day, author, scores, changed))
        self._before = war_map


def trend(loaded: Reading) -> list[Line]:
    """Each snapshot of a workbook, the oldest first, and last the map as it stands."""
    from warmap.history import map_of, undamaged

    lines = Lines()
    for snapshot in undamaged(loaded.map.snapshots):
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else None
        lines.add(day, snapshot.author, dict(snapshot.scores), map_of(snapshot))
    add_now(lines, loaded)
    return lines.lines


def add_now(lines: Lines, loaded: Reading) -> None:
    """The map as it stands."""
    from warmap.evaluation import scores

    lines.add(None, None, scores(loaded.judgement), loaded.map)


def trend_table(lines: Sequence[Line], lang: Lang) -> Table:
    """A row a line: day, who, the main scores, how much changed."""
    from rich.table import Table

    from warmap.worksheet.overview import SCORES_BY_CODE
    from warmap_app.scoreboard import clean, score_shown

    table = Table(header_style="bold")
    for head in (HEADS[0], HEADS[1], *(SCORES_BY_CODE[code][0] for code in SHOWN), HEADS[2]):
        table.add_column(head.to(lang), overflow="fold")
    for place, line in enumerate(lines):
        day = line.day or (NOW.to(lang) if place == len(lines) - 1 else "")
        cells = [score_shown(line.scores.get(code)) for code in SHOWN]
        count = None if line.changed is None else len(line.changed)
        table.add_row(day, *map(clean, (line.author or "", *cells, score_shown(count))))
    return table


def changed_lines(lines: Sequence[Line], lang: Lang) -> Iterator[RenderableType]:
    """Under the days of each step, what changed, field by field; the first changes of many."""
    from rich.text import Text as Words

    from warmap_app.scoreboard import clean

    for before, after in pairwise(lines):
        changed = after.changed or []
        if changed:
            facts = {"before": before.day or "", "after": after.day or NOW.to(lang), "count": len(changed)}
            yield Words(STEP.say(lang, facts), "bold")
            yield from (Words(clean(f"  {change.say(lang)}")) for change in changed[:MOST_SHOWN])
            if len(changed) > MOST_SHOWN:
                yield Words(MORE.say(lang, {"more": len(changed) - MOST_SHOWN}))
