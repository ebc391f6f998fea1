"""Carrying out a macro's edits on an xlwings Book. Every call crosses COM and is slow: a block is written in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from warmap_addin.macros import edits as edit
from warmap_addin.macros import refusals
from warmap_addin.macros.excel_files import Files
from warmap_addin.macros.excel_shell import Session, is_visible
from warmap_addin.macros.excel_words import put_chart_words, put_footer, put_messages
from warmap_addin.macros.refusals import CannotApply, said
from warmap_workbook.ooxml import cell_name, parse_range

PLAIN_TEXT = re.compile(r"[^\W\d][^\d]*")  # a letter first and no digit: Excel takes it for nothing but text
LONGEST_IN_BLOCK = 8_000  # Excel refuses a block with a longer text (8,203 characters), a single cell takes 32,767
TAKEN_FOR_VALUES = frozenset({"TRUE", "FALSE"})
# What may be done on a protected sheet (Excel's own names); kept over a change of ours, as the VBA does.
ALLOWED = tuple(
    f"Allow{what}"
    for what in ("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
                 "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables")
)  # fmt: skip


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
    """Carries out edits on one xlwings Book; `words` gathers what is to be said."""

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
            edit.ShowLog: self._show_log, edit.Say: self._say,
        }  # fmt: skip

    def apply(self, edits: Sequence[edit.Edit]) -> None:
        """All edits in order, or none where it can be seen beforehand that one is refused. Raises CannotApply."""
        self._foresee(list(edit.every(edits)))
        self._carry_out(edits)

    def _foresee(self, edits: Sequence[edit.Edit]) -> None:
        """A locked sheet or workbook stops a macro before anything is half done."""
        new = any(
            isinstance(one, edit.RenameSheet) or (isinstance(one, edit.AddSheet) and self._sheet(one.name) is None)
            for one in edits
        )
        if new and self.book.api.ProtectStructure:
            raise CannotApply(refusals.STRUCTURE)
        for name in dict.fromkeys(one.sheet for one in edits if isinstance(one, edit.Unlocked) and one.is_needed):
            if self._sheet(name) is not None:  # one that is only renamed so by these edits was asked under its old name
                self._unlocked(edit.Unlocked(name, ()))

    def _carry_out(self, edits: Iterable[edit.Edit]) -> None:
        for one in edits:
            try:
                self._ways[type(one)](one)
            except Exception as fault:
                if isinstance(fault, CannotApply) or not refusals.is_refusal(fault):
                    raise
                sheet, why = getattr(one, "sheet", None), refusals.reason(fault)
                words = refusals.SHEET_REFUSED if sheet else refusals.REFUSED
                raise CannotApply(said(words, sheet=sheet, reason=why)) from fault

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
        kept = {name: getattr(sheet.Protection, name) for name in ALLOWED}
        kept |= {"DrawingObjects": sheet.ProtectDrawingObjects, "Scenarios": sheet.ProtectScenarios}
        try:
            sheet.Unprotect("")
        except Exception:  # noqa: BLE001  a com_error where there is a password; its class is not known without pywin32
            if one.is_needed:
                raise CannotApply(said(refusals.PASSWORD, sheet=one.sheet)) from None
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
