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

from com_view import MISSING_NUMBER, Changed, Com, PythonServer, from_vba  # noqa: E402
from excel_in_memory import ExcelInMemory  # noqa: E402
from pyopenvba.interpreter._values import VBAErrorValue  # noqa: E402

from warmap.worksheet import FUNCTIONS  # noqa: E402
from warmap_udfs.excel_calls import MARK  # noqa: E402
from warmap_workbook.computed import PLAIN_ARGUMENTS  # noqa: E402

SHELL = "warmap_udfs.excel"
PLAIN = {**PLAIN_ARGUMENTS, "code": '"RF205"', "name": '"吴长河"', "rows": "7"}


def generated_by_xlwings():
    """The text of xlwings' own generator for our functions."""
    text = io.StringIO()
    udfs.generate_vba_wrapper(SHELL, importlib.import_module(SHELL), text, types.SimpleNamespace(Name="book.xlsm"))
    return text.getvalue()


def runnable(text):
    """xlwings' module as pyOpenVBA can run it: under other names, for ours stand in the same project."""
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


def hard_values(names):
    """What Excel hands over besides texts and numbers: (what xlwings' path gives, what the plain module gives)."""
    from decimal import Decimal

    from warmap.parsing import CellError
    from warmap_udfs.dispatch import WorksheetError, call

    def by_excel(name, arguments):
        return udfs.call_udf(SHELL, name, arguments)

    def by_us(name, arguments):
        try:
            result = call(name, arguments)
        except WorksheetError as error:
            return [[f"{MARK}{error.code} {error.words.zh} / {error.words.en}"]]
        return [list(row) for row in result] if isinstance(result, list | tuple) else [[result]]

    deal, contacts = (names[name].RefersToRange for name in ("wm_deal", "wm_contacts"))
    amount, influence = place(deal, ("金额", "Amount")), place(contacts, ("影响力", "Influence"))
    found = {}
    for title, handed, means in (
        ("#N/A", -2146826246, CellError("#N/A")), ("#SPILL!", -2146826243, CellError("#SPILL!")),
        ("currency", Decimal("96000000.5"), Decimal("96000000.5")), ("big", 10**12, 1e12), ("huge", 10**30, 10**30),
        ("truth", True, "TRUE"), ("blank", None, None),
    ):  # fmt: skip
        for table, at in (("deal", amount), ("contacts", influence)):
            given = [
                Changed(area, {at: handed} if area is named else {})
                for area, named in (
                    (deal, deal if table == "deal" else None),
                    (contacts, contacts if table == "contacts" else None),
                )
            ]
            plain = [[list(row) for row in area.Value] for area in (deal, contacts)]
            plain[0 if table == "deal" else 1][at[0]][at[1]] = means
            for name in ("CHECK", "RED_FLAGS"):
                order = [a.name for a in FUNCTIONS[name].arguments]
                ours = [
                    given[("deal", "contacts").index(a)] if a in ("deal", "contacts") else MISSING_NUMBER for a in order
                ]
                theirs = [plain[("deal", "contacts").index(a)] if a in ("deal", "contacts") else None for a in order]
                found[f"{name} {table} {title}"] = by_excel(name, ours), by_us(name, theirs)
    found["RULE error"] = by_excel("RULE", [-2146826246]), by_us("RULE", [CellError("#N/A")])
    found["rows error"] = (
        by_excel("ROLE_STATUS", [contacts, MISSING_NUMBER, MISSING_NUMBER, -2146826252]),
        by_us("ROLE_STATUS", [contacts.Value, None, None, CellError("#NUM!")]),
    )
    found["rows whole"] = (
        by_excel("ROLE_STATUS", [contacts, MISSING_NUMBER, MISSING_NUMBER, 7]),
        by_us("ROLE_STATUS", [contacts.Value, None, None, 7.0]),
    )
    found["missing"] = by_excel("ROLE_COVERAGE", [MISSING_NUMBER]), by_us("ROLE_COVERAGE", [None])
    return found


def place(area, labels):
    """Row and column from 0 of the cell right of a record's label, or below a table's header."""
    rows = area.Value
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if str(cell).removesuffix(" *") in labels:
                return (row + 1, column) if row == 0 else (row, column + 1)
    raise LookupError(labels)


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
    where = server.python.CallUDF(SHELL, "WHY", (names["wm_score_trust"].RefersToRange,))
    print(json.dumps({"generated": text, "values": found, "hard": hard_values(names), "why": where}, default=str))


main()
