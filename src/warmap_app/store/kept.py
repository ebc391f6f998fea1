"""An open store: maps are put in and taken out, each time in a transaction, and every refusal is one line of words."""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from warmap_app.batch.one import Kept, Outcome
from warmap_app.batch.remembered import packed, unpacked
from warmap_app.command import UserError
from warmap_app.result import Result
from warmap_app.store import CANNOT_OPEN, NEWER, NO_PSYCOPG, NOTHING_THERE, Address
from warmap_app.store.database import (
    FLAGS,
    LAYOUT,
    MAPS,
    OUTCOMES,
    READ_AT_ONCE,
    SCORES,
    STORE,
    TREND,
    create,
    moments,
    upgrade,
)
from warmap_app.store.records import (
    KeptMap,
    Moment,
    Row,
    deal_of,
    ended_of,
    flag_rows,
    map_row,
    score_rows,
)

WRITERS_TURN = (
    0x7761726D6170  # "warmap": the number of PostgreSQL's advisory lock that writers take one after the other
)
SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT = 30  # for another process that writes to the same SQLite file
WRITTEN_AT_ONCE = 100  # maps
# Whatever stands in a map, every database takes ASCII.
ASCII_JSON = partial(json.dumps, separators=(",", ":"), allow_nan=False)
NEWEST_FIRST = (MAPS.c.as_of.is_(None), MAPS.c.as_of.desc(), MAPS.c.standing.desc(), MAPS.c.kept.desc())
WHOLE = frozenset({"stage_reached"})
"""Scores that are whole numbers."""


@dataclass(slots=True)
class Counted:
    """How many maps were added, and how many had been there."""

    added: int = 0
    known: int = 0


