"""The VBA project: modules written by hand and one generated, the words they say, put into a workbook by pyOpenVBA."""

import re
import struct
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from warmap import VERSION
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS, Argument, Function
from warmap_addin import CannotDo
from warmap_addin.excel.added_parts import Kind, Parts, parts_of
from warmap_addin.excel.machine import XLWINGS_VERSION
from warmap_addin.excel.ribbon import BUTTONS, GROUPS, MORE_ID, MORE_LABEL, TAB_ID, TAB_LABEL
from warmap_workbook.editing.zip_out import zip_of

PROJECT_NAME = "WarmapVba"  # not WARMAP: in `=WARMAP.F()` Excel must find the module of that name, not the project
PROJECT_PART = "xl/vbaProject.bin"
BOOK_MODULES = (
    "WarmapBridge",
    "WarmapConnect",
    "WarmapFiles",
    "WarmapLast",
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
# MODULESTREAMNAME and, after the other names of a module, MODULEOFFSET: where its source begins, behind its cache (2.3.4.2.3.2)
MODULE_RECORDS = re.compile(rb"\x1a\x00.{4}(\w+)\x32\x00(?:(?!\x1a\x00).)*?\x31\x00\x04\x00\x00\x00(.{4})", re.DOTALL)
NOTHING_COMPILED = bytes.fromhex("CC61FFFF000000")


class CannotBuild(CannotDo):
    """The Excel files cannot be built here."""


def source(file_name: str) -> str:
    """A VBA source of ours with its versions filled in; lines ended by a line feed."""
    text = (files("warmap_addin.excel") / "vba" / file_name).read_text(encoding="ascii")
    return text.replace("@XLWINGS@", XLWINGS_VERSION).replace("@WARMAP@", VERSION)


def module_texts(kind: Kind) -> dict[str, str]:
    """The texts of all modules but that of the workbook, by name."""
    names = BOOK_MODULES + (ADDIN_MODULES if kind == "xlam" else ())
    texts = {MODULE: functions_module(), NAMES_MODULE: names_module()} | {name: source(f"{name}.bas") for name in names}
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
        path.write_bytes(zip_of(parts))
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            for name, text in module_texts(kind).items():
                is_class = name in ADDIN_CLASSES
                kind_of_module = VBAModuleKind.other if is_class else VBAModuleKind.standard
                project.add_module(name, _crlf(text), kind=kind_of_module)
            file.set_module("ThisWorkbook", _crlf(book_text(kind)))
            file.save()
        written = parts_of(path.read_bytes())
    written[PROJECT_PART] = _finished(written[PROJECT_PART])
    return written


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _finished(project: bytes) -> bytes:
    """The project under our name, without anything compiled.

    pyOpenVBA calls it VBAProject, in the streams PROJECT and dir (MS-OVBA 2.3.1, 2.3.4.2), and brings along what some
    Excel compiled. Excel compiles the source where _VBA_PROJECT has the version FFFF and nothing more (2.3.4.1).
    """
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress

    compound = CFB.from_bytes(project)
    text = compound.get_stream("PROJECT").decode("cp1252")
    compound.write_stream("PROJECT", text.replace('Name="VBAProject"', f'Name="{PROJECT_NAME}"').encode("cp1252"))
    directory = decompress(compound.get_stream_in_storage("VBA", "dir"))
    old = struct.pack("<HI", PROJECT_NAME_RECORD, len("VBAProject")) + b"VBAProject"
    new = struct.pack("<HI", PROJECT_NAME_RECORD, len(PROJECT_NAME)) + PROJECT_NAME.encode("ascii")
    assert directory.count(old) == 1
    directory = directory.replace(old, new)
    for found in list(MODULE_RECORDS.finditer(directory)):
        name, cached = found[1].decode("ascii"), struct.unpack("<I", found[2])[0]
        if cached:
            stream = compound.get_stream_in_storage("VBA", name)
            compound.write_stream_in_storage("VBA", name, stream[cached:])
            directory = directory[: found.start(2)] + bytes(4) + directory[found.end(2) :]
    compound.write_stream_in_storage("VBA", "dir", compress(directory))
    compound.write_stream_in_storage("VBA", "_VBA_PROJECT", NOTHING_COMPILED)
    return bytes(compound.to_bytes())


# -- the module WARMAP: each worksheet function hands over to Python ---------------------------------------------------

MODULE = "WARMAP"
LINE = 112  # VBA refuses lines of more than 1,023 characters; people read shorter ones
HEAD = f"""Attribute VB_Name = "{MODULE}"
' GENERATED from the function table of warmap (warmap addin build --host excel); do not edit.
' Each function hands over its arguments, left-out ones as missing; WarmapCall takes the values of ranges.
Option Explicit
"""


def functions_module() -> str:
    """The text of the module, lines ended by a line feed."""
    return HEAD + "".join(f"\n{wrapper(function)}" for function in FUNCTIONS.values())


# Plan B, for an Excel that does not find `WARMAP.F`: the same functions under bare names.
NAMES_MODULE = "WarmapNames"
NAMES_HEAD = HEAD.replace(f'"{MODULE}"', f'"{NAMES_MODULE}"')


def names_module() -> str:
    """The module of the bare names, `WARMAP_ROLE_COVERAGE` and so on."""
    return NAMES_HEAD + "".join(
        f"\nPublic Function WARMAP_{name}(ParamArray given())\n"
        f'    WARMAP_{name} = WarmapCall("{name}", given)\nEnd Function\n'
        for name in FUNCTIONS
    )


def argument_name(function: Function, argument: Argument) -> str:
    """The argument's name in VBA, where a function and its argument must not share one (case does not count)."""
    clashes = argument.name.casefold() == function.name.casefold()
    return f"{argument.name}_table" if clashes else argument.name


def wrapper(function: Function) -> str:
    """One VBA function. Without Python, the function that explains a cell gives VBA's own words."""
    names = [argument_name(function, argument) for argument in function.arguments]
    shown = [
        name if argument.required else f"Optional {name}"
        for name, argument in zip(names, function.arguments, strict=True)
    ]
    lines = [
        _continued(f"Public Function {function.name}({', '.join(shown)})"),
        _continued(f'    {function.name} = WarmapCall("{function.name}", Array({", ".join(names)}))'),
    ]
    cell = next((name for name, a in zip(names, function.arguments, strict=True) if a.is_cell), None)
    if cell is not None:
        lines.append(f"    If IsError({function.name}) Then {function.name} = WarmapWhy({cell})")
    return "\n".join([*lines, "End Function", ""])


def _continued(line: str) -> str:
    """A line broken where it is long, as VBA continues lines."""
    return " _\n".join(textwrap.wrap(line, LINE, subsequent_indent=" " * 8, break_on_hyphens=False))


# -- what VBA itself says; `{1}` and `{2}` are filled there ------------------------------------------------------------

DOCTOR = Text(
    "请运行 warmap addin doctor --host excel，并把结果发给 IT。",
    "Run: warmap addin doctor --host excel, and send what it says to IT.",
)


def _and_doctor(zh: str, en: str) -> Text:
    return Text(f"{zh}{DOCTOR.zh}", f"{en} {DOCTOR.en}")


MESSAGES: dict[str, Text] = {
    "title": Text("作战地图", "War Map"),
    "mac": Text(
        "Mac 版 Excel 不能用这种加载项，请改用 LibreOffice。表里显示的是上次的结果。",
        "Excel on a Mac cannot use this add-in; use LibreOffice instead. The last results are shown.",
    ),
    "not_installed": Text(
        "这台电脑没有安装作战地图函数：表里显示的是上次的结果。安装：warmap addin install --host excel",
        "The war-map functions are not installed on this computer: the last results are shown. To install: "
        "warmap addin install --host excel",
    ),
    "python_missing": _and_doctor("找不到 Python：{1}。", "Python was not found: {1}."),
    "xlwings_version": _and_doctor(
        "已安装 xlwings {1}，这份文件需要 {2}。", "xlwings {1} is installed, and this file needs {2}."
    ),
    "dll_missing": _and_doctor("在 {2} 中找不到 {1}。", "{1} is not in {2}."),
    "dll_refused": _and_doctor(
        "Windows 拒绝载入 {1}（错误 {2}）。", "Windows refused to load {1} (error {2})."
    ),
    "python_stopped": _and_doctor("Python 没能启动：{1}。", "Python did not start: {1}."),
    "functions_missing": _and_doctor("Python 已启动，但函数不可用：{1}。", "Python runs, but the functions do not: {1}."),
    "functions_older": Text(
        "已安装的函数是 {1} 版，这份文件是 {2} 版的：请更新（warmap addin install --host excel），否则结果可能不同。",
        "The installed functions are version {1}, and this file is of version {2}: update them (warmap addin install "
        "--host excel), or results may differ.",
    ),
    "macro_failed": _and_doctor("这个按钮没有完成：{1}。", "This button did not finish: {1}."),
    "nothing_known": Text(
        "这个单元格没有记录到错误。", "No error is recorded for this cell."
    ),
    "reconnected": Text("函数已连接，结果是现算的。", "The functions are connected; the results are live."),
    "not_reconnected": _and_doctor(
        "Python 已连上，但这个工作簿里的公式没有接上：显示的是上次的结果。",
        "Python answers, but the formulas of this workbook do not reach it: the last results are shown.",
    ),
    "status_live": Text("● 实时结果", "● Live results"),
    "status_last": Text("○ 上次的结果", "○ Last results"),
    "nowhere_back": Text("没有可以返回的单元格。", "There is no cell to go back to."),
    "undo": Text("撤销作战地图刚才写的内容", "Undo what War Map just wrote"),
    "restarted": Text("Python 已重启，已全部重算。", "Python was restarted and everything recalculated."),
    "without_python": Text("作战地图 {1}。{2}", "War Map {1}. {2}"),
}  # fmt: skip


# -- the two very hidden sheets of words -------------------------------------------------------------------------------

WORDS_SHEET = "_warmap_words"
WORDS_NAME = "wm_words"
HELP_SHEET = (
    "_IntelliSense_"  # Excel-DNA IntelliSense looks for a sheet of this name; FunctionInfo and 1.0 mark its format
)
MOST = 255  # characters Excel takes for a help text

Rows = Sequence[tuple[str, ...]]


def words_rows() -> Rows:
    """Code, Chinese, English: messages, buttons, functions and their arguments."""
    return [(code, text.zh, text.en) for code, text in MESSAGES.items()] + list(_buttons()) + list(_functions())


def _buttons() -> Iterator[tuple[str, str, str]]:
    for code, label in ((TAB_ID, TAB_LABEL), (MORE_ID, MORE_LABEL), *((group.id, group.label) for group in GROUPS)):
        yield f"ribbon.{code}.label", label.zh, label.en
    for button in BUTTONS:
        key = f"ribbon.{button.id}"
        yield f"{key}.label", button.label.zh, button.label.en
        yield f"{key}.tip", button.tip.zh, button.tip.en
        yield f"{key}.when", button.when, button.when
        yield f"{key}.macro", button.macro, button.macro


def _functions() -> Iterator[tuple[str, str, str]]:
    for function in FUNCTIONS.values():
        yield f"function.{function.name}", _short(function.help, "zh"), _short(function.help, "en")
        for name, text in arguments_help(function):
            yield f"function.{function.name}.{name}", _short(text, "zh"), _short(text, "en")


def arguments_help(function: Function) -> list[tuple[str, Text]]:
    """The arguments of a function as VBA names them, with their help."""
    return [(argument_name(function, argument), argument.help) for argument in function.arguments]


def _short(text: Text, lang: Lang) -> str:
    words = text.to(lang)
    return words if len(words) <= MOST else words[: MOST - 1] + "…"


def help_rows(lang: Lang) -> Rows:
    """Excel-DNA's format: function, description, help topic, then name and description of each argument."""
    rows: list[tuple[str, ...]] = [("FunctionInfo", "1.0")]
    for function in FUNCTIONS.values():
        cells = [function.shown_name, _short(function.help, lang), ""]
        for name, text in arguments_help(function):
            cells += [name, _short(text, lang)]
        rows.append(tuple(cells))
    return rows
