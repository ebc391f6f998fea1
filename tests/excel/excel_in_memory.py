# ruff: noqa: N802, N803  the members bear the names they have in Office
"""An Excel in memory (pyOpenVBA) that runs our VBA, with what pyOpenVBA leaves out: the caller, files, dialogs, Python."""

from __future__ import annotations

from functools import cache

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application, Range, Workbook
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, _runtime, member, method
from pyopenvba.interpreter._objects import MemberSpec
from windows_in_memory import HOME, Bridge, FileSystem, Menus

from warmap_addin.excel.project import module_texts

BRIDGE = """Option Explicit
Public Function BridgeDll() As String
    BridgeDll = "xlwings64.dll"
End Function
Public Function BridgeLoad(ByVal path As String) As Long
    BridgeLoad = TheBridge.Load(path)
End Function
Public Function BridgeServer(ByVal command As String) As Object
    Set BridgeServer = TheBridge.Server(command)
End Function
Public Sub BridgeStop(ByVal command As String)
    TheBridge.Stop command
End Sub
Public Function BridgeLocal() As String
    BridgeLocal = TheBridge.Local()
End Function
Public Function BridgePointer(ByVal thing As Object) As String
    BridgePointer = TheBridge.Pointer(thing)
End Function
Public Function BridgeObject(ByVal pointer As String) As Object
    Set BridgeObject = TheBridge.At(pointer)
End Function
Public Function BridgeAsk(ByVal words As String, ByVal title As String) As Boolean
    BridgeAsk = TheBridge.Ask(words)
End Function
Public Sub BridgeMessage(ByVal words As String, ByVal title As String)
    MsgBox words, vbInformation, title
End Sub
"""
PYTHON = HOME + r"\venv\Scripts\python.exe"
DLL = HOME + r"\venv\xlwings64.dll"
CONFIGURATION = {"python": PYTHON, "xlwings": "0.37.8"}


class Host(Application):
    """Excel with the members our VBA needs beyond pyOpenVBA's."""

    vba_type_name = "Application"
    caller = None
    menus = 2052
    shown = True
    on_calculate = staticmethod(lambda _self: None)

    @member
    def Caller(self):
        return self.caller

    @member
    def LanguageSettings(self):
        return Menus(self.menus)

    @method
    def Calculate(self):
        self.calculated += 1
        self.on_calculate(self)

    @method
    def CalculateFull(self):
        self.calculated += 1

    @member
    def Hwnd(self):
        return 1

    @member
    def Visible(self):
        return self.shown

    @member
    def UserControl(self):
        return True

    @method
    def MacroOptions(self, Macro=MISSING, Description=MISSING, Category=MISSING, ArgumentDescriptions=MISSING):
        self.options.append((Macro, Description, Category, ArgumentDescriptions))

    @method
    def OnKey(self, Key, Procedure=MISSING):
        self.keys[str(Key)] = str(Procedure)

    @method
    def OnUndo(self, Text, Procedure):
        self.undo = str(Text), str(Procedure)

    @method
    def Goto(self, Reference=MISSING, Scroll=MISSING):
        self.gone_to.append(Reference)

    @method
    def OnTime(self, EarliestTime, Procedure):
        self.planned.append(Procedure)


class Book(Workbook):
    """A workbook with the members our VBA needs beyond pyOpenVBA's."""

    vba_type_name = "Workbook"
    is_addin = False
    links = None
    has_macros = False
    auto_saved = False

    @member
    def AutoSaveOn(self):
        return self.auto_saved

    @member
    def Date1904(self):
        return self.counts_from_1904

    counts_from_1904 = False

    @member
    def IsAddin(self):
        return self.is_addin

    @member
    def HasVBProject(self):
        return self.has_macros

    @method
    def LinkSources(self, Type=MISSING):
        return EMPTY if self.links is None else VBAArray([(1, len(self.links))], items=list(self.links))


def without_events(text):
    """A class as pyOpenVBA can run it: it connects no events, so a test calls the handlers."""
    return (
        text.replace("Public WithEvents ", "Public ")
        .replace("Private Sub ", "Public Sub ")
        .replace("Attribute Host.", "'")
    )


class ExcelInMemory:
    """A workbook opened with our modules running."""

    def __init__(self, path, kind="xlsm", configuration=CONFIGURATION, extra=None):
        self.app = ExcelApplication.open(path, with_vba=False)
        application = self.app.application
        application.__class__ = Host
        application.options, application.planned, application.calculated = [], [], 0
        application.keys, application.undo, application.gone_to = {}, None, []
        self.host, self.bridge = application, Bridge()
        self.book = application.active_book
        self.book.__class__ = Book
        self.book.is_addin = kind == "xlam"
        self.files = {PYTHON: "", DLL: ""}
        if configuration is not None:
            self.files[HOME + r"\warmap.conf"] = "".join(f"{n}={v}\r\n" for n, v in configuration.items())
        interpreter = self.app.interpreter
        interpreter.create_com = self._created
        known = interpreter.host.global_object
        interpreter.host.global_object = lambda name: self.bridge if name.lower() == "thebridge" else known(name)
        for name, text in {**module_texts(kind), "WarmapBridge": BRIDGE, **(extra or {})}.items():
            is_class = text.startswith("VERSION 1.0 CLASS")
            body = without_events(text.partition("\nEND\n")[2]) if is_class else text
            self.app.add_module(body, name=name, kind="class" if is_class else "standard")

    def _created(self, name):
        assert name == "Scripting.FileSystemObject"
        return FileSystem(self.files)

    @property
    def log(self):
        return self.files.get(HOME + r"\warmap.log", "")


_runtime.parse_module = cache(_runtime.parse_module)  # a parsed module is only read, and every test has the same ones
Range.vba_add_member(MemberSpec("Dirty", "method", getter=lambda _: None))
