"""Columns among the competitors that hold scores and bear no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warmap.findings import Finding
from warmap.model import MAX_COMPETITORS, Table
from warmap.parsing.convert import is_blank
from warmap.parsing.headers import Grid, Header
from warmap.parsing.places import TablePlace
from warmap.text import Text

NAME_OF_COMPETITOR = Text("竞争对手的名称", "the name of a competitor")


def nameless(table: Table, grid: Grid, header: Header, numbers: Sequence[int]) -> Iterator[Finding]:
    """DV102 for a column among the competitors that has scores and no name: nobody's scores count for nothing."""
    start, taken = header.columns.get("our_score"), set(header.columns.values())
    if start is None or not numbers:
        return
    lines = [grid.rows[number - grid.top] for number in numbers]
    for index in range(start + 1, start + 1 + MAX_COMPETITORS):
        if index in taken:
            continue
        if not is_blank(_at(grid.rows[header.row], index)):
            return  # another table begins
        if any(not is_blank(_at(cells, index)) for cells in lines):
            at = TablePlace(grid.sheet, {"": grid.left + index}, [grid.top + header.row]).cell(0, "")
            facts = {"table": table.label, "header": NAME_OF_COMPETITOR}
            yield Finding("DV102", grid.sheet, at, "scores", facts)


def _at(cells: Sequence[object], index: int) -> object:
    return cells[index] if index < len(cells) else None
