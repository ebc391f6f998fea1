"""The formulas that a template holds, once a language: read off a workbook built for the purpose, kept as data.

Building a workbook to learn them costs a third of a second, which each start of the program would pay. So they are
generated (`tools.regenerate`) into `template_formulas.zh.json` and `template_formulas.en.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from warmap.model import blank_map
from warmap.parsing.placed import places_of
from warmap.text import Lang
from warmap_workbook.ooxml import Formula, parse_range, parse_ref
from warmap_workbook.reading.checks.formula_text import Coordinates, fields_of

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
