"""Everything that is checked of a workbook beside its tables: formulas, stored results, what it brings along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import TAB
from warmap.parsing import Place
from warmap.parsing.guarded import guarded
from warmap.text import Lang
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import Book
from warmap_workbook.reading.checks import foreign
from warmap_workbook.reading.checks.stored_results import ResultCheck
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.reading.tab_sheets import sheets_of

FORMULA_CHECKS = frozenset({"DV301", "DV302", "DV303", "DV304", "DV305"})


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, and what was looked at: sheets, cells, formulas, and the codes that were not looked for."""

    findings: list[Finding]
    counts: dict[str, int]
    skipped_checks: frozenset[str]


def audit(formulas: FormulaCheck, results: ResultCheck, version: str | None) -> Audit:
    """Make all checks of the raw book; those of the formulas only where the template's version is this program's."""
    book, places = formulas.book, formulas.places
    is_present = version == TEMPLATE_VERSION or (
        version is None and any(book.defined_name(block.name) for block in BLOCKS)
    )
    changed = guarded("DV301, DV302", formulas.run) if is_present else []
    findings: list[Finding] = []
    for name, check in (
        ("DV501", partial(foreign.macros, book)),
        ("DV502", partial(foreign.external_links, book)),
        ("DV503", partial(foreign.hidden_sheets, book, (formulas.sheets or sheets_of(book, places)).values())),
    ):
        findings += guarded(name, check)
    findings += changed
    if is_present:
        findings += guarded("DV303, DV304, DV305", results.run)
    skipped = frozenset() if is_present else FORMULA_CHECKS
    return Audit(findings, _counts(book, places, formulas.compared), skipped)


def template_language(book: Book, lang: Lang) -> Lang:
    """The language the template was made in: that of its tabs, whatever language its results are asked for in."""
    names = {sheet.name.strip().casefold() for sheet in book.sheets}
    score = {"zh": 0, "en": 0}
    for tab in TAB.values():
        score["zh"] += tab.name.zh.casefold() in names
        score["en"] += tab.name.en.casefold() in names
    return lang if score["zh"] == score["en"] else "zh" if score["zh"] > score["en"] else "en"


def _counts(book: Book, places: Mapping[str, Place], compared: int) -> dict[str, int]:
    """Sheets and cells of the template, those of the user's own as skipped; formulas compared, the others as skipped."""
    ours = {id(sheet) for sheet in sheets_of(book, places).values()}
    cells = sum(sheet.cell_count for sheet in book.sheets if id(sheet) in ours)
    return {
        "sheets": len(ours),
        "sheets_skipped": book.sheet_count - len(ours),
        "cells": cells,
        "cells_skipped": book.cell_count - cells,
        "formulas": compared,
        "formulas_skipped": max(0, book.formula_count - compared),
    }
