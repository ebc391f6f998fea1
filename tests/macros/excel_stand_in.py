"""A stand-in of the xlwings objects that the macros use, over a real workbook read with openpyxl.

It behaves as Excel does where that has ever hurt: texts that look like numbers, dates or formulas are taken for such,
locked cells of a protected sheet refuse, a block refuses long texts, renaming a sheet adapts formulas and names.
What each class offers is held against xlwings' own signatures by `test_stand_in_is_like_xlwings`.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FRACTION = re.compile(r"\d{1,2}/\d{1,2}")
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
LONGEST_IN_BLOCK = 8203


class ComError(Exception):
    """What pywin32 raises for a refusal of Excel's."""


@dataclass
class Stored:
    """One sheet as openpyxl reads it; cells by (row, column)."""

    title: str
    state: str
    is_protected: bool
    values: dict
    formulas: dict
    unlocked: set
    unlocked_columns: set


@cache
def stored(content):
    """The sheets and names of a workbook's bytes."""
    with_formulas = openpyxl.load_workbook(io.BytesIO(content), keep_vba=False)
    with_values = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(content)
    )  # openpyxl would read it all again
    sheets = []
    for one in with_formulas.worksheets:
        rows = enumerate(with_values.get_sheet_by_name(one.title).to_python(skip_empty_area=False), 1)
        values = {(r, c): midnight(value) for r, row in rows for c, value in enumerate(row, 1) if value != ""}
        formulas, unlocked = {}, set()
        for row in one.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    unlocked.add((cell.row, cell.column))
                if isinstance(cell.value, ArrayFormula):
                    left, top, right, bottom = range_boundaries(cell.value.ref)
                    text = "=" + cell.value.text.removeprefix("=")
                    formulas.update(
                        dict.fromkeys(((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)), text)
                    )
                elif cell.data_type == "f":
                    formulas[cell.row, cell.column] = cell.value
        columns = set()
        for letters, dimension in one.column_dimensions.items():
            if not dimension.protection.locked:
                first = dimension.min or column_index_from_string(letters)
                columns |= set(range(first, (dimension.max or first) + 1))
        sheets.append(Stored(one.title, one.sheet_state, one.protection.sheet, values, formulas, unlocked, columns))
    names = {name: f"={defined.attr_text}" for name, defined in with_formulas.defined_names.items()}
    return sheets, names


def midnight(value):
    """A day as Excel hands it over."""
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime(value.year, value.month, value.day) if is_day else value  # noqa: DTZ001


def taken(value):
    """A value as Excel takes it from a program: (value, formula)."""
    if not isinstance(value, str):
        return value, None
    if value.startswith("'"):
        return value[1:], None
    if value.startswith("="):
        return None, value
    if NUMBER.fullmatch(value):
        return float(value.rstrip("%")), None
    if FRACTION.fullmatch(value):
        return datetime(2026, 1, 1), None  # noqa: DTZ001
    if day := DAY.fullmatch(value):
        return datetime(*map(int, day.groups())), None  # noqa: DTZ001
    if value.upper() in {"TRUE", "FALSE"}:
        return value.upper() == "TRUE", None
    return value or None, None


