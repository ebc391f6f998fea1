"""The stored results of a workbook to be: what its functions give, what was last stored, and what a check must say of them.

What the functions give is the plain module's answer, from the map where nothing was planted, and from the ranges where the
entries were changed. `tests/corpus/test_corpus_calculated.py` holds both to a real LibreOffice.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, cached_property

from saved_template import Formula, SavedError

from warmap.history import MARKS
from warmap.layout import placements
from warmap.parsing import CellError
from warmap.settings import default_settings
from warmap.worksheet import fit
from warmap.worksheet.declaration import ALL_TABLES, table_arguments
from warmap.worksheet.ranges import call_on, read_range
from warmap_workbook.computed import BLOCKS, compute
from warmap_workbook.ooxml import cell_name

LIVE_CELL = (5, 2)
AS_LAST_COMPUTED = "entries were changed since the results were last computed"
NEVER_COMPUTED = "the program that saved it stores no results"
WITHOUT_WORDS = [
    block
    for block in BLOCKS
    if {a.name for a in block.function.arguments if not a.table} <= {"settings", "lang", "rows"}
]


@cache
def no_history():
    return read_range("snapshots", (MARKS,))


class Results:
    """Values by block: `stored` in the computed cells, `last` on the hidden sheet, `now` what they should be."""

    def __init__(self, submission):
        self.submission = submission
        self.overwritten = set()  # blocks whose formula is no longer the template's: their results are not compared
        self.in_blocks = []  # (code, block, value maker): stored results changed when all else is done
        self.place_of_name_error = None
        self.uncalculated = set()  # tables with a formula that has no result: what hangs on them is not compared

    def is_compared(self, block):
        """Whether the results of a block are held against what they should be."""
        return block.name not in self.overwritten and not self.uncalculated & set(block.function.tables)

    @cached_property
    def before(self):
        """What the functions gave before anything was planted."""
        sub = self.submission
        header = placements()["contacts"].header_row
        rows = [line.row - header - 1 for line in sub.lines_of_map("contacts")]
        return compute(sub.map, None, sub.lang, rows, None, sub.places())

    def now(self, before):
        """What they give of the entries as they stand; of tables that are not there nothing."""
        sub = self.submission
        if not sub.is_changed:
            return dict(before)
        tables = {code: parsed for code in self._needed() if (parsed := self._range(code)) is not None}
        call = call_on(tables, default_settings(), sub.lang)
        values = dict(before)
        for block in WITHOUT_WORDS:
            if tables.keys() >= set(block.function.tables):
                result = block.function.compute(replace(call, height=block.rows or None))
                is_single = isinstance(result, str | float | None)
                values[block.name] = (
                    [["" if result is None else result]]
                    if is_single
                    else fit(result, block.rows, sub.lang, block.width)
                )
            else:
                values.pop(block.name, None)
        return values

    @staticmethod
    def _needed():
        return [argument.table for argument in table_arguments(*ALL_TABLES)]

    def _range(self, code):
        sub = self.submission
        if code == "snapshots":
            return None if "snapshots" in sub.gone else no_history()
        place = placements()[code]
        if place.tab.code in sub.gone:
            return None
        grid = [[None] * place.width for _ in range(place.room + 1)]
        if place.table.is_record:
            for offset, words in enumerate(sub.record_labels(code)):
                grid[offset][0] = words
        else:
            for offset, words in enumerate(sub.header_texts(code)[: place.width]):
                grid[0][offset] = words
        for line in sub.lines[code]:
            for name, value in line.cells.items():
                row, column = sub.address(code, line, name)
                grid[row - place.header_row][column - place.left] = as_handed_over(value)
        return read_range(code, tuple(tuple(row) for row in grid))

    # -- into the cells --------------------------------------------------------------------------------------------

    def write(self):
        sub = self.submission
        before = self.before
        now = self.now(before)
        stored = {
            name: [list(row) for row in rows] for name, rows in (before if sub.saved == "last values" else now).items()
        }
        if sub.saved == "unstored":
            stored = {name: [[None] * len(row) for row in rows] for name, rows in before.items()}
            self._expect_unstored(now)
        if "marks" not in sub.gone and LIVE_CELL[1] not in sub.edits.get("marks", {}).get(LIVE_CELL[0], {}):
            live = {"calculated": 1, "last values": 0, "unstored": None}[sub.saved]
            sub.edit("marks", *LIVE_CELL, Formula(sub.template.sheet("marks").formula(*LIVE_CELL), live))
        for code, block, change in self.in_blocks:
            self._change(code, block, change, stored)
        if self.place_of_name_error is not None:
            sub.expect("DV305", *self.place_of_name_error[1])
        for block in BLOCKS:
            if block.tab not in sub.gone:
                self._write_block(block, stored.get(block.name, before[block.name]))
                if sub.saved == "last values":
                    self._write_last(block, before[block.name])
        if sub.saved == "last values" and not sub.is_other_version:
            self._expect_stale(now, before, {block.name for _, block, _ in self.in_blocks})

    def _change(self, code, block, change, stored):
        row, column, value = change(stored[block.name])
        stored[block.name][row][column] = value
        sub = self.submission
        where = sub.sheet_name(block.tab), cell_name(block.row + row, block.column + column)
        if code != "DV305":
            sub.expect(code, *where)
        elif self.place_of_name_error is None or BLOCKS.index(block) < self.place_of_name_error[0]:
            self.place_of_name_error = (BLOCKS.index(block), where)

    def _write_block(self, block, rows):
        sub = self.submission
        sheet = sub.template.sheet(block.tab)
        for row, cells in enumerate(rows, block.row):
            for column, value in enumerate(cells, block.column):
                if column in sub.edits.get(block.tab, {}).get(row, {}):
                    continue  # something was planted there
                xml = sheet.formula(row, column)
                if xml is None:
                    sub.edit(block.tab, row, column, None if value == "" else value)
                else:
                    sub.edit(block.tab, row, column, Formula(xml, value))

    def _write_last(self, block, rows):
        for row, cells in enumerate(rows, block.last_row):
            for column, value in enumerate(cells, 1):
                self.submission.edit("last", row, column, None if value == "" else value)

    # -- what must be said -----------------------------------------------------------------------------------------

    def _expect_unstored(self, now):
        sub = self.submission
        if sub.is_other_version:
            return
        for block in WITHOUT_WORDS:
            if (
                block.name in now
                and self.is_compared(block)
                and block.tab not in sub.gone
                and now[block.name][0][0] != ""
            ):
                self._say(block, (0, 0), NEVER_COMPUTED)
                return

    def _expect_stale(self, now, before, others):
        for block in WITHOUT_WORDS:
            if (
                block.name in now
                and block.name not in others
                and self.is_compared(block)
                and block.tab not in self.submission.gone
            ):
                place = first_difference(before[block.name], now[block.name])
                if place is not None:
                    self._say(block, place, AS_LAST_COMPUTED)
                    return

    def _say(self, block, place, because):
        sub = self.submission
        sub.expect(
            "DV305", sub.sheet_name(block.tab), cell_name(block.row + place[0], block.column + place[1]), because
        )


def as_handed_over(value):
    """A cell's value as a program gives it to a function: every number a float."""
    if isinstance(value, SavedError):
        return CellError(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def first_difference(one, other):
    for row, (cells, wanted) in enumerate(zip(one, other, strict=True)):
        for column, (value, right) in enumerate(zip(cells, wanted, strict=True)):
            if isinstance(value, int | float) and isinstance(right, int | float):
                if not math.isclose(value, right, rel_tol=1e-9, abs_tol=1e-9):
                    return row, column
            elif value != right and "".join(str(value).split()) != "".join(str(right).split()):
                return row, column
    return None
