"""Reading a list that somebody keeps: a table with a row of heads, in any order, in CSV, .xlsx, YAML or JSON."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmap.names import key
from warmap.parsing import Context
from warmap.parsing.entered import PLAIN
from warmap.parsing.problems import is_blank
from warmap.text import Text
from warmap_app.command import UserError
from warmap_app.load import DOCUMENTS, TOO_LARGE, WORKBOOKS, NotParsed, parsed
from warmap_app.opening import MOST_BYTES, CannotRead, file_bytes
from warmap_workbook.ooxml import ErrorValue, Unreadable, read_book
from warmap_workbook.reading.refusals import unreadable

MOST_LINES, MOST_COLUMNS = 100_000, 200


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list: what its columns may be called, by field, and its refusals, which name the `path`.

    The first row must have one head of each group in `needed`.
    """

    heads: Mapping[str, tuple[str, ...]]
    needed: tuple[frozenset[str], ...]
    unreadable: Text
    no_heads: Text
    no_list: Text
    too_long: Text

    def field_of(self) -> dict[str, str]:
        """The field of every head, as names are compared."""
        return {key(word): field for field, words in self.heads.items() for word in words}


def rows_in(path: Path, listing: Listing) -> tuple[list[tuple[int, dict[str, Any]]], Context]:
    """The lines that are not blank, each with its number, by field; and how their cells tell days. UserError."""
    try:
        data = file_bytes(str(path), MOST_BYTES)
    except CannotRead as error:
        raise UserError(listing.unreadable.filled(path=path, why=error.why[0])) from None
    if len(data) > MOST_BYTES:
        raise UserError(listing.unreadable.filled(path=path, why=TOO_LARGE[0]))
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
                raise UserError(listing.too_long.filled(path=path, most=MOST_LINES))
    except csv.Error as error:
        raise UserError(listing.unreadable.filled(path=path, why=str(error))) from None
    return found, context


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
        raise UserError(listing.unreadable.filled(path=path, why=error.why[0].filled(**error.facts))) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError(listing.no_list.filled(path=path))
    field_of = listing.field_of()
    for number, row in enumerate(rows, 1):
        yield number, {field_of[name]: value for head, value in row.items() if (name := key(str(head))) in field_of}


def _of_workbook(data: bytes, path: Path, listing: Listing) -> tuple[Iterator[tuple[int, dict[str, Any]]], Context]:
    try:
        book = read_book(data)
    except Unreadable as error:
        raise UserError(listing.unreadable.filled(path=path, why=unreadable(error).facts["reason"])) from None
    sheet = next((sheet for sheet in book.sheets if sheet.was_read and sheet.state == "visible" and sheet.rows), None)
    if sheet is None:
        raise UserError(listing.no_heads.filled(path=path))
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
                raise UserError(listing.no_heads.filled(path=path))
    if not heads:
        raise UserError(listing.no_heads.filled(path=path))
