"""The formulas that a template holds, read off a workbook that is built for the purpose, once a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from warmap.intake.placed import places_of
from warmap.layout import TABS
from warmap.model import WarMap
from warmap_templates.computed import BLOCKS
from warmap_templates.formula_text import Coordinates
from warmap_templates.ooxml import ErrorValue, read_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmap.text import Lang

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TemplateFormulas:
    """Plainly written formulas: of each block by its defined name; all others by tab and address.

    `shown` are the same as Excel shows them, for messages. `errors_meant` are the cells of a tab that show an error on
    purpose (a chart leaves it out).
    """

    blocks: Mapping[str, str]
    others: Mapping[str, Mapping[Address, str]]
    shown: Mapping[str, str]
    errors_meant: frozenset[tuple[str, int, int]] = field(default=frozenset())


@lru_cache(maxsize=2)
def template_formulas(lang: Lang) -> TemplateFormulas:
    """Those of the present template; they do not depend on the map."""
    from warmap_templates.build import build_workbook

    book = read_book(build_workbook(None, lang))
    known = Coordinates(book, places_of(WarMap(), lang))
    anchors = {(block.tab, block.row, block.column): block.name for block in BLOCKS}
    blocks: dict[str, str] = {}
    others: dict[str, dict[Address, str]] = {}
    shown: dict[str, str] = {}
    errors: set[tuple[str, int, int]] = set()
    for tab, sheet in zip(TABS, book.sheets, strict=True):
        for (row, column), formula in sheet.formulas.items():
            plain = known.plain(formula.text, sheet.name, row, column)
            shown[plain] = formula.text
            if isinstance(sheet.value(row, column), ErrorValue):
                errors.add((tab.code, row, column))
            name = anchors.get((tab.code, row, column))
            if name is None:
                others.setdefault(tab.code, {})[row, column] = plain
            else:
                blocks[name] = plain
    return TemplateFormulas(blocks, others, shown, frozenset(errors))
