"""The formulas that a template holds, once a language: read off a workbook built for the purpose, kept as data.

Building a workbook to learn them costs a third of a second, which each start of the program would pay. So they are
generated (`warmap_templates.regenerate`) into `template_formulas.zh.json` and `template_formulas.en.json`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.intake.placed import places_of
from warmap.layout import TABS
from warmap.model import blank_map
from warmap_templates.computed import BLOCKS
from warmap_templates.formula_text import Coordinates, fields_of
from warmap_templates.ooxml import ErrorValue, Formula, RangeRef, cell_name, parse_range, parse_ref, read_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmap.text import Lang
    from warmap_templates.ooxml import Book

Address = tuple[int, int]
FOLDER = Path(__file__).parent


class TemplateFormulas(NamedTuple):
    """Plainly written formulas: of each block by its defined name; all others by tab and address.

    `stored` are all of them as the template stores them: a book in which everything stands where it stood need not be
    read more closely where its formulas are the same texts. `shown` are the plain ones as Excel shows them, for messages.
    `errors_meant` are the cells of a tab that show an error on purpose (a chart leaves it out). `known` is where things
    stand in the template.
    """

    blocks: Mapping[str, str]
    others: Mapping[str, Mapping[Address, str]]
    stored: Mapping[str, Mapping[Address, Formula]]
    shown: Mapping[str, str]
    errors_meant: frozenset[tuple[str, int, int]]
    known: Coordinates


def file_of(lang: Lang) -> Path:
    """Where the data of one language are kept."""
    return FOLDER / f"template_formulas.{lang}.json"


@lru_cache(maxsize=2)
def template_formulas(lang: Lang) -> TemplateFormulas:
    """Those of the present template; they do not depend on the map."""
    return _loaded(json.loads(file_of(lang).read_bytes()), lang)


def _loaded(data: Mapping[str, Any], lang: Lang) -> TemplateFormulas:
    plain = data["plain"]
    areas = {
        sheet: [(parse_range(cells), name) for name, cells in names.items()] for sheet, names in data["areas"].items()
    }
    others: dict[str, dict[Address, str]] = {}
    stored: dict[str, dict[Address, Formula]] = {}
    blocks: dict[str, str] = {}
    shown: dict[str, str] = {}
    for tab, cells in data["cells"].items():
        formulas = stored[tab] = {}
        for row, column, number, text, array, block in cells:
            formulas[row, column] = Formula(text, array or None)
            shown[plain[number]] = text
            if block:
                blocks[block] = plain[number]
            else:
                others.setdefault(tab, {})[row, column] = plain[number]
    return TemplateFormulas(
        blocks, others, stored, shown,
        frozenset((tab, *parse_ref(cell)) for tab, cell in data["errors_meant"]),
        Coordinates(areas, fields_of(places_of(blank_map(), lang))),
    )  # fmt: skip


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
    return {"plain": [*numbers], "cells": cells, "errors_meant": errors, "areas": areas}


def _written(box: RangeRef) -> str:
    sheet = str(box.sheet).replace("'", "''")
    return f"'{sheet}'!{cell_name(box.r1, box.c1)}:{cell_name(box.r2, box.c2)}"


def generated(lang: Lang) -> bytes:
    """The content of the file of one language."""
    from warmap_templates.build import build_workbook

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
