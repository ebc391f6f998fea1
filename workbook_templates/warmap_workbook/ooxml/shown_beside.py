"""What a sheet shows beside its cells: people's notes and threads, pictures, charts and shapes. Read where it is asked for."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from warmap_workbook.ooxml.cells import unescape
from warmap_workbook.ooxml.package import Package
from warmap_workbook.ooxml.references import parse_ref
from warmap_workbook.ooxml.unreadable import Unreadable
from warmap_workbook.ooxml.xmlpart import local_name

DrawnKind = Literal["picture", "chart", "shape"]
_KINDS: dict[str, DrawnKind] = {
    "pic": "picture", "graphicFrame": "chart", "sp": "shape", "cxnSp": "shape", "grpSp": "shape",
}  # fmt: skip
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


class PersonsNote(NamedTuple):
    """A note or one entry of a thread: sheet, cell (row and column from 1), author, words."""

    sheet: str
    row: int
    column: int
    author: str
    text: str


class Drawn(NamedTuple):
    """Something drawn over a sheet, with the cells under its upper left and lower right corner."""

    sheet: str
    row: int
    column: int
    kind: DrawnKind
    last_row: int
    last_column: int


class Beside(NamedTuple):
    """What is shown beside the cells of a book."""

    notes: list[PersonsNote]
    drawn: list[Drawn]


def beside_of(package: Package, sheets: list[tuple[str, str]]) -> Beside:
    """Notes and drawn things of the sheets, given as (name, part). Unreadable for a broken part."""
    notes: list[PersonsNote] = []
    drawn: list[Drawn] = []
    for sheet, part in sheets:
        related = [one for one in package.relations(part).values() if not one.external and one.target in package]
        threads = [one.target for one in related if one.kind == "threadedComment"]
        for one in related:
            if one.kind == "comments":
                notes += _notes(package.xml(one.target), sheet, has_threads=bool(threads))
            elif one.kind == "drawing":
                drawn += _drawn(package.xml(one.target), sheet)
        for target in threads:
            notes += _threads(package.xml(target), sheet)
    return Beside(notes, drawn)


def drawn_of(package: Package, sheets: list[tuple[str, str]]) -> list[Drawn]:
    """What is drawn over the sheets; of a drawing that cannot be read nothing, for a book without it is a book."""
    drawn: list[Drawn] = []
    for sheet, part in sheets:
        with suppress(Unreadable):
            for one in package.relations(part).values():
                if one.kind == "drawing" and not one.external and one.target in package:
                    drawn += _drawn(package.xml(one.target), sheet)
    return drawn


def _notes(root: Element, sheet: str, *, has_threads: bool) -> Iterator[PersonsNote]:
    """The plain notes; a thread's own stand-in for old programs (author `tc=…`) is left to the thread."""
    authors = [one.text or "" for one in root.iter() if local_name(one.tag) == "author"]
    for comment in root.iter():
        if local_name(comment.tag) != "comment":
            continue
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number[:6]) < len(authors) else ""
        if has_threads and author.startswith("tc="):
            continue
        words = "".join(one.text or "" for one in comment.iter() if local_name(one.tag) == "t")
        yield from _placed(sheet, comment.get("ref", ""), author, words)


def _threads(root: Element, sheet: str) -> Iterator[PersonsNote]:
    for thread in root.iter():
        if local_name(thread.tag) == "threadedComment":
            words = "".join(one.text or "" for one in thread if local_name(one.tag) == "text")
            yield from _placed(sheet, thread.get("ref", ""), "", words)


def _placed(sheet: str, ref: str, author: str, words: str) -> Iterator[PersonsNote]:
    try:
        row, column = parse_ref(ref)
    except ValueError:
        row, column = 1, 1
    if words.strip():
        yield PersonsNote(sheet, row, column, author, unescape(words))


def _drawn(root: Element, sheet: str) -> Iterator[Drawn]:
    for anchor in root.iter():
        if local_name(anchor.tag) not in _ANCHORS:
            continue
        corners = {(local_name(corner.tag), local_name(one.tag)): one.text or "" for corner in anchor for one in corner}
        row, column = (_from_one(corners.get(("from", side), "")) for side in ("row", "col"))
        last = (_from_one(corners.get(("to", side), "")) for side in ("row", "col"))
        kind = next((_KINDS[name] for one in anchor.iter() if (name := local_name(one.tag)) in _KINDS), None)
        if kind is not None:
            yield Drawn(sheet, row, column, kind, *map(max, zip(last, (row, column), strict=True)))


def _from_one(text: str) -> int:
    return int(text) + 1 if text.isdecimal() and len(text) < 8 else 1
