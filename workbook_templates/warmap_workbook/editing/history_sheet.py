"""A snapshot put into a workbook that people have worked in: only the hidden history sheet is written anew."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape
from zipfile import ZipFile

from warmap import history
from warmap.layout import TAB
from warmap.model import Snapshot
from warmap_workbook.ooxml.limits import DEFAULT_LIMITS
from warmap_workbook.ooxml.package import Package
from warmap_workbook.ooxml.rewrite import rewrite

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NoHistorySheet(ValueError):
    """The workbook has lost its hidden history sheet."""


def with_history(workbook: bytes, snapshots: Sequence[Snapshot]) -> bytes:
    """The workbook with this history, the oldest first; every other part keeps its bytes.

    Raises Unreadable for what is no workbook, NoHistorySheet where the sheet is gone.
    """
    part = _history_part(workbook)
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as source:
        rewrite(source, out, {part: sheet_xml(snapshots)})
    return out.getvalue()


def _history_part(workbook: bytes) -> str:
    """The name of the history sheet's part, after all limits on untrusted files have been met."""
    package = Package(workbook, DEFAULT_LIMITS)
    book = package.workbook_part()
    name = TAB["history"].name.en
    for element in package.xml(book).iter():
        if element.tag.endswith("}sheet") and (element.get("name") or "").casefold() == name:
            relation = package.relations(book).get(element.get(RELATION) or "")
            if relation is not None and relation.target in package:
                return relation.target
    raise NoHistorySheet(name)


def sheet_xml(snapshots: Sequence[Snapshot]) -> bytes:
    """The history sheet as a part: header and rows, all texts."""
    lines = [history.COLUMNS, *history.rows_of(snapshots)][: history.MOST_ROWS]
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(number, column, text) for column, text in enumerate(cells))}</row>'
        for number, cells in enumerate(lines, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def _cell(row: int, column: int, text: str) -> str:
    words = escape(UNWRITABLE.sub("", text))
    return f'<c r="{"ABCDE"[column]}{row}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
