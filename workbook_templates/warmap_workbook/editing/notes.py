"""A copy of one workbook with notes in its cells; every part that a note does not need stays byte for byte."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape

from warmap.text import Lang, Text
from warmap_workbook.editing import note_boxes
from warmap_workbook.editing.harmless import made_harmless
from warmap_workbook.editing.package_edit import (
    MAIN,
    Edit,
    Element,
    PackageEdit,
    WorksheetPart,
    edited,
    elements,
    insert_last,
)
from warmap_workbook.ooxml import Reason, Unreadable, cell_name, parse_ref

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "warmap"
MARK = "— warmap —"
BEYOND_USUAL_BLOCKS = 10_000
LONGEST = 32_767  # characters that Excel takes
MENDED = Text("这里已没有要改的。", "Nothing is left to fix here.")
_FONT = '<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/></{p}rPr>'
_NO_COMMENTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>""".encode()
Notes = dict[tuple[int, int], str]
Placed = list[tuple[tuple[int, int], str]]


def write_copy(
    data: bytes,
    place: Callable[[Sequence[WorksheetPart]], Mapping[WorksheetPart, Placed]],
    lang: Lang,
    file: BinaryIO,
) -> None:
    """Write the workbook with notes in its cells to `file`, without macros and outside targets: `place` says which stand where.

    Raises Unreadable where it cannot be done.
    """
    edit = PackageEdit(data)
    sheets = edit.worksheets()
    if not sheets:
        raise Unreadable(Reason.corrupt, {"problem": "sheets"})
    for sheet, placed in place(sheets).items():
        annotate(edit, sheet.part, placed, lang)
    made_harmless(edit)
    edit.write(file)


def annotate(edit: PackageEdit, part: str, placed: Placed, lang: Lang) -> None:
    """One sheet's notes: the part with the words, the drawing with the boxes, and the sheet's way to both."""
    sheet = note_boxes.SheetMarkup(edit.read(part), part)
    relations = edit.package.relations(part)
    related = {relation.kind: relation.target for relation in reversed(relations.values()) if not relation.external}
    there = related.get("comments")
    comments = _Comments(edit.read(there), there) if there is not None else _Comments(_NO_COMMENTS)
    notes = _joined(placed, sheet, _threads(edit, related.get("threadedComment")))
    words = comments.with_notes(notes, lang)
    if there is None:
        edit.relate(part, "comments", edit.add("xl/comments", "xml", COMMENTS_TYPE, words))
    else:
        edit.put(there, words)
    new = {cell: text for cell, text in notes.items() if cell not in comments.cells}
    if sheet.drawing is None:
        without_box = {**dict.fromkeys(comments.cells, ""), **new}
        block = 1 + max((_block_of(edit, name) for name in edit.names() if name.casefold().endswith(".vml")), default=0)
        shapes = note_boxes.shapes_for(without_box, sheet, block * note_boxes.IDS_A_BLOCK + 1)
        drawing = edit.add(
            "xl/drawings/vmlDrawing", "vml", note_boxes.DRAWING_TYPE, note_boxes.new_drawing(block, shapes)
        )
        relation = edit.relate(part, "vmlDrawing", drawing)
        edit.put(part, edited(sheet.data, [sheet.with_drawing(relation)]))
    else:
        found = relations.get(sheet.drawing)
        if found is None or found.external:
            raise Unreadable(Reason.missing_part, {"part": sheet.drawing})
        edit.put(found.target, note_boxes.more_shapes(edit.read(found.target), new, sheet))


def _block_of(edit: PackageEdit, drawing: str) -> int:
    """The block of shape numbers that another drawing uses; of one that is too large to read, one beyond all usual ones."""
    try:
        return note_boxes.block_of(edit.read(drawing))
    except Unreadable:
        return BEYOND_USUAL_BLOCKS


def _joined(placed: Placed, sheet: note_boxes.SheetMarkup, threads: set[tuple[int, int]]) -> Notes:
    """One text a cell; ours goes to the first row where people discuss in a thread, for Excel then shows only that."""
    notes: Notes = {}
    for wanted, words in placed:
        cell = sheet.shown_cell(*wanted)
        while cell in threads:
            cell = (1, cell[1] + 1) if cell[0] == 1 else (1, 1)
        notes[cell] = f"{notes[cell]}\n\n{words}" if cell in notes else words
    return {cell: text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for cell, text in notes.items()}


def _threads(edit: PackageEdit, part: str | None) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for element in [] if part is None else elements(edit.read(part), part, {"threadedComment"}):
        with suppress(ValueError):
            found.add(parse_ref(element.attribute("ref")))
    return found


