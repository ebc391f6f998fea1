"""What LibreOffice computes in a workbook, against what the plain module says about the map in it."""

from pathlib import Path

from warmap.layout import TAB, placements
from warmap.parsing import TablePlace
from warmap_addin.libreoffice.compare import Comparison
from warmap_addin.libreoffice.office import Cells, Document
from warmap_workbook.computed import BLOCKS, RULE_CELL, compute
from warmap_workbook.ooxml import cell_name
from warmap_workbook.reading.read import read_workbook

OF_THE_BOOK = ("DV0", "DV101", "DV3", "DV5")  # what the tables themselves do not show


def compare_with_plain(document: Document, saved: Path) -> Comparison:
    """Recalculate an open workbook, save it as .xlsx, read that with our reader, and compare every computed block.

    The oracle is the plain module on the map that was read back, so any edit made in LibreOffice may come before.
    """
    document.recalculate()
    live = document.all_cells()
    document.save_as(saved, "xlsx")
    intake = read_workbook(saved)
    place = intake.places.get("contacts")
    rows = None
    if isinstance(place, TablePlace):
        rows = [row - placements()["contacts"].header_row - 1 for row in place.rows]
    shown = [finding for finding in intake.findings if not finding.code.startswith(OF_THE_BOOK)]
    looked_up = live[TAB["red_flags"].name.to(intake.lang)].value(RULE_CELL.replace("$", ""))
    values = compute(intake.map, intake.settings, intake.lang, rows, shown, intake.places, str(looked_up))
    result = Comparison()
    for block in BLOCKS:
        cells: Cells = live[TAB[block.tab].name.to(intake.lang)]
        for row, expected in enumerate(values[block.name], block.row):
            for column, value in enumerate(expected, block.column):
                address = cell_name(row, column)
                result.compare(f"{block.name} {address}", value, cells.value(address))
    return result
