"""Rebuild a workbook on the newest template; entries that fit no field are kept on a sheet of their own.

Sheets that the user added come along as values and formulas, without formats and charts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warmap.layout import TAB, TABS, TabKind
from warmap.names import key
from warmap.parsing import Place
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.text import Lang, Text
from warmap_workbook.editing.harmless import reaches
from warmap_workbook.ooxml import Book, ErrorValue, Sheet, cell_name, parse_range, read_book
from warmap_workbook.reading.checks.audit import HOSTS_OWN, template_language
from warmap_workbook.writing.build import OwnSheet, build_workbook

KEPT_NAME = Text("未归位的内容", "Kept entries")
KEPT_HEADS = (
    Text("原来的工作表", "Sheet it stood on"),
    Text("原来的单元格", "Cell"),
    Text("内容", "Content"),
    Text("说明", "Why"),
)
NOT_TAKEN = Text("不能作为这一格的值", "could not be taken as a value of its field")
OUTSIDE = Text("写在模板的表格之外", "stood outside the template's tables")
NOT_CARRIED = frozenset({"DV103", "DV202", "DV203", "DV204", "DV205", "DV210", "DV211", "DV401"})


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The rebuilt workbook, the entries that fit no field as (sheet, cell, value, why), and the user's own sheets."""

    content: bytes
    kept: list[tuple[str, str, object, Text]]
    own_sheets: list[str]


def upgraded(book: Book, reading: Reading) -> Upgraded:
    """Rebuild a raw book whose map was read."""
    lang = reading.lang
    kept = [*_not_taken(book, reading), *_outside(book, reading.places, lang)]
    own = [
        OwnSheet(s.name, dict(_cells(book, s)))
        for s in _own_sheets(book, reading.places, template_language(book, lang))
    ]
    sheets = own
    if kept:
        rows: list[list[object]] = [[head.to(lang) for head in KEPT_HEADS]]
        rows += [[s, c, v, why.to(lang)] for s, c, v, why in kept]
        cells = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)}
        taken = {sheet.name.casefold() for sheet in own}
        name = KEPT_NAME.to(lang)
        while name.casefold() in taken:
            name += "_"
        sheets = [*own, OwnSheet(name, {at: (value, "") for at, value in cells.items()})]
    content = build_workbook(reading.map, lang, reading.settings, own_sheets=sheets)
    return Upgraded(content, kept, [sheet.name for sheet in own])


def _own_sheets(book: Book, places: Mapping[str, Place], lang: Lang) -> list[Sheet]:
    """The sheets that are not the template's: neither by name nor by a table that was found on them."""
    homes = {place.sheet for place in places.values() if isinstance(place, TablePlace)}
    ours = {key(tab.name.to(lang)) for tab in TABS} | HOSTS_OWN
    return [s for s in book.sheets if s.was_read and key(s.name) not in ours and s.name not in homes]


def _cells(book: Book, sheet: Sheet) -> Iterator[tuple[tuple[int, int], tuple[object, str]]]:
    """Every cell of a sheet, as (row, column), with its value and the text of its formula."""
    held = {(row, column) for row, cells in sheet.rows.items() for column in cells}
    for row, column in sorted(held | sheet.formulas.keys()):
        formula = sheet.formulas.get((row, column))
        value = _shown(book, sheet, row, column, sheet.value(row, column))
        is_kept = formula is not None and not reaches(formula.text)
        yield (row, column), (value, formula.text if formula and is_kept else "")


def _shown(book: Book, sheet: Sheet, row: int, column: int, value: object) -> object:
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, float) and (row, column) in sheet.date_cells:
        return book.dates.moment(value) or value
    return value


def _not_taken(book: Book, reading: Reading) -> Iterator[tuple[str, str, object, Text]]:
    """The cells that a finding says could not be taken; of a column that the template does not have, all cells."""
    for finding in reading.findings:
        sheet = book.sheet(finding.sheet) if finding.code in NOT_CARRIED and finding.cell else None
        if sheet is None:
            continue
        at = parse_range(finding.cell)
        rows = sorted(sheet.rows) if finding.code == "DV103" else [at.r1]
        for row in rows:
            value = sheet.value(row, at.c1)
            if row >= at.r1 and value not in (None, ""):
                yield sheet.name, cell_name(row, at.c1), _shown(book, sheet, row, at.c1, value), NOT_TAKEN


def _outside(book: Book, places: Mapping[str, Place], lang: Lang) -> Iterator[tuple[str, str, object, Text]]:
    """Entries on the template's input sheets outside its tables; the template's own words are none."""
    blank = read_book(build_workbook(None, lang))
    for tab in TABS:
        if tab.kind is not TabKind.INPUT:
            continue
        sheet = _home(book, places, tab.tables)
        if sheet is None:
            continue
        fresh = blank.sheet(TAB[tab.code].name.to(lang))
        own_words = {value for cells in fresh.rows.values() for value in cells.values()} if fresh else set()
        inside = {cell for code in tab.tables for cell in _of_table(book, places, code)}
        for row, cells in sorted(sheet.rows.items()):
            for column, value in sorted(cells.items()):
                is_entry = isinstance(value, str | float) and value != "" and (row, column) not in sheet.formulas
                if is_entry and value not in own_words and (row, column) not in inside:
                    yield sheet.name, cell_name(row, column), _shown(book, sheet, row, column, value), OUTSIDE


def _home(book: Book, places: Mapping[str, Place], tables: tuple[str, ...]) -> Sheet | None:
    return next((book.sheet(place.sheet) for code in tables if (place := places.get(code)) is not None), None)


def _of_table(book: Book, places: Mapping[str, Place], code: str) -> Iterator[tuple[int, int]]:
    """The cells of a table: its named range, and those it was read from (of a record also labels and help)."""
    place, named = places.get(code), book.named_range(f"wm_{code}")
    if named is not None:
        box = named[1]
        yield from ((row, column) for row in range(box.r1, box.r2 + 1) for column in range(box.c1, box.c2 + 1))
    if isinstance(place, TablePlace):
        is_record = place.record_rows is not None
        beside = (-1, 0, 1) if is_record else (0,)
        columns = {column + step for column in place.columns.values() for step in beside}
        rows = [*(place.record_rows or {}).values(), *place.rows]
        yield from ((row, column) for row in rows for column in columns)
