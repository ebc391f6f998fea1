"""What stands on a table's sheet and is not seen (DV104): cells that a merge has swallowed, cells far outside."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from warmap.findings import Finding
from warmap.model import TABLE
from warmap.parsing import TablePlace, TableRead
from warmap.parsing.entered import shown
from warmap.terms import Severity
from warmap.text import Text
from warmap_workbook.ooxml import RangeRef, Sheet, cell_name, parse_range
from warmap_workbook.reading.sheet_tables import Rows

MOST_COVERED = 10_000  # cells: a table has a few hundred rows of thirty
MOST_TOLD = 50  # merges of one table

SWALLOWED = Text(
    "合并单元格 {range} 盖住了这一格“{field}”，原来填的内容已经丢失，按空白计",
    "the merged cells {range} have swallowed this cell of “{field}”; what was in it is gone, and it counts as blank",
)
HIDDEN = Text(
    "合并单元格 {range} 盖住了这一格“{field}”，里面的“{value}”看不见，却仍然算数",
    "the merged cells {range} hide this cell of “{field}”; its “{value}” shows nowhere and still counts",
)
UNMERGE = Text("取消合并，在每一格里填写各自的内容。", "Unmerge the cells, and enter in each what belongs there.")
FAR = Text(
    "离表格很远的 {count} 个单元格，第一个是 {cell}（{value}）",
    "cells far away from the tables: {count}, the first is {cell} ({value})",
)
A_BLANK = Text("只有空白", "a blank")
DELETE = Text("删除这些单元格所在的行或列。", "Delete the rows or columns of those cells.")


def far_cells(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """One a sheet; minor where there are only blanks."""
    for sheet in sheets:
        far = sheet.far
        if far.count:
            row, column, text = far.first
            cell = cell_name(row, column)
            what = FAR.filled(count=far.count, cell=cell, value=shown(text) if text.strip() else A_BLANK)
            level = Severity.MINOR if far.are_blank else None
            yield Finding("DV104", sheet.name, cell, facts={"what": what, "advice": DELETE}, level=level)


class Merges:
    """The merged cells of one table's sheet, as far as they reach into the table."""

    def __init__(self, code: str, read: TableRead, sheet: Sheet, rows: Rows) -> None:
        self.code, self.read, self._rows, self._sheet = code, read, rows, sheet
        self.covered: set[str] = set()
        self.findings: list[Finding] = []
        place = read.place
        if sheet.merges and isinstance(place, TablePlace) and place.columns:
            self._look(place)

    def _look(self, place: TablePlace) -> None:
        by_column = {column: code for code, column in place.columns.items()}
        by_row = {row: code for code, row in (place.record_rows or {}).items()}
        used = sorted(by_row or place.rows)
        first_column, last_column = min(by_column), max(by_column)
        for text in self._sheet.merges:
            box = _box(text)
            if box is None or not used or box.r1 > used[-1] or box.r2 < used[0]:
                continue
            if box.c1 > last_column or box.c2 < first_column or len(self.findings) >= MOST_TOLD:
                continue
            self._swallowed(box, used, by_column, by_row)

    def _swallowed(
        self, box: RangeRef, used: list[int], by_column: Mapping[int, str], by_row: Mapping[int, str]
    ) -> None:
        """The cells of rows in use that lie under one merge, but for its first, which shows."""
        start = bisect_right(used, box.r1 - 1)
        columns = sorted(column for column in by_column if box.c1 <= column <= box.c2)
        under: list[tuple[int, int]] = []
        for row in used[start : bisect_right(used, box.r2)]:
            under += ((row, column) for column in columns if (row, column) != (box.r1, box.c1))
            if len(under) + len(self.covered) > MOST_COVERED:
                break
        if not under:
            return
        self.covered.update(cell_name(row, column) for row, column in under)
        row, column = under[0]
        code = by_row.get(row, by_column[column])
        table = TABLE[self.code]
        field = table.called(code)
        value = (
            self._rows[row - 1][column - 1] if row <= len(self._rows) and column <= len(self._rows[row - 1]) else None
        )
        what = (SWALLOWED if value is None else HIDDEN).filled(range=box.cells, field=field, value=shown(value))
        facts = {"what": what, "advice": UNMERGE}
        self.findings.append(Finding("DV104", self._sheet.name, cell_name(row, column), code, facts))

    def told(self) -> list[Finding]:
        """The findings of the table, and of its merges; that a swallowed cell is empty is no second fault."""
        if not self.covered:
            return self.read.findings
        self.read.saw_more = True
        own = [found for found in self.read.findings if found.code != "DV201" or found.cell not in self.covered]
        return [*own, *self.findings]


def _box(text: str) -> RangeRef | None:
    try:
        return parse_range(text)
    except ValueError:
        return None
