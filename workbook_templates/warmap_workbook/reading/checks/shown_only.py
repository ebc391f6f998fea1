"""DV504: what is shown and not read: a picture in place of a word, and entries that are struck through."""

import re
from collections.abc import Iterator, Mapping

from warmap.findings import Finding
from warmap.parsing import Place
from warmap.parsing.headers import TablePlace
from warmap.text import Text
from warmap_workbook.ooxml import Book, Drawn, RangeRef, Sheet, cell_name
from warmap_workbook.reading.checks.formula_text import Address
from warmap_workbook.reading.checks.wrong_cells import runs

PICTURE = Text("{cells} 处放的是图片，图片里的内容没有读取", "a picture stands at {cells}; nothing in it was read")
STRUCK = Text(
    "{cells} 的内容画了删除线，仍按有效内容读取", "{cells} is struck through, and was taken as if it were not"
)
WRITE_IT = Text("把图片里的内容写进格里。", "Write what the picture says into the cell.")
CLEAR_IT = Text(
    "不再有效就清空这些格；仍有效就去掉删除线。",
    "Clear the cells if they no longer hold; take off the line if they do.",
)
IMAGE_OF_WPS = re.compile(r"(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
MOST_CELLS = 2_000  # of a picture that are looked at


def shown_only(book: Book, places: Mapping[str, Place]) -> Iterator[Finding]:
    """One finding a picture, and one a run of cells that are struck through; only entry cells count."""
    has_pictures = bool(book.drawn) or any(sheet.pictured for sheet in book.sheets) or book.has_cell_images
    if not has_pictures and not any(sheet.struck for sheet in book.sheets):
        return
    for sheet in book.sheets:
        taken, room = _entry_cells(book, sheet, places)
        at_cells = {at for at in sheet.pictured if at in room}
        at_cells |= {at for at, one in sheet.formulas.items() if at in room and IMAGE_OF_WPS.match(one.text)}
        for drawn in book.drawn:
            if drawn.sheet == sheet.name and drawn.kind == "picture":
                at_cells |= _under(drawn, sheet, room)
        for at in sorted(at_cells):
            yield _finding(sheet, RangeRef(None, *at, *at), PICTURE, WRITE_IT)
        struck = [at for at in sheet.struck if at in taken and sheet.value(*at) not in (None, "")]
        for box in runs(struck):
            yield _finding(sheet, box, STRUCK, CLEAR_IT)


def _finding(sheet: Sheet, box: RangeRef, what: Text, remedy: Text) -> Finding:
    facts = {"what": what.filled(cells=box.cells), "remedy": remedy}
    return Finding("DV504", sheet.name, cell_name(box.r1, box.c1), facts=facts)


def _under(drawn: Drawn, sheet: Sheet, room: set[Address]) -> set[Address]:
    """The entry cell that a picture stands in place of: the first blank one under it, else the first one."""
    rows = range(drawn.row, min(drawn.last_row, drawn.row + MOST_CELLS // 50) + 1)
    columns = range(drawn.column, min(drawn.last_column, drawn.column + 50) + 1)
    under = [(row, column) for row in rows for column in columns if (row, column) in room]
    blank = next((at for at in under if sheet.value(*at) in (None, "")), None)
    return {blank or under[0]} if under else set()


def _entry_cells(book: Book, sheet: Sheet, places: Mapping[str, Place]) -> tuple[set[Address], set[Address]]:
    """The cells of a sheet that were read as entries, and all that may hold one."""
    taken: set[Address] = set()
    room: set[Address] = set()
    for code, place in places.items():
        if not isinstance(place, TablePlace) or place.sheet != sheet.name:
            continue
        columns = set(place.columns.values())
        rows = place.record_rows.values() if place.record_rows is not None else place.rows
        cells = {(row, column) for row in rows for column in columns}
        taken |= cells
        room |= cells
        named = book.named_range(f"wm_{code}")
        if place.record_rows is None and named is not None and named[0] is sheet:
            room |= {(row, column) for row in range(named[1].r1 + 1, named[1].r2 + 1) for column in columns}
    return taken, room
