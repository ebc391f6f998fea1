"""What a submitted workbook brings along that the template has not: macros, links to other files, hidden sheets."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from warmap.findings import Finding
from warmap_workbook.ooxml import Book, Sheet, cell_name
from warmap_workbook.reading.checks.formula_text import TAB_OF

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
        name = sheet.name.strip().casefold()
        if id(sheet) not in ours and sheet.state != "visible" and name not in TAB_OF and name not in HOSTS_OWN:
            yield Finding("DV503", sheet.name, facts={"sheet": sheet.name})
