"""Cells of a workbook written in place; all else in the file keeps its bytes.

A cell keeps its format, and one that had none gets that of its row or column. Formulas stay: a cell that holds one gets
another result.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from warmap_workbook.editing.package_edit import (
    UNWRITABLE,
    Edit,
    Element,
    PackageEdit,
    edited,
    elements,
    insert_last,
)
from warmap_workbook.ooxml import ErrorValue, cell_name, parse_ref
from warmap_workbook.writing.build import LONGEST_CELL

Cell: TypeAlias = str | float | bool | ErrorValue | None
Cells: TypeAlias = Mapping[tuple[str, int, int], Cell]
"""What is written where: sheet, row and column from 1; None and '' empty a cell."""

_ROW_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # programs read _x0041_ as an escape for A (ECMA-376, 22.9.2.19)


def as_written(words: str) -> str:
    """A text as a file can hold it, and as it is read from there again."""
    return UNWRITABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_CELL]


def put_cells(edit: PackageEdit, cells: Cells) -> None:
    """Write cells; sheets without any of them keep their bytes."""
    for sheet in edit.worksheets():
        own = {(row, column): value for (name, row, column), value in cells.items() if name == sheet.name}
        if own and sheet.part in edit:
            edit.put(sheet.part, _SheetCells(edit.read(sheet.part), sheet.part).written(own))


class _SheetCells:
    """The markup of one sheet."""

    def __init__(self, data: bytes, part: str) -> None:
        self.data = data
        found = elements(data, part, {"sheetData", "col", "row", "c", "f"})
        self.holder = next(one for one in found if one.name == "sheetData")
        self.columns = [one for one in found if one.name == "col"]
        self.rows: dict[int, Element] = {}
        self.cells: dict[int, dict[int, Element]] = {}
        self.formulas: dict[tuple[int, int], Element] = {}
        row = column = 0
        for one in found:
            if one.name == "row" and one.parents[-1:] == ("sheetData",):
                row, column = int(one.attribute("r") or row + 1), 0
                self.rows[row] = one
                self.cells[row] = {}
            elif one.name == "c" and one.parents[-1:] == ("row",):
                column = parse_ref(one.attribute("r"))[1] if one.attribute("r") else column + 1
                self.cells[row][column] = one
            elif one.name == "f" and one.parents[-1:] == ("c",):
                self.formulas[row, column] = one

    def written(self, cells: Mapping[tuple[int, int], Cell]) -> bytes:
        """The part with these cells."""
        by_row: dict[int, dict[int, Cell]] = {}
        for (row, column), value in sorted(cells.items()):
            by_row.setdefault(row, {})[column] = value
        edits: list[Edit] = []
        fresh: dict[int, list[bytes]] = {}  # by the row before which they come, 0 for the end
        for row, values in by_row.items():
            if row in self.rows:
                edits += self._into_row(row, values)
            elif new := b"".join(self._cell(row, column, value) for column, value in values.items()):
                p = self.holder.prefix
                after = min((number for number in self.rows if number > row), default=0)
                fresh.setdefault(after, []).append(f'<{p}row r="{row}">'.encode() + new + f"</{p}row>".encode())
        for after, rows in fresh.items():
            markup = b"".join(rows)
            start = self.rows[after].start if after else 0
            edits.append(Edit(start, start, markup) if after else insert_last(self.holder, self.data, markup))
        # stable: what is put in before a row comes before what changes in it
        return edited(self.data, sorted(edits, key=lambda one: (one.start, one.end)))

    def _into_row(self, row: int, values: Mapping[int, Cell]) -> Iterator[Edit]:
        element, there = self.rows[row], self.cells[row]
        last: list[bytes] = []
        for column, value in values.items():
            old, new = there.get(column), self._cell(row, column, value)
            after = min((other for other in there if other > column), default=0)
            if old is not None:
                yield Edit(old.start, old.end, new)
            elif after:
                yield Edit(there[after].start, there[after].start, new)
            else:
                last.append(new)
        if last:
            yield insert_last(element, self.data, b"".join(last))
        tag = _ROW_TAG.match(self.data, element.start)
        if tag is not None and element.inner_end != element.end and (without := _SPANS.sub(b"", tag[0])) != tag[0]:
            yield Edit(element.start, tag.end(), without)

    def _cell(self, row: int, column: int, value: Cell) -> bytes:
        """The markup of a cell; nothing for a blank one that is not there."""
        p, old, formula = self.holder.prefix, self.cells.get(row, {}).get(column), self.formulas.get((row, column))
        if old is None and value in (None, ""):
            return b""
        kept = {} if old is None else {name: said for name, said in old.attributes.items() if name in {"s", "cm"}}
        style = kept.pop("s", None) if old is not None else self._style(row, column)
        attributes = {"r": cell_name(row, column), **({"s": style} if style else {}), **kept}
        body = b"" if formula is None else self.data[formula.start : formula.end]
        if isinstance(value, str) and (value or formula is not None):
            words = escape(_ESCAPED.sub("_x005F_", as_written(value)))
            attributes["t"] = "inlineStr" if formula is None else "str"
            text = f'<{p}is><{p}t xml:space="preserve">{words}</{p}t></{p}is>'
            body += (text if formula is None else f"<{p}v>{words}</{p}v>").encode()
        elif isinstance(value, ErrorValue):
            attributes["t"] = "e"
            body += f"<{p}v>{value.code}</{p}v>".encode()
        elif isinstance(value, bool):
            attributes["t"] = "b"
            body += f"<{p}v>{value:d}</{p}v>".encode()
        elif value is not None and value != "":
            body += f"<{p}v>{value!r}</{p}v>".encode()
        said = " ".join(f"{name}={quoteattr(text)}" for name, text in attributes.items())
        return f"<{p}c {said}>".encode() + body + f"</{p}c>".encode()

    def _style(self, row: int, column: int) -> str:
        """The format that a cell has which is not stored: its row's, else its column's."""
        own = self.rows.get(row)
        if own is not None and own.attribute("customFormat") in {"1", "true"}:
            return own.attribute("s")
        return next(
            (one.attribute("style") for one in self.columns
             if int(one.attribute("min") or 0) <= column <= int(one.attribute("max") or 0)), "",
        )  # fmt: skip
