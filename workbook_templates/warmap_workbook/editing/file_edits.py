"""Edits of a workbook's file that need no new workbook: entries and snapshots put in, calls repaired, macros left out.

Every part that such an edit does not touch keeps its bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from warmap.earlier import sheet_rows
from warmap.layout import TAB
from warmap.model import Snapshot
from warmap.settings import Settings, default_settings
from warmap_workbook.calculating.one_formula import Functions
from warmap_workbook.editing.cell_edits import Cells, put_cells
from warmap_workbook.editing.harmless import Stripped, is_macro_book, made_harmless
from warmap_workbook.editing.package_edit import PackageEdit, plain_sheet
from warmap_workbook.editing.recalculated import renew_results


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
    stripped, calls = made_harmless(edit, all_calls=True)
    return Repaired(edit.content(), calls, stripped)


def without_macros(workbook: bytes) -> bytes:
    """A macro workbook as the plain .xlsx that is handed in: the same cells without the VBA and without outside targets.

    Raises Unreadable for what is no workbook, ValueError for what is no macro workbook.
    """
    edit = PackageEdit(workbook)
    if not is_macro_book(edit):
        raise ValueError("no macro workbook")
    made_harmless(edit)
    return edit.content()
