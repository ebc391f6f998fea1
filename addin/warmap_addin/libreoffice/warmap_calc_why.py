"""WARMAP.WHY in Calc: the cell's formula and the ranges it names, read from the document."""

from __future__ import annotations

from typing import Any

from warmap.text import Lang, Text
from warmap_udfs.dispatch import WorksheetError
from warmap_udfs.why import explain

FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
ERROR_INSIDE = Text(
    "{cells} 是错误值；LibreOffice 不会把含错误值的区域交给函数（显示 Err:504）。请改正或清空它",
    "{cells} holds an error value, and LibreOffice hands no such range to a function (it shows Err:504); "
    "mend or clear it",
)
UNREADABLE = Text(
    "参数“{argument}”不是名称或单元格区域，无法解释",
    "the argument “{argument}” is neither a name nor a range of cells, so it cannot be explained",
)
MOST_NAMED = 3


def language(lang: object, document: Any) -> Lang:
    """The language asked for, else the workbook's (`wm_language`), else Chinese."""
    word = lang.strip() if isinstance(lang, str) else ""
    if not word and document.NamedRanges.hasByName("wm_language"):
        cells = document.NamedRanges.getByName("wm_language").getReferredCells()
        word = cells.getCellByPosition(0, 0).String.strip() if cells is not None else ""
    return "en" if word.lower().startswith("en") else "zh"


def area(reference: str, sheet: Any, document: Any) -> Any:
    """The cells behind a name or a reference. Raises WorksheetError where it is neither."""
    for names in (sheet.NamedRanges, document.NamedRanges):
        found = next((name for name in names.ElementNames if name.casefold() == reference.casefold()), None)
        if found is not None:
            cells = names.getByName(found).getReferredCells()
            if cells is not None:
                return cells
    service = "com.sun.star.table.CellRangeAddressConversion"
    single = reference if ":" in reference else f"{reference}:{reference.rpartition('.')[2]}"
    convert = document.createInstance(service)
    convert.ReferenceSheet = sheet.RangeAddress.Sheet
    try:
        convert.UserInterfaceRepresentation = single
    except Exception:  # noqa: BLE001  a UNO exception, whose class exists inside LibreOffice only
        raise WorksheetError(UNREADABLE.filled(argument=reference)) from None
    at = convert.Address
    page = document.Sheets.getByIndex(at.Sheet)
    return page.getCellRangeByPosition(at.StartColumn, at.StartRow, at.EndColumn, at.EndRow)


def content(reference: str, sheet: Any, document: Any) -> object:
    """The cells behind a reference as a function would get them. Raises WorksheetError for an error value inside."""
    cells = area(reference, sheet, document)
    wrong = cells.queryFormulaCells(FORMULA_ERROR)
    if wrong.Count:
        names = wrong.RangeAddressesAsString.replace("$", "").split(";")
        more = ", …" if len(names) > MOST_NAMED else ""
        raise WorksheetError(ERROR_INSIDE.filled(cells=", ".join(names[:MOST_NAMED]) + more))
    rows = cells.getDataArray()
    return rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]


def explain_in_calc(cell: Any, lang: object, document: Any) -> str:
    """The words behind a cell."""
    sheet = cell.getSpreadsheet()
    formula = cell.getCellByPosition(0, 0).getFormula()
    return explain(formula, lambda reference: content(reference, sheet, document), language(lang, document))
