"""Parquet for programs: two tables in a folder, files/ and findings/, with codes, exact amounts and real dates.

Each process writes parts of its own number, so that many machines can fill one folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from decimal import Context, Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.outputs import Order
from warmap_app.outputs.columns import FILES, FINDINGS, Column, Unit, findings_of
from warmap_app.outputs.destination import new_file, refuse_existing
from warmap_app.outputs.totals import Totals
from warmap_app.result import Result

ROWS_A_GROUP = 20_000
DIGITS, DECIMALS = 38, 4  # of an amount: what decimal128 holds
LARGEST = Decimal(10) ** (DIGITS - DECIMALS)
TABLES: dict[str, Sequence[Column[Any]]] = {"files": FILES, "findings": FINDINGS}
MISSING = Text(
    'Parquet 需要 pyarrow：pip install "warmap[parquet]"', 'Parquet needs pyarrow: pip install "warmap[parquet]"'
)
TOO_LARGE = Text(
    "{count} 个金额大于 Parquet 能存的（{digits} 位），已留空", "{count} amounts have more than {digits} digits and were left empty"
)  # fmt: skip


def ready(order: Order) -> None:
    """Pyarrow is installed, and the parts of this number are not there yet, or --force. UserError."""
    try:
        import_module("pyarrow")
    except ImportError:
        raise UserError(MISSING) from None
    if order.out is not None and order.out.exists() and not order.out.is_dir():
        raise UserError(Text(f"{order.out} 不是文件夹", f"{order.out} is not a folder"))
    for name in _wanted(order):
        refuse_existing(_path(order, name), force=order.force)


def write(results: Iterable[Result], order: Order, _: Totals) -> list[Text]:
    """Both tables, or the one that is asked for, in groups of rows as the results come."""
    with ExitStack() as opened:
        tables = {name: opened.enter_context(_Table(order, name)) for name in _wanted(order)}
        for result in results:
            if "files" in tables:
                tables["files"].add(result)
            if "findings" in tables:
                for found in findings_of(result):
                    tables["findings"].add(found)
    too_large = sum(table.too_large for table in tables.values())
    facts = {"count": too_large, "digits": DIGITS}
    return [TOO_LARGE.filled(**facts)] if too_large else []


def _wanted(order: Order) -> list[str]:
    return [order.what] if order.what else list(TABLES)


def _path(order: Order, name: str) -> Path:
    folder: Path = order.out  # type: ignore[assignment]  # `ready` has seen to it
    return folder / name / f"part-{order.part:05d}.parquet"


class _Table:
    """One table's part, written a group of rows at a time."""

    def __init__(self, order: Order, name: str) -> None:
        self._arrow: Any = import_module("pyarrow")
        self._order, self._name, self._columns = order, name, TABLES[name]
        self._schema = self._arrow.schema(
            self._arrow.field(
                column.code, self._type(column.unit), metadata={"zh": column.head.zh, "en": column.head.en}
            )
            for column in self._columns
        )
        self._rows: list[list[Any]] = []
        self.too_large = 0

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            file = opened.enter_context(new_file(_path(self._order, self._name), force=self._order.force))
            parquet: Any = import_module("pyarrow.parquet")
            self._writer = opened.enter_context(parquet.ParquetWriter(file, self._schema, compression="zstd"))
            opened.push(self._last_rows)
            self._opened = opened.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._opened.__exit__(*error)  # type: ignore[arg-type]  # handed on as they come

    def _last_rows(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()

    def add(self, row: Any) -> None:
        """One row."""
        self._rows.append([self._plain(column.value(row)) for column in self._columns])
        if len(self._rows) >= ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else ([] for _ in self._columns)
        arrays = [
            self._arrow.array(list(values), field.type) for values, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def _plain(self, value: Any) -> Any:
        """An amount with the table's decimals, text without halves of characters."""
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
