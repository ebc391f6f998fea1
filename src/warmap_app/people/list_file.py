"""The cells of a list of people as its file holds them: a CSV or a workbook, so that a browser can read it too."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from warmap.parsing.days import DateSystem
from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.listing import MOST_COLUMNS, MOST_LINES, decoded
from warmap_app.load import PACKAGED, TOO_LARGE, WORKBOOKS
from warmap_app.opening import MOST_BYTES, CannotRead, file_bytes
from warmap_workbook.ooxml import Sheet, Unreadable, read_book
from warmap_workbook.reading.refusals import unreadable

SEPARATORS = (",", ";", "\t")
TITLES = 10  # rows at most that may stand above the heads, and the heads

UNREADABLE = Text("名单 {path} 读不了：{why}", "the list {path} cannot be read: {why}")
NO_TEXT = Text("里面有空字符（NUL），不是文本文件", "it holds NUL characters and is no text file")
TOO_WIDE = Text("超过 {most} 列", "it has more than {most} columns")
TOO_LONG = Text("超过 {most} 行", "it has more than {most} rows")
UNEVEN = Text("有一行的引号没有闭合", "a quotation mark in it is never closed")
csv.field_size_limit(MOST_BYTES)  # of a cell; by itself the module takes 128 KiB for a fault

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
    return sheets_in(data, path, likeness)


def sheets_in(data: bytes, path: Path, likeness: Callable[[Rows], int]) -> list[ListSheet]:
    """The same of the bytes of a file of that name."""
    if len(data) > MOST_BYTES:
        raise refused(path, TOO_LARGE[0])
    if path.suffix.lower() in WORKBOOKS or data.startswith(PACKAGED):
        return list(_of_workbook(data, path))
    return [ListSheet("", list(_of_text(data, path, likeness)))]


def refused(path: Path, why: object) -> UserError:
    """Why a list is not taken."""
    return UserError(UNREADABLE.filled(path=path, why=why))


def _of_workbook(data: bytes, path: Path) -> Iterator[ListSheet]:
    try:
        book = read_book(data)
    except Unreadable as error:
        raise refused(path, unreadable(error).facts["reason"]) from None
    for sheet in book.sheets:
        if not sheet.was_read or sheet.state != "visible" or not sheet.rows:
            continue
        width = max((column for cells in sheet.rows.values() for column in cells), default=0)
        if max(sheet.rows) > MOST_LINES:
            raise refused(path, TOO_LONG.filled(most=MOST_LINES))
        if width > MOST_COLUMNS:
            raise refused(path, TOO_WIDE.filled(most=MOST_COLUMNS))
        rows = range(1, max(sheet.rows) + 1)
        yield ListSheet(
            sheet.name, [[_plain(sheet, row, column, book.dates) for column in range(1, width + 1)] for row in rows]
        )


def _of_text(data: bytes, path: Path, likeness: Callable[[Rows], int]) -> Iterator[Sequence[object]]:
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
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [cell if cell.strip() else None for cell in row] + [None] * (width - len(row))
    except csv.Error:
        raise refused(path, UNEVEN) from None


def _head(lines: Sequence[str], separator: str) -> Rows:
    """The first rows."""
    try:
        return list(csv.reader(lines[:TITLES], delimiter=separator))
    except csv.Error:
        return []


def _plain(sheet: Sheet, row: int, column: int, dates: DateSystem) -> object:
    """A cell as people see it: a day as a day, a whole number without a point, None where it is blank or an error."""
    cell = sheet.value(row, column)
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float):
        moment = dates.moment(cell) if (row, column) in sheet.date_cells else None
        return moment or (int(cell) if cell.is_integer() else cell)
    return cell if isinstance(cell, bool) else None
