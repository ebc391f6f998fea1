"""Rebuild a workbook on the newest template; what fits no field is kept on a sheet of its own, and listed.

Sheets that the user added come along as values and formulas, without formats, notes and charts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from warmap.layout import PICTURE, TABS
from warmap.names import key
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.text import LANGUAGES, Lang, Text
from warmap_workbook.editing.harmless import reaches
from warmap_workbook.editing.left_behind import Left, LeftBehind, of_what_is_beside, shown_value
from warmap_workbook.editing.picture_part import build_with_picture
from warmap_workbook.ooxml import Beside, Book, Sheet, cell_name, read_beside, read_book
from warmap_workbook.reading.checks.audit import HOSTS_OWN, template_language
from warmap_workbook.writing.build import OwnSheet, build_workbook
from warmap_workbook.writing.picture_sheet import PICTURE_ROWS

KEPT_NAME = Text("未归位的内容", "Kept entries")
KEPT_HEADS = (
    Text("原来的工作表", "Sheet it stood on"),
    Text("原来的单元格", "Cell"),
    Text("内容", "Content"),
    Text("说明", "Why"),
)
RETIRED = Text(
    "以前版本的设置，不再起作用：{instead}", "a setting of an earlier version, without effect now: {instead}"
)
MADE_ANEW = Text("这张表重新画过", "this sheet was drawn anew")
REACHES = Text("会向外取数的公式，只留了结果", "a formula that reaches outside, of which only the result was kept")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The rebuilt workbook, what fits no field as (sheet, cell, value, why), and the user's own sheets."""

    content: bytes
    kept: list[Left]
    own_sheets: list[str]


def upgraded(book: Book, reading: Reading, beside: Beside | None = None, picture: bytes | None = None) -> Upgraded:
    """Rebuild a raw book whose map was read. `beside` are its notes and pictures, which are listed.

    `picture` is the drawing of the relationship picture, which takes the place of an older one.
    """
    lang = reading.lang
    template_lang = template_language(book, lang)
    empty = build_workbook(None, template_lang)
    kept = LeftBehind(book, reading, read_book(empty), template_lang).of_cells()
    if beside is not None:
        kept += of_what_is_beside(_without_picture(beside), read_beside(empty), lang)
    kept += _beside_picture(book)
    kept += [
        Left(one.sheet, one.cell, f"{one.facts['code']} = {one.facts['value']}", RETIRED.filled(**one.facts))
        for one in reading.findings
        if one.code == "DV308"
    ]
    own = own_sheets(book, reading)
    names = {sheet.name for sheet in own}
    for sheet in book.sheets:
        kept += [
            Left(sheet.name, cell_name(*at), f"={formula.text}", REACHES)
            for at, formula in sorted(sheet.formulas.items() if sheet.name in names else ())
            if _is_left_out(formula.text)
        ]
    sheets = [*own, *_kept_sheet(kept, own, lang)]
    content = build_with_picture(reading.map, lang, reading.settings, picture, sheets)
    return Upgraded(content, kept, [sheet.name for sheet in own])


def _is_picture(sheet: str) -> bool:
    return key(sheet) in {key(PICTURE.name.to(lang)) for lang in LANGUAGES}


def _without_picture(beside: Beside) -> Beside:
    """What is shown beside the cells, but for the picture that is drawn anew: one drawing on its own sheet."""
    ours = next((one for one in beside.drawn if _is_picture(one.sheet)), None)
    return beside._replace(drawn=[one for one in beside.drawn if one is not ours])


def _beside_picture(book: Book) -> Iterator[Left]:
    """What somebody wrote on the sheet with the picture, which is made anew."""
    for sheet in book.sheets:
        if _is_picture(sheet.name):
            for (row, column), (value, _) in _cells(book, sheet):
                if (column > 1 or row > PICTURE_ROWS) and value not in (None, ""):
                    yield Left(sheet.name, cell_name(row, column), value, MADE_ANEW)


def _kept_sheet(kept: list[Left], own: list[OwnSheet], lang: Lang) -> Iterator[OwnSheet]:
    """The sheet with what fits no field, under a name that no other sheet bears; none where nothing is left."""
    if not kept:
        return
    rows: list[list[object]] = [[head.to(lang) for head in KEPT_HEADS]]
    rows += [[one.sheet, one.cell, one.value, one.why.to(lang)] for one in kept]
    taken = {sheet.name.casefold() for sheet in own}
    name = KEPT_NAME.to(lang)
    while name.casefold() in taken:
        name += "_"
    yield OwnSheet(name, {(r, c): (value, "") for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)})


def own_sheets(book: Book, reading: Reading) -> list[OwnSheet]:
    """The sheets that are not the template's: neither by name nor by a table that was found on them."""
    homes = {place.sheet for place in reading.places.values() if isinstance(place, TablePlace)}
    ours = {key(tab.name.to(template_language(book, reading.lang))) for tab in TABS} | HOSTS_OWN
    ours |= {key(PICTURE.name.to(lang)) for lang in LANGUAGES}
    return [
        OwnSheet(sheet.name, dict(_cells(book, sheet)))
        for sheet in book.sheets
        if sheet.was_read and key(sheet.name) not in ours and sheet.name not in homes
    ]


def _cells(book: Book, sheet: Sheet) -> Iterator[tuple[tuple[int, int], tuple[object, str]]]:
    """Every cell of a sheet, as (row, column), with its value and the text of its formula."""
    held = {(row, column) for row, cells in sheet.rows.items() for column in cells}
    for at in sorted(held | sheet.formulas.keys()):
        formula = sheet.formulas.get(at)
        is_kept = formula is not None and not _is_left_out(formula.text)
        yield at, (shown_value(book, sheet, at), formula.text if formula and is_kept else "")


def _is_left_out(formula: str) -> bool:
    """Formulas that reach outside, and those that ask another file."""
    return "[" in formula or reaches(formula)
