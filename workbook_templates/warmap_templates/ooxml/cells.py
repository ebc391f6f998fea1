"""From a sheet's XML to its cells. The inner loop is written for speed: most of a reading is spent in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .dates import iso_to_serial
from .cellformulas import FormulaReader
from .references import cell_name, column_letter, parse_ref
from .sheet import Note, Sheet
from .strings import rich_text, unescape
from .unreadable import Reason, Unreadable
from .values import ErrorValue, Value
from .xmlpart import MAIN_NAMESPACES, local_name, namespace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from .limits import Limits

_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_COLUMNS = {column_letter(number): number for number in range(1, 1025)}
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


@dataclass(slots=True)
class Tables:
    """What the cells of all sheets refer to, and how much of the limits is used up."""

    limits: Limits
    strings: dict[str, str] | None
    date_styles: frozenset[str]
    date1904: bool
    cells: int = 0
    formula_text: int = 0


def number(text: str) -> float | None:
    """A finite number as the format writes it, None otherwise: `float` alone would take 'NaN', 'INF' and '1_000'."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found - found == 0.0 and "_" not in text and text.isascii() else None


def read_cells(root: Element, sheet: Sheet, tables: Tables, part: str) -> None:
    """Fill a sheet from the root element of its part. Unreadable when it has no cell table or breaks a limit."""
    tables_found = [child for child in root if local_name(child.tag) == "sheetData"]
    if not tables_found:
        raise Unreadable(Reason.corrupt, {"part": part, "sheet": sheet.name, "problem": "sheetData"})
    for data in tables_found:
        if namespace(data) not in MAIN_NAMESPACES:
            raise Unreadable(Reason.corrupt, {"part": part, "sheet": sheet.name, "problem": "namespace"})
        _CellReader(sheet, tables, f"{{{namespace(data)}}}").read(data)
    sheet.was_read = True


class _CellReader:
    """Reads one cell table. `_read_row` and `_value` run once for every row and every cell with content."""

    def __init__(self, sheet: Sheet, tables: Tables, prefix: str) -> None:
        self._sheet = sheet
        self._limits = tables.limits
        self._tables = tables
        self._strings = {} if tables.strings is None else tables.strings
        self._date_styles = tables.date_styles
        self._prefix = prefix
        self._tag_value, self._tag_formula, self._tag_inline = (prefix + name for name in ("v", "f", "is"))
        self._formulas = FormulaReader(sheet, tables.limits.text_length, tables.limits.formula_text)

    def read(self, data: Element) -> None:
        tag = self._prefix + "row"
        self._formulas.spent = self._tables.formula_text
        row = 0
        for element in data:
            if element.tag != tag:
                self._foreign(element)
                continue
            written = element.get("r")
            if written is None:
                row += 1
            elif _ROW_NUMBER.fullmatch(written):
                row = int(written)
            else:
                raise Unreadable(Reason.corrupt, {"sheet": self._sheet.name, "row": written[:20]})
            if len(element):
                self._read_row(element, row)
        self._formulas.finish()
        self._tables.formula_text = self._formulas.spent

    def _read_row(self, row_cells: Iterable[Element], row: int) -> None:
        """Read the cells of one row. A cell whose reference names another row is put there afterwards."""
        tag, digits = self._prefix + "c", str(row)
        cut = -len(digits)
        columns, value_of = _COLUMNS, self._value
        cells = self._sheet.rows.get(row, {})
        # Only a cell that does not stand right of all before it can be there twice.
        rightmost = _FAR if cells else 0
        column = 0
        strays: list[tuple[int, Element]] = []
        for cell in row_cells:
            if cell.tag != tag:
                self._foreign(cell)
                continue
            written = cell.get("r")
            if written is None:
                column += 1
            elif not written.endswith(digits) or not (column := columns.get(written[:cut], 0)):
                own_row, column = self._place(written)
                if own_row != row:
                    strays.append((own_row, cell))
                    continue
            if not len(cell):
                continue
            if column <= rightmost:
                self._read_again(cell, row, column, cells)
                continue
            value = value_of(cell, row, column)
            if value is not None:
                cells[column] = value
            rightmost = column
        self._keep(row, cells, rightmost)
        for own_row, cell in strays:
            self._sheet.note(Note.cell_in_another_row)
            self._read_row([cell], own_row)
