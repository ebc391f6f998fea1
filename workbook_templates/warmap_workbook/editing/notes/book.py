"""A copy of one workbook with notes in its cells; every part that a note does not need stays byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from warmap.text import Lang
from warmap_workbook.editing.notes.comments import MEDIA_TYPE, Comments
from warmap_workbook.editing.notes.markup import edited, elements
from warmap_workbook.editing.notes.parts import Parts, Tab
from warmap_workbook.editing.notes.shapes import IDS_A_BLOCK, block_of, more_shapes, new_drawing, shapes_for
from warmap_workbook.editing.notes.shapes import MEDIA_TYPE as DRAWING
from warmap_workbook.editing.notes.sheet import SheetMarkup
from warmap_workbook.ooxml import Reason, Unreadable, parse_ref

LONGEST = 32_767
Notes = dict[tuple[int, int], str]
Placed = list[tuple[tuple[int, int], str]]


def write_copy(data: bytes, place: Callable[[Sequence[Tab]], Mapping[Tab, Placed]], lang: Lang, file: BinaryIO) -> None:
    """The workbook with notes in its cells: `place` says which stand where. Unreadable where it cannot be done."""
    parts = Parts(data)
    tabs = parts.tabs()
    if not tabs:
        raise Unreadable(Reason.corrupt, {"problem": "sheets"})
    for tab, placed in place(tabs).items():
        _annotate(parts, tab, placed, lang)
    parts.write(file)


def _annotate(parts: Parts, tab: Tab, placed: Placed, lang: Lang) -> None:
    """One sheet's notes: the part with the words, the drawing with the boxes, and the sheet's way to both."""
    sheet = SheetMarkup(parts.read(tab.part), tab.part)
    relations = parts.relations(tab.part)
    related = {relation.kind: relation.target for relation in reversed(relations.values()) if not relation.external}
    there = related.get("comments")
    comments = Comments(parts.read(there), there) if there is not None else Comments(None)
    notes = _joined(placed, sheet, _threads(parts, related.get("threadedComment")))
    words = comments.with_notes(notes, lang)
    if there is None:
        there = parts.add("xl/comments", "xml", MEDIA_TYPE, words)
        parts.relate(tab.part, "comments", there)
    else:
        parts.put(there, words)
    new = {cell: text for cell, text in notes.items() if cell not in comments.cells}
    if sheet.drawing is None:
        without_box = {**dict.fromkeys(comments.cells, ""), **new}
        block = 1 + max((block_of(parts.read(name)) for name in parts.drawings()), default=0) + parts.added_drawings
        shapes = shapes_for(without_box, sheet, block * IDS_A_BLOCK + 1)
        drawing = parts.add("xl/drawings/vmlDrawing", "vml", DRAWING, new_drawing(block, shapes))
        parts.added_drawings += 1
        relation = parts.relate(tab.part, "vmlDrawing", drawing)
        parts.put(tab.part, edited(sheet.data, [sheet.with_drawing(relation)]))
    else:
        found = relations.get(sheet.drawing)
        if found is None or found.external:
            raise Unreadable(Reason.missing_part, {"part": sheet.drawing})
        parts.put(found.target, more_shapes(parts.read(found.target), new, sheet))


def _joined(placed: Placed, sheet: SheetMarkup, threads: set[tuple[int, int]]) -> Notes:
    """One text a cell; where people talk in a thread, ours goes to the first row, because Excel shows the thread only."""
    notes: Notes = {}
    for wanted, words in placed:
        cell = sheet.shown_cell(*wanted)
        while cell in threads:
            cell = (1, cell[1] + 1) if cell[0] == 1 else (1, 1)
        notes[cell] = f"{notes[cell]}\n\n{words}" if cell in notes else words
    return {cell: text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for cell, text in notes.items()}


def _threads(parts: Parts, part: str | None) -> set[tuple[int, int]]:
    """The cells with a thread of comments."""
    found: set[tuple[int, int]] = set()
    for element in [] if part is None else elements(parts.read(part), part, {"threadedComment"}):
        try:
            found.add(parse_ref(element.attribute("ref")))
        except ValueError:
            continue
    return found
