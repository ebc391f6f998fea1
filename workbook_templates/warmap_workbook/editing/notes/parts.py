"""The parts of a workbook's file: read within limits, a few changed or added, all others copied byte for byte."""

from __future__ import annotations

import io
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

from warmap_workbook.editing.notes.markup import edited, elements, insert_last, value_of
from warmap_workbook.ooxml import DEFAULT_LIMITS, Reason, Unreadable
from warmap_workbook.ooxml.package import CONTENT_TYPES, Package, Relation
from warmap_workbook.ooxml.rewrite import BROKEN, rewrite

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_RELATIONS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"""


class Tab(NamedTuple):
    """One worksheet: its name, the part with its cells, and whether its tab is in sight."""

    name: str
    part: str
    is_visible: bool


class Parts:
    """A workbook's parts. Unreadable for a file that the reader would refuse."""

    def __init__(self, data: bytes) -> None:
        if len(data) > DEFAULT_LIMITS.file_bytes:
            raise Unreadable(Reason.too_large, {"limit": DEFAULT_LIMITS.file_bytes, "found": len(data)})
        self.package = Package(data, DEFAULT_LIMITS)
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except BROKEN:
            raise Unreadable(Reason.corrupt, {"part": ""}) from None
        if sum(info.file_size for info in self._zip.infolist()) > DEFAULT_LIMITS.inflated_bytes:
            raise Unreadable(Reason.inflates_too_much, {"limit": DEFAULT_LIMITS.inflated_bytes})
        self._new: dict[str, tuple[str, bytes]] = {}
        self.added_drawings = 0

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._new or part in self.package

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are by now."""
        changed = self._new.get(part.casefold())
        return self.package.read(part) if changed is None else changed[1]

    def put(self, part: str, data: bytes) -> None:
        """Change a part, or add one."""
        self._new[part.casefold()] = (part, data)

    def tabs(self) -> list[Tab]:
        """The worksheets in the order of their tabs; sheets of other kinds carry no notes."""
        book = self.package.workbook_part()
        relations = self.package.relations(book)
        found: list[Tab] = []
        for element in elements(self.read(book), book, {"sheet"}):
            relation = relations.get(element.attribute("id"))
            if element.name == "sheet" and relation is not None and relation.kind == "worksheet":
                seen = element.attribute("state") not in {"hidden", "veryHidden"}
                found.append(Tab(element.attribute("name"), relation.target, seen))
        return found

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part of the file as it came."""
        return self.package.relations(part)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation, and give its id."""
        folder, _, name = part.rpartition("/")
        place = f"{folder}/_rels/{name}.rels"
        data = self.read(place) if place in self else _NO_RELATIONS
        root, *rows = elements(data, place, {"Relationship"})
        taken = {row.attribute("Id").casefold() for row in rows}
        number = 1
        while f"warmap{number}" in taken:
            number += 1
        new = (
            f'<{root.prefix}Relationship Id="warmap{number}" Type="{RELATIONSHIPS}/{kind}" '
            f"Target={value_of('/' + target)}/>"
        )
        self.put(place, edited(data, [insert_last(root, data, new.encode())]))
        return f"warmap{number}"

    def add(self, stem: str, ending: str, media_type: str, data: bytes) -> str:
        """Add a part under a number not yet taken, with its content type, and give its name."""
        number = 1
        while f"{stem}{number}.{ending}" in self:
            number += 1
        part = f"{stem}{number}.{ending}"
        self.put(part, data)
        types = self.read(CONTENT_TYPES)
        root = elements(types, CONTENT_TYPES, ())[0]
        new = f"<{root.prefix}Override PartName={value_of('/' + part)} ContentType={value_of(media_type)}/>"
        self.put(CONTENT_TYPES, edited(types, [insert_last(root, types, new.encode())]))
        return part

    def drawings(self) -> list[str]:
        """The names of all old-style drawings."""
        return [info.filename for info in self._zip.infolist() if info.filename.casefold().endswith(".vml")]

    def write(self, file: BinaryIO) -> None:
        """The file: every part in its old place and order, new ones at the end."""
        rewrite(self._zip, file, dict(self._new.values()))
