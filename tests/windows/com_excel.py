# ruff: noqa: N802  the members bear the names they have in Office and in pywin32
"""The in-memory Excel of tests/excel as a COM server, for Windows' Python: what Python asks of a range crosses processes.

Each object answers late bound (IDispatch) and tells its type, as Excel's do: xlwings knows a range by its type's name and IID.
"""

import tempfile
from collections import Counter
from pathlib import Path

import pythoncom
import win32com.server.util
import winerror
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAObject, method
from pyopenvba.interpreter._values import VBADate, VBAErrorValue, VBAInt
from real_dll import LEFT_OUT, Dll, DllError, invoke, words_of
from win32com.server.exception import COMException
from win32com.server.policy import DynamicPolicy

from warmap_udfs.excel_calls import FIRST_ERROR

IIDS = {
    "Application": "{000208D5-0000-0000-C000-000000000046}",
    "Range": "{00020846-0000-0000-C000-000000000046}",
    "Workbook": "{000208DA-0000-0000-C000-000000000046}",
    "Worksheet": "{000208D8-0000-0000-C000-000000000046}",
}
PUTTING = pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF
DISPATCH = pythoncom.TypeIIDs[pythoncom.IID_IDispatch]


def types():
    """A type library with nothing in it but Excel's names and IIDs."""
    path = str(Path(tempfile.mkdtemp()) / "excel.tlb")
    library = pythoncom.CreateTypeLib2(3, path)  # SYS_WIN64
    library.SetName("Excel")
    library.SetGuid(pythoncom.CreateGuid())
    library.SetVersion(1, 9)
    for name, iid in IIDS.items():
        info = library.CreateTypeInfo(name, pythoncom.TKIND_INTERFACE)
        info.SetGuid(pythoncom.MakeIID(iid))
        info.LayOut()
    library.SaveAllChanges()
    loaded = pythoncom.LoadTypeLib(path)
    return {loaded.GetDocumentation(place)[0]: loaded.GetTypeInfo(place) for place in range(loaded.GetTypeInfoCount())}


TYPES = types()
ASKED = Counter()
"""What Python asked of this Excel: how often each member of each type was looked up or used."""


class Policy(DynamicPolicy):
    """A member that an object does not have is unknown, as in Excel."""

    def _GetTypeInfoCount_(self):
        return 1

    def _GetTypeInfo_(self, _index, _language):
        return 0, TYPES.get(self._obj_.of.vba_type_name, TYPES["Application"])

    _gettypeinfocount_, _gettypeinfo_ = _GetTypeInfoCount_, _GetTypeInfo_

    def _getdispid_(self, name, flags):
        ASKED[f"{self._obj_.of.vba_type_name}.{name}"] += 1
        if self._obj_.of.vba_member(name) is None:
            raise COMException(desc=name, scode=winerror.DISP_E_UNKNOWNNAME)
        return super()._getdispid_(name, flags)


class Face:
    """One object of the in-memory Excel, as COM calls it."""

    def __init__(self, of):
        self.of = of

    def _dynamic_(self, name, _language, flags, arguments):
        ASKED[f"{self.of.vba_type_name}.{name}"] += 1
        if name == "_NewEnum":
            return win32com.server.util.NewEnum([to_com(one) for one in self.of.vba_iterate()])
        if name == "_value_":
            default = self.of.vba_default_member()
            if default is None:
                raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
            name = default.name
        spec, given = self.of.vba_member(name), [from_com(one) for one in arguments]
        if flags == pythoncom.DISPATCH_PROPERTYGET and spec.kind == "method":
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        try:
            if flags & PUTTING:
                self.of.vba_set(name, given[-1], given[:-1])
                return None
            found = to_com(self.of.vba_get(spec.name, given))
        except (VBARuntimeError, TypeError) as fault:
            # Range without its arguments: pywin32 then makes a method of it
            is_short = isinstance(fault, TypeError) or (not given and spec.parameters)
            code = winerror.DISP_E_BADPARAMCOUNT if is_short else winerror.DISP_E_EXCEPTION
            raise COMException(desc=str(fault), scode=code) from None
        return (found,) if isinstance(found, tuple) else found  # pywin32 takes a tuple for several results


class Remote(VBAObject):
    """An object of Python's process, as VBA calls it."""

    vba_type_name = "XLPython"

    def __init__(self, of):
        self.of = of

    def vba_member(self, _name):
        return None

    def vba_get(self, name, args=(), _named=None):
        try:
            return from_com(invoke(self.of, name, *map(to_com, args)))
        except pythoncom.com_error as fault:
            raise VBARuntimeError(1000, words_of(fault)) from None


class RealBridge(VBAObject):
    """WarmapBridge.bas with the real DLL behind it; `stated` is the program that the configuration names, `python` this one."""

    vba_type_name = "Bridge"

    def __init__(self, stated, python, local):
        self.stated, self.python, self.local, self.commands = stated, python, local, []

    @method
    def Load(self, _path):
        self.dll = Dll()
        return 0

    @method
    def Server(self, command):
        self.commands.append(command)
        try:
            return Remote(self.dll.server(command.replace(self.stated, self.python)))
        except DllError as fault:
            raise VBARuntimeError(514, str(fault)) from None

    @method
    def Stop(self, command):
        self.dll.stop(command.replace(self.stated, self.python))

    @method
    def Local(self):
        return self.local


def to_com(value):
    """A VBA value as Excel hands it over; pywin32 sends no error values, which arrive as this number."""
    if value is MISSING:
        return LEFT_OUT
    if value is EMPTY or value is None:
        return pythoncom.Empty
    if isinstance(value, Remote):
        return value.of
    if isinstance(value, VBAObject):
        return win32com.server.util.wrap(Face(value), usePolicy=Policy)
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAErrorValue):
        return FIRST_ERROR + value.number
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return tuple(map(to_com, value.elements()))
        (top, bottom), (left, right) = value.bounds
        return tuple(
            tuple(to_com(value.get([row, column])) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
    return int(value) if isinstance(value, VBAInt) else value


def from_com(value):
    """What Python hands over, as VBA has it."""
    if value is None:
        return EMPTY
    if type(value) is DISPATCH:
        try:
            return win32com.server.util.unwrap(value).of
        except (pythoncom.com_error, ValueError):
            return Remote(value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        block = VBAArray([(0, len(value) - 1), (0, len(value[0]) - 1)])
        for row, cells in enumerate(value):
            for column, cell in enumerate(cells):
                block.set([row, column], from_com(cell))
        return block
    return (
        VBAArray([(0, len(value) - 1)], items=[from_com(one) for one in value]) if isinstance(value, tuple) else value
    )
