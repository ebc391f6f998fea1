"""Edit an XML part by the byte positions of its elements, so that all other bytes stay as they are.

Parsing and serializing a part anew would lose what a parser does not keep: prefixes, declarations, extensions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from xml.parsers import expat

from warmap_workbook.ooxml import DEFAULT_LIMITS, Reason, Unreadable
from warmap_workbook.ooxml.xmlpart import check_xml

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