class Range:
    """A rectangle of one sheet."""

    def __init__(self, sheet, top, left, bottom, right, options=None):
        self._sheet, self._box, self._options = sheet, (top, left, bottom, right), options or {}

    def _cells(self):
        top, left, bottom, right = self._box
        return [[(r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)]

    @property
    def sheet(self):
        return self._sheet

    @property
    def row(self):
        return self._box[0]

    @property
    def column(self):
        return self._box[1]

    def options(self, convert=None, **options):
        return Range(self._sheet, *self._box, options)

    @property
    def value(self):
        cells = self._sheet.cells_.get
        rows = [[None if (v := cells(at)) is None else self._shown(v) for at in row] for row in self._cells()]
        if self._options.get("ndim") == 2:
            return rows
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def _shown(self, value):
        if isinstance(value, str) and value in ERRORS and not self._options.get("err_to_str"):
            return None
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @value.setter
    def value(self, value):
        rows = value if isinstance(value, list) else [[value]]
        cells = self._cells()
        assert [len(row) for row in rows] == [len(row) for row in cells], "the block has another shape"
        if isinstance(value, list) and any(
            isinstance(v, str) and len(v) > LONGEST_IN_BLOCK for row in rows for v in row
        ):
            raise ComError("-2146827284")
        for row, line in zip(cells, rows, strict=True):
            for at, one in zip(row, line, strict=True):
                self._sheet.put(at, *taken(one))

    @property
    def formula(self):
        cells, formulas = self._sheet.cells_.get, self._sheet.formulas_.get
        rows = [["" if (v := formulas(at) or cells(at)) is None else str(v) for at in row] for row in self._cells()]
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value):
        self._sheet.put(self._box[:2], *taken(value))

    @property
    def formula_array(self):
        return self._sheet.formulas_.get(self._box[:2])

    @formula_array.setter
    def formula_array(self, value):
        self._sheet.put(self._box[:2], None, value)

    @property
    def column_width(self):
        return self._sheet.widths.get(self.column)

    @column_width.setter
    def column_width(self, value):
        self._sheet.widths[self.column] = value

    def add_hyperlink(self, address, text_to_display=None, screen_tip=None):
        self._sheet.put(self._box[:2], text_to_display, None)
        self._sheet.links[self._box[:2]] = address

    def select(self):
        assert self._sheet.book.active_sheet is self._sheet, "Excel selects on the active sheet only"
        self._sheet.book.selection = self

    @property
    def data_validation(self):
        return DataValidation(self)


class DataValidation:
    """The drop-down of a range."""

    def __init__(self, area):
        self._area = area

    def set_list(self, source, *, in_cell_dropdown=True):
        sheet = self._area.sheet
        if sheet.api.ProtectContents:
            raise ComError("protected")
        sheet.choices[self._area._box] = tuple(source)


class Protection:
    """What may be done on a protected sheet; Excel's own object."""

    def __init__(self):
        for name in ("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
                     "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"):  # fmt: skip
            setattr(self, f"Allow{name}", True)


class SheetApi:
    """The part of Excel's own Worksheet object that is used."""

    def __init__(self, is_protected):
        self.ProtectContents, self.password = is_protected, ""
        self.ProtectDrawingObjects = self.ProtectScenarios = False
        self.Protection = Protection()
        self.protected_with = None

    def Unprotect(self, Password):  # noqa: N802, N803
        if Password != self.password:
            raise ComError("the password is wrong")
        self.ProtectContents = False

    def Protect(self, Password, **allowed):  # noqa: N802, N803
        self.ProtectContents, self.password, self.protected_with = True, Password, allowed


class Sheet:
    """One sheet."""

    def __init__(self, book, held):
        self._book, self._name, self.original = book, held.title, held.title
        self.cells_ = defaultdict(lambda: None, held.values)
        self.formulas_ = dict(held.formulas)
        self._held, self._api = held, SheetApi(held.is_protected)
        self.written, self.widths, self.links, self.choices = set(), {}, {}, {}

    @property
    def book(self):
        return self._book

    @property
    def api(self):
        return self._api

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, value):
        if len(value) > 31 or any(s.name.casefold() == value.casefold() for s in self._book.sheets if s is not self):
            raise ComError("a sheet may not be called so")
        self._book.renamed(self._name, value)
        self._name = value

    @property
    def visible(self):
        return {"visible": -1, "hidden": 0, "veryHidden": 2}[self._held.state]

    @property
    def used_range(self):
        filled = [at for at, value in self.cells_.items() if value is not None] + list(self.formulas_)
        if not filled:
            return Range(self, 1, 1, 1, 1)
        rows, columns = [r for r, _ in filled], [c for _, c in filled]
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    def range(self, cell1, cell2=None):
        if isinstance(cell1, tuple):
            return Range(self, *cell1, *cell1)
        left, top, right, bottom = range_boundaries(cell1)
        return Range(self, top, left, bottom, right)

    def activate(self):
        if self._held.state != "visible":
            raise ComError("a hidden sheet cannot be activated")
        self._book.active_sheet = self

    def clear(self):
        for at in {*self.cells_, *self.formulas_}:
            self.put(at, None, None)

    def put(self, at, value, formula):
        """One cell, as Excel lets it be written."""
        is_free = at in self._held.unlocked or (at not in self._held.values and at[1] in self._held.unlocked_columns)
        if self._api.ProtectContents and not is_free:
            raise ComError(f"{self._name} {at} is locked")
        if isinstance(value, date) and not isinstance(value, datetime):
            raise TypeError("pywin32 takes datetimes only")
        self._book.slow_writes += self._book.app.calculation != "manual"
        self.cells_[at] = value
        self.formulas_.pop(at, None)
        if formula is not None:
            self.formulas_[at] = formula
        self.written.add(at)


