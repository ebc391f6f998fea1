"""The tables of the store, and the view that most questions are asked of; docs/store.md tells what each column means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

LAYOUT = 4
"""Raised with every change of the tables; a store with a higher one was made by a newer program."""


class Exact(sa.types.TypeDecorator[Decimal]):
    """A decimal to the last digit: NUMERIC in PostgreSQL, its digits as text in SQLite, which has binary fractions only."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type in this database."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """What is written."""
        return value if value is None or dialect.name != "sqlite" else f"{value:f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """What is read."""
        del dialect
        return None if value is None else Decimal(value)


READ_AT_ONCE = 200  # maps
METADATA = sa.MetaData()
BYTE_BY_BYTE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that is compared as it is; PostgreSQL would leave punctuation out of account."""
STORE = sa.Table("warmap_store", METADATA, sa.Column("layout", sa.Integer, primary_key=True, autoincrement=False))
MAPS = sa.Table(
    "warmap_maps",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kept", sa.BigInteger, nullable=False, unique=True),
    sa.Column("deal", sa.String(32), nullable=False),
    sa.Column("account", sa.Text),
    sa.Column("opportunity", sa.Text),
    sa.Column("owner", sa.Text),
    sa.Column("team", sa.Text),
    sa.Column("as_of", sa.Date),
    sa.Column("stage", sa.String(40)),
    sa.Column("amount", Exact),
    sa.Column("currency", sa.String(3)),
    sa.Column("close_date", sa.Date),
    sa.Column("passed", sa.Boolean, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("content", sa.String(16), nullable=False),
    sa.Column("template_version", sa.String(40), nullable=False),
    sa.Column("program_version", sa.String(40), nullable=False),
    sa.Column("settings", sa.String(8), nullable=False),
    sa.Column("settings_changed", sa.JSON, nullable=False),
    sa.Column("map", sa.JSON, nullable=False),
    sa.Column("standing", BYTE_BY_BYTE, nullable=False, server_default=""),
    sa.Column("outcome", sa.String(40)),
    sa.Column("outcome_on", sa.Date),
    sa.Column("signed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("findings", sa.Text),
    sa.Index("warmap_maps_deal", "deal", "as_of", "kept"),
)
SCORES = sa.Table(
    "warmap_scores",
    METADATA,
    sa.Column("map_id", sa.ForeignKey("warmap_maps.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("number", sa.Double),
    sa.Column("word", sa.String(40)),
)
FLAGS = sa.Table(
    "warmap_flags",
    METADATA,
    sa.Column("map_id", sa.ForeignKey("warmap_maps.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("code", sa.String(8), nullable=False),
    sa.Column("severity", sa.String(8), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("mitigated", sa.Boolean, nullable=False),
)
OUTCOMES = sa.Table(
    "warmap_outcomes",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("map_id", sa.ForeignKey("warmap_maps.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("outcome", sa.LargeBinary, nullable=False),
)
NUMBERS = ("health", "plan_quality", "role_coverage", "trust", "win", "stage_reached")
OF_A_MAP = ("deal", "account", "opportunity", "owner", "team", "as_of", "stage", "amount", "currency", "close_date", "outcome",
            "outcome_on", "signed", "passed", "settings", "program_version", "content", "kept", "file")  # fmt: skip


def counts() -> sa.ColumnElement[bool]:
    """Whether a map counts for its deal and day: of all maps of that day the greatest standing, then the last kept."""
    later = MAPS.alias("later")
    same_day = sa.select(sa.literal(1)).where(later.c.deal == MAPS.c.deal, later.c.as_of == MAPS.c.as_of)
    is_again = (later.c.standing == MAPS.c.standing) & (later.c.kept > MAPS.c.kept)
    newer = same_day.where((later.c.standing > MAPS.c.standing) | is_again)
    return MAPS.c.as_of.is_not(None) & ~sa.exists(newer.correlate(MAPS))


def moments() -> sa.Select[Any]:
    """A row a map: what the deal says, its main scores, and its red flags that nothing answers."""
    source: Any = MAPS
    columns: list[Any] = [MAPS.c.id.label("map_id"), *(MAPS.c[name] for name in OF_A_MAP)]
    for code in (*NUMBERS, "band"):
        score = SCORES.alias(code)
        source = source.outerjoin(score, (score.c.map_id == MAPS.c.id) & (score.c.code == code))
        columns.append((score.c.word if code == "band" else score.c.number).label(code))
    open_flags = sa.select(sa.func.count()).where(FLAGS.c.map_id == MAPS.c.id, ~FLAGS.c.mitigated)
    for severity in ("critical", "major", "minor"):
        counted = open_flags.where(FLAGS.c.severity == severity).correlate(MAPS)
        columns.append(counted.scalar_subquery().label(f"open_{severity}"))
    return sa.select(*columns).select_from(source)


TREND = sa.Table(
    "warmap_trend",
    sa.MetaData(),
    sa.Column("map_id", sa.String(32)),
    *(sa.Column(name, MAPS.c[name].type) for name in OF_A_MAP),
    *(sa.Column(name, sa.Double) for name in NUMBERS),
    sa.Column("band", sa.String(40)),
    *(sa.Column(f"open_{severity}", sa.Integer) for severity in ("critical", "major", "minor")),
)


def create(connection: sa.Connection) -> None:
    """All tables and the view, in an empty database."""
    METADATA.create_all(connection)
    _create_view(connection)
    connection.execute(STORE.insert(), {"layout": LAYOUT})


def upgrade(
    connection: sa.Connection,
    found: int,
    deal_of: Callable[[Mapping[str, Any], str], str],
    ended_of: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> None:
    """Make the tables of an older layout those of today; `ended_of` reads a kept map for how its deal ended."""
    connection.exec_driver_sql(f"DROP VIEW {TREND.name}")
    if found < 2:
        _order_files(connection, deal_of)
    if found < 3:
        _tell_ends(connection, ended_of)
    METADATA.create_all(connection, tables=[OUTCOMES])
    _create_view(connection)
    connection.execute(STORE.update().values(layout=LAYOUT))


def _tell_ends(connection: sa.Connection, ended_of: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Since layout 3: how each deal ended, and what the last check found."""
    _add(connection, "outcome", "outcome_on", "signed", "findings")
    for start in range(0, len(ids := connection.scalars(sa.select(MAPS.c.id)).all()), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        for row in connection.execute(sa.select(MAPS.c.id, MAPS.c.map).where(MAPS.c.id.in_(some))).all():
            if ended := ended_of(row.map):
                connection.execute(MAPS.update().where(MAPS.c.id == row.id).values(**ended))


def _add(connection: sa.Connection, *names: str) -> None:
    for name in names:
        column = sa.schema.CreateColumn(MAPS.c[name]).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {MAPS.name} ADD COLUMN {column}")


def _order_files(connection: sa.Connection, deal_of: Callable[[Mapping[str, Any], str], str]) -> None:
    """Since layout 2: what orders the files of a deal, and deals by their names as compared now."""
    _add(connection, "standing")
    rows = connection.execute(sa.select(MAPS.c.id, MAPS.c.deal, MAPS.c.account, MAPS.c.opportunity, MAPS.c.file)).all()
    for row in rows:
        deal = deal_of({"account": row.account, "opportunity": row.opportunity}, row.file)
        if deal != row.deal:
            connection.execute(MAPS.update().where(MAPS.c.id == row.id).values(deal=deal))


def _create_view(connection: sa.Connection) -> None:
    query = moments().where(counts()).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE VIEW {TREND.name} AS {query}")
