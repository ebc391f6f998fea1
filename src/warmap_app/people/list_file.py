"""The cells of a list of people as its file holds them: a CSV or a workbook, read by pandas.

pandas knows no limits, so a workbook goes through our own reader first, and text is measured before it is parted.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from warmap.text import Text
from warmap_app.command import NEEDS, UserError
from warmap_app.listing import MOST_COLUMNS, MOST_LINES, decoded
from warmap_app.load import PACKAGED, TOO_LARGE, WORKBOOKS
from warmap_app.opening import MOST_BYTES, CannotRead, file_bytes
from warmap_workbook.ooxml import Unreadable, read_book
from warmap_workbook.reading.refusals import unreadable

SEPARATORS = (",", ";", "\t")
TITLES = 10  # rows at most that may stand above the heads, and the heads

NO_PANDAS = NEEDS.filled(what=Text("导入名单", "importing a list"), library="pandas", extra="people")
UNREADABLE = Text("名单 {path} 读不了：{why}", "the list {path} cannot be read: {why}")
NO_TEXT = Text("里面有空字符（NUL），不是文本文件", "it holds NUL characters and is no text file")
TOO_WIDE = Text("超过 {most} 列", "it has more than {most} columns")
TOO_LONG = Text("超过 {most} 行", "it has more than {most} rows")
UNEVEN = Text("有一行的引号没有闭合", "a quotation mark in it is never closed")
Rows: TypeAlias = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a list, its rows from the first on; a CSV has one without a name. A blank cell is None."""

    name: str
    rows: Rows


def sheets_of(path: Path, likeness: Callable[[Rows], int]) -> list[ListSheet]:
    """The sheets in sight. `likeness` says how much rows look like the head of a list: by it a separator is known. UserError."""
    try:
        data = file_bytes(str(path), MOST_BYTES)
    except CannotRead as error:
        raise refused(path, error.why[0]) from None
    if len(data) > MOST_BYTES:
        raise refused(path, TOO_LARGE[0])
    if path.suffix.lower() in WORKBOOKS or data.startswith(PACKAGED):
        return list(_of_workbook(data, path))
    return [ListSheet("", list(_of_text(data, path, likeness)))]


def refused(path: Path, why: object) -> UserError:
    """Why a list is not taken."""
    return UserError(UNREADABLE.filled(path=path, why=why))


def _pandas() -> Any:
    try:
        import pandas as pd
    except ImportError:
        raise UserError(NO_PANDAS) from None
    return pd


def _of_workbook(data: bytes, path: Path) -> Iterator[ListSheet]:
    try:
        book = read_book(data)
    except Unreadable as error:
        raise refused(path, unreadable(error).facts["reason"]) from None
    seen = [sheet for sheet in book.sheets if sheet.was_read and sheet.state == "visible" and sheet.rows]
    for sheet in seen:  # its other readers make room for every cell up to the farthest
        if max(sheet.rows) > MOST_LINES:
            raise refused(path, TOO_LONG.filled(most=MOST_LINES))
        if max((column for cells in sheet.rows.values() for column in cells), default=0) > MOST_COLUMNS:
            raise refused(path, TOO_WIDE.filled(most=MOST_COLUMNS))
    engine = "calamine" if find_spec("python_calamine") else "openpyxl"
    frames = _pandas().read_excel(
        io.BytesIO(data), sheet_name=[sheet.name for sheet in seen], header=None, dtype=object, engine=engine
    )
    for name, frame in frames.items():
        yield ListSheet(name, [[_plain(cell) for cell in row] for row in frame.itertuples(index=False)])


def _of_text(data: bytes, path: Path, likeness: Callable[[Rows], int]) -> Iterator[list[object]]:
    text = decoded(data)
    if "\0" in text:
        raise refused(path, NO_TEXT)
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise refused(path, TOO_LONG.filled(most=MOST_LINES))
    separator = max(SEPARATORS, key=lambda sign: likeness(_head(lines, sign)))
    width = 1 + max((line.count(separator) for line in lines), default=0)
    if width > MOST_COLUMNS:
        raise refused(path, TOO_WIDE.filled(most=MOST_COLUMNS))
    pd = _pandas()
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), index_col=False, dtype=str,
            keep_default_na=False, skip_blank_lines=False,
        )  # fmt: skip
    except pd.errors.EmptyDataError:
        return
    except pd.errors.ParserError:
        raise refused(path, UNEVEN) from None
    for row in frame.itertuples(index=False):
        yield [_plain(cell) for cell in row]


def _head(lines: Sequence[str], separator: str) -> Rows:
    """The first rows; not by pandas, which a title line without separators misleads."""
    try:
        return list(csv.reader(lines[:TITLES], delimiter=separator))
    except csv.Error:  # a field of more than 128 KiB
        return []


def _plain(cell: Any) -> object:
    """A cell as people see it, None where it is blank: pandas writes NaN there, and whole numbers with a point."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return None if cell != cell else int(cell) if float(cell).is_integer() else cell  # noqa: PLR0124  NaN
    return cell if isinstance(cell, datetime | date) and cell == cell else None  # noqa: PLR0124  NaT
