"""Run by LibreOffice's own Python: open a workbook with its macros allowed, enter formulas, print what they show as JSON.

`python office_macros.py PIPE FILE FORMULA…`; LibreOffice must be listening at the pipe.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

ALWAYS_EXECUTE_WITHOUT_WARNING = 4


def connected(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001  not listening yet
            time.sleep(0.1)
    raise TimeoutError(pipe)


def main():
    pipe, path, *formulas = sys.argv[1:]
    desktop = connected(pipe).ServiceManager.createInstance("com.sun.star.frame.Desktop")
    settings = {"Hidden": True, "MacroExecutionMode": ALWAYS_EXECUTE_WITHOUT_WARNING}
    properties = tuple(PropertyValue(name, 0, value, 0) for name, value in settings.items())
    book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, properties)
    sheets = book.Sheets
    sheets.insertNewByName("Asked", 0)
    sheet = sheets.getByName("Asked")
    shown = {}
    for row, formula in enumerate(formulas):
        cell = sheet.getCellByPosition(0, row)
        cell.setFormula(formula)
        shown[formula] = cell.getString()
    libraries = book.BasicLibraries
    modules = {name: list(libraries.getByName(name).getElementNames()) for name in libraries.getElementNames()}
    print(json.dumps({"shown": shown, "modules": modules}))
    book.close(True)
    desktop.terminate()


main()
