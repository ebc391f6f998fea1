"""A workbook's bytes as the stand-in of Excel holds them, and back: read and saved with openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

import openpyxl
import python_calamine
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula

KINDS = {None: "unknown", "whole": "whole_number", "textLength": "text_length"}  # as xlwings names them
LOCAL = re.compile(r"\{[^}]*\}")


@dataclass
class Stored:
    """One sheet as openpyxl reads it; cells by (row, column)."""

    title: str
    state: str
    is_protected: bool
    values: dict
    formulas: dict
    unlocked: set = field(default_factory=set)
    unlocked_columns: set = field(default_factory=set)
    rules: dict = field(default_factory=dict)  # of data validation, by cell
    charts: list = field(default_factory=list)
    footer: str = ""


@cache
def stored(content):
    """The sheets and names of a workbook's bytes."""
    with_formulas = openpyxl.load_workbook(io.BytesIO(content), keep_vba=False)
    with_values = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(content)
    )  # openpyxl would read it all again
    sheets, drawn = [], charts_of(content)
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
        sheets.append(Stored(
            one.title, one.sheet_state, one.protection.sheet, values, formulas, unlocked, columns, rules_of(one),
            drawn.get(one.title, []), one.oddFooter.left.text or "",
        ))  # fmt: skip
    names = {name: f"={defined.attr_text}" for name, defined in with_formulas.defined_names.items()}
    return sheets, names


def midnight(value):
    """A day as Excel hands it over."""
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime(value.year, value.month, value.day) if is_day else value  # noqa: DTZ001


def rules_of(sheet):
    """What each cell takes and says, by (row, column): xlwings' name of the kind, Excel's names of the texts."""
    rules = {}
    for one in sheet.data_validations.dataValidation:
        rule = {
            "kind": KINDS.get(one.type, one.type), "Formula1": one.formula1,
            "InputTitle": one.promptTitle or "", "InputMessage": one.prompt or "",
            "ErrorTitle": one.errorTitle or "", "ErrorMessage": one.error or "",
        }  # fmt: skip
        for box in one.sqref.ranges:
            rules.update(
                ((r, c), rule) for r in range(box.min_row, box.max_row + 1) for c in range(box.min_col, box.max_col + 1)
            )
    return rules


def charts_of(content):
    """The charts of each sheet by its name: title, names of series, format of the value axis, description."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def targets(part):
        rels = parts.get(join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels"))
        found = ET.fromstring(rels) if rels else ()
        return {one.get("Id"): normpath(join(dirname(part), one.get("Target"))) for one in found}

    def plain(part):
        root = ET.fromstring(parts[part])
        for element in root.iter():
            element.tag = LOCAL.sub("", element.tag)
        return root

    sheets = targets("xl/workbook.xml")
    by_name = {}
    for sheet in plain("xl/workbook.xml").iter("sheet"):
        part = next(value for key, value in sheets.items() if key in sheet.attrib.values())
        for drawing in (target for target in targets(part).values() if "/drawing" in target):
            charts = list(targets(drawing).values())
            names = [one.get("descr", "") for one in plain(drawing).iter("cNvPr")]
            by_name[sheet.get("name")] = [
                chart_in(plain(chart), name) for chart, name in zip(charts, names, strict=True)
            ]
    return by_name


def chart_in(chart, description):
    title = chart.find("chart/title")
    # a series named by a cell says what the cell says; only names of its own are words of the chart
    return {
        "title": "".join(one.text for one in title.iter("t")) if title is not None else None,
        "series": [found.text if (found := one.find("tx/v")) is not None else "" for one in chart.iter("ser")],
        "number_format": [one.get("formatCode") for one in chart.findall(".//valAx/numFmt")][-1],
        "description": description,
    }


# -- saving ------------------------------------------------------------------------------------------------------------


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
