"""What is shown on a terminal: lines and tables, as wide as it is, wrapped between words, and plain where nobody looks.

A table whose columns would grow too narrow to read becomes blocks, one a row. (rich breaks words when room is short, and
importing it takes a sixth of the check of one file.)
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple, Protocol, TypeAlias
from unicodedata import category, east_asian_width

from warmap.text import Lang, Text
from warmap_app.safe_text import shown

Kind: TypeAlias = Literal["label", "figure", "prose"]
Paint: TypeAlias = Callable[[str, str], str]
"""Text and a style as the terminal is to get them."""

FILE_WIDTH = 160  # of what goes into a file
READABLE: dict[Kind, int] = {"label": 14, "figure": 0, "prose": 34}  # characters below which a column is hard to read
GAP = "  "
INDENT = "  "
COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}

# Where a line may end: after white space, and beside a Chinese character; a mark that closes never begins a line.
_CLOSING = "，。、；：！？）】》」』”’…％·~—"
_OPENING = "（【《「『“‘"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*[^\s{_OPENING}{_CLOSING}][{_CLOSING}]*|[{_OPENING}]+|[{_CLOSING}]+")
_IN_LONG_WORD = re.compile(r".+?(?:[/\\_.,;:=&?-]+|(?<=[a-z])(?=[A-Z])|$)")
_LEADING = re.compile(r"(?:\s*(?:\d+\.|[→·▲■●-]) )?\s*")


def width_of(text: str) -> int:
    """How many columns of a terminal the text takes: two for a Chinese character, none for a mark set upon another."""
    if text.isascii():
        return len(text)
    return sum(
        2 if east_asian_width(sign) in "WF" else category(sign) not in {"Mn", "Me", "Cf"}
        for sign in text
    )  # fmt: skip


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most `width` columns, all but the first of them indented; one line at least."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = indent if lines else ""
        for piece in _pieces(paragraph):
            if width_of(line) + width_of(piece) > width and line.strip():
                if piece.isspace():  # a line ends at it: it is not shown
                    continue
                lines.append(line.rstrip())
                line = indent
            for part in _cut(piece, width - width_of(line), width - width_of(indent)):
                if part is None:
                    lines.append(line.rstrip())
                    line = indent
                else:
                    line += part
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What must stand on one line: a word, or a Chinese character with the marks that belong to it."""
    word = ""
    for found in _PIECE.finditer(text):
        piece = found[0]
        is_wide = [east_asian_width(sign) in "WF" for sign in piece]
        if word and (piece.isspace() or is_wide[0] or all(is_wide)):
            yield word
            word = ""
        word += piece
        if piece.isspace() or is_wide[-1]:
            yield word
            word = ""
    if word:
        yield word


def _cut(piece: str, room: int, width: int) -> Iterator[str | None]:
    """A piece that fits as it is; a word longer than a line (a path, an address) in parts, None where a new line begins."""
    if width_of(piece) <= room:
        yield piece
        return
    for found in _IN_LONG_WORD.finditer(piece):
        part = found[0]
        if width_of(part) > room and room < width:
            yield None
            room = width
        while width_of(part) > width > 0:
            yield part[:width]
            yield None
            part = part[width:]
        yield part
        room -= width_of(part)


class Part(Protocol):
    """Something to show: its lines, for a terminal of that width."""

    def lines(self, width: int, paint: Paint) -> Iterator[str]:
        """The lines, none wider than `width` columns."""


class Line(NamedTuple):
    """A line, or more where it is long; what follows a number or a sign in front is set in."""

    text: str
    style: str = ""

    def lines(self, width: int, paint: Paint) -> Iterator[str]:
        """The text in lines."""
        leading = _LEADING.match(self.text)
        indent = " " * width_of(leading[0]) if leading else ""
        return (paint(line, self.style) for line in wrapped(self.text, width, indent))


def line(words: object, style: str = "") -> Line:
    """A line with text from a workbook in it."""
    return Line(shown(words), style)


def bold(words: object) -> Line:
    """The same as a heading."""
    return line(words, "bold")


BLANK = Line("")


class Head(NamedTuple):
    """A column: its heading, what stands in it, and what goes before its prose in a block (None: the heading)."""

    words: Text
    kind: Kind = "label"
    lead: str | None = None


