"""The boxes in which notes are shown: Excel takes them from an old-style drawing (VML) beside the notes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from warmap_workbook.editing.notes.sheet import SheetMarkup
from warmap_workbook.ooxml import Reason, Unreadable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
FIRST_ID, IDS_A_BLOCK = 1025, 1024
WIDTH, LINE, MARGIN = 330, 18, 14  # pixels
CHARACTERS_A_LINE, FEWEST_LINES, MOST_LINES = 46, 4, 24
_DECLARATIONS = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_END = re.compile(rb"</(?:[A-Za-z]+:)?xml\s*>\s*\Z")
_ID = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_BLOCK = re.compile(rb"""<o:idmap\b[^>]*\bdata=["']([0-9]{1,6})""")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def new_drawing(block: int, shapes: Iterable[str]) -> bytes:
    """A drawing with shapes whose numbers are those of a block of 1024."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _DECLARATIONS.items())
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    return f"<xml {names}>{layout}{_SHAPE_TYPE}{''.join(shapes)}</xml>".encode()


def more_shapes(drawing: bytes, cells: Mapping[tuple[int, int], str], sheet: SheetMarkup) -> bytes:
    """A drawing with boxes for more cells; all that was in it stays. Unreadable where it has no end."""
    end = _END.search(drawing)
    if end is None:
        raise Unreadable(Reason.corrupt, {"problem": "drawing"})
    declared = "".join(
        f' xmlns:{prefix}="{name}"'
        for prefix, name in _DECLARATIONS.items()
        if not re.search(rf"""xmlns:{prefix}\s*=\s*["']{re.escape(name)}["']""".encode(), drawing[:2000])
    )
    first = max([FIRST_ID - 1, *(int(number) for number in _ID.findall(drawing))]) + 1
    shapes = shapes_for(cells, sheet, first, declared)
    kind = "" if b"_x0000_t202" in drawing else _SHAPE_TYPE.replace("<v:shapetype", f"<v:shapetype{declared}")
    return drawing[: end.start()] + (kind + "".join(shapes)).encode() + drawing[end.start() :]


def block_of(drawing: bytes) -> int:
    """The highest block of numbers that a drawing uses."""
    return max((int(number) for number in _BLOCK.findall(drawing)), default=0)


def shapes_for(cells: Mapping[tuple[int, int], str], sheet: SheetMarkup, first: int, declared: str = "") -> list[str]:
    """A hidden box for each cell (row and column from 1), as high as its text needs."""
    return [
        _shape(first + place, declared, _anchor(row, column, _height(text), sheet), row, column)
        for place, ((row, column), text) in enumerate(cells.items())
    ]


def _shape(number: int, declared: str, anchor: str, row: int, column: int) -> str:
    return (
        f'<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{WIDTH * 3 // 4}pt;height:80pt;'
        'z-index:1;visibility:hidden" fillcolor="#fff3dc" o:insetmode="auto"><v:fill color2="#fff3dc"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _height(text: str) -> int:
    wide = (sum(1 + (sign > "\u2e7f") for sign in line) for line in text[:4000].split("\n"))
    lines = sum(1 + line // CHARACTERS_A_LINE for line in wide)
    return MARGIN + LINE * min(max(lines, FEWEST_LINES), MOST_LINES)


def _anchor(row: int, column: int, height: int, sheet: SheetMarkup) -> str:
    """From the cell's upper right: column, pixels, row, pixels of two corners, counted from 0."""
    top = max(row - 2, 0)
    left, right = _reach(column, 12, WIDTH, sheet.width)
    upper, lower = _reach(top, 8, height, sheet.height)
    corners = (left, upper, right, lower)
    return ", ".join(f"{place}, {pixels}" for place, pixels in corners)


def _reach(place: int, offset: int, length: int, size: Callable[[int], int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a stretch begins and ends, over columns or rows of their sizes."""
    begin = (place, min(offset, max(size(place) - 1, 0)))
    left = begin[1] + length
    last = place
    while left > size(last) and last < place + 200:
        left -= size(last)
        last += 1
    return begin, (last, left)
