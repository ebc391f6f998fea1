"""Sheets of the stand-in of Excel: protection, charts, the foot of a page, and the rules by which a cell may be written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

from openpyxl.utils import range_boundaries
from stand_in_file import Stored
from stand_in_range import Range, com_error


class Protection:
    """What may be done on a protected sheet; Excel's own object."""

    def __init__(self):
        for name in ("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
                     "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"):  # fmt: skip
            setattr(self, f"Allow{name}", True)


class Cells:
    """All cells of a sheet, as Excel finds the last one with something in it."""

    def __init__(self, sheet):
        self._sheet = sheet

    def Find(self, What, LookIn, SearchOrder, SearchDirection):  # noqa: N802, N803
        assert (What, LookIn, SearchDirection) == ("*", -4123, 2)
        filled = [at for at, value in self._sheet.cells_.items() if value is not None] + list(self._sheet.formulas_)
        if not filled:
            return None
        row, column = max(filled, key=lambda at: at if SearchOrder == 1 else at[::-1])
        return SimpleNamespace(Row=row, Column=column)


class SheetApi:
    """The part of Excel's own Worksheet object that is used."""

    def __init__(self, is_protected, sheet):
        self.Cells = Cells(sheet)
        self.ProtectContents, self.password = is_protected, ""
        self.ProtectDrawingObjects = self.ProtectScenarios = False
        self.Protection = Protection()
        self.protected_with = None

    def Unprotect(self, Password):  # noqa: N802, N803
        if Password != self.password:
            raise com_error("the password is wrong")
        self.ProtectContents = False

    def Protect(self, Password, **allowed):  # noqa: N802, N803
        self.ProtectContents, self.password, self.protected_with = True, Password, allowed


class ChartSeries:
    """A series and its name."""

    def __init__(self, name):
        self.name_ = name

    @property
    def name(self):
        return self.name_

    @name.setter
    def name(self, value):
        self.name_ = value


class ChartAxis:
    """The value axis."""

    def __init__(self, number_format):
        self._format = number_format

    @property
    def number_format(self):
        return self._format

    @number_format.setter
    def number_format(self, value):
        self._format = value


class Chart:
    """A chart's words."""

    def __init__(self, held):
        self._title, self._description = held["title"], SimpleNamespace(AlternativeText=held["description"])
        self._series, self._axis = [ChartSeries(name) for name in held["series"]], ChartAxis(held["number_format"])

    @property
    def api(self):
        return SimpleNamespace(ShapeRange=self._description), None

    @property
    def title(self):
        return self._title

    @title.setter
    def title(self, value):
        self._title = value

    @property
    def series(self):
        return self._series

    @property
    def value_axis(self):
        return self._axis

    def said(self):
        """All its words."""
        return [
            self._title,
            self._description.AlternativeText,
            self._axis.number_format,
            *(s.name for s in self._series),
        ]


class PageSetup:
    """The foot of a printed page; on a computer without a printer Excel refuses."""

    def __init__(self, footer):
        self._api = SimpleNamespace(LeftFooter=footer)

    @property
    def api(self):
        if self._api is None:
            raise com_error("Unable to get the LeftFooter property of the PageSetup class")
        return self._api

    def without_printer(self):
        self._api = None


class Sheet:
    """One sheet."""

    def __init__(self, book, held):
        self._book, self._name, self.original = book, held.title, held.title
        self.cells_ = defaultdict(lambda: None, held.values)
        self.formulas_ = dict(held.formulas)
        self._held, self._api, self.formatted = held, SheetApi(held.is_protected, self), []
        self.written, self.widths, self.links, self.arrays = set(), {}, {}, set()
        self.rules_ = dict(held.rules)
        self.charts = [Chart(one) for one in held.charts]
        self.page_setup = PageSetup(held.footer)

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
        if self._book.api.ProtectStructure:
            raise com_error("Workbook is protected and cannot be changed.")
        if len(value) > 31 or any(s.name.casefold() == value.casefold() for s in self._book.sheets if s is not self):
            raise com_error("a sheet may not be called so")
        self._book.renamed(self._name, value)
        self._name = value

    @property
    def visible(self):
        return {"visible": -1, "hidden": 0, "veryHidden": 2}[self._held.state]

    def hide(self):
        """Somebody hides the sheet."""
        self._held = replace(self._held, state="hidden")

    @property
    def used_range(self):
        filled = [at for at, value in self.cells_.items() if value is not None] + list(self.formulas_)
        if not filled:
            return Range(self, 1, 1, 1, 1)
        filled += self.formatted
        rows, columns = [r for r, _ in filled], [c for _, c in filled]
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    def range(self, cell1, cell2=None):
        if isinstance(cell1, tuple):
            return Range(self, *cell1, *(cell2 or cell1))
        left, top, right, bottom = range_boundaries(cell1)
        return Range(self, top, left, bottom, right)

    def activate(self):
        if self._held.state != "visible":
            raise com_error("a hidden sheet cannot be activated")
        self._book.active_sheet = self

    def clear(self):
        for at in {*self.cells_, *self.formulas_}:
            self.put(at, None, None)

    def put(self, at, value, formula):
        """One cell, as Excel lets it be written."""
        is_free = at in self._held.unlocked or (at not in self._held.values and at[1] in self._held.unlocked_columns)
        if self._api.ProtectContents and not is_free:
            raise com_error(f"{self._name} {at} is locked")
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
        if self._book.api.ProtectStructure:
            raise com_error("Workbook is protected and cannot be changed.")
        sheet = Sheet(self._book, Stored(name, "visible", False, {}, {}))
        sheet.original = None
        self._sheets.insert(self._sheets.index(before) if before else self._sheets.index(after) + 1, sheet)
        return sheet
