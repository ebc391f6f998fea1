"""What a call from Excel needs on its way to `dispatch` and back: error values, large whole numbers, and the cell of WHY.

The functions in `warmap_udfs.excel` call this module. It does not import xlwings itself: it works on what xlwings hands over.
"""

import traceback
from typing import Any

from warmap.parsing import CellError
from warmap_udfs import dispatch
from warmap_udfs.why import explain

# COM hands over an error value as a 32-bit SCODE: the facility "control", 0x800A0000, plus xlCVError's number.
FIRST_ERROR = -2146828288
ERROR_NAMES = {
    FIRST_ERROR + number: name
    for number, name in (
        (2000, "#NULL!"), (2007, "#DIV/0!"), (2015, "#VALUE!"), (2023, "#REF!"), (2029, "#NAME?"), (2036, "#NUM!"),
        (2042, "#N/A"), (2043, "#GETTING_DATA"), (2045, "#SPILL!"), (2046, "#CONNECT!"), (2047, "#BLOCKED!"),
        (2048, "#UNKNOWN!"), (2049, "#FIELD!"), (2050, "#CALC!"),
    )
}  # fmt: skip
ERRORS = frozenset(ERROR_NAMES.values())
MARK = "\x01"  # no cell can hold it, so no result begins with it
LARGEST_WHOLE = 2**31 - 1  # the largest VT_I4; pywin32 sends a larger int as VT_I8, which a 32-bit Excel does not know
LANGUAGES, LANGUAGE_NAME = ("zh", "en"), "wm_language"  # the defined name of the workbook's language


def call(name: str, *arguments: object) -> object:
    """The value of one worksheet function, as Excel takes it.

    Of a wrong input it is a marked text that begins with the error value for the cell: the VBA turns it into that and
    keeps the words for WARMAP.WHY. Nothing is raised, for xlwings' DLL garbles an exception's text, Chinese above all.
    """
    try:
        return as_excel_takes(dispatch.call(name, [given(argument) for argument in arguments]))
    except dispatch.WorksheetError as error:
        return f"{MARK}{error.code} {error.words.zh} / {error.words.en}"
    except Exception as fault:  # noqa: BLE001  a fault of ours: its words and lines go into the log
        return f"{MARK}#VALUE! {type(fault).__name__}: {fault}\n{traceback.format_exc()}"


def why(cell: Any, lang: object = None) -> str:
    """Why a cell (an `xlwings.Range`) shows what it shows; in the workbook's language where none is asked for."""
    names = {name.name.casefold(): name for name in cell.sheet.book.names}

    def read(reference: str) -> object:
        target = names.get(reference.casefold())
        area = target.refers_to_range if target is not None else cell.sheet.range(reference)
        several = area.count > 1  # one cell is a plain argument
        return given(area.options(ndim=2 if several else None, err_to_str=True).value)

    word = str(lang).strip().lower()
    own = names.get(LANGUAGE_NAME)
    if word not in LANGUAGES and own is not None:
        word = str(own.refers_to_range.value).strip().lower()
    return explain(str(cell.formula), read, "en" if word == "en" else "zh")


def given(value: object) -> object:
    """An argument as the plain module takes it: an error value in a cell becomes a `CellError`, never a blank."""
    if isinstance(value, list):
        return [given(one) for one in value]
    name = error_name(value)
    return value if name is None else CellError(name)


def error_name(value: object) -> str | None:
    """The name of an error value, which xlwings hands over by number or, of the older ones, by name; else None."""
    if isinstance(value, str):
        return value if value in ERRORS else None
    return ERROR_NAMES.get(value) if isinstance(value, int) else None  # a number in a cell is a float, never an int


def as_excel_takes(value: object) -> object:
    """A result in which whole numbers too large for COM have become floats; rows likewise."""
    if isinstance(value, list | tuple):
        return [as_excel_takes(one) for one in value]
    is_large = isinstance(value, int) and abs(value) > LARGEST_WHOLE
    return float(value) if is_large and isinstance(value, int) else value
