"""The database of checked maps: what `warmap check --store` writes, and where the trend is read from.

It is a file name, or the URL of an SQLite file or a PostgreSQL database, and shown without its password; what may be
wrong with it is said here, in one line each. SQLAlchemy is an optional extra and heavy: only `database` and `kept` know
it, and they are loaded when a store is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from warmap.text import Text
from warmap_app.address import without_secrets
from warmap_app.command import UserError

if TYPE_CHECKING:
    from sqlalchemy import URL  # an optional extra, as is what `kept` is made of

    from warmap_app.store.kept import Store


SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
# One slash, or none: as a file it would be a folder whose name holds the password. `file:` is SQLite's own; C: is a drive.
LIKE_A_URL = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)
SQLITE, POSTGRESQL = "sqlite", "postgresql+psycopg"
DRIVERS = {
    "sqlite": SQLITE,
    "sqlite+pysqlite": SQLITE,
    "postgresql": POSTGRESQL,
    "postgres": POSTGRESQL,
    "postgresql+psycopg": POSTGRESQL,
}
SECRETS = ("password", "sslpassword", "passfile", "sslkey")
LONGEST_REASON = 300

NO_SQLALCHEMY = Text(
    '--store 需要另装：pip install "warmap[store]"', '--store needs an extra: pip install "warmap[store]"'
)
NO_PSYCOPG = Text(
    'PostgreSQL 需要另装：pip install "warmap[postgres]"', 'PostgreSQL needs an extra: pip install "warmap[postgres]"'
)
OTHER_KIND = Text(
    "--store 只认 SQLite 文件（history.db）和 PostgreSQL（postgresql://…），不认“{scheme}://”",
    "--store takes an SQLite file (history.db) or PostgreSQL (postgresql://…), not “{scheme}://”",
)
NOT_A_URL = Text(
    "--store 的网址不完整；应像 postgresql://用户@主机/数据库",
    "the URL of --store is not whole; it should look like postgresql://user@host/database",
)
ESCAPE = Text(
    "--store 的网址里有不止一个 @；密码里的 @ 要写成 %40（或用 PGPASSWORD、~/.pgpass）",
    "there is more than one @ in the URL of --store; write an @ of the password as %40 (or use PGPASSWORD or ~/.pgpass)",
)
NO_FILE = Text(
    "--store 要给出文件名：内存里的数据库什么也留不住",
    "--store needs the name of a file: a database in memory keeps nothing",
)


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
"""What a driver's message is told by."""


@dataclass(frozen=True, slots=True)
class Address:
    """A store's place: `shown` is for people, `path` the SQLite file (None for PostgreSQL and for a `file:` URI)."""

    url: URL
    shown: str
    path: Path | None = None

    @property
    def is_sqlite(self) -> bool:
        """A file of this computer."""
        return self.url.drivername == SQLITE

    def without_secrets(self, words: str) -> str:
        """A driver's message on one line, not too long, and without anything secret that stands in the URL."""
        given: list[Any] = [self.url.password, *(self.url.query.get(name) for name in SECRETS)]
        secrets = filter(None, map(str, filter(None, given)))
        ways = (way for one in secrets for way in (one, quote(one, safe=""), quote_plus(one)))
        line = without_secrets(words, ways)
        return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"

    def refused(self, words: Text, **facts: object) -> UserError:
        """What is wrong with the store."""
        return UserError(words.filled(store=self.shown, **facts))

    def refused_by_driver(self, message: str) -> UserError:
        """What a driver says of it, in words of ours where we know the message."""
        why = self.without_secrets(message)
        return self.refused(next((words for sign, words in SIGNS if sign in why), WENT_WRONG), why=Text(why, why))


def address_of(words: str) -> Address:
    """The address that a user gave. UserError, which never repeats what may hold a password."""
    try:
        import sqlalchemy
    except ImportError:
        raise UserError(NO_SQLALCHEMY) from None
    scheme = SCHEME.match(words)
    if scheme is None and LIKE_A_URL.match(words):
        raise UserError(NOT_A_URL)
    if scheme is None:
        return _file(sqlalchemy.URL.create(SQLITE, database=words), words)
    driver = DRIVERS.get(scheme[1].lower())
    if driver is None:
        raise UserError(OTHER_KIND.filled(scheme=scheme[1]))
    if driver == POSTGRESQL and words[scheme.end() :].partition("/")[0].count("@") > 1:
        raise UserError(ESCAPE)
    try:
        url = sqlalchemy.engine.make_url(words).set(drivername=driver)
    except (sqlalchemy.exc.ArgumentError, ValueError):
        raise UserError(NOT_A_URL) from None
    if driver == POSTGRESQL and "@" in (url.database or ""):  # a slash too many: no host, and a password as the name
        raise UserError(NOT_A_URL)
    if driver == SQLITE:
        return _file(url, url.database or "")
    return Address(url, url.set(query={}).render_as_string().replace(POSTGRESQL, "postgresql"))


def _file(url: URL, name: str) -> Address:
    if not name.strip() or name == ":memory:":
        raise UserError(NO_FILE)
    return Address(url, name, None if name.startswith("file:") else Path(name))


@contextmanager
def open_store(words: str, *, write: bool = False) -> Iterator[Store]:
    """The store at a place that the user named. UserError for whatever keeps it from being used.

    For writing it is made where it is missing, and proven to be writable; for reading it must be there.
    """
    address = address_of(words)
    store: Store = import_module("warmap_app.store.kept").Store(address, write=write)
    try:
        store.prepare() if write else store.look()
        yield store
    finally:
        store.close()
