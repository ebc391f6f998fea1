"""The VBA project: our modules, generated and written by hand, put into a workbook by pyOpenVBA."""

from __future__ import annotations

import struct
import tempfile
from importlib.resources import files
from pathlib import Path

from warmap import VERSION
from warmap.text import Text
from warmap_addin.excel import wrappers
from warmap_addin.excel.configuration import XLWINGS_VERSION
from warmap_addin.excel.package import Kind, Parts, packed, parts_of

PROJECT_NAME = "WarmapVba"  # not the module's name WARMAP: a formula must find the module
PROJECT_PART = "xl/vbaProject.bin"
BOOK_MODULES = (
    "WarmapBridge",
    "WarmapConnect",
    "WarmapFiles",
    "WarmapLocks",
    "WarmapPython",
    "WarmapStart",
    "WarmapWords",
)
ADDIN_MODULES = ("WarmapRibbon",)
ADDIN_CLASSES = ("WarmapEvents",)
NO_WRITER = Text(
    '生成 Excel 文件需要 pyOpenVBA：请安装 pip install "warmap[excel]"',
    'Building the Excel files needs pyOpenVBA: install it with: pip install "warmap[excel]"',
)
PROJECT_NAME_RECORD = 0x0004  # PROJECTNAME of the dir stream, MS-OVBA 2.3.4.2.1.6


class CannotBuild(Exception):
    """The files cannot be built here; `words` say why and what to do."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def source(file_name: str) -> str:
    """A VBA source of ours with its versions filled in; lines ended by a line feed."""
    text = (files("warmap_addin.excel") / "vba" / file_name).read_text(encoding="ascii")
    return text.replace("@XLWINGS@", XLWINGS_VERSION).replace("@WARMAP@", VERSION)


def module_texts(kind: Kind) -> dict[str, str]:
    """The texts of all modules but that of the workbook, by name."""
    names = BOOK_MODULES + (ADDIN_MODULES if kind == "xlam" else ())
    texts = {wrappers.MODULE: wrappers.module_text()} | {name: source(f"{name}.bas") for name in names}
    if kind == "xlam":
        texts |= {name: source(f"{name}.cls") for name in ADDIN_CLASSES}
    return texts


def book_text(kind: Kind) -> str:
    """The code behind the workbook itself."""
    return source("ThisWorkbook.addin.cls" if kind == "xlam" else "ThisWorkbook.book.cls")


def add_project(parts: Parts, kind: Kind) -> Parts:
    """The parts with a VBA project of ours and the code names it needs. Raises CannotBuild."""
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError:
        raise CannotBuild(NO_WRITER) from None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"  # the only kind it gives a project to; the content type is ours to set
        path.write_bytes(packed(parts))
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            for name, text in module_texts(kind).items():
                is_class = name in ADDIN_CLASSES
                kind_of_module = VBAModuleKind.other if is_class else VBAModuleKind.standard
                project.add_module(name, _crlf(text), kind=kind_of_module)
            file.set_module("ThisWorkbook", _crlf(book_text(kind)))
            file.save()
        written = parts_of(path.read_bytes())
    written[PROJECT_PART] = _renamed(written[PROJECT_PART])
    return written


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _renamed(project: bytes) -> bytes:
    """The project under our name, which stands in two of its streams."""
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress

    compound = CFB.from_bytes(project)
    text = compound.get_stream("PROJECT").decode("cp1252")
    compound.write_stream("PROJECT", text.replace('Name="VBAProject"', f'Name="{PROJECT_NAME}"').encode("cp1252"))
    directory = decompress(compound.get_stream_in_storage("VBA", "dir"))
    old = struct.pack("<HI", PROJECT_NAME_RECORD, len("VBAProject")) + b"VBAProject"
    new = struct.pack("<HI", PROJECT_NAME_RECORD, len(PROJECT_NAME)) + PROJECT_NAME.encode("ascii")
    assert directory.count(old) == 1
    compound.write_stream_in_storage("VBA", "dir", compress(directory.replace(old, new)))
    return bytes(compound.to_bytes())
