"""The formulas of an empty template, read off a workbook built for the purpose: the data that the checks of formulas compare with."""

import json
from typing import Any

from warmap.layout import TABS
from warmap.model import blank_map
from warmap.parsing.cross import places_of
from warmap.text import Lang
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import Book, ErrorValue, RangeRef, cell_name, read_book
from warmap_workbook.reading.checks.formula_text import Coordinates
from warmap_workbook.writing.build import build_workbook


def read_off(book: Book, lang: Lang) -> dict[str, Any]:
    """The data of one language, read off an empty template: `cells` are (row, column, number of the plain formula, as stored, the range of an array, block)."""
    known = Coordinates.of(book, places_of(blank_map(), lang))
    anchors = {(block.tab, block.row, block.column): block.name for block in BLOCKS}
    numbers: dict[str, int] = {}
    cells: dict[str, list[tuple[int, int, int, str, str, str]]] = {}
    errors: list[tuple[str, str]] = []
    for tab, sheet in zip(TABS, book.sheets, strict=True):
        for (row, column), formula in sheet.formulas.items():
            plain = known.plain(formula.text, sheet.name, row, column)
            number = numbers.setdefault(plain, len(numbers))
            block = anchors.get((tab.code, row, column), "")
            cells.setdefault(tab.code, []).append((row, column, number, formula.text, formula.array_ref or "", block))
            if isinstance(sheet.value(row, column), ErrorValue):
                errors.append((tab.code, cell_name(row, column)))
    areas = {sheet: {name: _written(box) for box, name in ranges} for sheet, ranges in known.areas.items()}
    fields: dict[str, dict[str, str]] = {}
    for (name, row, column), field in known.fields.items():
        fields.setdefault(name, {})[field] = cell_name(row, column)
    return {"plain": [*numbers], "cells": cells, "errors_meant": errors, "areas": areas, "fields": fields}


def _written(box: RangeRef) -> str:
    sheet = str(box.sheet).replace("'", "''")
    return f"'{sheet}'!{cell_name(box.r1, box.c1)}:{cell_name(box.r2, box.c2)}"


def generated(lang: Lang) -> bytes:
    """The content of the file of one language, of the present version: those of older ones are kept as they are."""
    data = read_off(read_book(build_workbook(None, lang)), lang)
    return (_in_lines(data, 3) + "\n").encode()


def _in_lines(value: Any, depth: int) -> str:
    """JSON with a line for each item down to a depth, so that two versions can be compared."""
    if depth and isinstance(value, dict):
        items = [f"{json.dumps(key, ensure_ascii=False)}: {_in_lines(item, depth - 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + "\n}"
    if depth and isinstance(value, list):
        return "[\n" + ",\n".join(_in_lines(item, 0) for item in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
