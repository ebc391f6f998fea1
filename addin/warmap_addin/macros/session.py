"""The Excel that pressed a button: its App and Book from xlwings, the workbook read as plain data, its refusals, the log.

This module alone imports xlwings; `excel_edits` is handed its objects. A sheet is read in two calls, for each call
crosses COM and is slow.
"""

import locale
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from warmap.text import Lang, Text
from warmap_addin import CannotDo, in_full
from warmap_addin.excel.machine import read_config, this_machine
from warmap_addin.macros.edits import Edit
from warmap_addin.macros.open_book import OpenBook, OpenSheet, Place

MOST_CELLS = 400_000  # of one sheet: twice what a file that is handed in may have
FORMULAS, BY_ROWS, BY_COLUMNS, PREVIOUS = -4123, 1, 2, 2  # Excel's xlFormulas, xlByRows, xlByColumns, xlPrevious
TOO_LARGE = Text(
    "“{sheet}”表用到的格子超过 {most} 个，读不了。请删掉表格下方和右侧多余的内容。",
    "The sheet “{sheet}” has more than {most} cells in use and cannot be read. Delete what stands far below or beside its tables.",
)
MENUS, PRIMARY, CHINESE = 2, 0x3FF, 4  # Office's msoLanguageIDUI; Windows' numbers of languages
WRITTEN: dict[str, tuple[Edit, ...]] = {}
ROUNDS: dict[str, tuple[str, ...]] = {}  # of this Python process: a new process starts the weekly update from the top
LOG_ENCODING = (
    "utf-16-le"  # with a mark at the beginning, as Windows' own file object writes it; the VBA writes this log too
)
LOG_MARK = b"\xff\xfe"
LARGEST_LOG = 1_000_000

PASSWORD = Text(
    "“{sheet}”表有密码保护，改不了；什么都没有改。请先撤销保护（审阅 → 撤销工作表保护）。",
    "The sheet “{sheet}” is protected by a password; nothing was changed. Take it off first (Review → Unprotect Sheet).",
)
STRUCTURE = Text(
    "工作簿的结构受保护，不能加工作表或改名；什么都没有改。请先撤销保护（审阅 → 保护工作簿）。",
    "The workbook's structure is protected: no sheet can be added or renamed; nothing was changed. Take it off first (Review → Protect Workbook).",
)
SHEET_REFUSED = Text(
    "Excel 不让改“{sheet}”表：{reason}\n请看看：单元格是否正在编辑，工作表或单元格是否受保护、被隐藏，工作簿是否在“受保护的视图”里。",
    "Excel refused to change the sheet “{sheet}”: {reason}\nIs a cell being edited, is the sheet or the cell protected or hidden, is the workbook in Protected View?",
)
REFUSED = Text(
    "Excel 没有照做：{reason}\n请看看：单元格是否正在编辑，是否有对话框开着，工作簿是否在“受保护的视图”里。",
    "Excel refused: {reason}\nIs a cell being edited, is a dialog open, is the workbook in Protected View?",
)
NO_REASON = Text("没有说明原因", "no reason given")


class CannotApply(CannotDo):
    """An edit that Excel or the disk refuses for a reason the user can fix."""


@dataclass(frozen=True, slots=True)
class Session:
    """One press of a button: the xlwings App and Book (None where no workbook is open), the moment, and the user's own.

    `folder` is where files go when the workbook has no folder of its own on this computer, `open_file` shows a file
    with the program it belongs to. `rounds` holds for each workbook where the weekly update has led to: not in the
    workbook, for whatever is written there empties Excel's list of steps to undo. `written` holds what the last macro wrote.
    """

    app: Any
    book: Any
    now: datetime
    lang: Lang
    folder: Path
    log: Path
    open_file: Callable[[Path], None]
    rounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written: dict[str, tuple[Edit, ...]] = field(default_factory=dict)

    @property
    def excel(self) -> str:
        """Excel's version."""
        return str(self.app.version) if self.app is not None else ""

    @property
    def is_read_only(self) -> bool:
        """Whether the workbook was opened so that it cannot be saved under its own name."""
        return self.book is not None and bool(self.book.api.ReadOnly)

    def quietly(self) -> AbstractContextManager[object]:
        """Keep Excel from drawing and recalculating after each cell while a macro writes; it does both once afterwards.

        Without a workbook Excel refuses to be asked about calculation.
        """
        if self.book is None:
            return nullcontext()
        quiet: AbstractContextManager[object] = self.app.properties(calculation="manual", screen_updating=False)
        return quiet


# -- the open workbook -------------------------------------------------------------------------------------------------