class Table:
    """Rows under headings; as blocks where the columns have too little room."""

    def __init__(self, heads: Iterable[Head], lang: Lang) -> None:
        self.columns = [(head.words.to(lang), head) for head in heads]
        self.rows: list[list[Line]] = []

    def add_row(self, *cells: str | Line) -> None:
        """Add a row; a cell's style colours that cell."""
        self.rows.append(
            [line(cell) if isinstance(cell, str) else Line(shown(cell.text), cell.style) for cell in cells]
        )

    def lines(self, width: int, paint: Paint) -> Iterator[str]:
        """The table, or its blocks."""
        widths = self._widths(width)
        return self._blocks(width, paint) if widths is None else self._table(widths, paint)

    def _widths(self, width: int) -> list[int] | None:
        """The columns' widths; None where one would be too narrow to read."""
        columns = [[head, *(row[place].text for row in self.rows)] for place, (head, _) in enumerate(self.columns)]
        wanted = [max(map(_longest_line, texts)) for texts in columns]
        least = [
            min(most, max(READABLE[head.kind], *map(_unbroken if head.kind == "figure" else _longest_word, texts)))
            for most, texts, (_, head) in zip(wanted, columns, self.columns, strict=True)
        ]
        spare = width - len(GAP) * (len(columns) - 1) - sum(least)
        return None if spare < 0 else _given(least, wanted, spare)

    def _table(self, widths: Sequence[int], paint: Paint) -> Iterator[str]:
        yield from self._row([Line(head, "bold") for head, _ in self.columns], widths, paint)
        yield "-" * (sum(widths) + len(GAP) * (len(widths) - 1))
        for row in self.rows:
            yield from self._row(row, widths, paint)

    def _row(self, cells: Sequence[Line], widths: Sequence[int], paint: Paint) -> Iterator[str]:
        columns = [wrapped(cell.text, width) for cell, width in zip(cells, widths, strict=True)]
        for parts in zip_longest(*columns, fillvalue=""):
            made = ""
            for part, cell, width, (_, head) in zip(parts, cells, widths, self.columns, strict=True):
                space, text = " " * (width - width_of(part)), paint(part, cell.style)
                made += (space + text if head.kind == "figure" else text + space) + GAP
            yield made.rstrip()

    def _blocks(self, width: int, paint: Paint) -> Iterator[str]:
        """Each row: its labels on the first line, its figures with their headings on the next, then its prose.

        Advice that the next row would repeat is given once, after the last of them.
        """
        is_apart = False
        for place, row in enumerate(self.rows):
            if is_apart:
                yield ""
            below = self.rows[place + 1] if place + 1 < len(self.rows) else None
            is_apart = below is None or not self._same_advice(row, below)
            cells = [(name, head, cell) for (name, head), cell in zip(self.columns, row, strict=True) if cell.text]
            labels = [cell for _, head, cell in cells if head.kind == "label"]
            style = next((cell.style for cell in labels if cell.style), "bold")
            yield from (paint(text, style) for text in wrapped(GAP.join(cell.text for cell in labels), width, INDENT))
            yield from _items([f"{name} {cell.text}" for name, head, cell in cells if head.kind == "figure"], width)
            for name, head, cell in cells:
                if head.kind == "prose" and (is_apart or not head.lead):
                    lead = f"{name}: " if head.lead is None else head.lead
                    indent = INDENT + (" " * width_of(lead) if head.lead else "")
                    yield from (
                        paint(text, cell.style) for text in wrapped(f"{INDENT}{lead}{cell.text}", width, indent)
                    )

    def _same_advice(self, row: Sequence[Line], below: Sequence[Line]) -> bool:
        """Whether all that stands behind a sign is the same, and there is such."""
        advice = [
            (cell.text, other.text)
            for (_, head), cell, other in zip(self.columns, row, below, strict=True)
            if head.kind == "prose" and head.lead
        ]
        return any(text for text, _ in advice) and all(text == other for text, other in advice)


def _given(least: Sequence[int], wanted: Sequence[int], spare: int) -> list[int]:
    """Share the spare columns; the narrowest wish first, so that what it leaves goes to the others."""
    given = list(least)
    wishes = sorted((most - few, place) for place, (few, most) in enumerate(zip(least, wanted, strict=True)))
    for done, (wish, place) in enumerate(wishes):
        more = min(wish, spare // (len(wishes) - done))
        given[place] += more
        spare -= more
    return given


def _items(items: Sequence[str], width: int) -> Iterator[str]:
    """Items beside each other, none of them broken over two lines."""
    made = ""
    for item in items:
        if made and width_of(made) + len(GAP) + width_of(item) > width:
            yield made
            made = ""
        made = made + GAP + item if made else INDENT + item
    if made:
        yield made


def _longest_line(text: str) -> int:
    return max(map(width_of, text.split("\n")))


def _unbroken(text: str) -> int:
    """The width of a figure or of its heading: a Chinese heading is short and stays whole, an English one in words."""
    return _longest_word(text) if text.isascii() and " " in text else _longest_line(text)


def _longest_word(text: str) -> int:
    """The width of the longest piece, as far as long words are not cut anyway."""
    return max((min(width_of(piece), READABLE["prose"]) for piece in _pieces(text)), default=0)


def columns_here() -> int:
    """The width of the terminal; 80 where there is none."""
    given = os.environ.get("COLUMNS", "")
    try:
        width = int(given) if given.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # not a terminal, or no file at all
        width = 0
    return max(width, 20) if width else 80


def print_parts(parts: Iterable[Part]) -> None:
    """One below the other on the terminal, in colour where there is one."""
    width = columns_here()
    paint = _coloured if _takes_colour() else _plain
    for part in parts:
        for text in part.lines(width, paint):
            print(text)


def shown_text(parts: Iterable[Part]) -> str:
    """The same as plain text, for a file."""
    return "".join(f"{text}\n" for part in parts for text in part.lines(FILE_WIDTH, _plain))


def _takes_colour() -> bool:
    """A terminal that obeys colours: on Windows an old console prints their codes."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return False
    return os.name != "nt" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def _plain(text: str, style: str) -> str:
    del style
    return text


def _coloured(text: str, style: str) -> str:
    codes = ";".join(COLOURS[word] for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text
