"""A small sheet, and what formulas come to on it."""

from __future__ import annotations

import math

from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.ooxml import Book, ErrorValue, Formula, Sheet, parse_range, parse_ref

CELLS = {
    "A1": 2.0, "A2": "x", "A3": True, "A5": ErrorValue("#N/A"), "A6": "12", "A7": "", "A8": -3.5, "A9": "2026-07-01",
    "B1": 1.0, "B2": 2.0, "B3": 3.0, "C1": "a", "C2": "B*", "C3": "Bc", "D1": 10.0, "D2": 20.0, "D3": 30.0,
    "E1": "a", "E2": 2.0, "E3": True, "E5": "2", "F1": "😀ab",
}  # fmt: skip
"""The sheet `main`; A4, E4 and all else is blank."""
NAMES = {"wm_nums": "main!$B$1:$B$3", "one": "main!$A$1", "gone": "#REF!", "moving": "OFFSET(main!$A$1,1,0)"}
AT = "H2"  # where a formula stands


def book_of(formulas, cells=CELLS, names=NAMES, sheet="main"):
    """A raw book of one sheet; formulas by their cell, or by the range that an array formula fills."""
    found = Sheet(sheet, "visible", "worksheet", was_read=True)
    for cell, value in cells.items():
        row, column = parse_ref(cell)
        found.rows.setdefault(row, {})[column] = value
    for place, (text, is_array) in formulas.items():
        box = parse_range(place)
        found.formulas[box.r1, box.c1] = Formula(text, place if is_array else None)
    return Book([found], dict(names))


def calculated(book):
    calculation = Calculation(book, OwnFunctions())
    calculation.run()
    return calculation


def value_of(formula, **more):
    """What a formula without `=` shows in its cell; the words of why not, where it is left alone."""
    calculation = calculated(book_of({AT: (formula, False)}, **more))
    left = list(calculation.left.values())
    return left[0].en if left else shown(calculation.results["main", 2, 8])


def rows_of(formula, place="H1:I3"):
    """What an array formula shows in its range, row by row."""
    results = calculated(book_of({place: (formula, True)})).results
    box = parse_range(place)
    return [
        [shown(results["main", row, column]) for column in range(box.c1, box.c2 + 1)]
        for row in range(box.r1, box.r2 + 1)
    ]


def shown(value):
    return value.code if isinstance(value, ErrorValue) else value


def alike(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return type(one) is type(other) and one == other
