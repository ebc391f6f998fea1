"""Run by Windows' Python: what Excel does with xlwings' DLL, step by step. Steps come as JSON on stdin, answers go out as JSON.

    ["python", PATH]              which Python, by its short name as the VBA hands it over; without this step, this very one
    ["command", TEXT]             how it is started from here on: {python} is its path
    ["call", NAME, [ARGUMENT…]]   a worksheet function by value, as WarmapPython.bas calls it
    ["exec", STATEMENT]           a statement, as a button does
    ["stop"]                      end Python

An answer is {"value": …} or {"error": the words that VBA finds in Err.Description}.
"""

import ctypes
import datetime as dt
import json
import sys
from pathlib import Path

import pythoncom
import win32api
import win32com.client
import winerror

MODULE = "warmap_udfs.excel"
HOME = Path(sys.executable).parent
LEFT_OUT = win32com.client.VARIANT(pythoncom.VT_ERROR, winerror.DISP_E_PARAMNOTFOUND)
GET_OR_CALL = pythoncom.DISPATCH_METHOD | pythoncom.DISPATCH_PROPERTYGET


class DllError(Exception):
    """What the DLL says in place of a server."""


class _Variant(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_ushort),
        ("_", ctypes.c_ushort * 3),
        ("value", ctypes.c_void_p),
        ("_more", ctypes.c_void_p),
    )


class Dll:
    """xlwings' DLL, called as the `Declare` of WarmapBridge.bas calls it: the command as a text in the code page."""

    def __init__(self):
        (path,) = HOME.glob("xlwings64-*.dll")
        self._activate = ctypes.WinDLL(str(path)).XLPyDLLActivateAuto
        self._activate.argtypes = (ctypes.POINTER(_Variant), ctypes.c_char_p, ctypes.c_int)
        self._activate.restype = ctypes.c_long

    def server(self, command):
        """The server of the Python that a command starts, as a COM object to be called late bound."""
        return pythoncom.ObjectFromAddress(self._result(command, 1).value, pythoncom.IID_IDispatch)

    def stop(self, command):
        self._result(command, -1)

    def _result(self, command, mode):
        result = _Variant()
        if self._activate(ctypes.byref(result), command.encode("mbcs", "replace"), mode) != 0:
            raise DllError(ctypes.wstring_at(result.value))
        return result


def invoke(server, name, *arguments):
    """A late-bound call, as VBA makes it."""
    return server.Invoke(server.GetIDsOfNames(name), 0, GET_OR_CALL, True, *arguments)


def words_of(fault):
    """What VBA finds in Err.Description."""
    if isinstance(fault, DllError):
        return str(fault)
    return (fault.excepinfo and fault.excepinfo[2]) or fault.strerror


def from_json(value):
    """An argument: a list is a range's values, {"missing"} was left out, {"day"} is a date, {"error"} an error value."""
    if isinstance(value, list):
        return tuple(map(from_json, value))
    if not isinstance(value, dict):
        return pythoncom.Empty if value is None else value
    if "day" in value:
        return dt.datetime.fromisoformat(value["day"])
    if "error" in value:
        return value["error"] - 2146828288  # pywin32 can receive an error value, as this number, but not send one
    return LEFT_OUT


def main():
    sys.stdin.reconfigure(encoding="utf-8")
    dll, command, python = Dll(), "", sys.executable

    def step(kind, *given):
        nonlocal command, python
        if kind == "python":
            python = win32api.GetShortPathName(given[0])
        elif kind == "command":
            command = given[0].replace("{python}", python)
        elif kind == "stop":
            dll.stop(command)
        elif kind == "exec":
            invoke(dll.server(command), "Exec", given[0])
        else:
            name, arguments = given
            return invoke(dll.server(command), "CallUDF", MODULE, name, tuple(map(from_json, arguments)))
        return None

    answers = []
    for one in json.load(sys.stdin):
        try:
            answers.append({"value": step(*one)})
        except (DllError, pythoncom.com_error) as fault:
            answers.append({"error": words_of(fault)})
    sys.stdout.buffer.write(json.dumps(answers, default=str).encode())


if __name__ == "__main__":
    main()