def read_open_book(book: Any) -> OpenBook:
    """An xlwings Book as plain data: values, formulas, names, and the active cell."""
    sheets = [_read_sheet(sheet) for sheet in book.sheets]
    names = {name.name: name.refers_to or "" for name in book.names}
    is_from_1904 = getattr(getattr(book, "api", None), "Date1904", False) is True
    return OpenBook(sheets, names, _active(book), book.name, is_from_1904)


def _read_sheet(sheet: Any) -> OpenSheet:
    area = _filled(sheet)
    values = area.options(ndim=2, err_to_str=True).value
    formulas = area.formula
    if isinstance(formulas, str):  # of a single cell
        formulas = ((formulas,),)
    return OpenSheet(sheet.name, is_visible(sheet), area.row, area.column, values or (), formulas or ())


def _filled(sheet: Any) -> Any:
    """The cells in use. Excel counts formatted ones too, up to a whole sheet of them: these are looked for, not read."""
    area = sheet.used_range
    if area.count <= MOST_CELLS:
        return area
    ends = [
        sheet.api.Cells.Find(What="*", LookIn=FORMULAS, SearchOrder=order, SearchDirection=PREVIOUS)
        for order in (BY_ROWS, BY_COLUMNS)
    ]
    if None in ends:
        return sheet.range((1, 1))
    area = sheet.range((1, 1), (ends[0].Row, ends[1].Column))
    if area.count > MOST_CELLS:
        raise CannotApply(in_full(TOO_LARGE, sheet=sheet.name, most=MOST_CELLS))
    return area


def is_visible(sheet: Any) -> bool:
    """Whether a sheet's tab is seen: Excel's own -1; 0 is hidden, 2 very hidden."""
    return sheet.visible in (True, -1)


def _active(book: Any) -> Place | None:
    selection = book.selection  # None where a picture is selected
    return Place(selection.sheet.name, selection.row, selection.column) if selection is not None else None


# -- refusals and the log ----------------------------------------------------------------------------------------------


def is_refusal(fault: BaseException) -> bool:
    """Whether Excel refused (pywin32's error, or xlwings' own about the workbook's state), rather than a bug of ours."""
    return any(kind.__name__ in {"com_error", "ExcelBusyError", "XlwingsError"} for kind in type(fault).__mro__)


def reason(fault: BaseException) -> object:
    """Why, in one line: Excel's own words, the disk's, else what the error says."""
    detail = fault.args[2] if is_refusal(fault) and len(fault.args) > 2 else None
    if isinstance(detail, tuple) and len(detail) > 2 and detail[2]:
        return " ".join(str(detail[2]).split())
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    words = next((one for one in fault.args if isinstance(one, str) and one), "")
    return " ".join(words.split()) or NO_REASON


def note(path: Path, now: datetime, words: str) -> bool:
    """Add an event to the log; False where the disk refuses: a log that cannot be written stops nobody."""
    line = f"{now:%Y-%m-%d %H:%M:%S} {words.rstrip()}\r\n".encode(LOG_ENCODING, "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else 0
        with path.open("wb" if size > LARGEST_LOG else "ab") as file:
            file.write((LOG_MARK if not 0 < size <= LARGEST_LOG else b"") + line)
    except OSError:
        return False
    return True


# -- the real Excel ----------------------------------------------------------------------------------------------------


def this_session() -> Session:
    """The Excel that called, its active workbook, and this computer."""
    app, book = _calling()
    machine = this_machine()
    lang = read_config(machine.config).get("language") or _menu_language(app) or _machine_language(machine.environ)
    return Session(
        app, book, datetime.now().astimezone().replace(tzinfo=None), "zh" if lang == "zh" else "en",
        machine.documents, machine.log, _show_file, ROUNDS, WRITTEN,
    )  # fmt: skip


def _show_file(path: Path) -> None:
    """Open a file with the program that Windows has for it."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  our own log, page or picture


def _calling() -> tuple[Any, Any]:
    """The App and the Book that pressed the button; no Book where no workbook is open."""
    import xlwings

    try:
        book = xlwings.Book.caller()
        has_book = bool(book.name)
    except Exception:  # noqa: BLE001  no workbook is open: xlwings then has nothing to hold on to
        return xlwings.apps.active, None
    return book.app, book if has_book else None


def _menu_language(app: Any) -> str:
    """The language of Excel's menus, as the ribbon has it; empty where Excel does not say."""
    try:
        number = int(app.api.LanguageSettings.LanguageID(MENUS))
    except Exception:  # noqa: BLE001  COM raises what it likes
        return ""
    return "zh" if number & PRIMARY == CHINESE else "en"


def _machine_language(environ: Mapping[str, str]) -> str:
    names = (environ.get("LC_ALL"), environ.get("LANG"), locale.getlocale()[0])
    name = next((name for name in names if name), "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"
