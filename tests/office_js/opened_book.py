"""A sample map as plain data, for the stand-in of Excel and for the plain module."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.formula import ArrayFormula

SAMPLES = Path(__file__).parents[2] / "workbook_templates" / "samples"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet knows no time zones


def _cell(value):
    if isinstance(value, date):  # a datetime is one too
        return (value - EPOCH if isinstance(value, datetime) else value - EPOCH.date()).total_seconds() / 86400
    return value


@cache
def book(sample):
    """A workbook as plain data: values with None for a blank, arrays with their formulas, names with their cells."""
    path = SAMPLES / f"{sample}.xlsx"
    shown, written = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    sheets = {}
    for sheet in written:
        arrays = []
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            held = cell.value
            if isinstance(held, ArrayFormula) or (cell.data_type == "f" and "WARMAP" in held):
                area, formula = (held.ref, held.text) if isinstance(held, ArrayFormula) else (cell.coordinate, held)
                left, top, right, bottom = range_boundaries(area)
                size = {"rows": bottom - top + 1, "columns": right - left + 1}
                arrays.append({"row": top - 1, "column": left - 1, **size, "formula": formula, "spills": False})
        sheets[sheet.title] = {
            "rows": [[_cell(value) for value in row] for row in shown[sheet.title].iter_rows(values_only=True)],
            "arrays": arrays,
            "spilled": {f"{one['row']},{one['column']}": [one["rows"], one["columns"]] for one in arrays},
            "protected": sheet.protection.sheet,
            "password": None,
            "options": {"allowSort": not sheet.protection.sort},
        }
    names = {name: found.attr_text for name, found in written.defined_names.items()}
    return {"sheets": sheets, "names": names}


def cells_of(opened, reference):
    """The cells behind a name, with None for a blank."""
    sheet, _, area = opened["names"][reference].rpartition("!")
    left, top, right, bottom = range_boundaries(area)
    rows = opened["sheets"][sheet.strip("'")]["rows"]
    line = [[*row, *[None] * right] for row in [*rows, *[[]] * bottom][:bottom]]
    return [row[left - 1 : right] for row in line[top - 1 :]]
