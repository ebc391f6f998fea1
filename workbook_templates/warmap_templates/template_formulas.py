"""The formulas that a template holds, once a language: read off a workbook built for the purpose, kept as data.

Building a workbook to learn them costs a third of a second, which each start of the program would pay. So they are
generated (`warmap_templates.regenerate`) into `template_formulas.json`.
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
from warmap_templates.ooxml import ErrorValue, RangeRef, cell_name, parse_range, parse_ref, read_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmap.text import Lang
    from warmap_templates.ooxml import Book

Address = tuple[int, int]
FILE = Path(__file__).with_name("template_formulas.json")


class TemplateFormulas(NamedTuple):
    """Plainly written formulas: of each block by its defined name; all others by tab and address.

    `shown` are the same as Excel shows them, for messages. `errors_meant` are the cells of a tab that show an error on
    purpose (a chart leaves it out). `known` is where things stand in the template.
    """

    blocks: Mapping[str, str]
    others: Mapping[str, Mapping[Address, str]]
    shown: Mapping[str, str]
    errors_meant: frozenset[tuple[str, int, int]]
    known: Coordinates


@lru_cache(maxsize=2)
def template_formulas(lang: Lang) -> TemplateFormulas:
    """Those of the present template; they do not depend on the map."""
    return _loaded(json.loads(FILE.read_bytes())[lang], lang)


def _loaded(data: Mapping[str, Any], lang: Lang) -> TemplateFormulas:
    plain = [formula for formula, _ in data["formulas"]]
    areas = {
        sheet: [(parse_range(cells), name) for name, cells in names.items()] for sheet, names in data["areas"].items()
    }
    return TemplateFormulas(
        {name: plain[number] for name, number in data["blocks"].items()},
        {
            tab: {parse_ref(cell): plain[number] for cell, number in cells.items()}
            for tab, cells in data["others"].items()
        },
        dict(data["formulas"]),
        frozenset((tab, *parse_ref(cell)) for tab, cell in data["errors_meant"]),
        Coordinates(areas, fields_of(places_of(blank_map(), lang))),
    )


def read_off(book: Book, lang: Lang) -> dict[str, Any]:
    """The data of one language, read off an empty template: formulas as pairs (plain, shown), named by their place."""
    known = Coordinates.of(book, places_of(blank_map(), lang))
    anchors = {(block.tab, block.row, block.column): block.name for block in BLOCKS}
    numbers: dict[str, int] = {}
    shown: list[str] = []
    blocks: dict[str, int] = {}
    others: dict[str, dict[str, int]] = {}
    errors: list[tuple[str, str]] = []
    for tab, sheet in zip(TABS, book.sheets, strict=True):
        for (row, column), formula in sheet.formulas.items():
            plain = known.plain(formula.text, sheet.name, row, column)
            if numbers.setdefault(plain, len(shown)) == len(shown):
                shown.append(formula.text)
            else:
                shown[numbers[plain]] = formula.text
            if isinstance(sheet.value(row, column), ErrorValue):
                errors.append((tab.code, cell_name(row, column)))
            name = anchors.get((tab.code, row, column))
            if name is None:
                others.setdefault(tab.code, {})[cell_name(row, column)] = numbers[plain]
            else:
                blocks[name] = numbers[plain]
    areas = {sheet: {name: _written(box) for box, name in ranges} for sheet, ranges in known.areas.items()}
    formulas = [*zip(numbers, shown, strict=True)]
    return {"formulas": formulas, "blocks": blocks, "others": others, "errors_meant": errors, "areas": areas}


def _written(box: RangeRef) -> str:
    sheet = str(box.sheet).replace("'", "''")
    return f"'{sheet}'!{cell_name(box.r1, box.c1)}:{cell_name(box.r2, box.c2)}"


def generated() -> bytes:
    """The content of the file, of both languages."""
    from warmap.text import LANGUAGES
    from warmap_templates.build import build_workbook

    data = {lang: read_off(read_book(build_workbook(None, lang)), lang) for lang in LANGUAGES}
    return (json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n").encode()
