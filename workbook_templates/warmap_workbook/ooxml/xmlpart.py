"""XML parts of a package: parsed by the C parser, after what would hurt it is refused."""

import re
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from warmap_workbook.ooxml.unreadable import Limits, Reason, Unreadable

MAIN_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""Of spreadsheet parts: the transitional one and that of ISO 29500 strict."""

_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
# The parser writes the namespace out before every name, so that a long one costs its length once per element.
_LONG_NAMESPACE = re.compile(rb"""xmlns(?:(?::[^\s=<>"']{1,200})?\s*=\s*(?:"[^"]{128}|'[^']{128})|:[^\s=<>"']{201})""")


def parse_xml(data: bytes, part: str, limits: Limits) -> Element:
    """Root of an XML part. Unreadable when it is not well-formed UTF-8, declares a DOCTYPE, or is too large a tree."""
    check_xml(data, part, limits)
    parser = XMLParser()  # noqa: S314  any DOCTYPE was refused, so there are no entities
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as problem:
        line, column = problem.position
        raise Unreadable(Reason.corrupt, {"part": part, "line": line, "column": column}) from None
    return root


def check_xml(data: bytes, part: str, limits: Limits) -> None:
    """Refuse, before parsing, what would make the parser slow or large."""
    _check_encoding(data, part)
    if len(data) > limits.markup_per_part and (found := _markup(data)) > limits.markup_per_part:
        raise Unreadable(Reason.too_much_markup, {"part": part, "limit": limits.markup_per_part, "found": found})
    if b"<!DOCTYPE" in data:
        _refuse_doctype(data, part)
    if _LONG_NAMESPACE.search(data):
        raise Unreadable(Reason.corrupt, {"part": part, "problem": "namespace"})


def _markup(data: bytes) -> int:
    return max(data.count(b"<"), data.count(b"="))


def namespace(element: Element) -> str:
    """Namespace of an element, '' when it has none."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def local_name(name: str) -> str:
    """Name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def main_prefix(root: Element, part: str) -> str:
    """'{namespace}' of a spreadsheet part's root; corrupt when it is not one of a spreadsheet."""
    if namespace(root) not in MAIN_NAMESPACES:
        raise Unreadable(Reason.corrupt, {"part": part, "problem": "namespace"})
    return f"{{{namespace(root)}}}"


def truth(text: str | None) -> bool:
    """Read an xsd:boolean attribute; absent or anything else is False."""
    return text is not None and text.strip() in ("1", "true")


def _check_encoding(data: bytes, part: str) -> None:
    """UTF-8 only: in another encoding the checks on bytes would not see what the parser sees."""
    declared = _DECLARED.match(data[:500])
    if declared is not None and declared[1].lower() not in _ENCODINGS:
        found = declared[1].decode("ascii", "backslashreplace")
        raise Unreadable(Reason.unsupported_encoding, {"part": part, "found": found})
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise Unreadable(Reason.unsupported_encoding, {"part": part, "found": "utf-16"})


def _refuse_doctype(data: bytes, part: str) -> None:
    """Refuse a real DOCTYPE; the same letters inside CDATA or a comment are text."""

    def found(*_: object) -> NoReturn:
        raise Unreadable(Reason.doctype, {"part": part})

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Unreadable(Reason.corrupt, {"part": part}) from None
