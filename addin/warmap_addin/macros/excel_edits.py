"""Carrying out a macro's edits on an xlwings Book. Every call crosses COM and is slow: a block is written in one."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warmap.text import Text
from warmap_addin.macros import edits as edit
from warmap_addin.macros.clean_copy import without_macros
from warmap_addin.macros.excel_shell import is_visible
from warmap_templates.ooxml import cell_name, parse_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from warmap_addin.macros.excel_shell import Session

PLAIN_TEXT = re.compile(r"[^\W\d][^\d]*")  # a letter first and no digit: Excel takes it for nothing but text
LONGEST_IN_BLOCK = 8_000  # Excel refuses a block with a longer text (8,203 characters), a single cell takes 32,767
TAKEN_FOR_VALUES = frozenset({"TRUE", "FALSE"})
# What may be done on a protected sheet (Excel's own names); kept over a change of ours, as the VBA does.
ALLOWED = tuple(
    f"Allow{what}"
    for what in ("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
                 "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables")
)  # fmt: skip

PASSWORD = Text(
    "“{sheet}”表有密码保护，改不了。请先撤销保护（审阅 → 撤销工作表保护）。",
    "The sheet “{sheet}” is protected by a password. Take it off first (Review → Unprotect Sheet).",
)
CANNOT_SAVE = Text(
    "文件写不进“{folder}”：{fault}。请检查文件夹是否存在、可写、未满。",
    "No file can be written to “{folder}”: {fault}. Is the folder there, writable, and not full?",
)


class CannotApply(Exception):
    """An edit that Excel or the disk refuses for a reason the user can mend; `words` say so."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def as_typed(value: edit.Cell) -> object:
    """A value as Excel shall take it: what it would read as a number, date or formula gets the apostrophe of a text."""
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
    """A link as a formula: it survives renaming files, and nothing is fetched."""
    return '=HYPERLINK("{}","{}")'.format(link_target(link).replace('"', '""'), link.words.replace('"', '""'))


class Shell:
    """Carries out edits on one xlwings Book; `words` gathers what is to be said, `saved` the files written."""

    def __init__(self, session: Session) -> None:
        self.session, self.book = session, session.book
        self.words: list[str] = []
        self.saved: list[Path] = []
        self._ways: Mapping[type, Callable[[Any], None]] = {
            edit.Write: self._write, edit.Formula: self._formula, edit.Link: self._link, edit.Choices: self._choices,
            edit.AddSheet: self._add_sheet, edit.RenameSheet: self._rename, edit.Unlocked: self._unlocked,
            edit.Select: self._select, edit.Recalculate: self._recalculate, edit.SaveCopy: self._save_copy,
            edit.SaveFile: self._save_file, edit.SaveFolder: self._save_folder, edit.ShowLog: self._show_log,
            edit.Say: self._say,
        }  # fmt: skip

    def apply(self, edits: Iterable[edit.Edit]) -> None:
        """All edits in order. Raises CannotApply."""
        for one in edits:
            self._ways[type(one)](one)

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

    def _choices(self, one: edit.Choices) -> None:
        self.book.sheets[one.sheet].range(one.cells).data_validation.set_list(list(one.words))

    def _add_sheet(self, one: edit.AddSheet) -> None:
        sheets = self.book.sheets
        if any(sheet.name.casefold() == one.name.casefold() for sheet in sheets):
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
            self.apply(one.edits)
            return
        kept = {name: getattr(sheet.Protection, name) for name in ALLOWED}
        kept |= {"DrawingObjects": sheet.ProtectDrawingObjects, "Scenarios": sheet.ProtectScenarios}
        try:
            sheet.Unprotect("")
        except Exception:  # noqa: BLE001  a com_error where there is a password; its class is not known without pywin32
            if one.is_needed:
                raise CannotApply(_said(PASSWORD, sheet=one.sheet)) from None
            return
        try:
            self.apply(one.edits)
        finally:
            sheet.Protect(Password="", Contents=True, **kept)

    def _select(self, one: edit.Select) -> None:
        sheet = self.book.sheets[one.sheet]
        sheet.activate()
        sheet.range(one.cell).select()

    def _recalculate(self, _: edit.Recalculate) -> None:
        self.session.app.calculate()

    def _say(self, one: edit.Say) -> None:
        path = str(self.saved[-1]) if self.saved else ""
        self.words.append(one.words.replace(edit.PATH, path) if one.names_path else one.words)

    def _show_log(self, _: edit.ShowLog) -> None:
        self.session.open_file(self.session.log)

    # -- files -----------------------------------------------------------------------------------------------------

    def _home(self) -> Path:
        """The workbook's own folder, or the user's where it has none on this computer (never saved, or in the cloud)."""
        try:
            folder = Path(self.book.fullname).parent
        except Exception:  # noqa: BLE001  xlwings cannot tell the local folder of a cloud address
            return self.session.folder
        return folder if folder.is_absolute() and folder.is_dir() else self.session.folder

    def _free(self, name: str, ending: str) -> Path:
        """A path that is not taken yet: nothing is ever overwritten."""
        home, number = self._home(), 1
        while True:
            path = home / f"{name}{ending}" if number == 1 else home / f"{name}_{number}{ending}"
            if not path.exists():
                return path
            number += 1

    def _save_copy(self, one: edit.SaveCopy) -> None:
        """Excel writes a copy in the workbook's own format; of a macro workbook the copy handed in is a plain one."""
        ending = Path(self.book.name).suffix.lower() or ".xlsx"
        final = self._free(one.name, ".xlsx" if ending == ".xlsm" else ending)
        copied = self._free(one.name, ending)
        try:
            self.book.api.SaveCopyAs(str(copied))
            if copied.suffix != final.suffix:
                final.write_bytes(without_macros(copied.read_bytes()))
                copied.unlink()
        except Exception as fault:
            raise CannotApply(_said(CANNOT_SAVE, folder=final.parent, fault=fault)) from fault
        self.saved.append(final)

    def _save_file(self, one: edit.SaveFile) -> None:
        name, _, ending = one.name.rpartition(".")
        path = self._free(name, f".{ending}")
        self._write_files(path.parent, ((path.name, one.content),))
        self.saved.append(path)
        if one.is_opened:
            self.session.app.books.open(str(path))

    def _save_folder(self, one: edit.SaveFolder) -> None:
        path = self._free(one.name, "")
        self._write_files(path, one.files)
        self.saved.append(path)

    @staticmethod
    def _write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files:
                with (folder / name).open("xb") as file:
                    file.write(content)
        except OSError as fault:
            raise CannotApply(_said(CANNOT_SAVE, folder=folder, fault=fault.strerror or fault)) from fault


def _said(text: Text, **facts: object) -> Text:
    return Text(text.zh.format(**facts), text.en.format(**facts))
