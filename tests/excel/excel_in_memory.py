# ruff: noqa: N802, N803  the members bear the names they have in Office
"""An Excel in memory (pyOpenVBA) that runs our VBA, with what pyOpenVBA leaves out: the caller, files, dialogs, Python."""

from __future__ import annotations

from functools import cache

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application, Range, Workbook
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAObject, _runtime, member, method
from pyopenvba.interpreter._objects import MemberSpec

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
Public Sub BridgeMessage(ByVal words As String, ByVal title As String)
    MsgBox words, vbInformation, title
End Sub
"""
HOME = r"C:\Users\rep\AppData\Local\warmap"
PYTHON = HOME + r"\venv\Scripts\python.exe"
DLL = HOME + r"\venv\xlwings64.dll"
CONFIGURATION = {"python": PYTHON, "xlwings": "0.37.8"}


class TextFile(VBAObject):
    """A text stream of the file system object."""

    vba_type_name = "TextStream"

    def __init__(self, files, path):
        self.files, self.path = files, path

    @member
    def AtEndOfStream(self):
        return not self.files[self.path]

    @method
    def ReadAll(self):
        return self.files[self.path]

    @method
    def WriteLine(self, text):
        self.files[self.path] += text + "\r\n"

    @method
    def Close(self):
        pass


class FileSystem(VBAObject):
    """Scripting.FileSystemObject over a dictionary of texts by path."""

    vba_type_name = "FileSystemObject"

    def __init__(self, files):
        self.files = files

    @method
    def FileExists(self, path):
        return path in self.files

    @method
    def FolderExists(self, path):
        return path == HOME

    @method
    def GetFile(self, path):
        return Size(len(self.files[path]))

    @method
    def DeleteFile(self, path):
        del self.files[path]

    @method
    def OpenTextFile(self, path, mode=1, create=False, form=0):
        assert form == -1, "only UTF-16 keeps Chinese"
        if create:
            self.files.setdefault(path, "")
        return TextFile(self.files, path)


class Size(VBAObject):
    vba_type_name = "File"

    def __init__(self, size):
        self.size = size

    @member
    def Size(self):
        return self.size


class Menus(VBAObject):
    vba_type_name = "LanguageSettings"

    def __init__(self, number):
        self.number = number

    @method
    def LanguageID(self, kind):
        assert kind == 2
        return self.number


class Bridge(VBAObject):
    """What the DLL does: `server` is what CallUDF and the macros are called on; a text is an error of the DLL."""

    vba_type_name = "Bridge"

    def __init__(self):
        self.server, self.load_error, self.commands, self.stopped = None, 0, [], 0

    @method
    def Load(self, path):
        return self.load_error

    @method
    def Server(self, command):
        self.commands.append(command)
        if isinstance(self.server, str):
            raise VBARuntimeError(-2147220990, self.server)
        return self.server

    @method
    def Stop(self, command):
        self.stopped += 1

    @method
    def Local(self):
        return HOME.removesuffix(r"\warmap")


class Host(Application):
    """Excel with the members our VBA needs beyond pyOpenVBA's."""

    vba_type_name = "Application"
    caller = None
    menus = 2052
    shown = True

    @member
    def Caller(self):
        return self.caller

    @member
    def LanguageSettings(self):
        return Menus(self.menus)

    @method
    def Calculate(self):
        self.calculated += 1

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
    def OnTime(self, EarliestTime, Procedure):
        self.planned.append(Procedure)


class Book(Workbook):
    """A workbook with the members our VBA needs beyond pyOpenVBA's."""

    vba_type_name = "Workbook"
    is_addin = False
    links = None
    has_macros = False

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
