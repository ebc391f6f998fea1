"""Carry out a macro's edits on an xlwings Book. Every call crosses COM and is slow: a block of cells is written in one call."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from warmap.text import Text
from warmap_addin import in_full
from warmap_addin.macros import edits as edit
from warmap_addin.macros.session import (
    PASSWORD,
    REFUSED,
    SHEET_REFUSED,
    STRUCTURE,
    CannotApply,
    Session,
    is_refusal,
    is_visible,
    reason,
)
from warmap_workbook.editing.file_edits import without_macros
from warmap_workbook.ooxml import cell_name, parse_range
from warmap_workbook.saving import CannotWrite, save

PLAIN_TEXT = re.compile(r"[^\W\d][^\d]*")  # a letter first and no digit: Excel takes it for nothing but text
LONG = 5  # sheets to change; from here on the user sees how far it is
LONGEST_IN_BLOCK = 8_000  # Excel refuses a block with a longer text (8,203 characters), a single cell takes 32,767
TAKEN_FOR_VALUES = frozenset({"TRUE", "FALSE"})
# What may be done on a protected sheet (Excel's own names); kept over a change of ours, as the VBA does.
ALLOWED = tuple(
    f"Allow{what}"
    for what in ("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
                 "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables")
)  # fmt: skip
CANNOT_SAVE = Text(
    "文件写不进“{folder}”：{fault}。请检查文件夹是否存在、可写、未满。",
    "No file can be written to “{folder}”: {fault}. Is the folder there, writable, and not full?",
)
NONE, LIST, DIFFERENT = "none", "list", frozenset({"mixed_criteria", "inconsistent"})  # xlwings' kinds of validation


def as_typed(value: edit.Cell) -> object:
    """A value as it must be typed into Excel: a text that looks like a number, date or formula gets an apostrophe."""
    if isinstance(value, str):
        is_plain = PLAIN_TEXT.fullmatch(value) and value.upper() not in TAKEN_FOR_VALUES
        return value if is_plain or not value else f"'{value}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  a workbook knows no time zone
    return value


def link_target(link: edit.Link) -> str:
    """Where a link leads, within the workbook."""
    return "#'{}'!{}".format(link.to_sheet.replace("'", "''"), link.to_cell)


def link_formula(link: edit.Link) -> str:
    """A link as a formula: it survives renaming the file, and fetches nothing."""
    return '=HYPERLINK("{}","{}")'.format(link_target(link).replace('"', '""'), link.words.replace('"', '""'))


class Shell:
    """Carries out edits on one xlwings Book; `words` collects what to tell the user."""

    def __init__(self, session: Session) -> None:
        self.session, self.book, self.files = session, session.book, Files(session)
        self.words: list[str] = []
        self._ways: Mapping[type, Callable[[Any], None]] = {
            edit.Write: self._write, edit.Formula: self._formula, edit.Link: self._link,
            edit.Messages: lambda one: put_messages(self.book.sheets[one.sheet].range(one.cells), one),
            edit.ChartWords: lambda one: put_chart_words(self.book.sheets[one.sheet], one),
            edit.Footer: lambda one: put_footer(self.book.sheets[one.sheet], one),
            edit.AddSheet: self._add_sheet, edit.RenameSheet: self._rename, edit.Unlocked: self._unlocked,
            edit.Attempt: self._attempt, edit.Remember: self._remember, edit.Select: self._select,
            edit.Recalculate: self._recalculate, edit.SaveCopy: self.files.save_copy,
            edit.SaveFile: self.files.save_file, edit.SaveFolder: self.files.save_folder,
            edit.ShowLog: self._show_log, edit.Say: self._say, edit.Ask: lambda _: None,
        }  # fmt: skip

    def apply(self, edits: Sequence[edit.Edit]) -> None:
        """Carry out all edits in order, or none where a lock is seen beforehand. Raises CannotApply."""
        self._foresee(list(edit.every(edits)))
        sheets = [one.sheet for one in edits if isinstance(one, edit.Unlocked)]
        if len(sheets) < LONG:
            self._carry_out(edits)
            return
        api = self.session.app.api
        _tried(lambda: setattr(api, "PrintCommunication", False))  # else each page foot asks the printer's driver
        try:
            for one in edits:
                if isinstance(one, edit.Unlocked):
                    self._tell_progress(f"{one.sheet} ({sheets.index(one.sheet) + 1}/{len(sheets)})")
                self._carry_out([one])
        finally:
            _tried(lambda: setattr(api, "PrintCommunication", True))
            self._tell_progress(False)

    def _tell_progress(self, words: str | bool) -> None:
        """Words at Excel's foot; False gives it back to Excel."""
        self.session.app.status_bar = words

    def _foresee(self, edits: Sequence[edit.Edit]) -> None:
        """Stop at a locked sheet or workbook before anything is half done."""
        new = any(
            isinstance(one, edit.RenameSheet) or (isinstance(one, edit.AddSheet) and self._sheet(one.name) is None)
            for one in edits
        )
        if new and self.book.api.ProtectStructure:
            raise CannotApply(STRUCTURE)
        for name in dict.fromkeys(one.sheet for one in edits if isinstance(one, edit.Unlocked) and one.is_needed):
            if self._sheet(name) is not None:  # one that is only renamed so by these edits was asked under its old name
                self._unlocked(edit.Unlocked(name, ()))

    def _carry_out(self, edits: Iterable[edit.Edit]) -> None:
        for one in edits:
            try:
                self._ways[type(one)](one)
            except Exception as fault:
                if isinstance(fault, CannotApply) or not is_refusal(fault):
                    raise
                sheet, why = getattr(one, "sheet", None), reason(fault)
                words = SHEET_REFUSED if sheet else REFUSED
                raise CannotApply(in_full(words, sheet=sheet, reason=why)) from fault

    def _sheet(self, name: str) -> Any:
        return next((sheet for sheet in self.book.sheets if sheet.name.casefold() == name.casefold()), None)

    def _write(self, one: edit.Write) -> None:
        sheet, values = self.book.sheets[one.sheet], [[as_typed(value) for value in row] for row in one.rows]
        if not values:
            return
        box = parse_range(one.cell)
        last = cell_name(box.r1 + len(values) - 1, box.c1 + max(map(len, values)) - 1)
        long = [
            (row, column, value)
            for row, cells in enumerate(values)
            for column, value in enumerate(cells)
            if isinstance(value, str) and len(value) > LONGEST_IN_BLOCK
        ]
        for row, column, _ in long:
            values[row][column] = None
        sheet.range(f"{one.cell}:{last}").value = values
        for row, column, value in long:
            sheet.range(cell_name(box.r1 + row, box.c1 + column)).value = value

    def _formula(self, one: edit.Formula) -> None:
        cell = self.book.sheets[one.sheet].range(one.cell)
        if one.is_array:
            cell.formula_array = one.text
        else:
            cell.formula = one.text

    def _link(self, one: edit.Link) -> None:
        cell = self.book.sheets[one.sheet].range(one.cell)
        if one.is_replaced:
            cell.add_hyperlink(link_target(one), one.words, one.words)
        else:
            cell.formula = link_formula(one)

    def _add_sheet(self, one: edit.AddSheet) -> None:
        sheets = self.book.sheets
        if self._sheet(one.name) is not None:
            sheets[one.name].clear()
        else:
            # before the last visible one: xlwings adds at the very end by moving the last sheet, which may be hidden
            sheets.add(one.name, before=[sheet for sheet in sheets if is_visible(sheet)][-1])
        sheet = sheets[one.name]
        for column, width in enumerate(one.widths, 1):
            sheet.range((1, column)).column_width = width

    def _rename(self, one: edit.RenameSheet) -> None:
        self.book.sheets[one.old].name = one.new

    def _unlocked(self, one: edit.Unlocked) -> None:
        sheet = self.book.sheets[one.sheet].api
        if not sheet.ProtectContents:
            self._carry_out(one.edits)
            return
        # Unprotect forgets what the protection allowed, and Protect allows only what it is told.
        kept = {name: getattr(sheet.Protection, name) for name in ALLOWED}
        kept |= {"DrawingObjects": sheet.ProtectDrawingObjects, "Scenarios": sheet.ProtectScenarios}
        try:
            sheet.Unprotect("")
        except Exception:  # noqa: BLE001  a com_error where there is a password; its class is not known without pywin32
            if one.is_needed:
                raise CannotApply(in_full(PASSWORD, sheet=one.sheet)) from None
            return
        try:
            self._carry_out(one.edits)
        finally:
            sheet.Protect(Password="", Contents=True, **kept)

    def _attempt(self, one: edit.Attempt) -> None:
        try:
            self._carry_out(one.edits)
        except Exception:
            self._carry_out(one.if_failed)
            raise
        finally:
            self._carry_out(one.afterwards)

    def _remember(self, one: edit.Remember) -> None:
        self.session.rounds[self.book.name] = one.places

    def _select(self, one: edit.Select) -> None:
        sheet = self.book.sheets[one.sheet]
        sheet.activate()
        sheet.range(one.cell).select()

    def _recalculate(self, _: edit.Recalculate) -> None:
        self.session.app.calculate()

    def _say(self, one: edit.Say) -> None:
        path = str(self.files.saved[-1]) if self.files.saved else ""
        self.words.append(one.words.replace(edit.PATH, path) if one.names_path else one.words)

    def _show_log(self, one: edit.ShowLog) -> None:
        is_there = self.session.log.is_file()
        if is_there:
            self.session.open_file(self.session.log)
        self.words.append(one.shown if is_there else one.missing)