class Store:
    """An open store; every use of it is a transaction of its own. UserError for whatever the database says."""

    def __init__(self, address: Address, *, write: bool) -> None:
        self.address = address
        self._engine = _engine(address, write=write)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def prepare(self) -> None:
        """Make the tables where there are none; where there are, try whether they may be written: a change of no row."""
        path = self.address.path
        if path is not None and not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                # SQLite would make it for everybody to read; its side files take their rights from it.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:  # another process made it meanwhile; a link that leads nowhere is not followed
                if path.is_symlink():
                    raise self.address.refused(CANNOT_OPEN) from None
            except OSError:
                raise self.address.refused(CANNOT_OPEN) from None
        with self.writing() as connection:
            found = self._layout(connection)
            if not found:
                create(connection)
            elif found < LAYOUT:
                upgrade(connection, found, deal_of, ended_of)
            connection.execute(MAPS.update().where(MAPS.c.kept < 0).values(kept=MAPS.c.kept))

    def look(self) -> None:
        """A store that is read must be there: looking for it makes no file."""
        path = self.address.path
        if path is not None and not path.exists():
            raise self.address.refused(NOTHING_THERE)
        with self.reading() as connection:
            found = self._layout(connection)
            if not found:
                raise self.address.refused(NOTHING_THERE)
        if found < LAYOUT:
            with self.writing() as connection:
                if (found := self._layout(connection)) < LAYOUT:  # nobody else has done it meanwhile
                    upgrade(connection, found, deal_of, ended_of)

    def _layout(self, connection: sa.Connection) -> int:
        """The layout of the tables, 0 where there are none. UserError for one that a newer program made."""
        if not sa.inspect(connection).has_table(STORE.name):
            return 0
        found = connection.scalar(sa.select(sa.func.max(STORE.c.layout))) or 0
        if found > LAYOUT:
            raise self.address.refused(NEWER, found=found, known=LAYOUT)
        return found

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees the store at one moment."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            message = str(error.orig if isinstance(error, DBAPIError) else error)
            raise self.address.refused_by_driver(message) from None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction in which no other process writes: all of it is kept, or nothing."""
        with self.reading() as connection:
            if not self.address.is_sqlite:  # SQLite has begun at once, see `_engine`
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")
            yield connection

    def keep(self, results: Iterable[tuple[Result, Kept]]) -> Counted:
        """Put maps in, some at a time: what is not there yet is added, what is there already adds nothing.

        What is kept stays so, whatever happens afterwards. Of the maps of one deal and day the one counts that counts in
        every command, whichever was checked first: the column `standing` gives the order; of one file the map that was
        checked last, also when it was kept before: the column `kept`.
        """
        counted = Counted()
        rows = ((map_row(result, kept), result) for result, kept in results)
        while batch := list(islice(rows, WRITTEN_AT_ONCE)):
            with self.writing() as connection:
                _keep(connection, batch, counted)
        return counted

    def remember(self, outcomes: Iterable[tuple[str, Outcome]]) -> None:
        """Keep the outcomes of maps that are there, by their keys; one that is known already stays."""
        while batch := dict(islice(outcomes := iter(outcomes), WRITTEN_AT_ONCE)):
            with self.writing() as connection:
                there = set(connection.scalars(sa.select(OUTCOMES.c.id).where(OUTCOMES.c.id.in_(batch))))
                rows = [
                    {"id": name, "map_id": map_row(one["result"], one["kept"])["id"], "outcome": packed(one)}
                    for name, one in batch.items()
                    if name not in there
                ]
                if rows:
                    connection.execute(OUTCOMES.insert(), rows)

    def recall(self, keys: Sequence[str]) -> dict[str, Outcome]:
        """The outcomes remembered under some of these keys, each with its map."""
        query = sa.select(OUTCOMES.c.id, OUTCOMES.c.outcome, MAPS.c.map).join(MAPS, MAPS.c.id == OUTCOMES.c.map_id)
        with self.reading() as connection:
            rows = connection.execute(query.where(OUTCOMES.c.id.in_(keys))).all()
        return {row.id: unpacked(row.outcome, row.map) for row in rows}

    def moments(self, deal: str | None = None) -> Iterator[Moment]:
        """The deals on their days, in the order of the days: all, or those of one deal."""
        query = sa.select(*(TREND.c[one.name] for one in fields(Moment))).order_by(TREND.c.as_of, TREND.c.deal)
        with self.reading() as connection:
            rows = connection.execute(query if deal is None else query.where(TREND.c.deal == deal)).mappings().all()
        yield from map(_moment, rows)

    def standing_on(self, day: date, kept_before: int | None = None) -> list[Moment]:
        """Of every deal the newest map by a day, the one that counts; as the store was before a map was kept, if asked."""
        chosen = MAPS.c.as_of <= day
        if kept_before is not None:
            chosen &= MAPS.c.kept < kept_before
        return self._one_of_each(chosen, NEWEST_FIRST)

    def first_of_each(self, since: date) -> list[Moment]:
        """The first map of every deal that began on a day or later."""
        first = sa.select(MAPS.c.deal).group_by(MAPS.c.deal).having(sa.func.min(MAPS.c.as_of) >= since)
        order = (MAPS.c.as_of, MAPS.c.standing.desc(), MAPS.c.kept.desc())
        return self._one_of_each(MAPS.c.as_of.is_not(None) & MAPS.c.deal.in_(first), order)

    def _one_of_each(self, chosen: sa.ColumnElement[bool], order: Sequence[sa.ColumnElement[Any]]) -> list[Moment]:
        of_deal = sa.func.row_number().over(partition_by=MAPS.c.deal, order_by=order).label("place")
        ranked = sa.select(MAPS.c.id, of_deal).where(chosen).subquery()
        last = sa.select(ranked.c.id).where(ranked.c.place == 1)
        with self.reading() as connection:
            rows = connection.execute(moments().where(MAPS.c.id.in_(last)).order_by(MAPS.c.deal)).mappings().all()
        return [_moment({one.name: row[one.name] for one in fields(Moment)}) for row in rows]

    def first_kept_after(self, day: date) -> int | None:
        """The place in the order of keeping of the first map of a later day; None where there is none."""
        with self.reading() as connection:
            found: int | None = connection.scalar(sa.select(sa.func.min(MAPS.c.kept)).where(MAPS.c.as_of > day))
        return found

    def first_day(self) -> date | None:
        """The earliest day of a kept map."""
        with self.reading() as connection:
            found: date | None = connection.scalar(sa.select(sa.func.min(MAPS.c.as_of)))
        return found

    def deals_with(self, contents: Collection[str]) -> dict[str, list[str]]:
        """The deals in which people had entered exactly this, by fingerprint."""
        found: dict[str, list[str]] = {}
        wanted = sorted(contents)
        for start in range(0, len(wanted), READ_AT_ONCE):
            some = MAPS.c.content.in_(wanted[start : start + READ_AT_ONCE])
            with self.reading() as connection:
                rows = connection.execute(sa.select(MAPS.c.content, MAPS.c.deal).where(some).distinct()).all()
            for content, deal in rows:
                found.setdefault(content, []).append(deal)
        return found

    def maps(self, ids: Sequence[str]) -> Iterator[KeptMap]:
        """The maps with these ids, in this order, some at a time."""
        for start in range(0, len(ids), READ_AT_ONCE):
            wanted = ids[start : start + READ_AT_ONCE]
            with self.reading() as connection:
                found = _maps(connection, wanted)
            yield from (found[name] for name in wanted if name in found)

    def newest(self) -> list[str]:
        """The id of the newest map of every deal: the latest day, on it the one that counts. Ordered by file and id."""
        found = self._one_of_each(sa.true(), NEWEST_FIRST)
        return [one.map_id for one in sorted(found, key=lambda one: (one.file, one.map_id))]


def _engine(address: Address, *, write: bool) -> sa.Engine:
    wanted = {"timeout": SECONDS_TO_WAIT} if address.is_sqlite else {"connect_timeout": SECONDS_TO_CONNECT}
    given = {name: value for name, value in wanted.items() if name not in address.url.query}
    try:
        engine = sa.create_engine(
            address.url, poolclass=sa.NullPool, hide_parameters=True, connect_args=given, json_serializer=ASCII_JSON
        )
    except ImportError:
        raise UserError(NO_PSYCOPG) from None
    if address.is_sqlite:
        sa.event.listen(engine, "connect", _leave_transactions_to_us)
        # Writers wait for each other here; a plain BEGIN would fail later, when both have read and want to write.
        begin = "BEGIN IMMEDIATE" if write else "BEGIN"
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _leave_transactions_to_us(connection: Any, record: object) -> None:
    """Python's sqlite3 begins transactions by rules of its own unless told not to (its documentation, isolation_level)."""
    del record
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


