"""The worksheet functions for Excel on Windows through xlwings; the only file that knows xlwings.

Every function of the table is registered under its own name with its arguments and help, so that xlwings' import
and its wrapper generator see them; the work is done by `warmap_udfs.dispatch`.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import xlwings as xw

from warmap.functions import FUNCTIONS, Function
from warmap_udfs.dispatch import WorksheetError, call
from warmap_udfs.explain import explain

if TYPE_CHECKING:
    from collections.abc import Callable

CATEGORY = "WARMAP"


def _run(name: str, *arguments: object) -> object:
    """One call; a wrong input leaves as an error whose text begins with the error value the cell shall show."""
    try:
        return call(name, arguments)
    except WorksheetError as error:
        message = f"{error.code} {error.words.zh} / {error.words.en}"
        raise ValueError(message) from None


def _why(cell: Any, lang: object = None) -> str:
    def read(reference: str) -> object:
        book = cell.sheet.book
        names = {name.name.casefold(): name for name in book.names}
        target = names.get(reference.casefold())
        area = target.refers_to_range if target is not None else cell.sheet.range(reference)
        return area.options(ndim=2).value

    return explain(str(cell.formula), read, "en" if str(lang).lower() == "en" else "zh")


def define(function: Function) -> Callable[..., object]:
    """A plain Python function with the signature of a worksheet function, registered with xlwings."""
    if any(argument.is_cell for argument in function.arguments):
        def udf(*arguments: Any) -> object:
            return _why(*arguments)
    else:
        def udf(*arguments: Any) -> object:
            return _run(function.name, *arguments)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    udf.__name__ = udf.__qualname__ = function.name
    udf.__doc__ = f"{function.help.zh}\n{function.help.en}"
    vars(udf)["__signature__"] = inspect.Signature(
        [
            inspect.Parameter(a.name, kind, default=inspect.Parameter.empty if a.required else None)
            for a in function.arguments
        ]
    )
    udf.__annotations__ = {}
    wrapped = xw.func(category=CATEGORY)(udf)
    for argument in function.arguments:
        words = f"{argument.help.zh} / {argument.help.en}"[:255]
        options: dict[str, Any] = {"doc": words}
        if argument.table or argument.name == "settings":
            options["ndim"] = 2
        if argument.is_cell:
            options["convert"] = xw.Range
        wrapped = xw.arg(argument.name, **options)(wrapped)
    result: Callable[..., object] = xw.ret(doc=f"{function.help.zh} / {function.help.en}"[:255])(wrapped)
    return result


globals().update({name: define(function) for name, function in FUNCTIONS.items()})
