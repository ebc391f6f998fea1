"""The worksheet functions for Excel on Windows through xlwings; the only file that knows xlwings.

Every function is registered under its own name with its arguments and help, so that xlwings' import and its wrapper
generator see them. The signatures are plain data and the work is imported at the first call: registering is quick.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import xlwings as xw

from warmap_udfs.excel_values import as_excel_takes, error_name
from warmap_udfs.signatures import SIGNATURES

CATEGORY = "WARMAP"
LANGUAGES, LANGUAGE_NAME = ("zh", "en"), "wm_language"  # the defined name of the workbook's language


def _run(name: str, *arguments: object) -> object:
    """One call; a wrong input leaves as an error whose text begins with the error value the cell shall show."""
    from warmap_udfs.dispatch import WorksheetError, call

    try:
        return as_excel_takes(call(name, [_given(argument) for argument in arguments]))
    except WorksheetError as error:
        message = f"{error.code} {error.words.zh} / {error.words.en}"
        raise ValueError(message) from None


def _given(value: object) -> object:
    """An argument as the plain module takes it: an error value in a cell is one, and no blank."""
    from warmap.parsing import CellError

    if isinstance(value, list):
        return [_given(one) for one in value]
    name = error_name(value)
    return value if name is None else CellError(name)


def _why(cell: Any, lang: object = None) -> str:
    from warmap_udfs.explain import explain

    names = {name.name.casefold(): name for name in cell.sheet.book.names}

    def read(reference: str) -> object:
        target = names.get(reference.casefold())
        area = target.refers_to_range if target is not None else cell.sheet.range(reference)
        several = area.count > 1  # one cell is a plain argument
        return _given(area.options(ndim=2 if several else None, err_to_str=True).value)

    word = str(lang).strip().lower()
    own = names.get(LANGUAGE_NAME)
    if word not in LANGUAGES and own is not None:
        word = str(own.refers_to_range.value).strip().lower()
    return explain(str(cell.formula), read, "en" if word == "en" else "zh")


def define(name: str) -> Callable[..., object]:
    """A plain Python function with the signature of a worksheet function, registered with xlwings."""
    words, arguments = SIGNATURES[name]
    if any(is_cell for *_, is_cell in arguments):

        def udf(*given: Any) -> object:
            return _why(*given)

    else:

        def udf(*given: Any) -> object:
            return _run(name, *given)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    udf.__name__ = udf.__qualname__ = name
    udf.__doc__ = words
    vars(udf)["__signature__"] = inspect.Signature(
        [
            inspect.Parameter(argument, kind, default=inspect.Parameter.empty if is_required else None)
            for argument, _, _, is_required, _ in arguments
        ]
    )
    udf.__annotations__ = {}
    wrapped: Any = udf
    for argument, help_text, is_range, _, is_cell in arguments:
        options: dict[str, Any] = {"doc": help_text, "err_to_str": True}
        if is_range:
            options["ndim"] = 2
        if is_cell:
            options["convert"] = xw.Range
        wrapped = xw.arg(argument, **options)(wrapped)
    result: Callable[..., object] = xw.func(category=CATEGORY)(wrapped)  # last: xw.arg sets the category back
    return result


globals().update({name: define(name) for name in SIGNATURES})
