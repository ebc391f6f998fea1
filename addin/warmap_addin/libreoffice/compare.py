"""What LibreOffice computes in the cells of a workbook, against the values stored in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warmap_addin.libreoffice.office import Office
from warmap_workbook.ooxml import Formula, cell_name, parse_range, read_book

TOLERANCE = 1e-9
# The cell that asks whether the functions are there, and the line that says so.
CHANGES_ON_PURPOSE = ("IF(ISERROR(WARMAP.VERSION()),", "IF(ISERROR(WARMAP.VERSION()&wm_live&")


@dataclass(slots=True)
class Comparison:
    """How many computed cells were compared, and those that differ, as `sheet!cell: expected … found …`."""

    cells: int = 0
    differences: list[str] = field(default_factory=list)

    def compare(self, where: str, expected: object, found: object) -> None:
        """Count one cell; numbers agree to 1e-9, a blank is an empty text."""
        self.cells += 1
        wanted = "" if expected is None else expected
        got = "" if found is None and wanted == "" else found
        if isinstance(wanted, bool | int | float) and isinstance(got, int | float):
            if abs(float(wanted) - float(got)) <= TOLERANCE:
                return
        elif wanted == got:
            return
        self.differences.append(f"{where}: expected {expected!r}, found {found!r}")


def compare_live(office: Office, path: Path) -> Comparison:
    """Open a workbook as it is, recalculate it, and compare every formula cell with the value stored in the file.

    Left out are the cell that tells whether the functions are there and the line that says so: they change on purpose.
    """
    book = read_book(path)
    document = office.open(path)
    try:
        document.recalculate()
        live = document.all_cells()
    finally:
        document.close()
    result = Comparison()
    for sheet in book.sheets:
        for row, column in _formula_cells(sheet.formulas):
            formula = sheet.formulas.get((row, column))
            if formula is not None and formula.text.startswith(CHANGES_ON_PURPOSE):
                continue
            address = cell_name(row, column)
            result.compare(f"{sheet.name}!{address}", sheet.value(row, column), live[sheet.name].value(address))
    return result


def _formula_cells(formulas: Mapping[tuple[int, int], object]) -> list[tuple[int, int]]:
    """The cells that formulas fill, those inside array formulas too."""
    cells: dict[tuple[int, int], None] = {}
    for place, formula in formulas.items():
        cells[place] = None
        if isinstance(formula, Formula) and formula.array_ref:
            box = parse_range(formula.array_ref)
            for row in range(box.r1, box.r2 + 1):
                cells.update(dict.fromkeys((row, column) for column in range(box.c1, box.c2 + 1)))
    return list(cells)
