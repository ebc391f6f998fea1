"""Run by Windows' Python: our VBA in the in-memory Excel, the real DLL, COM. `through_vba.py WORKBOOK.xlsm…`

Reads a list of VBA expressions as JSON, prints for each workbook {"values": […], "asked": […], "log": …}: `asked` is how
often Python asked something of Excel while it computed that value.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "excel"))

import com_excel
from com_view import from_vba
from excel_in_memory import PYTHON, ExcelInMemory
from pyopenvba.interpreter._values import VBAErrorValue
from windows_in_memory import HOME


def plain(value):
    if isinstance(value, VBAErrorValue):
        return {"error": value.number}
    return value


class Session:
    def __init__(self, path):
        self.excel = ExcelInMemory(path)
        sheet = self.excel.app.interpreter.host.global_object("thisworkbook").vba_get("Worksheets", [1])
        self.excel.host.caller = sheet.vba_get("Range", ["A1"])
        self.excel.bridge = com_excel.RealBridge(PYTHON, sys.executable, HOME.rpartition("\\")[0])
        host = self.excel.app.interpreter.host
        known = host.global_object
        host.global_object = lambda name: self.excel.bridge if name.lower() == "thebridge" else known(name)

    def value(self, expression):
        text = f"Public Function Asked()\nAsked = {expression}\nEnd Function\n"
        self.excel.app.add_module(text, name="Question")
        com_excel.ASKED.clear()
        return from_vba(plain(self.excel.app.interpreter.run("Asked", []))), com_excel.ASKED.total()


def answers(path, expressions):
    session = Session(path)
    values, asked = zip(*map(session.value, expressions), strict=True)
    return {"values": values, "asked": asked, "log": session.excel.log}


def main():
    sys.stdin.reconfigure(encoding="utf-8")
    expressions = json.load(sys.stdin)
    found = [answers(path, expressions) for path in sys.argv[1:]]
    sys.stdout.buffer.write(json.dumps(found, default=str).encode())


main()