@dataclass(slots=True)
class _Plan:
    """What a batch changes: rows to add, by their id; and of rows that are there the new order or verdict.

    `known` has verdict, findings and standing of every row; a map that is handed in again has the later standing of the two.
    """

    top: int
    known: dict[str, tuple[bool, str | None, str]] = field(default_factory=dict)
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
        verdict = row["passed"], row["findings"]
        *known, standing = self.known.get(name, (*verdict, row["standing"]))
        if tuple(known) != verdict:
            target["passed"], target["findings"] = verdict
        if standing < row["standing"]:
            target["standing"] = standing = row["standing"]
        self.known[name] = *verdict, standing
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
    columns: tuple[Any, ...] = (MAPS.c.id, MAPS.c.deal, MAPS.c.as_of, MAPS.c.passed, MAPS.c.findings, MAPS.c.standing)
    for name, deal, as_of, *known in connection.execute(
        sa.select(*columns).where(MAPS.c.deal.in_(sorted(deals))).order_by(MAPS.c.kept)
    ):
        plan.known[name] = known[0], known[1], known[2]
        plan.newest[deal, as_of] = name
    return plan


def _maps(connection: sa.Connection, ids: Sequence[str]) -> dict[str, KeptMap]:
    scores: dict[str, dict[str, Any]] = {name: {} for name in ids}
    for row in connection.execute(sa.select(SCORES).where(SCORES.c.map_id.in_(ids))):
        scores[row.map_id][row.code] = _number(row.code, row.number) if row.word is None else row.word
    columns = [MAPS.c[one.name] for one in fields(KeptMap) if one.name != "scores"]
    rows = connection.execute(sa.select(*columns).where(MAPS.c.id.in_(ids))).mappings()
    return {row["id"]: KeptMap(**row, scores=scores[row["id"]]) for row in rows}


def _moment(row: Mapping[Any, Any]) -> Moment:
    found: dict[str, Any] = {name: _number(name, value) for name, value in row.items()}
    return Moment(**found)


def _number(code: str, value: Any) -> Any:
    return int(value) if value is not None and code in WHOLE else value
