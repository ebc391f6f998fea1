"""A workbook's file with a few parts changed, added or left out; every other part keeps its bytes and its place.

Inside a part, elements are put in and taken out by their byte positions: parsing and serializing a part anew would lose
what a parser does not keep (prefixes, declarations, extensions).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from warmap_workbook.editing.zip_out import PackedPart, copied, packed, write_zip
from warmap_workbook.ooxml import DEFAULT_LIMITS, Reason, Unreadable, cell_name
from warmap_workbook.ooxml.cells import unescape
from warmap_workbook.ooxml.package import CONTENT_TYPES, Package
from warmap_workbook.ooxml.xmlpart import check_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Characters that XML 1.0 does not allow.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS = (
    _HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class WorksheetPart:
    """One worksheet: its name, the part with its cells, and whether its tab is in sight."""

    name: str
    part: str
    is_visible: bool


class PackageEdit:
    """The parts of a workbook as they are by now. Unreadable for a file that the reader would refuse."""

    def __init__(self, data: bytes) -> None:
        if len(data) > DEFAULT_LIMITS.file_bytes:
            raise Unreadable(Reason.too_large, {"limit": DEFAULT_LIMITS.file_bytes, "found": len(data)})
        self.package = Package(data, DEFAULT_LIMITS)
        """The file as it came."""
        self._new: dict[str, tuple[str, bytes]] = {}  # by name, for the case of part names does not count
        self._dropped: set[str] = set()

    def __contains__(self, part: str) -> bool:
        key = part.casefold()
        return key in self._new or (part in self.package and key not in self._dropped)

    def names(self) -> list[str]:
        """The names of all parts, those of the file first."""
        names = [name for name in self.package.names() if name.casefold() not in self._dropped]
        there = {name.casefold() for name in names}
        return [*names, *(name for key, (name, _) in self._new.items() if key not in there)]

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        changed = self._new.get(part.casefold())
        return self.package.read(part) if changed is None else changed[1]

    def put(self, part: str, data: bytes) -> None:
        """Change a part, or add one."""
        self._new[part.casefold()] = (part, data)

    def worksheets(self) -> list[WorksheetPart]:
        """The worksheets in the order of their tabs; sheets of other kinds have no cells."""
        book = self.package.workbook_part()
        relations = self.package.relations(book)
        found: list[WorksheetPart] = []
        for element in elements(self.read(book), book, {"sheet"}):
            relation = relations.get(element.attribute("id"))
            if element.name == "sheet" and relation is not None and relation.kind == "worksheet":
                is_visible = element.attribute("state") not in {"hidden", "veryHidden"}
                found.append(WorksheetPart(unescape(element.attribute("name")), relation.target, is_visible))
        return found

    def add(self, stem: str, ending: str, media_type: str, data: bytes) -> str:
        """Add a part under a number not yet taken, with its content type, and give its name."""
        number = 1
        while f"{stem}{number}.{ending}" in self:
            number += 1
        part = f"{stem}{number}.{ending}"
        self.put(part, data)
        self._insert(CONTENT_TYPES, f"Override PartName={quoteattr('/' + part)} ContentType={quoteattr(media_type)}/>")
        return part

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation, and give its id."""
        place = relations_part(part)
        if place not in self:
            self.put(place, _NO_RELATIONS)
        taken = {row.attribute("Id").casefold() for row in elements(self.read(place), place, {"Relationship"})}
        number = 1
        while f"warmap{number}" in taken:
            number += 1
        words = f'Id="warmap{number}" Type="{RELATIONSHIPS}/{kind}" Target={quoteattr("/" + target)}'
        self._insert(place, f"Relationship {words}/>")
        return f"warmap{number}"

    def _insert(self, part: str, tag: str) -> None:
        """Put an element, given from its name on, at the end of a part's root."""
        data = self.read(part)
        root = elements(data, part, ())[0]
        self.put(part, edited(data, [insert_last(root, data, f"<{root.prefix}{tag}".encode())]))

    def leave_out(self, parts: Collection[str]) -> None:
        """Leave parts out, with their content types."""
        gone = {name.casefold() for name in parts}
        self._dropped |= gone
        for name in gone:
            self._new.pop(name, None)
        self.cut(CONTENT_TYPES, "Override", lambda one: one.attribute("PartName").lstrip("/").casefold() in gone)

    def retype(self, part: str, media_type: str) -> None:
        """Give a part another content type."""
        name = part.casefold()
        self.cut(CONTENT_TYPES, "Override", lambda one: one.attribute("PartName").lstrip("/").casefold() == name)
        self._insert(CONTENT_TYPES, f"Override PartName={quoteattr('/' + part)} ContentType={quoteattr(media_type)}/>")

    def cut(self, part: str, name: str, is_cut: Callable[[Element], bool]) -> None:
        """Take the elements of a name for which `is_cut` is true out of a part."""
        data = self.read(part)
        cuts = [
            Edit(one.start, one.end, b"") for one in elements(data, part, {name}) if one.name == name and is_cut(one)
        ]
        if cuts:
            self.put(part, edited(data, cuts))

    def write(self, file: BinaryIO) -> None:
        """The file: every part in its old place and order, new ones at the end; what was not changed is not inflated."""
        new = dict(self._new)
        parts: list[PackedPart] = []
        for name in self.package.names():
            if name.casefold() in self._dropped:
                continue
            info, bytes_there = self.package.packed(name)
            part = new.pop(name.casefold(), None)
            parts.append(copied(name, info, bytes_there) if part is None else packed(name, part[1], info))
        write_zip(file, [*parts, *(packed(name, data) for name, data in new.values())])

    def content(self) -> bytes:
        """The bytes of the file."""
        out = io.BytesIO()
        self.write(out)
        return out.getvalue()


