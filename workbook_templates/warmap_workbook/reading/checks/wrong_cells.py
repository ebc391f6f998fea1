"""Formula cells that are not as they should be, told in runs: every cell is counted, and one block of cells is one finding."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from warmap.findings import Finding
from warmap.parsing.entered import shown
from warmap.text import Text
from warmap_workbook.ooxml import RangeRef, Sheet, cell_name
from warmap_workbook.reading.checks.formula_text import Address

GONE = Text("公式不见了", "it is gone")
ONE_CELL = Text("{cell}", "{cell}")
CELLS = Text("{range}，共 {count} 格", "{range}, {count} cells")
CONSTANT, NOTHING = ("DV301", False), ("DV302", True)
MOST_QUOTED, MOST_RANGES = 3, 12


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One cell: what it belongs to, what stands there (a constant, another formula, or nothing), and what should."""

    code: str
    what: Text
    expected: str
    found: str | None

    @property
    def kind(self) -> tuple[str, bool]:
        """Cells of one kind are told together."""
        return self.code, self.found is None


@dataclass(slots=True)
class WrongCells:
    """Those of one sheet. `whole` is how the sheet is named when a run reaches over several subjects."""

    sheet: Sheet
    whole: Text
    formulas: int = 0
    """How many formula cells the template has on this sheet."""
    cells: dict[Address, WrongCell] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """One a run; one for the whole sheet where it was saved without any of its formulas."""
        kinds: dict[tuple[str, bool], list[Address]] = {}
        for at, cell in sorted(self.cells.items()):
            kinds.setdefault(cell.kind, []).append(at)
        if CONSTANT in kinds and kinds.keys() <= {CONSTANT, NOTHING} and len(self.cells) == self.formulas:
            kinds = {CONSTANT: [*kinds[CONSTANT], *kinds.get(NOTHING, ())]}
            yield self._finding(kinds[CONSTANT], runs(self.cells))
            return
        for places in kinds.values():
            for box in runs(places):
                inside = [(row, column) for row in range(box.r1, box.r2 + 1) for column in range(box.c1, box.c2 + 1)]
                yield self._finding(inside, [box])

    def _finding(self, places: Sequence[Address], boxes: Sequence[RangeRef]) -> Finding:
        cells = [self.cells[at] for at in places]
        first = cells[0]
        facts: dict[str, object] = {
            "what": first.what if all(cell.what == first.what for cell in cells) else self.whole,
            "cells": _told(boxes, len(places)),
            "count": len(places),
            "expected": shown(f"={first.expected}"),
        }
        if first.code == "DV301":
            values = list(dict.fromkeys(cell.found for cell in cells if cell.found is not None))
            facts["value"] = [*map(shown, values[:MOST_QUOTED]), *["…"] * (len(values) > MOST_QUOTED)]
        else:
            facts["found"] = GONE if first.found is None else shown(f"={first.found}")
        return Finding(first.code, self.sheet.name, cell_name(*places[0]), facts=facts)


def _told(boxes: Sequence[RangeRef], count: int) -> Text:
    if count == 1:
        return ONE_CELL.filled(cell=boxes[0].cells)
    names = [box.cells for box in boxes[:MOST_RANGES]]
    more = " …" if len(boxes) > MOST_RANGES else ""
    return CELLS.filled(range=", ".join(names) + more, count=count)


def runs(places: Iterable[Address]) -> list[RangeRef]:
    """The rectangles that cells make up: first down each column, then side by side where they are as high."""
    columns: list[RangeRef] = []
    for row, column in sorted(places, key=lambda at: (at[1], at[0])):
        last = columns[-1] if columns else None
        if last is not None and (last.c1, last.r2) == (column, row - 1):
            columns[-1] = last._replace(r2=row)
        else:
            columns.append(RangeRef(None, row, column, row, column))
    boxes: list[RangeRef] = []
    for box in sorted(columns, key=lambda box: (box.r1, box.r2, box.c1)):
        last = boxes[-1] if boxes else None
        if last is not None and (last.r1, last.r2, last.c2) == (box.r1, box.r2, box.c1 - 1):
            boxes[-1] = last._replace(c2=box.c2)
        else:
            boxes.append(box)
    return sorted(boxes, key=lambda box: (box.r1, box.c1))
