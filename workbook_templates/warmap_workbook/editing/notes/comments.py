"""The notes themselves: a part of their own a sheet, ours put in among those that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from warmap.text import Lang, Text
from warmap_workbook.editing.notes.markup import Edit, Element, edited, elements, insert_last, text_of
from warmap_workbook.editing.notes.sheet import MAIN
from warmap_workbook.ooxml import Reason, Unreadable, cell_name, parse_ref

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "warmap"
MARK = "— warmap —"
LONGEST = 32_767
MENDED = Text("这里已没有要改的。", "Nothing is left to mend here.")
_FONT = '<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/></{p}rPr>'
_EMPTY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>""".encode()


@dataclass(slots=True)
class _Comment:
    element: Element
    text: Element | None = None
    pieces: list[Element] = field(default_factory=list)


class Comments:
    """The notes of one sheet. Unreadable where the part is none."""

    def __init__(self, data: bytes | None, part: str = "") -> None:
        self._data = _EMPTY if data is None else data
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
        """The part with our notes; those of others keep their words, and those we wrote before are written anew."""
        ours = next((n for n, one in enumerate(self._authors) if self._inner(one) == AUTHOR.encode()), None)
        edits: list[Edit] = []
        if ours is None:
            ours = len(self._authors)
            new = f"<{self._p}author>{AUTHOR}</{self._p}author>"
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

    @property
    def _p(self) -> str:
        return self.root.prefix

    def _inner(self, element: Element) -> bytes:
        opened = self._data.index(b">", element.start) + 1
        return self._data[opened : element.inner_end].strip()

    def _comment(self, ref: str, author: int, words: str) -> str:
        p = self._p
        return f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>{self._run(words)}</{p}text></{p}comment>'

    def _run(self, words: str) -> str:
        p = self._p
        return f'<{p}r>{_FONT.format(p=p)}<{p}t xml:space="preserve">{text_of(words[:LONGEST])}</{p}t></{p}r>'

    def _as_run(self, markup: bytes) -> bytes:
        """Plain text as a run: beside runs LibreOffice does not read it otherwise."""
        name = f"{self._p}r".encode()
        return b"<" + name + b">" + markup + b"</" + name + b">"

    def _anew(self, there: _Comment, words: str) -> Edit:
        """A note of ours with new words."""
        new = f"<{self._p}text>{self._run(words)}</{self._p}text>".encode()
        if there.text is None:
            return insert_last(there.element, self._data, new)
        return Edit(there.text.start, there.text.end, new)

    def _added(self, there: _Comment, words: str) -> Edit:
        """Someone else's note with ours below; what we added to it before is left out."""
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
        name = f"{self._p}text"
        return Edit(
            there.text.start, there.text.end, f"<{name}>".encode() + kept + run.encode() + after + f"</{name}>".encode()
        )


def _place(ref: str) -> tuple[int, int]:
    try:
        return parse_ref(ref)
    except ValueError:
        raise Unreadable(Reason.corrupt, {"problem": "comment", "cell": ref[:20]}) from None
