"""What comes along from a colleague's copy of a workbook beside the entries: sheets of his own, and notes in cells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import quoteattr

from warmap.names import key
from warmap.text import Lang
from warmap_workbook.editing.harmless import made_harmless
from warmap_workbook.editing.left_behind import OUR_AUTHOR
from warmap_workbook.editing.notes import Placed, annotate
from warmap_workbook.editing.package_edit import (
    RELATIONSHIPS,
    PackageEdit,
    edited,
    elements,
    insert_last,
    plain_cell,
    sheet_of_rows,
)
from warmap_workbook.ooxml import PersonsNote, cell_name
from warmap_workbook.writing.build import LONGEST_CELL, OwnSheet

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
LONGEST_NAME = 31  # characters of a sheet's name that Excel takes


def new_sheets(
    base: Iterable[OwnSheet], ours: Sequence[OwnSheet], theirs: Iterable[OwnSheet], mark: str
) -> list[OwnSheet]:
    """The sheets that a colleague added or changed; one whose name is taken gets a mark."""
    before, held = ({key(one.name): one.cells for one in sheets} for sheets in (base, ours))
    found: list[OwnSheet] = []
    for one in theirs:
        name = key(one.name)
        if one.cells in (before.get(name), held.get(name)):
            continue
        shown = one.name if name not in held else f"{one.name[: LONGEST_NAME - len(mark) - 3]} ({mark})"
        while key(shown) in held or any(key(shown) == key(other.name) for other in found):
            shown = f"{shown[: LONGEST_NAME - 1]}_"
        found.append(OwnSheet(shown, one.cells))
    return found


def new_notes(
    base: Iterable[PersonsNote], ours: Iterable[PersonsNote], theirs: Iterable[PersonsNote]
) -> list[PersonsNote]:
    """The notes that a colleague wrote; those of our own checks are none."""
    known = {(one.sheet, one.text) for one in [*base, *ours]}
    return [one for one in theirs if one.author != OUR_AUTHOR and (one.sheet, one.text) not in known]


def with_brought_along(workbook: bytes, sheets: Sequence[OwnSheet], notes: Mapping[str, Placed], lang: Lang) -> bytes:
    """The workbook with more sheets at its end (values and formulas, without formats), and with notes, by sheet."""
    edit = PackageEdit(workbook)
    for one in edit.worksheets():
        if one.name in notes:
            annotate(edit, one.part, notes[one.name], lang)
    for own in sheets:
        _add_sheet(edit, own)
    made_harmless(edit)
    return edit.content()


def _add_sheet(edit: PackageEdit, own: OwnSheet) -> None:
    part = edit.add("xl/worksheets/sheet", "xml", SHEET_TYPE, _sheet_of(own))
    book = edit.package.workbook_part()
    relation = edit.relate(book, "worksheet", part)
    data = edit.read(book)
    found = elements(data, book, {"sheet"})
    number = 1 + max((int(one.attribute("sheetId") or 0) for one in found if one.name == "sheet"), default=0)
    holder = next(one for one in found if one.name == "sheets")
    tag = f'<{holder.prefix}sheet xmlns:wm="{RELATIONSHIPS}" name={quoteattr(own.name)} sheetId="{number}" wm:id="{relation}"/>'
    edit.put(book, edited(data, [insert_last(holder, data, tag.encode())]))


def _sheet_of(own: OwnSheet) -> bytes:
    by_row: dict[int, list[str]] = {}
    for (row, column), (value, formula) in sorted(own.cells.items()):
        by_row.setdefault(row, []).append(plain_cell(cell_name(row, column), _plain(value), formula))
    return sheet_of_rows(by_row.items())


def _plain(value: object) -> str | float:
    if isinstance(value, datetime):
        value = value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return "" if value is None else str(value)[:LONGEST_CELL]
