"""A store opened: its tables made where they are missing, its layout looked at, and every refusal one line of words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.store.address import NO_PSYCOPG, Address, address_of

if TYPE_CHECKING:
    import sqlalchemy as sa

WRITERS_TURN = (
    0x7761726D6170  # "warmap": the number of PostgreSQL's advisory lock that writers take one after the other
)
SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT = 30  # for another process that writes to the same SQLite file

NOTHING_THERE = Text(
    "{store} 里还没有存过地图；用 warmap check … --store 存入",
    "no map is kept in {store} yet; warmap check … --store puts them there",
)
NEWER = Text(
    "{store} 是更新版本的 warmap 建的（布局 {found}，本程序到 {known}）；请先升级 warmap",
    "{store} was made by a newer warmap (layout {found}, this one knows up to {known}); upgrade warmap first",
)
LOCKED = Text(
    "{store} 正被另一个程序占用，等了也没有让出；稍后再试",
    "{store} is held by another program that did not let go of it; try again later",
)
READ_ONLY = Text(
    "{store} 只能读，写不进去；换一个地方，或改权限", "{store} is read-only; choose another place, or change its rights"
)
NOT_A_DATABASE = Text(
    "{store} 不是 SQLite 数据库；换一个文件名", "{store} is no SQLite database; choose another file name"
)
CANNOT_OPEN = Text(
    "打不开 {store}：核对文件夹和权限", "{store} cannot be opened: look at its folder and your rights there"
)
CANNOT_CONNECT = Text("连不上 {store}：{why}", "cannot connect to {store}: {why}")
WENT_WRONG = Text("{store} 出错：{why}", "{store}: {why}")
SIGNS = (
    ("database is locked", LOCKED), ("readonly database", READ_ONLY), ("read-only transaction", READ_ONLY),
    ("file is not a database", NOT_A_DATABASE), ("unable to open database file", CANNOT_OPEN),
    ("connection failed", CANNOT_CONNECT), ("connection timeout", CANNOT_CONNECT),
)  # fmt: skip


class Store(NamedTuple):
    """An open store; every use of it is a transaction of its own."""

    address: Address
    engine: sa.Engine

    @property
    def shown(self) -> str:
        """Its place, without a password."""
        return self.address.shown

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees the store at one moment. UserError."""
        with self._told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction in which no other process writes: all of it is kept, or nothing. UserError."""
        with self._told(), self.engine.begin() as connection:
            if not self.address.is_sqlite:  # SQLite has begun at once, see `_begin_at_once`
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever the database says becomes one line for the user."""
        from sqlalchemy.exc import DBAPIError, SQLAlchemyError

        try:
            yield
        except SQLAlchemyError as error:
            why = self.address.without_secrets(str(error.orig if isinstance(error, DBAPIError) else error))
            words = next((words for sign, words in SIGNS if sign in why), WENT_WRONG)
            raise said(words, self.address, why=why) from None


def said(words: Text, address: Address, **facts: object) -> UserError:
    """What is wrong with a store."""
    told = {"store": address.shown, **facts}
    return UserError(Text(words.zh.format_map(told), words.en.format_map(told)))


@contextmanager
def open_store(words: str, *, write: bool = False) -> Iterator[Store]:
    """The store at a place that the user named. UserError for whatever keeps it from being used.

    For writing it is made where it is missing, and proven to be writable; for reading it must be there.
    """
    address = address_of(words)
    store = Store(address, _engine(address, write=write))
    try:
        (_prepare if write else _look)(store)
        yield store
    finally:
        store.engine.dispose()


def _engine(address: Address, *, write: bool) -> sa.Engine:
    import sqlalchemy as sa

    wanted = {"timeout": SECONDS_TO_WAIT} if address.is_sqlite else {"connect_timeout": SECONDS_TO_CONNECT}
    given = {name: value for name, value in wanted.items() if name not in address.url.query}
    try:
        engine = sa.create_engine(
            address.url, poolclass=sa.NullPool, hide_parameters=True, connect_args=given, json_serializer=_json
        )
    except ImportError:
        raise UserError(NO_PSYCOPG) from None
    if address.is_sqlite:
        sa.event.listen(engine, "connect", _leave_transactions_to_us)
        sa.event.listen(engine, "begin", _begin_at_once if write else _begin)
    return engine


def _json(value: Any) -> str:
    """JSON of ASCII characters alone: whatever stands in a map, every database takes it."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _leave_transactions_to_us(connection: Any, record: object) -> None:
    """Python's sqlite3 begins transactions by rules of its own unless told not to (its documentation, isolation_level)."""
    del record
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_at_once(connection: sa.Connection) -> None:
    """Writers wait for each other here; a plain BEGIN would fail later, when both have read and want to write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare(store: Store) -> None:
    """Make the tables where there are none; where there are, try whether they may be written: a change of no row."""
    from warmap_app.store.tables import MAPS, create

    path = store.address.path
    if path is not None and not path.parent.exists():
        try:
            path.parent.mkdir(parents=True)
        except OSError:
            raise said(CANNOT_OPEN, store.address) from None
    with store.writing() as connection:
        if not _layout(store, connection):
            create(connection)
        connection.execute(MAPS.update().where(MAPS.c.kept < 0).values(kept=MAPS.c.kept))


def _look(store: Store) -> None:
    """A store that is read must be there: looking for it makes no file."""
    path = store.address.path
    if path is not None and not path.exists():
        raise said(NOTHING_THERE, store.address)
    with store.reading() as connection:
        if not _layout(store, connection):
            raise said(NOTHING_THERE, store.address)


def _layout(store: Store, connection: sa.Connection) -> int:
    """The layout of the tables, 0 where there are none. UserError for one that a newer program made."""
    import sqlalchemy as sa

    from warmap_app.store.tables import LAYOUT, STORE

    if not sa.inspect(connection).has_table(STORE.name):
        return 0
    found = connection.scalar(sa.select(sa.func.max(STORE.c.layout))) or 0
    if found > LAYOUT:
        raise said(NEWER, store.address, found=found, known=LAYOUT)
    return found