def relations_part(part: str) -> str:
    """The name of the part with a part's relations."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def plain_sheet(rows: Iterable[Sequence[str | float]]) -> bytes:
    """A worksheet's part of texts and numbers; texts stand in the cells themselves, so that no other part must change."""
    return sheet_of_rows(
        (row, [plain_cell(cell_name(row, column), value) for column, value in enumerate(values, 1) if value != ""])
        for row, values in enumerate(rows, 1)
    )


def sheet_of_rows(rows: Iterable[tuple[int, Iterable[str]]]) -> bytes:
    """A worksheet's part of the cells in each row."""
    lines = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows)
    return _HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'.encode()


def plain_cell(name: str, value: str | float, formula: str = "") -> str:
    """A cell without a format: a number or a text, or a formula with that result."""
    words = escape(UNWRITABLE.sub("", value)) if isinstance(value, str) else repr(value)
    if formula:
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{name}"{kind}><f>{escape(formula)}</f><v>{words}</v></c>'
    if not isinstance(value, str):
        return f'<c r="{name}"><v>{words}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


_START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")


@dataclass(slots=True)
class Element:
    """One element: its name without prefix, its prefix with the colon, the names above it, and its byte positions.

    `inner_end` is where its end tag begins; for an element without an end tag, it is `end`.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    start: int
    inner_end: int = -1
    end: int = -1

    def attribute(self, name: str) -> str:
        """An attribute by its name without prefix, '' where there is none."""
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), "")


@dataclass(frozen=True, slots=True)
class Edit:
    """New bytes in place of those from `start` to `end`."""

    start: int
    end: int
    new: bytes


def elements(data: bytes, part: str, wanted: Collection[str]) -> list[Element]:
    """The root, its children, and every element with a wanted name, in the order in which they begin.

    Unreadable where the part is not well-formed, declares a DOCTYPE, or is too large.
    """
    check_xml(data, part, DEFAULT_LIMITS)
    found: list[Element] = []
    above: list[tuple[str, Element | None]] = []
    parser = expat.ParserCreate()
    names = frozenset(wanted)

    def begin(name: str, attributes: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        element = None
        if len(above) < 2 or local in names:
            parents = tuple(parent for parent, _ in above)
            element = Element(local, prefix + colon, attributes, parents, parser.CurrentByteIndex)
            found.append(element)
        above.append((local, element))

    def finish(_: str) -> None:
        element = above.pop()[1]
        if element is not None:
            _close(element, data, parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise Unreadable(Reason.corrupt, {"part": part, "line": problem.lineno}) from None
    return found


def _close(element: Element, data: bytes, at: int) -> None:
    """Set where an element ends: expat reports the position after `<a/>`, but the beginning of `</a>` in `<a></a>`."""
    tag = _START_TAG.match(data, element.start)
    if tag is not None and tag[1]:
        element.inner_end = element.end = tag.end()
    else:
        element.inner_end, element.end = at, data.index(b">", at) + 1


def insert_last(element: Element, data: bytes, new: bytes) -> Edit:
    """Put bytes at the end of an element's content; `<a/>` becomes `<a>…</a>`."""
    if element.inner_end != element.end:
        return Edit(element.inner_end, element.inner_end, new)
    name = (element.prefix + element.name).encode()
    opened = data[element.start : element.end].rstrip(b">").rstrip(b"/") + b">"
    return Edit(element.start, element.end, opened + new + b"</" + name + b">")


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits made; of edits at one place the first given comes first. They must not overlap."""
    pieces: list[bytes] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [data[done : edit.start], edit.new]
        done = edit.end
    return b"".join([*pieces, data[done:]])