# -- files, beside the workbook where it has a folder on this computer, never over another file ------------------------


class Files:
    """Saves files for one press of a button; `saved` are those written, in order."""

    def __init__(self, session: Session) -> None:
        self.session, self.book = session, session.book
        self.saved: list[Path] = []

    def home(self) -> Path:
        """The workbook's own folder, or the user's where it has none on this computer (never saved, or in the cloud)."""
        try:
            folder = Path(self.book.fullname).parent
        except Exception:  # noqa: BLE001  xlwings cannot tell the local folder of a cloud address
            return self.session.folder
        return folder if folder.is_absolute() and folder.is_dir() else self.session.folder

    def free(self, name: str, ending: str) -> Path:
        """A path that does not exist yet: nothing is ever overwritten."""
        home, number = self.home(), 1
        while True:
            path = home / f"{name}{ending}" if number == 1 else home / f"{name}_{number}{ending}"
            if not path.exists():
                return path
            number += 1

    def save_copy(self, one: edit.SaveCopy) -> None:
        """Save a copy: Excel writes it in the workbook's own format; from a macro workbook we then take the macros out."""
        ending = Path(self.book.name).suffix.lower() or ".xlsx"
        final = self.free(one.name, ".xlsx" if ending == ".xlsm" else ending)
        copied = self.free(one.name, ending)
        try:
            self.book.api.SaveCopyAs(str(copied))
            if copied.suffix != final.suffix:
                save(final, without_macros(copied.read_bytes()), force=False)
        except Exception as fault:
            final.unlink(missing_ok=True)  # it was not there before
            why = fault.words if isinstance(fault, CannotWrite) else reason(fault)
            raise CannotApply(in_full(CANNOT_SAVE, folder=final.parent, fault=why)) from fault
        finally:
            if copied != final:
                copied.unlink(missing_ok=True)
        self.saved.append(final)

    def save_file(self, one: edit.SaveFile) -> None:
        """Save one file; open it as a workbook, or show it, where that is wanted."""
        name, _, ending = one.name.rpartition(".")
        path = self.free(name, f".{ending}")
        _write(path.parent, ((path.name, one.content),))
        self.saved.append(path)
        if one.is_opened:
            self.session.app.books.open(str(path))
        if one.is_shown:
            with suppress(OSError):  # no program for such files: the words say where it is
                self.session.open_file(path)

    def save_folder(self, one: edit.SaveFolder) -> None:
        """A folder of files."""
        path = self.free(one.name, "")
        _write(path, one.files)
        self.saved.append(path)


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    try:
        for name, content in files:
            save(folder / name, content, force=False)
    except CannotWrite as fault:
        raise CannotApply(in_full(CANNOT_SAVE, folder=folder, fault=fault.words)) from fault


