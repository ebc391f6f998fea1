"""Stand-ins for pywin32 and the parts of ctypes that only Windows has, so that xlwings' own Windows code runs here."""

from __future__ import annotations

import ctypes
import sys
import types

MODULES = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "winreg",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.util",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.exception",
)
WINDOWS_ONLY = ("oledll", "windll", "WinDLL", "WINFUNCTYPE", "WinError", "FormatError")


class Anything:
    """Answers every question with more of itself."""

    def __init__(self, *_args, **_named):
        pass

    def __getattr__(self, name):
        return Anything()

    def __call__(self, *_args, **_named):
        return Anything()

    def __getitem__(self, key):
        return key


class ComError(Exception):
    pass


class Dispatched:
    """The type of COM objects; the view of the in-memory Excel derives from it."""


def _not_wrapped(_given):
    raise ComError


def install():
    """Put the stand-ins in place and import xlwings over them; its own decorators, not the empty ones of Linux."""
    for name in MODULES:
        module = types.ModuleType(name)
        module.__getattr__ = lambda _name: Anything()
        module.__path__ = []
        sys.modules[name] = module
        above, _, last = name.rpartition(".")
        if above:
            setattr(sys.modules[above], last, module)
    sys.modules["pywintypes"].com_error = ComError
    sys.modules["pywintypes"].TimeType = type("TimeType", (), {})
    pythoncom = sys.modules["pythoncom"]
    pythoncom.com_error = pythoncom.ole_error = ComError
    pythoncom.CoInitialize = lambda *_args: None
    pythoncom.TypeIIDs = Anything()
    client = sys.modules["win32com.client"]
    client.Dispatch = lambda given, *_args, **_named: given
    client.CDispatch = client.CoClassBaseClass = client.DispatchBaseClass = Dispatched
    sys.modules["win32com.server.util"].unwrap = _not_wrapped
    for name in WINDOWS_ONLY:
        setattr(ctypes, name, Anything())
    ctypes.PyDLL = Anything()
    import xlwings
    from xlwings import _xlwindows, udfs

    xlwings.func, xlwings.sub, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlsub, udfs.xlarg, udfs.xlret
    xlwings.engines.add(xlwings.main.Engine(impl=_xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    _xlwindows.is_range_instance = lambda given: isinstance(given, Dispatched)
    from xlwings import com_server

    return xlwings, udfs, com_server
