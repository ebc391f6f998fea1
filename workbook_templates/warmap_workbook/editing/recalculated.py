"""A workbook's stored results renewed without a spreadsheet program: its own formulas worked out, no other byte changed.

As a program without the functions will show the file next, it says that they are not connected, and the last values and
the day say what it shows (`writing.computed_sheets`, `writing.build`).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from warmap import TEMPLATE_VERSION
from warmap.layout import COMPUTED_ON_NAME, TAB, VERSION_NAME
from warmap.text import Text
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.calculating.one_formula import Functions
from warmap_workbook.calculating.readers import At
from warmap_workbook.computed import BLOCKS
from warmap_workbook.editing.cell_edits import Cell, as_written, put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.ooxml import Book, ErrorValue, cell_name, read_book

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Recalculated:
    """The workbook, how many cells were worked out and how many of these changed, and (sheet, cell, why) of those left."""

    content: bytes
    computed: int
    changed: int
    left: list[tuple[str, str, Text]]


def recalculated(workbook: bytes, functions: Functions, today: date) -> Recalculated:
    """Renew every computed cell, the last values, and the day they were computed. Unreadable for what is no workbook."""
    edit = PackageEdit(workbook)
    put_cells(edit, dict(computed_on(read_book(workbook), today)))
    calculation, changed = _renew(edit, functions)
    left = [(name, cell_name(row, column), why) for (name, row, column), why in calculation.left.items()]
    return Recalculated(edit.content(), len(calculation.results), changed, left)


def renew_results(edit: PackageEdit, functions: Functions) -> None:
    """Renew what the cells show, after an edit of others; of an older template nothing, whose method was another."""
    found = read_book(edit.content()).named_range(VERSION_NAME)
    if found is not None and found[0].value(*found[1][1:3]) in (TEMPLATE_VERSION, float(TEMPLATE_VERSION)):
        _renew(edit, functions)


def _renew(edit: PackageEdit, functions: Functions) -> tuple[Calculation, int]:
    """The calculation, and how many cells show something else."""
    calculation = Calculation(read_book(edit.content()), functions)
    calculation.run()
    changed, last = results_to_write(calculation)
    put_cells(edit, {**changed, **last})
    return calculation, len(changed)


def results_to_write(calculation: Calculation) -> tuple[dict[At, Cell], dict[At, Cell]]:
    """Results that differ from what the book stores, and the last values that do."""
    book, results = calculation.book, calculation.results
    changed = {at: value for at, value in results.items() if not _holds(book, at, value)}
    return changed, {at: value for at, value in _last_values(book, calculation) if not _holds(book, at, value)}


def computed_on(book: Book, today: date) -> Iterator[tuple[At, str]]:
    """The cell that tells on which day the results were computed, where it holds no formula."""
    found = book.named_range(COMPUTED_ON_NAME)
    if found is not None and (at := found[1][1:3]) not in found[0].formulas:
        yield (found[0].name, *at), today.isoformat()


def _last_values(book: Book, calculation: Calculation) -> Iterator[tuple[At, Cell]]:
    """The results once more where a program without the functions looks for them; those of an error are kept."""
    last = book.sheet(TAB["last"].name.en)
    for block in BLOCKS if last is not None else ():
        found = book.named_range(block.name)
        if last is None or found is None:
            continue
        cells = [(row, column) for row in range(max(1, block.rows)) for column in range(block.width)]
        name, box = found[0].name, found[1]
        values = [calculation.results.get((name, box.r1 + row, box.c1 + column)) for row, column in cells]
        if not any(value is None or isinstance(value, ErrorValue) for value in values):
            for (row, column), value in zip(cells, values, strict=True):
                yield (last.name, block.last_row + row, 1 + column), value


def _holds(book: Book, at: At, value: Cell) -> bool:
    """Whether a cell stores this value already."""
    sheet = book.sheet(at[0])
    stored = sheet.value(*at[1:]) if sheet is not None else None
    if type(stored) is float and type(value) is float:
        return math.isclose(stored, value, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(stored, str | None) and isinstance(value, str):
        return as_written(stored or "") == as_written(value)
    return type(stored) is type(value) and stored == value
