"""Reading a list that somebody keeps: a table with a row of heads, in any order, in CSV, .xlsx, YAML or JSON."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warmap.model import TABLE
from warmap.names import key
from warmap.parsing import Context
from warmap.parsing.convert import day
from warmap.parsing.entered import PLAIN
from warmap.parsing.problems import is_blank
from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.load import DOCUMENTS, TOO_LARGE, WORKBOOKS, NotParsed, parsed
from warmap_app.opening import MOST_BYTES, CannotRead, file_bytes
from warmap_workbook.ooxml import ErrorValue, Unreadable, read_book
from warmap_workbook.reading.refusals import unreadable

MOST_LINES, MOST_COLUMNS = 100_000, 200
UNREADABLE = Text("{what} 读不了：{why}", "{what} cannot be read: {why}")
NO_LIST = Text("{what} 应是由行组成的列表", "{what} should be a list of rows")
TOO_LONG = Text("{what} 超过 {most} 行", "{what} has more than {most} lines")


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list: what its columns may be called, by field, and what it is called itself, with its `path`.

    The first row must have one head of each group in `needed`; `no_heads` is said where it does not.
    """

    heads: Mapping[str, tuple[str, ...]]
    needed: tuple[frozenset[str], ...]
    what: Text
    no_heads: Text

    def field_of(self) -> dict[str, str]:
        """The field of every head, as names are compared."""
        return {key(word): field for field, words in self.heads.items() for word in words}

    def refused(self, words: Text, path: Path, **facts: object) -> UserError:
        """What is said of a list that cannot be taken."""
        return UserError(words.filled(what=self.what.filled(path=path), **facts))


def rows_in(path: Path, listing: Listing) -> tuple[list[tuple[int, dict[str, Any]]], Context]:
    """The lines that are not blank, each with its number, by field; and how their cells tell days. UserError."""
    try:
        data = file_bytes(str(path), MOST_BYTES)
    except CannotRead as error:
        raise listing.refused(UNREADABLE, path, why=error.why[0]) from None
    if len(data) > MOST_BYTES:
        raise listing.refused(UNREADABLE, path, why=TOO_LARGE[0])
    ending, context = path.suffix.lower(), PLAIN
    if ending in DOCUMENTS:
        rows = _of_document(data, path, listing)
    elif ending in WORKBOOKS:
        rows, context = _of_workbook(data, path, listing)
    else:
        text = decoded(data)
        lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
        rows = _named(enumerate(lines, 1), path, listing)
    found = []
    try:
        for number, row in rows:
            if any(not is_blank(value) for value in row.values()):
                found.append((number, row))
            if len(found) > MOST_LINES:
                raise listing.refused(TOO_LONG, path, most=MOST_LINES)
    except csv.Error as error:
        raise listing.refused(UNREADABLE, path, why=str(error)) from None
    return found, context


def day_of(value: object, context: Context, no_day: Text, **facts: object) -> date | None:
    """The day in a cell, None in a blank one. UserError of what is no day."""
    found = None if is_blank(value) else day(TABLE["actions"].by_code["due"], value, context)
    if found is not None and not isinstance(found, date):
        raise UserError(no_day.filled(value=value, **facts))
    return found


def words_of(value: object) -> str:
    """A name as it is entered; a number without decimals as people write it."""
    if value is None or isinstance(value, ErrorValue):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def decoded(data: bytes) -> str:
    """Text as spreadsheets and CRMs save it: UTF-8 or UTF-16, with their mark or without, or on a Chinese Windows GB 18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    low, high = data[1::2].count(0), data[::2].count(0)  # in UTF-16 one byte of a separator, a digit, a line break is 0
    for encoding, zeros, others in (("utf-16-le", low, high), ("utf-16-be", high, low)):
        if zeros > max(4, 4 * others):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _delimiter(text: str) -> str:
    """What stands most often in the first line: Excel saves with the separator of the computer's region."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _of_document(data: bytes, path: Path, listing: Listing) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = parsed(data, path.name)
    except NotParsed as error:
        raise listing.refused(UNREADABLE, path, why=error.why[0].filled(**error.facts)) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise listing.refused(NO_LIST, path)
    field_of = listing.field_of()
    for number, row in enumerate(rows, 1):
        yield number, {field_of[name]: value for head, value in row.items() if (name := key(str(head))) in field_of}


def _of_workbook(data: bytes, path: Path, listing: Listing) -> tuple[Iterator[tuple[int, dict[str, Any]]], Context]:
    try:
        book = read_book(data)
    except Unreadable as error:
        raise listing.refused(UNREADABLE, path, why=unreadable(error).facts["reason"]) from None
    sheet = next((sheet for sheet in book.sheets if sheet.was_read and sheet.state == "visible" and sheet.rows), None)
    if sheet is None:
        raise listing.refused(listing.no_heads, path)
    last = min(max(column for cells in sheet.rows.values() for column in cells), MOST_COLUMNS)
    rows = ((row, [sheet.value(row, column) for column in range(1, last + 1)]) for row in sorted(sheet.rows))
    return _named(rows, path, listing), Context(book.dates)


def _named(
    rows: Iterable[tuple[int, Sequence[Any]]], path: Path, listing: Listing
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows below the heads, by the names of the fields."""
    heads: dict[int, str] = {}
    field_of = listing.field_of()
    for number, row in rows:
        if heads:
            yield number, {name: row[place] for place, name in heads.items() if place < len(row)}
        elif any(not is_blank(value) for value in row):
            names = ((place, key(str(head or ""))) for place, head in enumerate(row))
            heads = {place: field_of[name] for place, name in names if name in field_of}
            if not all(group & set(heads.values()) for group in listing.needed):
                raise listing.refused(listing.no_heads, path)
    if not heads:
        raise listing.refused(listing.no_heads, path)
