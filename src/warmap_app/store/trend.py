"""The trend of one deal from the store, and the deals of which it could be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from warmap.text import Lang, Text
from warmap_app.store.opening import Store
from warmap_app.store.reading import Moment, maps_of
from warmap_app.trend import Lines

if TYPE_CHECKING:
    from rich.table import Table

HEADS = (
    Text("客户", "Account"), Text("商机", "Opportunity"), Text("负责销售", "Rep"), Text("天数", "Days"), Text("最早", "First"),
    Text("最近", "Last"), Text("健康度", "Health"), Text("变化", "Change"),
)  # fmt: skip


def lines_of(store: Store, moments: Sequence[Moment]) -> tuple[Lines, set[tuple[date | None, str]]]:
    """The days of one deal, oldest first; and each day with the fingerprint of what was entered."""
    from warmap.reading import read_document
    from warmap.worksheet.overview import SCORES_BY_CODE

    lines, held = Lines(), set()
    for kept in maps_of(store, [moment.map_id for moment in moments]):
        day = kept.as_of.isoformat() if kept.as_of else None
        scores = {code: kept.scores.get(code) for code in SCORES_BY_CODE}
        lines.add(day, kept.owner, scores, read_document(kept.map).map)
        held.add((kept.as_of, kept.content))
    return lines, held


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
    from rich.table import Table

    from warmap_app.scoreboard import clean, score_shown

    table = Table(header_style="bold")
    for head in HEADS:
        table.add_column(head.to(lang), overflow="fold")
    for moments in deals.values():
        last, change = moments[-1], _change(moments)
        cells = (
            last.account or "",
            last.opportunity or "",
            last.owner or "",
            len(moments),
            moments[0].as_of,
            last.as_of,
        )
        moved = "" if change is None else f"{change:+.1f}"
        table.add_row(*map(clean, cells), score_shown(last.health), moved)
    return table


def _change(moments: Sequence[Moment]) -> float | None:
    """Of health, since the day before; None where there is none, or health was not assessed."""
    if len(moments) < 2:
        return None
    before, now = moments[-2].health, moments[-1].health
    return None if before is None or now is None else now - before
