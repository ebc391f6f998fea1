"""The worker of `Office`: run by a Python that has `uno`, one JSON request a line in, one JSON answer a line out.

Stands alone: standard library and uno only, and nothing newer than Python 3.8.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from contextlib import suppress
from typing import Any

uno: Any = importlib.import_module("uno")
FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
    "csv": "Text - txt - csv (StarCalc)",
}
FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
ALL_FORMULAS = 7
EVERYTHING = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas


class Refused(Exception):
    """LibreOffice did not do what it was asked."""


def prop(name: str, value: object) -> Any:
    """A property as UNO calls take them."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def connect(pipe: str, seconds: float) -> Any:
    """The desktop of the office that listens on a pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Worker:
    """The open documents by number, and the requests by name."""

    def __init__(self, desktop: Any) -> None:
        self.desktop = desktop
        self.documents: dict[int, Any] = {}

    def _sheet(self, doc: int, sheet: str | None) -> Any:
        sheets = self.documents[doc].Sheets
        if sheet is None:
            return sheets.getByIndex(0)
        if not sheets.hasByName(sheet):
            raise Refused(f"no sheet {sheet}")
        return sheets.getByName(sheet)

    def open(self, url: str) -> dict[str, object]:
        """Open a file (or `private:factory/scalc`) without a window."""
        found = self.desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))
        if found is None:  # an office that has only just started sometimes gives nothing the first time
            time.sleep(1)
            found = self.desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))
        if found is None or not hasattr(found, "Sheets"):
            raise Refused(f"cannot open {url}")
        number = max(self.documents, default=0) + 1
        self.documents[number] = found
        return {"doc": number, "sheets": list(found.Sheets.ElementNames)}

    def recalculate(self, doc: int) -> None:
        """Compute every formula."""
        self.documents[doc].calculateAll()

    def cells(self, doc: int, sheet: str | None, texts: bool = True) -> dict[str, object]:
        """All used cells from A1: values, formulas; for formula cells the error number and, if asked, the shown text.

        Shown texts are asked for cell by cell, over a millisecond each.
        """
        page = self._sheet(doc, sheet)
        cursor = page.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = page.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        strings: dict[str, object] = {}
        errors: dict[str, object] = {}
        for kind, found in ((ALL_FORMULAS, strings), (FORMULA_ERROR, errors))[0 if texts else 1 :]:
            for part in area.queryFormulaCells(kind).RangeAddresses:
                for row in range(part.StartRow, part.EndRow + 1):
                    for column in range(part.StartColumn, part.EndColumn + 1):
                        cell = page.getCellByPosition(column, row)
                        found[f"{row},{column}"] = cell.String if found is strings else cell.getError()
        values = [[None if cell is None else cell for cell in row] for row in area.getDataArray()]
        formulas = [list(row) for row in area.getFormulaArray()]
        return {"sheet": page.Name, "values": values, "formulas": formulas, "strings": strings, "errors": errors}

    def set(self, doc: int, sheet: str, cell: str, value: object) -> None:
        """One cell: a number, a text, a formula (a text that begins with =), or None to clear it."""
        page = self._sheet(doc, sheet)
        target = page.getCellRangeByName(cell).getCellByPosition(0, 0)
        if page.isProtected() and target.CellProtection.IsLocked:  # the API itself would not mind
            raise Refused(f"{sheet}.{cell} is locked on a protected sheet")
        if value is None:
            target.clearContents(EVERYTHING)
        elif isinstance(value, str):
            target.setFormula(value) if value.startswith("=") else target.setString(value)
        else:
            target.setValue(float(value))  # type: ignore[arg-type]  # a number: texts are dealt with above

    def set_array(self, doc: int, sheet: str, area: str, formula: str) -> None:
        """An array formula over a range."""
        self._sheet(doc, sheet).getCellRangeByName(area).setArrayFormula(formula)

    def insert_rows(self, doc: int, sheet: str, row: int, count: int) -> None:
        """Rows before a row (from 1)."""
        self._rows(doc, sheet).insertByIndex(row - 1, count)

    def delete_rows(self, doc: int, sheet: str, row: int, count: int) -> None:
        """Rows from a row (from 1)."""
        self._rows(doc, sheet).removeByIndex(row - 1, count)

    def _rows(self, doc: int, sheet: str) -> Any:
        page = self._sheet(doc, sheet)
        if page.isProtected():
            raise Refused(f"{sheet} is protected: unprotect it first")
        return page.Rows

    def insert_sheet(self, doc: int, name: str, place: int) -> None:
        """A new sheet at a place (from 0)."""
        self.documents[doc].Sheets.insertNewByName(name, place)

    def unprotect(self, doc: int, sheet: str) -> None:
        """Take off a protection without a password."""
        page = self._sheet(doc, sheet)
        page.unprotect("")
        if page.isProtected():
            raise Refused(f"{sheet} is protected by a password")

    def save_as(self, doc: int, url: str, kind: str) -> None:
        """A copy in another format; the open document keeps its place."""
        properties = [prop("FilterName", FILTERS[kind]), prop("Overwrite", True)]
        self.documents[doc].storeToURL(url, tuple(properties))

    def save(self, doc: int) -> None:
        """Save the document where it is, as the menu and Ctrl+S do in the end."""
        self.documents[doc].store()

    def close(self, doc: int) -> None:
        """Close without saving."""
        self.documents.pop(doc).close(True)

    def quit(self) -> None:
        """End the office."""
        for number in list(self.documents):
            self.close(number)
        with suppress(Exception):  # the bridge breaks as the office ends
            self.desktop.terminate()


def main() -> None:
    """Serve until `quit` or the end of the input."""
    out = sys.stdout
    sys.stdout = sys.stderr  # nothing else may speak on the line
    worker = Worker(connect(sys.argv[1], float(sys.argv[2])))
    out.write(json.dumps({"ready": True}) + "\n")
    out.flush()
    for line in sys.stdin:
        request = json.loads(line)
        name = request.pop("do")
        try:
            answer = {"result": getattr(worker, name)(**request)}
        except Refused as error:
            answer = {"refused": str(error)}
        except Exception as error:  # noqa: BLE001  every fault goes back to the caller
            answer = {"fault": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(answer) + "\n")
        out.flush()
        if name == "quit":
            break


if __name__ == "__main__":
    main()