class Sheets:
    """All sheets."""

    def __init__(self, book, held):
        self._book, self._sheets = book, [Sheet(book, one) for one in held]

    def __iter__(self):
        return iter(self._sheets)

    def __getitem__(self, key):
        return next(sheet for sheet in self._sheets if sheet.name.casefold() == key.casefold())

    def add(self, name=None, before=None, after=None):
        sheet = Sheet(self._book, Stored(name, "visible", False, {}, {}, set(), set()))
        sheet.original = None
        self._sheets.insert(self._sheets.index(before) if before else self._sheets.index(after) + 1, sheet)
        return sheet


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
        self._book = book

    def SaveCopyAs(self, Filename):  # noqa: N802, N803
        Path(Filename).write_bytes(self._book.saved())


class Book:
    """A workbook."""

    def __init__(self, content, path="", app=None):
        held, names = stored(content)
        self.content, self._path = content, str(path)
        self.sheets, self.names = Sheets(self, held), Names(names)
        self.app = app or App()
        self.api = BookApi(self)
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
            raise ComError("cannot locate this file on this computer")
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


def rename_in(book, renames):
    """The formulas and drop-downs of an openpyxl workbook after sheets were renamed."""
    for sheet in book.worksheets if renames else ():
        for rule in sheet.data_validations.dataValidation:
            rule.formula1 = all_renamed(rule.formula1, renames)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = all_renamed(cell.value.text, renames)
            elif cell.data_type == "f":
                cell.value = all_renamed(cell.value, renames)


def all_renamed(text, renames):
    for old, new in renames:
        text = renamed(text, old, new) if text else text
    return text


def save_cell(cell, value, formula):
    """One cell that was written into."""
    if type(cell).__name__ == "MergedCell":
        return
    look = copy(cell._style)
    if isinstance(cell.value, ArrayFormula) and formula:
        cell.value = ArrayFormula(cell.value.ref, formula)
        return
    cell.value = formula if formula is not None else value
    if formula is None and isinstance(value, str):
        cell.data_type = "s"
    if not isinstance(value, datetime):
        cell._style = look


def renamed(text, old, new):
    """A formula or name after a sheet was renamed; what stands in quotes of a text is no reference."""
    if old not in text:
        return text
    pieces = re.split(r'("(?:[^"]|"")*")', text)
    plain = re.compile(rf"(?<![\w'.])(?:'{re.escape(old)}'|{re.escape(old)})!")
    return "".join(piece if piece.startswith('"') else plain.sub(f"'{new}'!", piece) for piece in pieces)


class Books:
    """The open workbooks."""

    def __init__(self):
        self.opened = []

    def open(self, fullname=None):
        self.opened.append(fullname)


@dataclass
class App:
    """Excel."""

    version: str = "16.0"
    books: Books = field(default_factory=Books)
    told: list = field(default_factory=list)
    calculated: int = 0
    calculation: str = "automatic"
    screen_updating: bool = True

    def alert(self, prompt, title=None, buttons="ok", mode=None, callback=None):
        self.told.append((title, prompt))
        return "ok"

    def calculate(self):
        self.calculated += 1

    @contextmanager
    def properties(self, **kwargs):
        before = {name: getattr(self, name) for name in kwargs}
        vars(self).update(kwargs)
        try:
            yield self
        finally:
            vars(self).update(before)
