"""Everything that is checked of a workbook beside its tables: formulas, stored results, what it brings along."""

from collections.abc import Iterable, Iterator
from functools import partial

from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import TAB
from warmap.names import key
from warmap.parsing.cross import guarded
from warmap.text import Lang
from warmap_workbook.ooxml import Book, Sheet
from warmap_workbook.reading.checks.formula_text import TAB_OF, versions_read
from warmap_workbook.reading.checks.outside_targets import outside_targets
from warmap_workbook.reading.checks.shown_only import shown_only
from warmap_workbook.reading.checks.stored_results import ResultCheck
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.reading.checks.uncompared import not_compared

RESULT_CHECKS = frozenset({"DV303", "DV304", "DV305", "DV307"})
FORMULA_CHECKS = RESULT_CHECKS | {"DV301", "DV302"}
NOT_OF_OLDER = frozenset({"DV303", "DV307"})  # an older method gave other results


def audit(
    formulas: FormulaCheck, results: ResultCheck, version: str | None, *, has_mark: bool
) -> tuple[list[Finding], dict[str, int], frozenset[str]]:
    """Make all checks of the raw book.

    The formulas of an older template that is still read are compared with its own; its stored results with nothing, but
    errors among them are told.
    Where the mark of the version is gone, the formulas tell whether it is a template: one of values alone is not compared,
    and that is said.

    Gives what was found, how much was looked at (sheets, cells, formulas), and the codes that were not looked for.
    """
    book = formulas.book
    is_compared = version in versions_read() if has_mark else formulas.has_formulas()
    is_present = is_compared and version in (None, TEMPLATE_VERSION)
    changed = guarded("DV301, DV302", formulas.run) if is_compared else []
    findings: list[Finding] = []
    for name, check in (
        ("DV501", partial(macros, book)),
        ("DV502", partial(outside_targets, book, formulas.sheets, formulas.expected)),
        ("DV503", partial(hidden_sheets, book, formulas.sheets.values())),
        ("DV504", partial(shown_only, book, formulas.places)),
    ):
        findings += guarded(name, check)
    findings += changed
    if is_compared:
        findings += guarded("DV303, DV304, DV305", partial(results.run, is_compared=is_present))
    if is_present or not has_mark:
        findings += guarded(
            "DV307", partial(not_compared, formulas, results.judgement, results.lang, is_present=is_present)
        )
    skipped = frozenset() if is_present else NOT_OF_OLDER if is_compared else FORMULA_CHECKS
    return findings, _counts(formulas), skipped - ({"DV307"} if not has_mark else set())


def template_language(book: Book, lang: Lang) -> Lang:
    """The language the template was made in: that of its tabs, whatever language its results are asked for in."""
    names = {key(sheet.name) for sheet in book.sheets}
    score = {"zh": 0, "en": 0}
    for tab in TAB.values():
        score["zh"] += key(tab.name.zh) in names
        score["en"] += key(tab.name.en) in names
    return lang if score["zh"] == score["en"] else "zh" if score["zh"] > score["en"] else "en"


def _counts(formulas: FormulaCheck) -> dict[str, int]:
    """Sheets and cells of the template, those of the user's own as skipped; formulas compared, the others as skipped."""
    book, compared = formulas.book, formulas.compared
    ours = {id(sheet) for sheet in formulas.sheets.values()}
    cells = sum(sheet.cell_count for sheet in book.sheets if id(sheet) in ours)
    return {
        "sheets": len(ours),
        "sheets_skipped": len(book.sheets) - len(ours),
        "cells": cells,
        "cells_skipped": book.cell_count - cells,
        "formulas": compared,
        "formulas_skipped": max(0, book.formula_count - compared),
    }


HOSTS_OWN = frozenset({"_intellisense_", "_warmap_words", "xlwings.conf", "_xlwings.conf"})  # help, words, settings


def macros(book: Book) -> Iterator[Finding]:
    """DV501: a project, or a sheet of the macros that came before it (Excel 4.0)."""
    if book.has_macros or any(sheet.kind == "macrosheet" for sheet in book.sheets):
        yield Finding("DV501")


def hidden_sheets(book: Book, known: Iterable[Sheet] = ()) -> Iterator[Finding]:
    """DV503: one a sheet. `known` are the template's sheets, whatever they are called now."""
    ours = {id(sheet) for sheet in known}
    for sheet in book.sheets:
        name = key(sheet.name)
        if id(sheet) not in ours and sheet.state != "visible" and name not in TAB_OF and name not in HOSTS_OWN:
            yield Finding("DV503", sheet.name, facts={"sheet": sheet.name})