@dataclass(slots=True)
class _Comment:
    element: Element
    text: Element | None = None
    pieces: list[Element] = field(default_factory=list)


class _Comments:
    """The notes of one sheet. Unreadable where the part is none."""

    def __init__(self, data: bytes, part: str = "") -> None:
        self._data = data
        self.root, *rest = elements(self._data, part, {"author", "comment", "text", "t", "r", "rPh", "phoneticPr"})
        self._authors = [one for one in rest if one.name == "author"]
        self._holders = {one.name: one for one in rest if len(one.parents) == 1}
        if self.root.name != "comments" or not {"authors", "commentList"} <= self._holders.keys():
            raise Unreadable(Reason.corrupt, {"part": part, "problem": "comments"})
        self._comments: dict[tuple[int, int], _Comment] = {}
        self._read(rest)

    def _read(self, rest: list[Element]) -> None:
        current: _Comment | None = None
        for one in rest:
            if one.name == "comment":
                current = _Comment(one)
                self._comments.setdefault(_place(one.attribute("ref")), current)
            elif current is not None and one.name == "text":
                current.text = one
            elif current is not None and one.parents[-1] == "text":
                current.pieces.append(one)

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The cells that have a note already, rows and columns from 1."""
        return list(self._comments)

    def with_notes(self, notes: Mapping[tuple[int, int], str], lang: Lang) -> bytes:
        """The part with our notes added: other people's keep their words, ours from an earlier check are replaced."""
        ours = next((n for n, one in enumerate(self._authors) if self._inner(one) == AUTHOR.encode()), None)
        edits: list[Edit] = []
        if ours is None:
            ours = len(self._authors)
            new = f"<{self.root.prefix}author>{AUTHOR}</{self.root.prefix}author>"
            edits.append(insert_last(self._holders["authors"], self._data, new.encode()))
        fresh = ""
        for (row, column), words in notes.items():
            there = self._comments.get((row, column))
            if there is None:
                fresh += self._comment(cell_name(row, column), ours, words)
            elif there.element.attribute("authorId") == str(ours):
                edits.append(self._anew(there, words))
            else:
                edits.append(self._added(there, words))
        for place, there in self._comments.items():
            if place not in notes and there.element.attribute("authorId") == str(ours):
                edits.append(self._anew(there, MENDED.to(lang)))
        if fresh:
            edits.append(insert_last(self._holders["commentList"], self._data, fresh.encode()))
        return edited(self._data, edits)

    def _inner(self, element: Element) -> bytes:
        opened = self._data.index(b">", element.start) + 1
        return self._data[opened : element.inner_end].strip()

    def _comment(self, ref: str, author: int, words: str) -> str:
        p = self.root.prefix
        return f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>{self._run(words)}</{p}text></{p}comment>'

    def _run(self, words: str) -> str:
        p = self.root.prefix
        return f'<{p}r>{_FONT.format(p=p)}<{p}t xml:space="preserve">{escape(words[:LONGEST])}</{p}t></{p}r>'

    def _as_run(self, markup: bytes) -> bytes:
        """Plain text as a run: LibreOffice ignores plain text that stands beside runs."""
        name = f"{self.root.prefix}r".encode()
        return b"<" + name + b">" + markup + b"</" + name + b">"

    def _anew(self, there: _Comment, words: str) -> Edit:
        new = f"<{self.root.prefix}text>{self._run(words)}</{self.root.prefix}text>".encode()
        if there.text is None:
            return insert_last(there.element, self._data, new)
        return Edit(there.text.start, there.text.end, new)

    def _added(self, there: _Comment, words: str) -> Edit:
        """Someone else's note with ours below it, in place of what we added before."""
        if there.text is None:
            return self._anew(there, words)
        kept, after, length = b"", b"", 0
        for piece in (one for one in there.pieces if one.parents[-1] == "text"):
            markup = self._data[piece.start : piece.end]
            if piece.name == "r" and MARK.encode() in markup:
                continue
            if piece.name in {"rPh", "phoneticPr"}:
                after += markup
            else:
                kept += self._as_run(markup) if piece.name == "t" else markup
                length += len(markup)
        room = max(LONGEST - length, 0)
        run = self._run(f"\n{MARK}\n{words}"[:room]) if room else ""
        name = f"{self.root.prefix}text"
        return Edit(
            there.text.start, there.text.end, f"<{name}>".encode() + kept + run.encode() + after + f"</{name}>".encode()
        )


def _place(ref: str) -> tuple[int, int]:
    try:
        return parse_ref(ref)
    except ValueError:
        raise Unreadable(Reason.corrupt, {"problem": "comment", "cell": ref[:20]}) from None
