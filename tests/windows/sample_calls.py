"""The calls of a filled workbook: each function with the arguments that the template's formulas give it, as values."""

import openpyxl

from warmap.worksheet import FUNCTIONS
from warmap_workbook.computed import PLAIN_ARGUMENTS

SAMPLES = {"zh": "manufacturer_mes", "en": "telecom_core_network"}
PLAIN = {**PLAIN_ARGUMENTS, "code": "RF205", "name": "吴长河", "rows": 7.0}
BY_VALUE = [name for name in FUNCTIONS if name != "WHY"]  # which asks for a cell


def ranges(path):
    """The values of a workbook's named ranges, as Excel hands them over: rows of cells, or the one of a single cell."""
    book = openpyxl.load_workbook(path, data_only=True)
    places = {name: next(iter(defined.destinations)) for name, defined in book.defined_names.items()}
    areas = {name: book[sheet][place.replace("$", "")] for name, (sheet, place) in places.items()}
    return {
        name: [[cell.value for cell in row] for row in area] if isinstance(area, tuple) else area.value
        for name, area in areas.items()
    }


def words(name):
    """The arguments of a function as a formula writes them: names of ranges, texts, numbers."""
    return [one.range_name if one.table else PLAIN[one.name] for one in FUNCTIONS[name].arguments]


def rows_of(value):
    """A result as rows of cells; Excel shows an empty text as it shows nothing."""
    rows = value if isinstance(value, list | tuple) else [value]
    return [
        ["" if cell is None else cell for cell in (row if isinstance(row, list | tuple) else [row])] for row in rows
    ]
