"""Parquet for programs: two tables in a folder, files/ and findings/, with codes, exact amounts and real dates.

Each process writes parts of its own number, so that many machines can fill one folder.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Context, Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from warmap.text import Text
from warmap_app.command import NEEDS, UserError
from warmap_app.outputs import Order, Totals
from warmap_app.outputs.beside import TITLES
from warmap_app.outputs.columns import FILES, FINDINGS, Column, Unit, findings_of
from warmap_app.outputs.destination import new_file, refuse_existing
from warmap_app.result import Result

ROWS_A_GROUP = 20_000
DIGITS, DECIMALS = 38, 4  # of an amount: what decimal128 holds
LARGEST = Decimal(10) ** (DIGITS - DECIMALS)
TABLES: dict[str, Sequence[Column[Any]]] = {"files": FILES, "findings": FINDINGS}
MISSING = NEEDS.filled(what="Parquet", library="pyarrow", extra="parquet")
NO_FOLDER = Text("{out} 不是文件夹", "{out} is not a folder")
TOO_LARGE = Text(
    "{count} 个金额大于 Parquet 能存的（{digits} 位），已留空", "{count} amounts have more than {digits} digits and were left empty"
)  # fmt: skip


def need_pyarrow() -> None:
    """UserError where pyarrow is not installed."""
    try:
        import_module("pyarrow")
    except ImportError:
        raise UserError(MISSING) from None


def parquet_file(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> tuple[bytes, list[Text]]:
    """A table as the bytes of one Parquet file, and what the reader must know of it."""
    stream = io.BytesIO()
    with _written(_Table(columns), stream) as table:
        for row in rows:
            table.add(row)
    return stream.getvalue(), _remarks(table.too_large)


def ready(order: Order) -> None:
    """Pyarrow is installed, and the parts of this number are not there yet, or --force. UserError."""
    need_pyarrow()
    if order.place.exists() and not order.place.is_dir():
        raise UserError(NO_FOLDER.filled(out=order.place))
    for name in [*_wanted(order), *TITLES]:
        refuse_existing(_path(order, name), force=order.force, inputs=order.inputs)


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """Both tables, or the one that is asked for, in groups of rows as the results come; then what stands beside them."""
    with ExitStack() as opened:
        tables = {name: opened.enter_context(_table(order, name, TABLES[name])) for name in _wanted(order)}
        for result in results:
            if "files" in tables:
                tables["files"].add(result)
            if "findings" in tables:
                for found in findings_of(result):
                    tables["findings"].add(found)
    for beside in totals.beside.tables(order.lang):
        with _table(order, beside.code, beside.columns) as table:
            for row in beside.rows:
                table.add(row)
    return _remarks(sum(table.too_large for table in tables.values()))


def _remarks(too_large: int) -> list[Text]:
    return [TOO_LARGE.filled(count=too_large, digits=DIGITS)] if too_large else []


def _wanted(order: Order) -> list[str]:
    return [order.what] if order.what else list(TABLES)


def _path(order: Order, name: str) -> Path:
    return order.place / name / f"part-{order.part:05d}.parquet"


class _Table:
    """One table's part, written a group of rows at a time, so that memory does not grow with the number of files."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self._arrow: Any = import_module("pyarrow")
        self._columns = columns
        self.schema = self._arrow.schema(
            self._arrow.field(
                column.code, self._type(column.unit), metadata={"zh": column.head.zh, "en": column.head.en}
            )
            for column in columns
        )
        self.writer: Any = None
        self._rows: list[list[Any]] = []
        self.too_large = 0

    def add(self, row: Any) -> None:
        """One row."""
        self._rows.append([self._plain(column.value(row)) for column in self._columns])
        if len(self._rows) >= ROWS_A_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait as a group; an empty table is a group without rows."""
        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in self._columns)
        arrays = [
            self._arrow.array(list(values), field.type) for values, field in zip(columns, self.schema, strict=True)
        ]
        self.writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self.schema))
        self._rows = []

    def _plain(self, value: Any) -> Any:
        """An amount with the table's decimals, text without lone surrogates."""
        if isinstance(value, Decimal):
            if abs(value) >= LARGEST:
                self.too_large += 1
                return None
            return value.quantize(Decimal(1).scaleb(-DECIMALS), context=Context(prec=DIGITS + DECIMALS))
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value

    def _type(self, unit: Unit) -> Any:
        arrow = self._arrow
        return {
            Unit.TEXT: arrow.string(),
            Unit.COUNT: arrow.int64(),
            Unit.POINTS: arrow.float64(),
            Unit.SHARE: arrow.float64(),
            Unit.MONEY: arrow.decimal128(DIGITS, DECIMALS),
            Unit.DATE: arrow.date32(),
            Unit.YES_NO: arrow.bool_(),
        }[unit]


@contextmanager
def _table(order: Order, name: str, columns: Sequence[Column[Any]]) -> Iterator[_Table]:
    with (
        new_file(_path(order, name), force=order.force, inputs=order.inputs) as file,
        _written(_Table(columns), file) as table,
    ):
        yield table


@contextmanager
def _written(table: _Table, file: BinaryIO) -> Iterator[_Table]:
    """A table that is written to a file when all its rows are there."""
    parquet: Any = import_module("pyarrow.parquet")
    with parquet.ParquetWriter(file, table.schema, compression="zstd") as table.writer:
        yield table
        table.flush()
