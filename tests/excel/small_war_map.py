"""A small war map open in the in-memory Excel, with Python as a test wants it."""

from excel_in_memory import ExcelInMemory
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import VBAObject, method
from pyopenvba.interpreter._values import VBAErrorValue
from windows_in_memory import RECORDED


class Server(VBAObject):
    """Python as a test wants it: a value, or an error, which is a case of what the DLL said on a code page."""

    vba_type_name = "XLPython"

    def __init__(self, answer="", error="", said=None, page="1252"):
        self.said, self.given, self.bounds = said or {}, [], []
        self.answer, self.calls, self.statements = answer, [], []
        self.error = RECORDED[page][error] if error else ""

    def _maybe(self):
        if self.error:
            raise VBARuntimeError(1000, self.error)

    @method
    def CallUDF(self, module, name, given):  # noqa: N802  xlwings' name
        self.calls.append(str(name))
        self.given.append(given)
        self._maybe()
        return self.answer

    @method
    def Module(self, name):  # noqa: N802
        return str(name)

    @method
    def SetAttr(self, holder, name, value):  # noqa: N802
        if str(name) == "N_COM_ATTEMPTS":
            self.bounds.append(int(value))
        else:
            self.statements.append((str(holder), str(name), type(value).__name__))

    @method
    def Call(self, module, name):  # noqa: N802
        self.statements.append(f"{module}.{name}")
        self._maybe()
        return self.said.get(str(name), "\x01")

    @method
    def Var(self, given):  # noqa: N802
        return given


def excel(small, server=None, lang="en", **named):
    """A small war map, called from one of its cells."""
    found = ExcelInMemory(small[lang], **named)
    found.bridge.server = Server() if server is None else server
    found.host.caller = (
        found.app.interpreter.host.global_object("thisworkbook").vba_get("Worksheets", [1]).vba_get("Range", ["B4"])
    )
    return found


def value(excel, expression):
    excel.app.add_module(f"Public Function Asked()\nAsked = {expression}\nEnd Function\n", name="Question")
    answer = excel.app.run("Asked")
    return answer.number if isinstance(answer, VBAErrorValue) else answer


CONTACTS = 'ThisWorkbook.Names("wm_contacts").RefersToRange'
HERE = 'ThisWorkbook.Worksheets(1).Range("B4")'
