"""Everything that is checked of a workbook beside its tables: formulas, stored results, what it brings along."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial

from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import TAB
from warmap.names import key
from warmap.parsing import Place
from warmap.parsing.cross import guarded
from warmap.text import Lang
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import Book, Sheet, cell_name
from warmap_workbook.reading.checks.formula_text import TAB_OF
from warmap_workbook.reading.checks.stored_results import ResultCheck
from warmap_workbook.reading.checks.tab_sheets import sheets_of
from warmap_workbook.reading.checks.tamper import FormulaCheck

FORMULA_CHECKS = frozenset({"DV301", "DV302", "DV303", "DV304", "DV305"})


def audit(
    formulas: FormulaCheck, results: ResultCheck, version: str | None
) -> tuple[list[Finding], dict[str, int], frozenset[str]]:
    """Make all checks of the raw book; those of the formulas only where the template's version is this program's.

    Gives what was found, how much was looked at (sheets, cells, formulas), and the codes that were not looked for.
    """
    book, places = formulas.book, formulas.places
    is_present = version == TEMPLATE_VERSION or (
        version is None and any(book.defined_name(block.name) for block in BLOCKS)
    )
    changed = guarded("DV301, DV302", formulas.run) if is_present else []
    findings: list[Finding] = []
    for name, check in (
        ("DV501", partial(macros, book)),
        ("DV502", partial(external_links, book)),
        ("DV503", partial(hidden_sheets, book, (formulas.sheets or sheets_of(book, places)).values())),
    ):
        findings += guarded(name, check)
    findings += changed
    if is_present:
        findings += guarded("DV303, DV304, DV305", results.run)
    skipped = frozenset() if is_present else FORMULA_CHECKS
    return findings, _counts(book, places, formulas.compared), skipped


def template_language(book: Book, lang: Lang) -> Lang:
    """The language the template was made in: that of its tabs, whatever language its results are asked for in."""
    names = {key(sheet.name) for sheet in book.sheets}
    score = {"zh": 0, "en": 0}
    for tab in TAB.values():
        score["zh"] += key(tab.name.zh) in names
        score["en"] += key(tab.name.en) in names
    return lang if score["zh"] == score["en"] else "zh" if score["zh"] > score["en"] else "en"


def _counts(book: Book, places: Mapping[str, Place], compared: int) -> dict[str, int]:
    """Sheets and cells of the template, those of the user's own as skipped; formulas compared, the others as skipped."""
    ours = {id(sheet) for sheet in sheets_of(book, places).values()}
    cells = sum(sheet.cell_count for sheet in book.sheets if id(sheet) in ours)
    return {
        "sheets": len(ours),
        "sheets_skipped": len(book.sheets) - len(ours),
        "cells": cells,
        "cells_skipped": book.cell_count - cells,
        "formulas": compared,
        "formulas_skipped": max(0, book.formula_count - compared),
    }


OUR_ADDIN = re.compile(r"(?:^|[/\\])warmap[^/\\]*\.xlam?$", re.IGNORECASE)
LINK = re.compile(r"\[(\d{1,6})\]")
HOSTS_OWN = frozenset({"_intellisense_", "_warmap_words", "xlwings.conf", "_xlwings.conf"})  # help, words, settings
MOST_NAMED = 5


def macros(book: Book) -> Iterator[Finding]:
    """DV501: a project, or a sheet of the macros that came before it (Excel 4.0)."""
    if book.has_macros or any(sheet.kind == "macrosheet" for sheet in book.sheets):
        yield Finding("DV501")


def external_links(book: Book) -> Iterator[Finding]:
    """DV502: one for the file, at the first cell that uses such a link. The add-in of the functions is no such link."""
    targets = {number: target for number, target in enumerate(book.external_links, 1) if not OUR_ADDIN.search(target)}
    if not targets:
        return
    named = [target or "?" for target in targets.values()]
    sheet, cell = next(_uses(book, targets.keys()), ("", ""))
    yield Finding("DV502", sheet, cell, facts={"count": len(named), "targets": named[:MOST_NAMED]})


def _uses(book: Book, numbers: Container[int]) -> Iterator[tuple[str, str]]:
    for sheet in book.sheets:
        for at, formula in sorted(sheet.formulas.items()):
            if "[" in formula.text and any(int(match) in numbers for match in LINK.findall(formula.text)):
                yield sheet.name, cell_name(*at)


def hidden_sheets(book: Book, known: Iterable[Sheet] = ()) -> Iterator[Finding]:
    """DV503: one a sheet. `known` are the template's sheets, whatever they are called now."""
    ours = {id(sheet) for sheet in known}
    for sheet in book.sheets:
        name = key(sheet.name)
        if id(sheet) not in ours and sheet.state != "visible" and name not in TAB_OF and name not in HOSTS_OWN:
            yield Finding("DV503", sheet.name, facts={"sheet": sheet.name})
