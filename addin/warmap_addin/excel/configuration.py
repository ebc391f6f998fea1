r"""The file in the user's profile that tells the workbook which Python to start: written at installation, read by VBA.

`%LOCALAPPDATA%\warmap\warmap.conf`, lines `name=value`, UTF-16 with its mark, for VBA reads nothing else without loss.
The log lies beside it. No setting is ever read from a workbook or from the folder it lies in.
"""

from __future__ import annotations

from collections.abc import Mapping

XLWINGS_VERSION = "0.37.8"  # its DLL carries the number in its name: workbook, add-in and installed package must agree
FOLDER = "warmap"  # in %LOCALAPPDATA%
CONFIGURATION_FILE = "warmap.conf"
LOG_FILE = "warmap.log"
ENCODING = "utf-16"

PYTHON = "python"  # full path of python.exe; xlwings' DLL lies beside it or one folder above
XLWINGS = "xlwings"  # version of the xlwings package there
LANGUAGE = "language"  # zh or en; left out: the workbook's own, else that of Excel's menus
NAMES = (PYTHON, XLWINGS, LANGUAGE)


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
