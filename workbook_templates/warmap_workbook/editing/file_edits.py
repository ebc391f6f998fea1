"""Edits of a workbook's file that need no new workbook: snapshots put in, calls repaired, macros left out.

Every part that such an edit does not touch keeps its bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

from warmap import history
from warmap.layout import TAB
from warmap.model import Snapshot
from warmap_workbook.editing.package_edit import PackageEdit, sheet_of_texts
from warmap_workbook.ooxml import Reason, Unreadable
from warmap_workbook.ooxml.package import CONTENT_TYPES
from warmap_workbook.reading.checks.formula_text import PIECE, plain_name

FORMULA = re.compile(r"(<(?:\w+:)?(?:f|definedName)\b[^>]*(?<!/)>)([^<]*)(</)")
LINK = re.compile(r"\[\d+\]")
REFERENCES = "externalReferences"
LINK_PARTS = "xl/externallinks/"
SHEET_PARTS = re.compile(r"xl/worksheets/.*\.xml", re.IGNORECASE)
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
VBA_TYPE = "application/vnd.ms-office.vba"
VBA_PARTS = re.compile(r"xl/(?:_rels/)?vba(?:Project|Data)[^/]*", re.IGNORECASE)


class NoHistorySheet(ValueError):
    """The workbook has lost its hidden history sheet."""


def with_history(workbook: bytes, snapshots: Sequence[Snapshot]) -> bytes:
    """The workbook with this history, the oldest snapshot first, on its hidden history sheet.

    Raises Unreadable for what is no workbook, NoHistorySheet where the sheet is gone.
    """
    edit, name = PackageEdit(workbook), TAB["history"].name.en
    for sheet in edit.worksheets():
        if sheet.name.casefold() == name and sheet.part in edit:
            rows = [history.COLUMNS, *history.rows_of(snapshots)]
            edit.put(sheet.part, sheet_of_texts(rows[: history.MOST_ROWS]))
            return edit.content()
    raise NoHistorySheet(name)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired workbook, how many calls were rewritten, and whether dangling links were dropped."""

    content: bytes
    calls: int
    dropped_links: bool


def repaired(workbook: bytes) -> Repaired:
    """Put the calls of our functions back into the plain form, and drop links that nothing uses any more.

    Programs store a call in forms that others cannot read: `[1]!F` (LibreOffice, with a link to the file that holds the
    function), `_xll.F` and `_xldudf_WARMAP_F` (Excel). Raises Unreadable for what is no workbook or exceeds the limits.
    """
    edit = PackageEdit(workbook)
    book = edit.package.workbook_part()
    texts: dict[str, str] = {}
    total = 0
    for name in edit.names():
        if name.casefold() == book.casefold() or SHEET_PARTS.fullmatch(name):
            texts[name], count = _with_plain_calls(_text(edit, name))
            total += count
            if count:
                edit.put(name, texts[name].encode("utf-8"))
    has_dangling = _is_dangling(texts, _text(edit, book))
    if has_dangling:
        edit.cut(book, REFERENCES, lambda _: True)
        edit.drop(lambda name: name.casefold().startswith(LINK_PARTS), book)
    return Repaired(edit.content(), total, has_dangling)


def _text(edit: PackageEdit, part: str) -> str:
    try:
        return edit.read(part).decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(Reason.unsupported_encoding, {"part": part}) from None


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


def _with_plain_calls(text: str) -> tuple[str, int]:
    total = 0

    def write(match: re.Match[str]) -> str:
        nonlocal total
        formula, count = plain_calls(unescape(match[2]))
        total += count
        return f"{match[1]}{escape(formula)}{match[3]}" if count else match.group()

    return FORMULA.sub(write, text), total


def _is_dangling(texts: Mapping[str, str], workbook: str) -> bool:
    """Whether there are links that no formula and no name uses: all of them, for the others' numbers must stay."""
    if f"{REFERENCES}>" not in workbook:
        return False
    return not any(LINK.search(match[2]) for text in texts.values() for match in FORMULA.finditer(text))


def without_macros(workbook: bytes) -> bytes:
    """A macro workbook as the plain .xlsx that is handed in: the same cells without the VBA.

    Raises Unreadable for what is no workbook, ValueError for what is no macro workbook.
    """
    edit = PackageEdit(workbook)
    types = edit.read(CONTENT_TYPES)
    if MACRO_TYPE not in types:
        raise ValueError("no macro workbook")
    edit.put(CONTENT_TYPES, types.replace(MACRO_TYPE, PLAIN_TYPE))
    edit.cut(CONTENT_TYPES, "Default", lambda one: one.attribute("ContentType").startswith(VBA_TYPE))
    edit.drop(VBA_PARTS.fullmatch, edit.package.workbook_part())
    return edit.content()
