"""Edits of a workbook's file that need no new workbook: entries and snapshots put in, calls repaired, macros left out.

Every part that such an edit does not touch keeps its bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

from warmap.earlier import sheet_rows
from warmap.layout import TAB
from warmap.model import Snapshot
from warmap.settings import Settings, default_settings
from warmap_workbook.calculating.one_formula import Functions
from warmap_workbook.editing.cell_edits import Cells, put_cells
from warmap_workbook.editing.harmless import Stripped, is_macro_book, made_harmless
from warmap_workbook.editing.package_edit import PackageEdit, plain_sheet
from warmap_workbook.editing.plain_calls import plain_calls
from warmap_workbook.editing.recalculated import renew_results
from warmap_workbook.ooxml import Reason, Unreadable

# Without `<` in the tag the search stays linear, whatever stands in a part.
FORMULA = re.compile(r"(<(?:\w+:)?(?:f|definedName)\b[^<>]*(?<!/)>)([^<]*)(</)")
SHEET_PARTS = re.compile(r"xl/worksheets/.*\.xml", re.IGNORECASE)


class NoHistorySheet(ValueError):
    """The workbook has lost its hidden history sheet."""


def with_entries(workbook: bytes, cells: Cells, functions: Functions) -> bytes:
    """The workbook with these entries and the results that its cells then show, without macros and outside targets.

    Raises Unreadable for what is no workbook. What is to stand on a sheet that is not there is left out.
    """
    edit = PackageEdit(workbook)
    put_cells(edit, cells)
    made_harmless(edit)  # first: of what leads outside the stored results stay
    renew_results(edit, functions)
    return edit.content()


def with_history(
    workbook: bytes, snapshots: Sequence[Snapshot], functions: Functions, settings: Settings | None = None
) -> bytes:
    """The workbook with this history, the oldest snapshot first, on its hidden history sheet, and the results that follow.

    Raises Unreadable for what is no workbook, NoHistorySheet where the sheet is gone.
    """
    edit, name = PackageEdit(workbook), TAB["snapshots"].name.en
    for sheet in edit.worksheets():
        if sheet.name.casefold() == name and sheet.part in edit:
            edit.put(sheet.part, plain_sheet(sheet_rows(snapshots, settings or default_settings())))
            renew_results(edit, functions)
            return edit.content()
    raise NoHistorySheet(name)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired workbook, how many calls were rewritten, and what was left out."""

    content: bytes
    calls: int
    left_out: Stripped


def repaired(workbook: bytes) -> Repaired:
    """Put the calls of our functions back into the plain form; macros and what leads outside are left out.

    Raises Unreadable for what is no workbook or exceeds the limits.
    """
    edit = PackageEdit(workbook)
    book = edit.package.workbook_part()
    total = 0
    for name in edit.names():
        if name.casefold() == book.casefold() or SHEET_PARTS.fullmatch(name):
            text, count = _with_plain_calls(_text(edit, name))
            total += count
            if count:
                edit.put(name, text.encode("utf-8"))
    stripped = made_harmless(edit)
    return Repaired(edit.content(), total, stripped)


def _text(edit: PackageEdit, part: str) -> str:
    try:
        return edit.read(part).decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(Reason.unsupported_encoding, {"part": part}) from None


def _with_plain_calls(text: str) -> tuple[str, int]:
    total = 0

    def write(match: re.Match[str]) -> str:
        nonlocal total
        formula, count = plain_calls(unescape(match[2]))
        total += count
        return f"{match[1]}{escape(formula)}{match[3]}" if count else match.group()

    return FORMULA.sub(write, text), total


def without_macros(workbook: bytes) -> bytes:
    """A macro workbook as the plain .xlsx that is handed in: the same cells without the VBA and without outside targets.

    Raises Unreadable for what is no workbook, ValueError for what is no macro workbook.
    """
    edit = PackageEdit(workbook)
    if not is_macro_book(edit):
        raise ValueError("no macro workbook")
    made_harmless(edit)
    return edit.content()
