"""Values as they cross from Excel to Python and back: error values by their number, whole numbers as Excel takes them."""

from __future__ import annotations

FIRST_ERROR = -2146828288  # COM hands an error value over as this plus Excel's number of it (xlCVError)
ERROR_NAMES = {
    FIRST_ERROR + number: name
    for number, name in (
        (2000, "#NULL!"), (2007, "#DIV/0!"), (2015, "#VALUE!"), (2023, "#REF!"), (2029, "#NAME?"), (2036, "#NUM!"),
        (2042, "#N/A"), (2043, "#GETTING_DATA"), (2045, "#SPILL!"), (2046, "#CONNECT!"), (2047, "#BLOCKED!"),
        (2048, "#UNKNOWN!"), (2049, "#FIELD!"), (2050, "#CALC!"),
    )
}  # fmt: skip
ERRORS = frozenset(ERROR_NAMES.values())
LARGEST_WHOLE = 2**31 - 1  # of a whole number that every Excel takes from COM (VT_I4); 32-bit ones know no larger


def error_name(value: object) -> str | None:
    """The error value that this is, by number or in words as xlwings has some of them; None for any other value."""
    if isinstance(value, str):
        return value if value in ERRORS else None
    return ERROR_NAMES.get(value) if isinstance(value, int) else None  # a number in a cell is a float, never an int


def as_excel_takes(value: object) -> object:
    """A result with whole numbers that are too large for COM as plain numbers; rows likewise."""
    if isinstance(value, list | tuple):
        return [as_excel_takes(one) for one in value]
    is_large = isinstance(value, int) and abs(value) > LARGEST_WHOLE
    return float(value) if is_large and isinstance(value, int) else value
