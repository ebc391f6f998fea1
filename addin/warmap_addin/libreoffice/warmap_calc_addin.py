"""The component as LibreOffice Calc loads it: one object whose methods are the worksheet functions.

Runs inside LibreOffice, with our packages under `pythonpath/`. How arguments arrive (tried in LibreOffice 7.4):

* a range: a tuple of row tuples; an empty cell is an empty text, a truth value 1.0 or 0.0, a date its serial number
* one cell: its value; but an empty one is 0.0
* an argument left out: None
* an error value never arrives: with one in a range Calc shows `Err:504` (with one as the argument, that error) and
  does not call us; `WARMAP.WHY` names the cell. `IFERROR(range;"#N/A")` in an array formula lets it through as text
"""

from __future__ import annotations

import importlib
import tempfile
import traceback
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from warmap.parsing import CellError
from warmap.worksheet import FUNCTIONS, Function
from warmap.worksheet.ranges import Range
from warmap_udfs.dispatch import WorksheetError, call

uno: Any = importlib.import_module("uno")
unohelper: Any = importlib.import_module("unohelper")
RuntimeException: Any = uno.getClass("com.sun.star.uno.RuntimeException")

LOG_NAME = "warmap.log"
LONGEST_LOG = 200_000
ERROR_WORDS = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"})


def as_given(argument: object) -> object:
    """An argument as Calc passes it, as `warmap_udfs` takes it: nothing for an empty cell, CellError for error words.

    No function takes a plain 0, so 0.0 can only be an empty cell.
    """
    if isinstance(argument, tuple):
        return given_range(argument)
    return None if argument == 0.0 else _cell(argument)


@lru_cache(maxsize=64)
def given_range(cells: tuple[tuple[object, ...], ...]) -> Range:
    """A range, remembered: in one recalculation the same one arrives for many functions, each time as a new tuple."""
    if any(cell in ERROR_WORDS for row in cells for cell in row):
        cells = tuple(tuple(_cell(cell) for cell in row) for row in cells)
    return Range(cells)


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
    """Words into a small file in the user's profile, else in the folder for temporary files; never an error."""
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


def method(function: Function) -> Callable[..., object]:
    """One worksheet function as a method of the component."""

    def compute(self: Any, *arguments: object) -> object:
        return answer(self.context, function.name, lambda: call(function.name, [as_given(a) for a in arguments]))

    def explain_cell(self: Any, cell: Any, lang: object, document: Any) -> object:
        why: Any = importlib.import_module("warmap_calc_why")
        return answer(self.context, function.name, lambda: why.explain_in_calc(cell, lang, document))

    return explain_cell if any(argument.is_cell for argument in function.arguments) else compute


def component(functions: Sequence[Function]) -> type:
    """The class of the component."""

    def create(self: Any, context: Any) -> None:
        self.context = context

    bases = (unohelper.Base, uno.getClass("org.warmap.XWarMap"))
    members = {"__init__": create, **{function.name: method(function) for function in functions}}
    return type("WarMapFunctions", bases, members)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816  the loader looks for this name
g_ImplementationHelper.addImplementation(component(tuple(FUNCTIONS.values())), "WARMAP", ("com.sun.star.sheet.AddIn",))
