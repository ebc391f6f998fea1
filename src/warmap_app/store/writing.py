"""Checked maps into the store: what is not there yet is added, what is there already adds nothing.

Of the maps of one deal and day the one that was checked last counts, also when it was kept before: `kept` gives the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from warmap_app.batch.one import Kept
from warmap_app.result import Result
from warmap_app.store.opening import Store
from warmap_app.store.rows import Row, flag_rows, map_row, score_rows
from warmap_app.store.tables import FLAGS, MAPS, SCORES

AT_ONCE = 100  # maps in one transaction


@dataclass(slots=True)
class Counted:
    """How many maps were added, and how many had been there."""

    added: int = 0
    known: int = 0


def keep(store: Store, results: Iterable[tuple[Result, Kept]]) -> Counted:
    """Keep the maps, some at a time; what is kept stays so, whatever happens afterwards. UserError."""
    counted = Counted()
    for batch in _batches(results):
        with store.writing() as connection:
            _keep(connection, batch, counted)
    return counted


def _batches(results: Iterable[tuple[Result, Kept]]) -> Iterator[list[tuple[Row, Result]]]:
    batch: list[tuple[Row, Result]] = []
    for result, kept in results:
        batch.append((map_row(result, kept), result))
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(slots=True)
class _Plan:
    """What a batch changes: rows to add, by their id; and of rows that are there the new order or verdict."""

    top: int
    known: dict[str, bool] = field(default_factory=dict)
    newest: dict[tuple[str, date | None], str] = field(default_factory=dict)
    added: dict[str, Row] = field(default_factory=dict)
    changed: dict[str, Row] = field(default_factory=dict)

    def take(self, row: Row, *, is_last: bool) -> bool:
        """One checked map; `is_last` of its deal and day in the batch. Whether it is new."""
        name, day = row["id"], (row["deal"], row["as_of"])
        is_new = name not in self.known
        target = self.added.setdefault(name, row) if is_new else self.added.get(name) or self.changed.get(name, {})
        if is_new or (is_last and self.newest[day] != name):
            self.top += 1
            target["kept"] = self.top
            self.newest[day] = name
        if not is_new and self.known[name] != row["passed"]:
            target["passed"] = row["passed"]
        self.known[name] = row["passed"]
        if target and name not in self.added:
            self.changed[name] = target
        return is_new


def _keep(connection: sa.Connection, batch: list[tuple[Row, Result]], counted: Counted) -> None:
    plan = _planned(connection, {row["deal"] for row, _ in batch})
    last = {(row["deal"], row["as_of"]): place for place, (row, _) in enumerate(batch)}
    scores: list[Row] = []
    flags: list[Row] = []
    for place, (row, result) in enumerate(batch):
        if plan.take(row, is_last=last[row["deal"], row["as_of"]] == place):
            counted.added += 1
            scores += score_rows(row["id"], result)
            flags += flag_rows(row["id"], result)
        else:
            counted.known += 1
    for table, rows in ((MAPS, list(plan.added.values())), (SCORES, scores), (FLAGS, flags)):
        if rows:
            connection.execute(table.insert(), rows)
    for name, values in plan.changed.items():
        connection.execute(MAPS.update().where(MAPS.c.id == name).values(values))


def _planned(connection: sa.Connection, deals: set[str]) -> _Plan:
    """What the store holds of these deals, in the order in which it was kept."""
    plan = _Plan(connection.scalar(sa.select(sa.func.max(MAPS.c.kept))) or 0)
    columns: tuple[Any, ...] = (MAPS.c.id, MAPS.c.deal, MAPS.c.as_of, MAPS.c.passed)
    for name, deal, as_of, passed in connection.execute(
        sa.select(*columns).where(MAPS.c.deal.in_(sorted(deals))).order_by(MAPS.c.kept)
    ):
        plan.known[name] = passed
        plan.newest[deal, as_of] = name
    return plan
