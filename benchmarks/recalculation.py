"""A full recalculation in LibreOffice, against the same workbook calling do-nothing functions of the same shapes."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from measure import call_time

from warmap.layout import placements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warmap_addin.libreoffice.office import Document

NOTHING = '''
import importlib
from warmap.worksheet import FUNCTIONS

uno = importlib.import_module("uno")
unohelper = importlib.import_module("unohelper")


def method(function):
    """Takes the same arguments and gives as many cells, all empty."""
    place = next((i for i, argument in enumerate(function.arguments) if argument.name == "rows"), None)

    def compute(self, *arguments):
        if not function.columns:
            return ""
        return ((("",) * len(function.columns)),) * int(arguments[place] or 1)

    return compute


def create(self, context):
    self.context = context


members = {"__init__": create, **{function.name: method(function) for function in FUNCTIONS.values()}}
component = type("WarMapFunctions", (unohelper.Base, uno.getClass("org.warmap.XWarMap")), members)
g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(component, "WARMAP", ("com.sun.star.sheet.AddIn",))
'''


def do_nothing(oxt: Path, out: Path) -> Path:
    """The extension with its component replaced by one that computes nothing."""
    from warmap_addin.libreoffice.generate import COMPONENT

    with zipfile.ZipFile(oxt) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, NOTHING if item.filename == COMPONENT else old.read(item))
    return out


def recalculations(workbook: bytes) -> Iterator[tuple[Callable[[], float], Callable[[], float]]]:
    """Once: the two timers, ours and the do-nothing one, each in a LibreOffice of its own that stays open meanwhile."""
    from warmap_addin.libreoffice.build import build_oxt
    from warmap_addin.libreoffice.office import Office

    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder, "map.xlsx")
        path.write_bytes(workbook)
        ours = build_oxt(Path(folder, "ours.oxt"))
        nothing = do_nothing(ours, Path(folder, "nothing.oxt"))
        documents = [stack.enter_context(Office(oxt=oxt)).open(path) for oxt in (ours, nothing)]
        yield after_a_change(documents[0]), after_a_change(documents[1])


def after_a_change(document: Document) -> Callable[[], float]:
    """Seconds of a full recalculation after an entry was changed, so that nothing judged before still holds."""
    place = placements()["deal"]
    sheet, cell = place.tab.name.zh, f"B{place.header_row + 1}"
    names = count()

    def run() -> float:
        document.set(sheet, cell, f"account {next(names)}")
        return recalculate()

    recalculate = call_time(document.recalculate)
    return run
