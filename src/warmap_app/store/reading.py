"""What is read from the store: the deals it holds, the maps of one of them, the figures of all, the newest of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from warmap.terms import key
from warmap_app.store.opening import Store
from warmap_app.store.tables import MAPS, SCORES, TREND

WHOLE = frozenset({"stage_reached"})
"""Scores that are whole numbers."""
AT_ONCE = 200  # maps that are read at a time


class Moment(NamedTuple):
    """A deal on a day, without its map: a row of the view `warmap_trend`."""

    map_id: str
    deal: str
    account: str | None
    opportunity: str | None
    owner: str | None
    team: str | None
    as_of: date
    stage: str | None
    amount: Decimal | None
    currency: str | None
    settings: str
    file: str
    health: float | None
    stage_reached: int | None
    band: str | None


class KeptMap(NamedTuple):
    """A kept map: whose, of which day, the scores it had, and the map itself as plain data."""

    id: str
    deal: str
    account: str | None
    opportunity: str | None
    owner: str | None
    as_of: date | None
    passed: bool
    file: str
    language: str
    content: str
    template_version: str
    settings_changed: dict[str, float]
    map: dict[str, Any]
    scores: dict[str, float | int | str | None]


def moments(store: Store, deal: str | None = None) -> Iterator[Moment]:
    """The deals on their days, in the order of the days: all, or those of one deal."""
    query = sa.select(*(TREND.c[name] for name in Moment._fields)).order_by(TREND.c.as_of, TREND.c.deal)
    with store.reading() as connection:
        rows = connection.execute(query if deal is None else query.where(TREND.c.deal == deal)).mappings().all()
    for row in rows:
        found: dict[str, Any] = {name: _number(name, value) for name, value in row.items()}
        yield Moment(**found)


def deals_named(store: Store, account: str | None, opportunity: str | None) -> dict[str, list[Moment]]:
    """The moments of every deal whose names hold these words, by deal; those named exactly so, where there are any.

    Case, width and space do not count; the names are those of the newest moment, and give the order.
    """
    found: dict[str, list[Moment]] = {}
    for moment in moments(store):
        found.setdefault(moment.deal, []).append(moment)
    wanted = [key(words or "") for words in (account, opportunity)]
    named = {deal: [key(name or "") for name in (of[-1].account, of[-1].opportunity)] for deal, of in found.items()}
    exact = [deal for deal, names in named.items() if all(w in {"", n} for w, n in zip(wanted, names, strict=True))]
    within = [deal for deal, names in named.items() if all(w in n for w, n in zip(wanted, names, strict=True))]
    return {deal: found[deal] for deal in sorted(exact or within, key=lambda deal: named[deal])}


def maps_of(store: Store, ids: Sequence[str]) -> Iterator[KeptMap]:
    """The maps with these ids, in this order, some at a time."""
    for start in range(0, len(ids), AT_ONCE):
        wanted = ids[start : start + AT_ONCE]
        with store.reading() as connection:
            kept = _maps(connection, wanted)
        yield from (kept[name] for name in wanted if name in kept)


def newest(store: Store) -> list[str]:
    """The id of the newest map of every deal: the latest day, on it the one that was kept last. Ordered by file and id."""
    order = (MAPS.c.as_of.is_(None), MAPS.c.as_of.desc(), MAPS.c.kept.desc())
    rank = sa.func.row_number().over(partition_by=MAPS.c.deal, order_by=order).label("place")
    ranked = sa.select(MAPS.c.id, MAPS.c.file, rank).subquery()
    query = sa.select(ranked.c.id, ranked.c.file).where(ranked.c.place == 1)
    with store.reading() as connection:
        found = connection.execute(query).all()
    return [row.id for row in sorted(found, key=lambda row: (row.file, row.id))]


def _maps(connection: sa.Connection, ids: Sequence[str]) -> dict[str, KeptMap]:
    scores: dict[str, dict[str, Any]] = {name: {} for name in ids}
    for row in connection.execute(sa.select(SCORES).where(SCORES.c.map_id.in_(ids))):
        scores[row.map_id][row.code] = _number(row.code, row.number) if row.word is None else row.word
    columns = [MAPS.c[name] for name in KeptMap._fields if name != "scores"]
    rows = connection.execute(sa.select(*columns).where(MAPS.c.id.in_(ids))).mappings()
    return {row["id"]: KeptMap(**row, scores=scores[row["id"]]) for row in rows}


def _number(code: str, value: Any) -> Any:
    return int(value) if value is not None and code in WHOLE else value
