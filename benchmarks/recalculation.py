"""A full recalculation in LibreOffice, against the same workbook calling do-nothing functions of the same shapes."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from measure import Candidate, Figure, Timer, call_time, compared
from workbooks import SNAPSHOTS, full, sample

from warmap.layout import placements
from warmap.text import Text
from warmap_addin.libreoffice.build import build_oxt
from warmap_addin.libreoffice.generate import COMPONENT
from warmap_addin.libreoffice.office import Document, Office

RECALCULATED = Text("LibreOffice 里重算整份{what}", "{what} recalculated whole in LibreOffice")
FILLED = Text("填好的样例", "a filled sample")
CONTACTS = Text(" 60 个联系人的地图", "a map of 60 contacts")
KEPT = Text(" 60 个联系人、12 份快照的地图", "a map of 60 contacts with 12 snapshots")
DOING_NOTHING = Text(
    "同一份工作簿，函数参数与结果大小相同、什么也不算",
    "the same workbook, functions of the same shapes that do nothing",
)
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
    with zipfile.ZipFile(oxt) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, NOTHING if item.filename == COMPONENT else old.read(item))
    return out


def recalculation(scale: float) -> Iterator[Figure]:
    """Ours and the do-nothing functions, each in a LibreOffice of its own that stays open meanwhile."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        oxt = build_oxt(Path(folder, "ours.oxt"))
        offices = [stack.enter_context(Office(oxt=one)) for one in (oxt, do_nothing(oxt, Path(folder, "nothing.oxt")))]
        measured = ((FILLED, sample()), (CONTACTS, full()), (KEPT, full(SNAPSHOTS)))
        for place, (what, content) in enumerate(measured):
            path = Path(folder, f"{place}.xlsx")
            path.write_bytes(content)
            ours, nothing = (after_a_change(office.open(path)) for office in offices)
            candidate = {RECALCULATED.filled(what=what): Candidate(ours, 1.5)}
            yield from compared(DOING_NOTHING, nothing, candidate, round(15 * scale))


def after_a_change(document: Document) -> Timer:
    """Seconds of a full recalculation after an entry was changed, so that nothing judged before still holds."""
    place = placements()["deal"]
    sheet, cell = place.tab.name.zh, f"B{place.header_row + 1}"
    names = count()
    recalculate = call_time(document.recalculate)

    def run() -> float:
        document.set(sheet, cell, f"account {next(names)}")
        return recalculate()

    return run
