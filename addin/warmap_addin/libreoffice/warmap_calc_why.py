"""WARMAP.WHY in Calc: the cell's formula and the ranges it names, read from the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap_udfs.explain import explain

if TYPE_CHECKING:
    from warmap.text import Lang


def language(lang: object, document: Any) -> Lang:
    """The language asked for, else the workbook's (`wm_language`), else Chinese."""
    word = str(lang or "").strip().lower()
    if not word and document.NamedRanges.hasByName("wm_language"):
        cells = document.NamedRanges.getByName("wm_language").getReferredCells()
        word = str(cells.getCellByPosition(0, 0).String).strip().lower() if cells is not None else ""
    return "en" if word.startswith("en") else "zh"


def area(reference: str, sheet: Any, document: Any) -> Any:
    """The cells behind a name or a reference; None where there are none."""
    for names in (sheet.NamedRanges, document.NamedRanges):
        found = next((name for name in names.ElementNames if name.casefold() == reference.casefold()), None)
        if found is not None:
            return names.getByName(found).getReferredCells()
    convert = document.createInstance("com.sun.star.table.CellRangeAddressConversion")
    convert.ReferenceSheet = sheet.RangeAddress.Sheet
    convert.UserInterfaceRepresentation = reference
    address = convert.Address
    target = document.Sheets.getByIndex(address.Sheet)
    return target.getCellRangeByPosition(
        address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
    )


def explain_in_calc(cell: Any, lang: object, document: Any) -> str:
    """The words behind a cell."""
    first = cell.getCellByPosition(0, 0)
    sheet = cell.getSpreadsheet()

    def read(reference: str) -> object:
        cells = area(reference, sheet, document)
        return None if cells is None else cells.getDataArray()

    return explain(first.getFormula(), read, language(lang, document))
