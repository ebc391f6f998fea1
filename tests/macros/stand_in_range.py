"""Ranges of the stand-in of Excel: values and formulas as Excel takes them, and what a cell accepts and says."""

from __future__ import annotations

import re
from datetime import datetime

from warmap_udfs.excel_calls import ERROR_NAMES

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?%?")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FRACTION = re.compile(r"\d{1,2}/\d{1,2}")
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
LONGEST_IN_BLOCK = 8203
LONGEST_ARRAY_FORMULA = 255


class com_error(Exception):  # noqa: N801  pywin32's name
    """What pywin32 raises for a refusal of Excel's: number, text, (…, source, description, …), argument."""

    def __init__(self, description):
        super().__init__(
            -2147352567, "Exception occurred.", (0, "Microsoft Excel", description, None, 0, -2146827284), None
        )


class XlwingsError(Exception):
    """xlwings' own."""


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

    @property
    def count(self):
        top, left, bottom, right = self._box
        return (bottom - top + 1) * (right - left + 1)

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
        is_number = isinstance(value, int) and not isinstance(value, bool) and value not in ERROR_NAMES
        return float(value) if is_number else value

    @value.setter
    def value(self, value):
        rows = value if isinstance(value, list) else [[value]]
        cells = self._cells()
        assert [len(row) for row in rows] == [len(row) for row in cells], "the block has another shape"
        if isinstance(value, list) and any(
            isinstance(v, str) and len(v) > LONGEST_IN_BLOCK for row in rows for v in row
        ):
            raise com_error("-2146827284")
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
        self._sheet.arrays.discard(self._box[:2])
        self._sheet.put(self._box[:2], *taken(value))

    @property
    def formula_array(self):
        return self._sheet.formulas_.get(self._box[:2])

    @formula_array.setter
    def formula_array(self, value):
        if len(value) > LONGEST_ARRAY_FORMULA:
            raise com_error("Unable to set the FormulaArray property of the Range class")
        self._sheet.arrays.add(self._box[:2])
        self._sheet.put(self._box[:2], None, value)

    @property
    def column_width(self):
        return self._sheet.widths.get(self.column)

    @column_width.setter
    def column_width(self, value):
        self._sheet.widths[self.column] = value

    def put_rule(self, **texts):
        if self._sheet.api.ProtectContents:
            raise com_error("The cell is protected")
        for at in (at for row in self._cells() for at in row):
            self._sheet.rules_[at] = {**self._sheet.rules_[at], **texts}

    def add_hyperlink(self, address, text_to_display=None, screen_tip=None):
        self._sheet.put(self._box[:2], text_to_display, None)
        self._sheet.links[self._box[:2]] = address

    def select(self):
        assert self._sheet.book.active_sheet is self._sheet, "Excel selects on the active sheet only"
        self._sheet.book.selection = self

    def __iter__(self):
        return iter(Range(self._sheet, *at, *at) for row in self._cells() for at in row)

    @property
    def data_validation(self):
        return DataValidation(self)


class DataValidation:
    """What the cells of a range take, and what they say."""

    def __init__(self, area):
        self._area = area

    def _rules(self):
        known = self._area.sheet.rules_
        return [known.get(at) for row in self._area._cells() for at in row]

    @property
    def type(self):
        rules = self._rules()
        if not any(rules):
            return "none"
        if not all(rules):
            return "mixed_criteria"
        kinds = {(rule["kind"], rule["Formula1"]) for rule in rules}
        return next(iter(kinds))[0] if len(kinds) == 1 else "inconsistent"

    @property
    def api(self):
        return ValidationApi(self._area)

    def set_list(self, source, *, in_cell_dropdown=True):
        if self.type in {"mixed_criteria", "inconsistent"}:
            raise XlwingsError("the target cells have different validation rules")
        self._area.put_rule(kind="list", Formula1=",".join(source))


class ValidationApi:
    """Excel's own Validation object; where the cells differ it cannot be asked or told anything."""

    def __init__(self, area):
        self.__dict__["_area"] = area

    def __setattr__(self, name, value):
        if self._area.data_validation.type in {"none", "mixed_criteria", "inconsistent"}:
            raise com_error("Application-defined or object-defined error")
        assert name in {"InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage"}
        assert len(value) <= (32 if name.endswith("Title") else 255), "Excel refuses longer ones"
        self._area.put_rule(**{name: value})
