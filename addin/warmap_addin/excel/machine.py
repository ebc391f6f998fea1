r"""The computer as the Excel add-in sees it: folders of the user's profile, the environment, the registry, our configuration.

Everything is handed in, so that installing and diagnosing can be tried on any system; `this_machine` is the real one.

`%LOCALAPPDATA%\warmap\warmap.conf` tells the workbook which Python to start: written at installation, read by VBA. The log
lies beside it. No setting is ever read from a workbook or from the folder it lies in, where anybody may have put a file.
"""

import ctypes
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

XLWINGS_VERSION = "0.37.8"  # its DLL carries the number in its name: workbook, add-in and installed package must agree
FOLDER = "warmap"  # in %LOCALAPPDATA%
CONFIGURATION_FILE = "warmap.conf"
LOG_FILE = "warmap.log"
ENCODING = "utf-16"  # with its mark: VBA reads nothing else without loss

PYTHON = "python"  # full path of python.exe; xlwings' DLL lies beside it or one folder above
XLWINGS = "xlwings"  # version of the xlwings package there
LANGUAGE = "language"  # zh or en; left out: the workbook's own, else that of Excel's menus
NAMES = (PYTHON, XLWINGS, LANGUAGE)
ADDIN_FILE = "warmap.xlam"
MANIFEST_FILE = "installed.json"


class Registry(Protocol):
    """What is asked of Windows' registry."""

    def value(self, key: str, name: str) -> str | int | None:
        r"""A value such as (`HKCU\Software\…`, `VBAWarnings`); None where key or value is not there."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One user's computer: its platform (as `sys.platform`), environment, registry, home folder, and the Python that runs."""

    platform: str
    environ: Mapping[str, str]
    registry: Registry
    home: Path
    python: Path
    is_64_bit: bool
    python_version: tuple[int, int] = (3, 11)
    own_documents: Path | None = None

    @property
    def is_windows(self) -> bool:
        """Excel's add-in with xlwings' functions works on Windows only."""
        return self.platform == "win32"

    @property
    def local(self) -> Path:
        """Our own folder in the user's profile, which the VBA looks into: configuration, log, Python."""
        base = self.environ.get("LOCALAPPDATA")
        return (Path(base) if base else self.home / "AppData" / "Local") / FOLDER

    @property
    def config(self) -> Path:
        """Which Python, which xlwings, which language."""
        return self.local / CONFIGURATION_FILE

    @property
    def log(self) -> Path:
        """What went wrong, written by the VBA and by the macros."""
        return self.local / LOG_FILE

    @property
    def manifest(self) -> Path:
        """What the installation has written."""
        return self.local / MANIFEST_FILE

    @property
    def backups(self) -> Path:
        """Files of others that stood where ours now stand."""
        return self.local / "backup"

    @property
    def venv(self) -> Path:
        """The Python environment of the add-in."""
        return self.local / "python"

    @property
    def venv_python(self) -> Path:
        """Its program."""
        return self.venv / "Scripts" / "python.exe"

    @property
    def generated(self) -> Path:
        """Where pywin32 keeps what it generates, if the folder is there."""
        return self.venv / "Lib" / "site-packages" / "win32com" / "gen_py"

    @property
    def xlstart(self) -> Path:
        """Excel opens whatever lies here when it starts; files here are trusted."""
        base = self.environ.get("APPDATA")
        return (Path(base) if base else self.home / "AppData" / "Roaming") / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin(self) -> Path:
        """Our add-in where Excel finds it."""
        return self.xlstart / ADDIN_FILE

    @property
    def documents(self) -> Path:
        """Where files go when a workbook has no folder of its own on this computer."""
        folder = self.own_documents or self.home / "Documents"
        return folder if folder.is_dir() else self.home


def configuration_bytes(settings: Mapping[str, str]) -> bytes:
    """The content of the file. Raises ValueError for a name VBA does not read, or a value of more than one line."""
    for name, value in settings.items():
        if name not in NAMES or value != " ".join(value.splitlines()):
            raise ValueError(f"{name}={value!r}")
    return "".join(f"{name}={value}\r\n" for name, value in settings.items()).encode(ENCODING)


def read_configuration(content: bytes) -> dict[str, str]:
    """The settings in the file's content, as VBA reads them."""
    lines = (line.partition("=") for line in content.decode(ENCODING).splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in lines if name.strip()}


def read_config(path: Path) -> dict[str, str]:
    """Our configuration; empty where there is none or it cannot be read."""
    try:
        return read_configuration(path.read_bytes())
    except (OSError, UnicodeError):
        return {}


class WindowsRegistry:
    """The registry of this computer, in the 64-bit view that Office writes; empty on other systems."""

    def value(self, key: str, name: str) -> str | int | None:
        """A value; None where it is not there or may not be read."""
        if sys.platform != "win32":
            return None
        import winreg

        try:
            with self._open(key) as handle:
                found = winreg.QueryValueEx(handle, name)[0]
        except OSError:
            return None
        return found if isinstance(found, str | int) else None

    if sys.platform == "win32":

        @staticmethod
        def _open(key: str) -> Any:
            import winreg

            roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
            root, _, rest = key.partition("\\")
            return winreg.OpenKey(roots[root], rest, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)


# What SHGetFolderPathW calls the user's folders (shlobj.h). The environment of a Python that xlwings' DLL starts went through
# the code page, where a Chinese user of an English Windows is `C:\users\???`; and Documents may have moved to OneDrive.
KNOWN_FOLDERS = {"LOCALAPPDATA": 0x1C, "APPDATA": 0x1A, "USERPROFILE": 0x28}
DOCUMENTS = 0x05


def known_folder(number: int) -> str:
    """One of the user's folders as Windows knows it; empty on other systems, and where Windows does not say."""
    if sys.platform != "win32":
        return ""
    found = ctypes.create_unicode_buffer(260)  # MAX_PATH, more it does not write
    return "" if ctypes.windll.shell32.SHGetFolderPathW(None, number, None, 0, found) else found.value


def this_machine() -> Machine:
    """The computer this runs on."""
    found = {name: folder for name, number in KNOWN_FOLDERS.items() if (folder := known_folder(number))}
    documents = known_folder(DOCUMENTS)
    return Machine(
        sys.platform, {**os.environ, **found}, WindowsRegistry(), Path(found.get("USERPROFILE") or Path.home()),
        Path(sys.executable), sys.maxsize > 2**32, sys.version_info[:2], Path(documents) if documents else None,
    )  # fmt: skip
