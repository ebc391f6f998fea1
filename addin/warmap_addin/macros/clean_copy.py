"""A macro workbook as the plain workbook that is handed in: the same cells without the VBA."""

from __future__ import annotations

import re

from warmap_addin.excel.package import BOOK_RELATIONS, TYPES, packed, parts_of

MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
VBA_PARTS = re.compile(r"xl/(?:_rels/)?vba(?:Project|Data)[^/]*", re.IGNORECASE)
VBA_RELATION = re.compile(r'<Relationship\b[^>]*\bType="[^"]*/vbaProject[^"]*"[^>]*/>')
VBA_TYPE = re.compile(r'<(?:Default|Override)\b[^>]*\bContentType="application/vnd\.ms-office\.vba[^"]*"[^>]*/>')


def without_macros(content: bytes) -> bytes:
    """The bytes of an .xlsx. Raises ValueError for what is no macro workbook."""
    parts = parts_of(content)
    types = parts.get(TYPES, b"").decode()
    if MACRO_TYPE not in types or BOOK_RELATIONS not in parts:
        raise ValueError("no macro workbook")
    kept = {name: part for name, part in parts.items() if not VBA_PARTS.fullmatch(name)}
    kept[TYPES] = VBA_TYPE.sub("", types.replace(MACRO_TYPE, PLAIN_TYPE)).encode()
    kept[BOOK_RELATIONS] = VBA_RELATION.sub("", parts[BOOK_RELATIONS].decode()).encode()
    return packed(kept)
