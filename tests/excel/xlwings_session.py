"""One run of everything that needs xlwings' Windows code, in a process of its own; prints what came out as JSON.

For each function of the table: the value through our VBA in memory, through the VBA that xlwings itself would generate,
and by xlwings' call path directly. `python xlwings_session.py WORKBOOK.xlsm`
"""

from __future__ import annotations

import importlib
import io
import json
import re
import sys
import types

import pywin32_stand_in

_, udfs, com_server = pywin32_stand_in.install()

from com_view import Com, PythonServer, from_vba  # noqa: E402
from excel_in_memory import ExcelInMemory  # noqa: E402
from pyopenvba.interpreter._values import VBAErrorValue  # noqa: E402

from warmap.functions import FUNCTIONS  # noqa: E402
from warmap_templates.computed import PLAIN_ARGUMENTS  # noqa: E402

SHELL = "warmap_udfs.xlwings_shell"
PLAIN = {**PLAIN_ARGUMENTS, "code": '"RF205"', "rows": "7"}


def generated_by_xlwings():
    """The text of xlwings' own generator for our functions."""
    text = io.StringIO()
    udfs.generate_vba_wrapper(SHELL, importlib.import_module(SHELL), text, types.SimpleNamespace(Name="book.xlsm"))
    return text.getvalue()


def runnable(text):
    """xlwings' module as pyOpenVBA can run it: under another name, with arguments that do not clash."""
    for name in FUNCTIONS:
        text = re.sub(rf"\b{name}\b(?=\(| = )", f"{name}_by_xlwings", text, flags=re.MULTILINE)
    return (
        '#Const App = "Headless"\nPublic Function XLPy() As Object\n    Set XLPy = BridgeServer("")\nEnd Function\n'
        + text
    )


def arguments(function):
    """The arguments as a formula of the template writes them."""
    return [argument.range_name if argument.table else PLAIN[argument.name] for argument in function.arguments]


def in_vba(text):
    return text if text.startswith('"') or text.isdigit() else f'ThisWorkbook.Names("{text}").RefersToRange'


def shown(value):
    if isinstance(value, VBAErrorValue):
        return {"error": value.number}
    if isinstance(value, Com):
        return repr(value.of)
    return value


def evaluated(excel, expression):
    """The value of a VBA expression, arrays as rows."""
    excel.app.add_module(f"Public Function Asked()\nAsked = {expression}\nEnd Function\n", name="Question")
    return shown(from_vba(excel.app.interpreter.run("Asked", [])))


def main():
    excel = ExcelInMemory(sys.argv[1])
    excel.host.caller = None
    server = excel.bridge.server = PythonServer(com_server.XLPython())
    text = generated_by_xlwings()
    excel.app.add_module(runnable(text), name="ByXlwings")
    book = Com(excel.host.active_book)
    names = {name.Name: name for name in book.Names}
    found = {}
    for function in FUNCTIONS.values():
        words = arguments(function)
        call = ", ".join(map(in_vba, words))
        ours = evaluated(excel, f"{function.name}({call})")
        handed = server.calls[-1]
        theirs = evaluated(excel, f"{function.name}_by_xlwings({call})")
        direct = udfs.call_udf(SHELL, function.name, [
            word.strip('"') if word.startswith('"') else float(word) if word.isdigit() else names[word].RefersToRange
            for word in words
        ])  # fmt: skip
        found[function.name] = {
            "ours": ours, "theirs": theirs, "direct": direct, "handed": handed, "handed_by_theirs": server.calls[-1]
        }  # fmt: skip
    print(json.dumps({"generated": text, "values": found}, default=str))


main()
