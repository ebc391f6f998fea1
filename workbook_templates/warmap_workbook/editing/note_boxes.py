"""Where notes are shown: the boxes in an old-style drawing (VML), and what of a worksheet's markup their places need.

Excel reads a note's words from one part and its box from another; a note without a box is not shown.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import isfinite

from warmap_workbook.editing.package_edit import MAIN, RELATIONSHIPS, Edit, Element, elements
from warmap_workbook.ooxml import LAST_COLUMN, RangeRef, Reason, Unreadable, parse_range

# The children of a worksheet that come after `legacyDrawing` (ECMA-376, 18.3.1.99).
AFTER = frozenset(
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    }
)  # fmt: skip
PIXELS_A_CHARACTER, PIXELS_A_POINT = 7, 4 / 3
DEFAULT_COLUMN, DEFAULT_ROW = 64, 20  # pixels

DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
FIRST_ID, IDS_A_BLOCK = 1025, 1024  # Excel numbers shapes in blocks, each of which one drawing of a workbook owns
WIDTH, LINE, MARGIN = 330, 18, 14  # pixels
CHARACTERS_A_LINE, FEWEST_LINES, MOST_LINES = 46, 4, 24
_DECLARATIONS = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_END = re.compile(rb"</(?:[A-Za-z]+:)?xml\s*>\s*\Z")
_ID = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_BLOCK = re.compile(rb"""<o:idmap\b[^<>]{0,200}\bdata=["']([0-9]{1,6})""")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(slots=True)
class SheetMarkup:
    """One worksheet's markup; columns and rows count from 0, sizes are pixels. Unreadable for another kind of part."""

    data: bytes
    part: str
    root: Element = field(init=False)
    drawing: str | None = None
    merged: list[RangeRef] = field(default_factory=list)
    _columns: list[tuple[int, int, int]] = field(default_factory=list)
    _rows: dict[int, int] = field(default_factory=dict)
    _row: int = DEFAULT_ROW
    _before: int | None = None

    def __post_init__(self) -> None:
        wanted = {"col", "row", "mergeCell", *AFTER - {"extLst"}}
        self.root, *rest = elements(self.data, self.part, wanted)
        prefix = self.root.prefix.rstrip(":")
        if self.root.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns") != MAIN:
            raise Unreadable(Reason.corrupt, {"part": self.part, "problem": "namespace"})
        child = self.root
        for element in rest:
            child = element if len(element.parents) == 1 else child
            self._take(element, child)

    def _take(self, element: Element, child: Element) -> None:
        """Note what an element says; `child` is the child of the root that it is or stands in."""
        name, depth = element.name, len(element.parents)
        if depth == 1 and name == "legacyDrawing":
            self.drawing = element.attribute("id")
        elif depth == 1 and name in AFTER:
            self._stop_at(element)
        elif name in AFTER and element.parents[1] == "AlternateContent":
            self._stop_at(child)
        elif name == "mergeCell":
            with suppress(ValueError):
                self.merged.append(parse_range(element.attribute("ref")))
        elif name == "sheetFormatPr":
            self._row = round(_number(element.attribute("defaultRowHeight"), 15) * PIXELS_A_POINT)
        elif name == "col":
            first, last = (int(_number(element.attribute(end), 0)) - 1 for end in ("min", "max"))
            wide = 0 if element.attribute("hidden") in {"1", "true"} else _number(element.attribute("width"), 9.14)
            self._columns.append((first, last, int(wide * PIXELS_A_CHARACTER)))
        elif name == "row" and element.attribute("ht"):
            height = 0 if element.attribute("hidden") in {"1", "true"} else _number(element.attribute("ht"), 15)
            self._rows[int(_number(element.attribute("r"), 0)) - 1] = round(height * PIXELS_A_POINT)

    def _stop_at(self, element: Element) -> None:
        if self._before is None:
            self._before = element.start

    def shown_cell(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell is seen (rows and columns from 1): of merged ones that is the first."""
        for area in self.merged:
            if area.r1 <= row <= area.r2 and area.c1 <= column <= area.c2:
                return area.r1, area.c1
        return row, column

    def width(self, column: int) -> int:
        """Pixels of a column."""
        return next((wide for first, last, wide in self._columns if first <= column <= last), DEFAULT_COLUMN)

    def height(self, row: int) -> int:
        """Pixels of a row."""
        return self._rows.get(row, self._row)

    def with_drawing(self, relation: str) -> Edit:
        """The edit that makes the sheet show an old-style drawing."""
        tag = f'<{self.root.prefix}legacyDrawing xmlns:r="{RELATIONSHIPS}" r:id="{relation}"/>'
        place = self.root.inner_end if self._before is None else self._before
        return Edit(place, place, tag.encode())


def _number(text: str, default: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return default
    return number if isfinite(number) and 0 <= number <= LAST_COLUMN * 100 else default


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
