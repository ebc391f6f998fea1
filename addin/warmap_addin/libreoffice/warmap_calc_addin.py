"""The component as LibreOffice Calc loads it: one object whose methods are the worksheet functions.

Runs inside LibreOffice, with our packages under `pythonpath/`. How arguments arrive (tried in LibreOffice 7.4):

* a range: a tuple of row tuples; an empty cell is an empty text, a truth value 1.0 or 0.0, a date its serial number
* one cell: its value; but an empty one is 0.0
* an argument left out: None
* behind the tables of a function the document, which is asked for its first day (`NullDate`)
* an error value never arrives: with one in a range Calc shows `Err:504` (with one as the argument, that error) and
  does not call us; `WARMAP.WHY` names the cell. `IFERROR(range;"#N/A")` in an array formula lets it through as text
"""

from __future__ import annotations

import importlib
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from warmap.parsing import CellError
from warmap.parsing.days import EXCEL, DateSystem, counted_from
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS, Function
from warmap.worksheet.ranges import Range
from warmap_udfs.dispatch import WorksheetError, call
from warmap_udfs.why import explain

uno: Any = importlib.import_module("uno")
unohelper: Any = importlib.import_module("unohelper")
RuntimeException: Any = uno.getClass("com.sun.star.uno.RuntimeException")

LOG_NAME = "warmap.log"
LONGEST_LOG = 200_000
ERROR_WORDS = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"})
FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
ERROR_INSIDE = Text(
    "{cells} 是错误值；LibreOffice 不会把含错误值的区域交给函数（显示 Err:504）。请改正或清空它",
    "{cells} holds an error value, and LibreOffice hands no such range to a function (it shows Err:504); "
    "fix or clear it",
)
UNREADABLE = Text(
    "参数“{argument}”不是名称或单元格区域，无法解释",
    "the argument “{argument}” is neither a name nor a range of cells, so it cannot be explained",
)
MOST_NAMED = 3


def as_given(argument: object) -> object:
    """An argument as Calc passes it, as `warmap_udfs` takes it: nothing for an empty cell, CellError for error words.

    No function takes a plain 0, so 0.0 can only be an empty cell.
    """
    if isinstance(argument, tuple):
        return given_range(argument)
    return None if argument == 0.0 else _cell(argument)


MOST_GIVEN = 64
# By height and first row, which is a table's header: to compare a table with the one before takes half the time of hashing it.
_given: dict[tuple[int, tuple[object, ...]], tuple[tuple[tuple[object, ...], ...], Range]] = {}


def given_range(cells: tuple[tuple[object, ...], ...]) -> Range:
    """A range, remembered: one recalculation hands over the same one to many functions, each time as a new tuple."""
    kind = (len(cells), cells[0])
    before, known = _given.get(kind, ((), None))
    if known is None or before != cells:
        has_errors = any(cell in ERROR_WORDS for row in cells for cell in row)
        known = Range(tuple(tuple(map(_cell, row)) for row in cells) if has_errors else cells)
        if len(_given) >= MOST_GIVEN:
            _given.clear()
        _given[kind] = cells, known
    return known


def _cell(value: object) -> object:
    return CellError(value) if isinstance(value, str) and value in ERROR_WORDS else value


def as_result(value: object) -> object:
    """A result as Calc takes it: text, float, or a tuple of row tuples of these."""
    if isinstance(value, list | tuple):
        return tuple(tuple(as_result(cell) for cell in row) for row in value)
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]  # all else is a number


def log(context: Any, words: str) -> None:
    """Append words to a small file in the user's profile, else in the temporary folder; never raises."""
    try:
        paths = context.ServiceManager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
        folder = uno.fileUrlToSystemPath(paths.substituteVariables("$(user)", True))
    except Exception:  # noqa: BLE001  logging must not fail
        folder = tempfile.gettempdir()
    try:
        path = Path(folder, LOG_NAME)
        mode = "w" if path.exists() and path.stat().st_size > LONGEST_LOG else "a"
        with path.open(mode, encoding="utf-8") as file:
            file.write(words + "\n")
    except OSError:
        pass


def answer(context: Any, name: str, work: Callable[[], object]) -> object:
    """The value for the cell; a wrong input and an unexpected fault both leave as an error value.

    Calc shows `#VALUE!` for a RuntimeException (an IllegalArgumentException becomes `Err:502`), `#N/A` for no value.
    """
    try:
        return as_result(work())
    except WorksheetError as error:
        if error.code == "#N/A":
            return None
        raise RuntimeException(f"{name}: {error.words.en}", None) from None
    except Exception as error:  # noqa: BLE001  a fault of ours must not end LibreOffice
        log(context, f"{name}: {traceback.format_exc()}")
        raise RuntimeException(f"{name}: {error}", None) from None


def dates_of(document: Any) -> DateSystem:
    """How a document counts its days; without one as most do.

    Calc hands over the bare serial number of a day, and a workbook that was begun on an old Mac counts from 1904.
    """
    first = getattr(document, "NullDate", None)
    return EXCEL if first is None else counted_from(first.Year, first.Month, first.Day)


# -- WARMAP.WHY: the cell's formula, and the ranges it names, read from the document -----------------------------------


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
    words = language(lang, document)
    return explain(formula, lambda reference: content(reference, sheet, document), words, dates_of(document))


# -- the component -----------------------------------------------------------------------------------------------------


def method(function: Function) -> Callable[..., object]:
    """One worksheet function as a method of the component."""

    def compute(self: Any, *arguments: object) -> object:
        return answer(self.context, function.name, lambda: call(function.name, [as_given(a) for a in arguments]))

    def compute_on_tables(self: Any, *arguments: object) -> object:
        *given, document = arguments
        return answer(
            self.context,
            function.name,
            lambda: call(function.name, [as_given(a) for a in given], dates_of(document)),
        )

    def explain_cell(self: Any, cell: Any, lang: object, document: Any) -> object:
        return answer(self.context, function.name, lambda: explain_in_calc(cell, lang, document))

    if any(argument.is_cell for argument in function.arguments):
        return explain_cell
    return compute_on_tables if function.tables else compute


def component(functions: Sequence[Function]) -> type:
    """The class of the component."""

    def create(self: Any, context: Any) -> None:
        self.context = context

    bases = (unohelper.Base, uno.getClass("org.warmap.XWarMap"))
    members = {"__init__": create, **{function.name: method(function) for function in functions}}
    return type("WarMapFunctions", bases, members)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816  the loader looks for this name
g_ImplementationHelper.addImplementation(component(tuple(FUNCTIONS.values())), "WARMAP", ("com.sun.star.sheet.AddIn",))
