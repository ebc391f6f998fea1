"""Before LibreOffice saves a war map, the results go to the hidden sheet `_last`, which a program without the functions shows.

A job that Jobs.xcu binds to saving. It runs inside LibreOffice and writes only what differs; where it cannot, what was kept stays.
"""

from __future__ import annotations

import importlib
import re
from contextlib import suppress
from datetime import date
from typing import Any

uno: Any = importlib.import_module("uno")
unohelper: Any = importlib.import_module("unohelper")

LAST, ASKS = "_last", "WARMAP.VERSION("
# Each result's formula first asks whether its own cells of _last are blank.
KEPT_IN = re.compile(r"_last'?\.([$A-Z0-9:]{1,30})=")
COMPUTED_ON = "wm_computed_on"
FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR


def keep(document: Any) -> None:
    """Write every result that differs from what is kept of it, and today as the day of that."""
    names, sheets = document.NamedRanges, document.Sheets
    if not sheets.hasByName(LAST) or not names.hasByName(COMPUTED_ON):
        return
    last = sheets.getByName(LAST)
    written = [_keep_one(last, names.getByName(name).getReferredCells()) for name in names.ElementNames]
    if any(written):
        names.getByName(COMPUTED_ON).getReferredCells().setDataArray(((date.today().isoformat(),),))  # noqa: DTZ011  the user's own day


def _keep_one(last: Any, shown: Any) -> bool:
    """One named range, if it is a result of ours. Whether something was written."""
    if shown is None or shown.queryFormulaCells(FORMULA_ERROR).Count:
        return False
    formula = shown.getCellByPosition(0, 0).getFormula()
    found = KEPT_IN.search(formula) if ASKS in formula.upper() else None
    if found is None:
        return False
    kept, values = last.getCellRangeByName(found[1].replace("$", "")), shown.getDataArray()
    if kept.getDataArray() == values:
        return False
    kept.setDataArray(values)
    return True


def create(self: Any, context: Any) -> None:
    """The job, as LibreOffice makes it."""
    self.context = context


def execute(_self: Any, arguments: Any) -> None:
    """Called with the document that is about to be saved. Nothing may keep it from being saved."""
    given = {one.Name: one.Value for one in arguments}
    document = {one.Name: one.Value for one in given.get("Environment", ())}.get("Model")
    if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return
    steps = document.getUndoManager()
    steps.lock()  # what is written here is no step of the user's
    try:
        with suppress(Exception):  # what was kept stays, and the document is saved
            keep(document)
    finally:
        steps.unlock()


BASES = (unohelper.Base, uno.getClass("com.sun.star.task.XJob"))
KeepLast = type("KeepLast", BASES, {"__init__": create, "execute": execute})
g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816  the loader looks for this name
g_ImplementationHelper.addImplementation(KeepLast, "org.warmap.KeepLast", ("com.sun.star.task.Job",))
