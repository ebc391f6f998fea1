"""A stand-in of the xlwings objects that the macros use, over a real workbook read with openpyxl.

It behaves as Excel does where that has ever hurt: texts that look like numbers, dates or formulas are taken for such,
locked cells of a protected sheet refuse, a block refuses long texts, renaming a sheet adapts formulas and names.
What each class offers is held against xlwings' own signatures by `test_stand_in_is_like_xlwings`.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from stand_in_file import rename_in, renamed, save_cell, stored
from stand_in_range import com_error
from stand_in_sheet import Sheets


@dataclass
class Name:
    """A defined name."""

    name: str
    refers_to: str


class Names:
    """The defined names."""

    def __init__(self, names):
        self.by_name = dict(names)

    def __iter__(self):
        return iter(Name(name, text) for name, text in self.by_name.items())


class BookApi:
    """The part of Excel's own Workbook object that is used."""

    def __init__(self, book):
        self._book, self.ReadOnly, self.ProtectStructure = book, False, False

    def SaveCopyAs(self, Filename):  # noqa: N802, N803
        Path(Filename).write_bytes(self._book.saved())


class Book:
    """A workbook."""

    def __init__(self, content, path="", app=None):
        held, names = stored(content)
        self.content, self._path = content, str(path)
        self.app, self.api = app or App(), BookApi(self)
        self.app.has_book = True
        self.sheets, self.names = Sheets(self, held), Names(names)
        self.active_sheet = next(iter(self.sheets))
        self.selection = self.active_sheet.range("A1")
        self.renames = []
        self.slow_writes = 0  # each of them would make Excel recalculate everything

    @property
    def name(self):
        return Path(self._path).name or "Book1"

    @property
    def fullname(self):
        if "://" in self._path:
            raise com_error("cannot locate this file on this computer")
        return self._path or "Book1"

    def renamed(self, old, new):
        """Excel adapts formulas and names of its own accord."""
        self.renames.append((old, new))
        for sheet in self.sheets:
            sheet.formulas_ = {at: renamed(text, old, new) for at, text in sheet.formulas_.items()}
        self.names.by_name = {name: renamed(text, old, new) for name, text in self.names.by_name.items()}

    # -- for the tests ---------------------------------------------------------------------------------------------

    def go(self, sheet, cell):
        """Somebody selects a cell."""
        self.sheets[sheet].activate()
        self.sheets[sheet].range(cell).select()
        return self

    @property
    def at(self):
        """(sheet, row, column) of the active cell."""
        return self.selection.sheet.name, self.selection.row, self.selection.column

    def cell(self, sheet, cell):
        return self.sheets[sheet].range(cell).value

    def saved(self):
        """The bytes of the workbook as it now is."""
        book = openpyxl.load_workbook(io.BytesIO(self.content))
        rename_in(book, self.renames)
        for name, text in self.names.by_name.items():
            book.defined_names[name].attr_text = text.removeprefix("=")
        for sheet in self.sheets:
            target = book[sheet.original] if sheet.original else book.create_sheet(sheet.name)
            target.title = sheet.name
            for at in sheet.written:
                save_cell(target.cell(*at), sheet.cells_[at], sheet.formulas_.get(at))
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


class Books:
    """The open workbooks."""

    def __init__(self):
        self.opened = []

    def open(self, fullname=None):
        self.opened.append(fullname)


class AppApi:
    """The part of Excel's own Application object that is used."""

    PrintCommunication = True


class App:
    """Excel. Without an open workbook it refuses to be asked or told how it calculates."""

    def __init__(self):
        self.api, self.status_bar = AppApi(), False
        self.version, self.books, self.screen_updating = "16.0", Books(), True
        self.calculated, self.has_book, self._calculation = 0, False, "automatic"

    @property
    def calculation(self):
        if not self.has_book:
            raise com_error("Unable to get the Calculation property of the Application class")
        return self._calculation

    @calculation.setter
    def calculation(self, value):
        if not self.has_book:
            raise com_error("Unable to set the Calculation property of the Application class")
        self._calculation = value

    def calculate(self):
        self.calculated += 1

    @contextmanager
    def properties(self, **kwargs):
        before = {name: getattr(self, name) for name in kwargs}
        for name, value in kwargs.items():
            setattr(self, name, value)
        try:
            yield self
        finally:
            for name, value in before.items():
                setattr(self, name, value)
