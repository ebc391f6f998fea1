"""The names of our functions put back into the plain form, and links that nothing uses any more dropped.

Programs store a call in ways that others cannot read (`[1]!F`, `_xll.F`, `_xldudf_WARMAP_F`). Only formulas are touched:
every other part of the file keeps its bytes.
"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZipFile

from warmap_workbook.ooxml.limits import DEFAULT_LIMITS
from warmap_workbook.ooxml.package import CONTENT_TYPES, Package
from warmap_workbook.ooxml.rewrite import rewrite
from warmap_workbook.reading.checks.formula_text import PIECE, plain_name

FORMULA = re.compile(r"(<(?:\w+:)?(?:f|definedName)\b[^>]*(?<!/)>)([^<]*)(</)")
LINK = re.compile(r"\[\d+\]")
REFERENCES = re.compile(r"<(?:\w+:)?externalReferences\b.*?</(?:\w+:)?externalReferences>", re.DOTALL)
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*/externalLink\"[^>]*/>")
OVERRIDE = re.compile(r"<(?:\w+:)?Override\b[^>]*externalLink[^>]*/>")
LINK_PARTS = "xl/externallinks/"


class Repaired(NamedTuple):
    """The mended workbook, how many calls were rewritten, and whether dangling links were dropped."""

    content: bytes
    calls: int
    dropped_links: bool


def plain_calls(formula: str) -> tuple[str, int]:
    """A formula with every call of ours in the plain form, and how many were not; texts in quotes stay as they are."""
    count = 0

    def write(match: re.Match[str]) -> str:
        nonlocal count
        word = match.group()
        is_call = match.lastgroup == "name" and formula[match.end() : match.end() + 1] == "("
        plain = plain_name(word) if is_call else word
        if not plain.startswith("WARMAP.") or plain == word:
            return word
        count += 1
        return plain

    return PIECE.sub(write, formula), count


def repaired(workbook: bytes) -> Repaired:
    """Mend a workbook. Raises Unreadable for what is no workbook or passes the limits."""
    package = Package(workbook, DEFAULT_LIMITS)
    book = package.workbook_part()
    with ZipFile(io.BytesIO(workbook)) as archive:
        names = [name for name in archive.namelist() if _may_hold_formulas(name, book)]
    texts = {name: package.read(name).decode("utf-8") for name in names}
    total = 0
    changed: dict[str, str] = {}
    for name, text in texts.items():
        mended, count = _mended(text)
        total += count
        if count:
            changed[name] = mended
    drop = _is_dangling({**texts, **changed}, texts[book])
    if drop:
        relations = f"{book.rpartition('/')[0]}/_rels/{book.rpartition('/')[2]}.rels"
        changed[book] = REFERENCES.sub("", changed.get(book, texts[book]))
        changed[relations] = RELATION.sub("", package.read(relations).decode("utf-8"))
        changed[CONTENT_TYPES] = OVERRIDE.sub("", package.read(CONTENT_TYPES).decode("utf-8"))
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as source:
        parts = {name: text.encode("utf-8") for name, text in changed.items()}
        rewrite(source, out, parts, lambda name: drop and name.casefold().startswith(LINK_PARTS))
    return Repaired(out.getvalue(), total, drop)


def _may_hold_formulas(name: str, book: str) -> bool:
    return name == book or (name.startswith("xl/worksheets/") and name.endswith(".xml"))


def _mended(text: str) -> tuple[str, int]:
    total = 0

    def write(match: re.Match[str]) -> str:
        nonlocal total
        formula, count = plain_calls(unescape(match[2]))
        total += count
        return f"{match[1]}{escape(formula)}{match[3]}" if count else match.group()

    return FORMULA.sub(write, text), total


def _is_dangling(texts: dict[str, str], workbook: str) -> bool:
    """Whether there are links that no formula and no name uses: all of them, for the others' numbers must stay."""
    if REFERENCES.search(workbook) is None:
        return False
    return not any(LINK.search(match[2]) for text in texts.values() for match in FORMULA.finditer(text))
