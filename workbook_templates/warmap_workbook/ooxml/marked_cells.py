"""Cells that show more than their value: struck through, or holding a picture. Looked for only where a book has such things."""

import re

from warmap_workbook.ooxml.references import parse_ref
from warmap_workbook.ooxml.unreadable import Limits
from warmap_workbook.ooxml.xmlpart import main_prefix, parse_xml, truth

_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?c\s([^<>]*)>")
_REF = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["']([0-9]{1,6})["']""")
_VALUE_OF_A_KIND = re.compile(
    rb"\bvm\s*="
)  # a picture in the cell itself; old readers see #VALUE! (Excel, MS-XLSX 2.3.3)


def struck_formats(data: bytes, part: str, limits: Limits) -> frozenset[bytes]:
    """The cell formats whose font is struck through, by their index as cells write it in `s`."""
    if b"strike" not in data:
        return frozenset()
    root = parse_xml(data, part, limits)
    prefix = main_prefix(root, part)
    fonts, formats = root.find(prefix + "fonts"), root.find(prefix + "cellXfs")
    if fonts is None or formats is None:
        return frozenset()
    struck = {
        str(index)
        for index, font in enumerate(font for font in fonts if font.tag == prefix + "font")
        for strike in font.iterfind(prefix + "strike")
        if truth(strike.get("val", "1"))
    }
    entries = (one for one in formats if one.tag == prefix + "xf")
    return frozenset(str(index).encode() for index, one in enumerate(entries) if one.get("fontId", "0") in struck)


def cells_of_formats(data: bytes, formats: frozenset[bytes]) -> set[tuple[int, int]]:
    """The cells of a sheet's part that have one of these formats."""
    found: set[tuple[int, int]] = set()
    for attributes in _CELL.findall(data):
        style, ref = _STYLE.search(attributes), _REF.search(attributes)
        if style is not None and ref is not None and style[1] in formats:
            found.add(parse_ref(ref[1].decode()))
    return found


def cells_with_pictures(data: bytes) -> set[tuple[int, int]]:
    """The cells of a sheet's part that hold a picture (or another value of a kind of its own)."""
    found: set[tuple[int, int]] = set()
    for attributes in _CELL.findall(data):
        ref = _REF.search(attributes) if _VALUE_OF_A_KIND.search(attributes) else None
        if ref is not None:
            found.add(parse_ref(ref[1].decode()))
    return found