# -- words of a sheet that stand in no cell: input messages, charts, the foot of a printed page ------------------------


def put_messages(area: Any, one: edit.Messages) -> None:
    """Write input messages to all cells at once; where rules differ, after a paste, to each cell that still has one."""
    rule = area.data_validation
    kind = rule.type
    if kind in DIFFERENT and area.count > 1:
        for cell in area:
            put_messages(cell, one)
    elif kind not in DIFFERENT and kind != NONE:
        if one.choices and kind == LIST:
            rule.set_list(list(one.choices))
        native = rule.api
        native.InputTitle, native.InputMessage = one.title, one.message
        native.ErrorTitle, native.ErrorMessage = one.error_title, one.error_message


def put_chart_words(sheet: Any, one: edit.ChartWords) -> None:
    """Exchange words wherever a chart of the sheet shows exactly one of them."""
    words = dict(one.words)
    for chart in sheet.charts:
        for work in (_title, _series, _axis, _description):
            _tried(partial(work, chart, words))


def _title(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart, "title", words)


def _series(chart: Any, words: Mapping[str, str]) -> None:
    for series in chart.series:
        _exchange(series, "name", words)


def _axis(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart.value_axis, "number_format", words)


def _description(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart.api[0].ShapeRange, "AlternativeText", words)


def _exchange(holder: Any, name: str, words: Mapping[str, str]) -> None:
    new = words.get(getattr(holder, name))
    if new is not None:
        setattr(holder, name, new)


def put_footer(sheet: Any, one: edit.Footer) -> None:
    """Write the page foot. Excel asks the printer driver about it, and refuses where there is none."""

    def put() -> None:
        page = sheet.page_setup.api
        if page.LeftFooter == one.old:
            page.LeftFooter = one.new

    _tried(put)


def _tried(work: Callable[[], None]) -> None:
    """Do what Excel may refuse: the old words then stay, which does no harm."""
    try:
        work()
    except Exception as fault:
        if not is_refusal(fault):
            raise
