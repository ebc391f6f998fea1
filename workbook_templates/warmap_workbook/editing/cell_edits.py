"""Cells of a workbook written in place, and the results that follow from them; all else in the file keeps its bytes.

A cell keeps its format, and one that had none gets that of its row or column. Formulas stay: a cell that holds one gets
another result.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from warmap import TEMPLATE_VERSION
from warmap.layout import TAB
from warmap.parsing.cross import cross_findings
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.worksheet import Rows
from warmap.worksheet.score_functions import words_for
from warmap_workbook.computed import BLOCK, EXPLAINED, Block
from warmap_workbook.editing.harmless import made_harmless
from warmap_workbook.editing.package_edit import (
    UNWRITABLE,
    Edit,
    Element,
    PackageEdit,
    edited,
    elements,
    insert_last,
)
from warmap_workbook.ooxml import Book, ErrorValue, RangeRef, Sheet, cell_name, parse_range, parse_ref, read_book
from warmap_workbook.reading.checks.audit import template_language
from warmap_workbook.reading.checks.stored_results import ResultCheck, same
from warmap_workbook.reading.checks.tamper import FormulaCheck
from warmap_workbook.reading.read import WorkbookReader
from warmap_workbook.writing.build import LONGEST_CELL, build_workbook

Cell: TypeAlias = str | float | bool | ErrorValue | None
Cells: TypeAlias = Mapping[tuple[str, int, int], Cell]
"""What is written where: sheet, row and column from 1; None and '' empty a cell."""

_ROW_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # programs read _x0041_ as an escape for A (ECMA-376, 22.9.2.19)


def with_entries(workbook: bytes, cells: Cells) -> bytes:
    """The workbook with these entries and the results that its cells then show, without macros and outside targets.

    Raises Unreadable for what is no workbook. What is to stand on a sheet that is not there is left out.
    """
    edit = PackageEdit(workbook)
    put_cells(edit, cells)
    put_cells(edit, dict(_results(read_book(edit.content()))))
    made_harmless(edit)
    return edit.content()


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


# -- results -----------------------------------------------------------------------------------------------------------


def _results(book: Book) -> Iterator[tuple[tuple[str, int, int], Cell]]:
    """The computed cells of a book that show something else than they should, and what they should.

    Of an older template none are told: another method gave its results.
    """
    reader = WorkbookReader(book)
    reading = reader.read(entries_only=True)
    if reading.template_version != TEMPLATE_VERSION:
        return
    formulas = FormulaCheck(book, reading.places, template_language(book, reading.lang), TEMPLATE_VERSION)
    list(formulas.run())
    between = cross_findings(reading.map, reading.places)
    check = ResultCheck(formulas, reading.judgement, reading.lang, reader.sheets, reader.reads, between)
    cells = dict(_Others(formulas, reading).cells())
    for block, sheet, box, rows in check.expected():
        cells.update(_shown(formulas, block, (sheet, box), rows))
        if block.name == EXPLAINED and (place := formulas.found.get("wm_why")) is not None:
            words = words_for(block.function, rows[0][0], reading.lang, reading.judgement)
            cells.update(_shown(formulas, BLOCK["wm_why"], place, [[words]]))
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for (name, row, column), value in cells.items():
        if not same(sheets[name].value(row, column), value):
            yield (name, row, column), value


def _shown(
    formulas: FormulaCheck, block: Block, place: tuple[Sheet, RangeRef], rows: Rows
) -> Iterator[tuple[tuple[str, int, int], Cell]]:
    """The cells of a block, and their copies on the sheet of last values."""
    last = formulas.sheets.get("last")
    homes = [(place[0].name, place[1].r1, place[1].c1), *([(last.name, block.last_row, 1)] if last else [])]
    for sheet, top, left in homes:
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                yield (sheet, row, column), "" if value is None else value


class _Others:
    """The template's other formulas, whose results a fresh workbook of the same map has at the same places."""

    def __init__(self, formulas: FormulaCheck, reading: Reading) -> None:
        self.formulas, self.reading = formulas, reading

    @cached_property
    def fresh(self) -> Book:
        return read_book(build_workbook(self.reading.map, self.reading.lang, self.reading.settings))

    def cells(self) -> Iterator[tuple[tuple[str, int, int], Cell]]:
        for tab, cells in self.formulas.expected.others.items():
            sheet, own = self.formulas.sheets.get(tab), self.fresh.sheet(TAB[tab].name.to(self.reading.lang))
            if sheet is None or own is None:
                continue
            stored, moved = self.formulas.expected.stored[tab], self._moved(tab)
            for at, plain in cells.items():
                formula, template = sheet.formulas.get(at), own.formulas.get(at)
                if formula is None or template is None or template != stored.get(at):
                    continue
                if formula == template or self.formulas.known.plain(formula.text, sheet.name, *at) == plain:
                    for row, column in _cells_of(formula.array_ref, at):
                        yield (sheet.name, row, column), _plain(own.value(moved.get(row, row), column))

    def _moved(self, tab: str) -> dict[int, int]:
        """The rows of a tab's table, and the row where a fresh workbook, which leaves none blank, has the same entry."""
        code = next(iter(TAB[tab].tables), "")
        place, first = self.reading.places.get(code), TAB[tab].header_row + 1
        if not isinstance(place, TablePlace) or not place.rows or code == "stage_evidence":  # these are printed lines
            return {}
        blank = first + len(place.rows)
        return dict.fromkeys(range(first, place.rows[-1]), blank) | dict(zip(place.rows, count(first), strict=False))


def _cells_of(array: str | None, at: tuple[int, int]) -> Iterator[tuple[int, int]]:
    if not array:
        yield at
        return
    box = parse_range(array)
    yield from ((row, column) for row in range(box.r1, box.r2 + 1) for column in range(box.c1, box.c2 + 1))


def _plain(value: object) -> Cell:
    return value if isinstance(value, str | float | ErrorValue) else ""
