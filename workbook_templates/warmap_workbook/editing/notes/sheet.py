"""What of a worksheet's markup a note depends on: merged cells, sizes of columns and rows, and where a drawing belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from warmap_workbook.editing.notes.markup import Edit, Element, elements
from warmap_workbook.editing.notes.parts import RELATIONSHIPS
from warmap_workbook.ooxml import LAST_COLUMN, RangeRef, Reason, Unreadable, parse_range

# The children of a worksheet that come after `legacyDrawing` (ECMA-376, 18.3.1.99).
AFTER = frozenset(
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    }
)  # fmt: skip
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PIXELS_A_CHARACTER, PIXELS_A_POINT = 7, 4 / 3
DEFAULT_COLUMN, DEFAULT_ROW = 64, 20  # pixels


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
        for place, element in enumerate(rest):
            self._take(element, rest[:place])

    def _take(self, element: Element, earlier: list[Element]) -> None:
        name, depth = element.name, len(element.parents)
        if depth == 1 and name == "legacyDrawing":
            self.drawing = element.attribute("id")
        elif depth == 1 and name in AFTER:
            self._stop_at(element)
        elif name in AFTER and element.parents[1] == "AlternateContent":
            self._stop_at(next(one for one in reversed(earlier) if len(one.parents) == 1))
        elif name == "mergeCell":
            self._merge(element.attribute("ref"))
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

    def _merge(self, ref: str) -> None:
        try:
            self.merged.append(parse_range(ref))
        except ValueError:
            return

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
