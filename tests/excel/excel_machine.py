"""A Windows computer made of a folder, a made-up environment and a made-up registry."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from warmap import VERSION
from warmap_addin.excel.machine import XLWINGS_VERSION, Machine
from warmap_addin.excel.office_policy import APP_PATH, CLICK_TO_RUN

ADDIN = b"PK\x03\x04 the add-in"


@dataclass
class MadeUpRegistry:
    """Values by (key, name)."""

    values: dict = field(default_factory=dict)

    def value(self, key, name):
        return self.values.get((key, name))


def excel_there(**more):
    """The registry of a computer with 64-bit desktop Excel."""
    values = {
        (rf"HKLM\{APP_PATH}", ""): r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE",
        (CLICK_TO_RUN, "Platform"): "x64",
    }
    return MadeUpRegistry({**values, **more.pop("values", {})})


def machine(folder, registry=None, **more):
    """A user's computer in a folder."""
    environ = {"LOCALAPPDATA": str(folder / "Local"), "APPDATA": str(folder / "Roaming"), **more.pop("environ", {})}
    return Machine("win32", environ, registry or excel_there(), folder, Path("/python311/python.exe"), True, **more)


class Runner:
    """Stands for Python and pip: makes the environment they would make."""

    def __init__(self, *, versions=None, dlls=(64, 32), fails_at=""):
        self.commands, self.dlls, self.fails_at = [], dlls, fails_at
        self.versions = {"pywin32": "310", "xlwings": XLWINGS_VERSION, "warmap": VERSION, **(versions or {})}

    def __call__(self, command):
        from warmap.text import Text
        from warmap_addin.excel.install import CannotInstall

        self.commands.append(list(command))
        if self.fails_at and self.fails_at in command:
            raise CannotInstall(Text("没有网络", "no network"))
        if "venv" in command:
            home = Path(command[-1])
            (home / "Scripts").mkdir(parents=True)
            (home / "Scripts" / "python.exe").write_bytes(b"MZ")
            (home / "pyvenv.cfg").write_text("home = C:\\Python311\nversion = 3.11.9\n", "utf-8")
        else:
            home = Path(command[0]).parent.parent
            for name, version in self.versions.items():
                if version:
                    (home / "Lib" / "site-packages" / f"{name}-{version}.dist-info").mkdir(parents=True, exist_ok=True)
            of_xlwings = home / "Lib" / "site-packages" / "xlwings" / "addin"
            of_xlwings.mkdir(parents=True, exist_ok=True)
            (of_xlwings / "xlwings.xlam").write_bytes(b"PK")
            for bits in self.dlls:
                (home / f"xlwings{bits}-{XLWINGS_VERSION}.dll").write_bytes(b"MZ")
