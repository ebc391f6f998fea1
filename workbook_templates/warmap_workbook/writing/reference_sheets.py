"""Settings, guide, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap import history
from warmap.layout import HISTORY_NAME
from warmap.worksheet.declaration import SNAPSHOT_MARKS_NAME
from warmap_workbook.computed import area
from warmap_workbook.writing import guide_sheet, settings_sheet

if TYPE_CHECKING:
    from warmap_workbook.writing.build import Draft


def write(draft: Draft) -> None:
    """Settings, guide, history."""
    settings_sheet.write(draft)
    guide_sheet.write(draft)
    _history(draft)


def _history(draft: Draft) -> None:
    """The map's own history; programs write it, people do not."""
    sheet = draft.sheet("history")
    for row, cells in enumerate((history.COLUMNS, *history.rows_of(draft.map.snapshots))):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    width = len(history.COLUMNS)
    draft.book.define_name(HISTORY_NAME, f"=_history!{area(1, 1, history.MOST_ROWS, width, absolute=True)}")
    marks = area(1, 1, history.MARKED_ROWS + 1, len(history.MARKS), absolute=True)
    draft.book.define_name(SNAPSHOT_MARKS_NAME, f"=_history!{marks}")
