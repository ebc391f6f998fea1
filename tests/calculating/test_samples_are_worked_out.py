"""Every computed cell of every filled sample and of the empty templates comes to what is stored there.

What is stored is what the plain module gives and, in `tests/libreoffice`, what a real LibreOffice does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from worked_out import calculated, shown

from warmap_addin.libreoffice.compare import Comparison
from warmap_workbook.ooxml import cell_name, parse_range, read_book

FOLDER = Path(__file__).parents[2] / "workbook_templates"
FILES = sorted([*FOLDER.glob("*.xlsx"), *(FOLDER / "samples").glob("*.xlsx")])
MEANT = []
"""Cells that are meant to differ: none. A formula that asks whether the functions are there hears that they are not, as in
the program that the file is opened with next."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_computed_cell_is_what_is_stored(path):
    book = read_book(path)
    calculation, comparison, cells = calculated(book), Comparison(), set()
    for sheet in book.sheets:
        for at, formula in sheet.formulas.items():
            box = parse_range(formula.array_ref or cell_name(*at))
            cells |= {(sheet.name, r, c) for r in range(box.r1, box.r2 + 1) for c in range(box.c1, box.c2 + 1)}
    assert calculation.results.keys() == cells
    assert calculation.left == {}
    for (name, row, column), value in calculation.results.items():
        stored = shown(book.sheet(name).value(row, column))
        comparison.compare(f"{name}!{cell_name(row, column)}", stored, shown(value))
    assert comparison.differences == MEANT
    assert comparison.cells > 5000
