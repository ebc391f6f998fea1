"""The fast way through a sheet written as Excel, LibreOffice, openpyxl and XlsxWriter write it.

One pattern proves that the cell table holds nothing but rows and cells in the form they use; a second then picks the
cells out, and the rest of the part goes to the XML parser. Anything else, however small, sends the sheet to the
reader of XML trees, which alone knows the odd forms and says what is wrong. It takes about a third of the time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import XML, ParseError

from .cells import read_cells
from .formulas import FormulaReader
from .references import NEAR_COLUMNS
from .sheet import Sheet
from .strings import unescape
from .tables import BOOLEANS, number
from .unreadable import Unreadable
from .values import ErrorValue, Value
from .xmlpart import MAIN_NAMESPACES, check_xml, local_name, namespace, parse_checked

if TYPE_CHECKING:
    from .tables import Tables

_TEXTS = ("str", "inlineStr")
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_FORMULA = r"<f(?: [^<>]*+)?+>(?:[^<>]*+</f>)?+"
_CELL = (
    r'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]++")?+(?:'
    r' t="inlineStr"><is><t(?: xml:space="preserve")?+>[^<>]*+</t></is></c>'
    r'|(?: t="(?:n|s|b|e|str)")?+(?: (?:cm|vm)="[0-9]++")*+ ?+'
    rf"(?:/>|>(?:{_FORMULA})?+(?:<v>[^<>]*+</v>|<v ?+/>)?+</c>))"
)
_ATTRIBUTE = r'(?:x14ac:dyDescent|[A-Za-z]++)="[^"<>&]*+"'
_ROW = rf'<row(?![^<>]*? ([A-Za-z:]++)=[^<>]*? \1=) r="[1-9][0-9]{{0,6}}"(?: {_ATTRIBUTE})*+ ?+'  # no attribute twice
_TABLE = re.compile(rf"(?:{_ROW}(?:/>|>(?:{_CELL})*+</row>))*+")
# Row; column and row of a cell, its style and type, its formula, the tag of its value, the value, or an empty one.
_PIECE = re.compile(
    r'<row r="([0-9]++)"|<c r="([A-Z]++)([0-9]++)"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+[^<>/]*+>'
    rf"((?:{_FORMULA})?+)(?:<(v|is><t[^<>]*+)>([^<>]*+)|(<v ?+/>))?+"
)
# Characters that XML forbids, and the carriage return, which the parser turns into a line feed.
_NOT_XML = bytes(code for code in range(32) if code not in b"\t\n")


def read_sheet(data: bytes, sheet: Sheet, tables: Tables, part: str) -> None:
    """Fill a sheet from its part, the fast way where that is proven to give the same."""
    check_xml(data, part, tables.limits)
    table = _plain_table(data, part)
    if table is None or not _read_quickly(table, sheet, tables):
        read_cells(parse_checked(data, part), sheet, tables, part)


def _plain_table(data: bytes, part: str) -> str | None:
    """Inside of the cell table, when it is one of plain rows and cells in a well-formed part; None otherwise."""
    start = data.find(_OPEN) + len(_OPEN)
    end = data.rfind(_CLOSE)
    if not len(_OPEN) <= start <= end or data.count(b"sheetData") != len((_OPEN, _CLOSE)):
        return None
    inside = data[start:end]
    if len(inside.translate(None, _NOT_XML)) != len(inside):
        return None
    try:
        table = inside.decode("utf-8")
        rest = parse_checked(data[:start] + data[end:], part)
    except (UnicodeDecodeError, Unreadable):
        return None
    # Without a prefix in its tag, the table's namespace is the one that its rows and cells are in, too.
    tables_found = [child for child in rest if local_name(child.tag) == "sheetData"]
    if len(tables_found) != 1 or namespace(tables_found[0]) not in MAIN_NAMESPACES or tables_found[0].text is not None:
        return None
    return table if _TABLE.fullmatch(table) else None


def _read_quickly(table: str, sheet: Sheet, tables: Tables) -> bool:
    """Read a proven table; False, and the sheet untouched, at the first cell that needs the other reader's care."""
    draft = Sheet(sheet.name, sheet.state, sheet.kind)
    formulas = FormulaReader(draft, tables.limits, tables.formula_text)
    try:
        found = _Quick(draft, tables, formulas).read(table)
    except ParseError:
        return False
    if found is None or tables.cells + found > tables.limits.cells or len(draft.formulas) > tables.limits.cells:
        return False
    formulas.finish()
    tables.cells += found
    tables.formula_text = formulas.spent
    sheet.rows, sheet.formulas, sheet.date_cells, sheet.notes = (
        draft.rows,
        draft.formulas,
        draft.date_cells,
        draft.notes,
    )
    sheet.was_read = True
    return True


class _Quick:
    """Picks the cells out of a proven table."""

    def __init__(self, sheet: Sheet, tables: Tables, formulas: FormulaReader) -> None:
        self._sheet = sheet
        self._tables = tables
        self._formulas = formulas

    def read(self, table: str) -> int | None:  # noqa: C901, PLR0912 - the inner loop: a call per cell costs a tenth
        """Count of the values read; None when a cell is out of order, out of bounds, or holds what it should not."""
        columns, strings, date_styles = NEAR_COLUMNS, self._tables.strings or {}, self._tables.date_styles
        dates, limits = self._sheet.date_cells, self._tables.limits
        cells: dict[int, Value] = {}
        value: Value | None
        count = row = last = 0
        row_digits = ""
        for new_row, letters, digits, style, kind, formula, tag, text, empty in _PIECE.findall(table):
            if new_row:
                if int(new_row) <= row:
                    return None
                count += len(cells)
                row, row_digits, last, cells = int(new_row), new_row, 0, {}
                continue
            column = columns.get(letters, 0)
            if column <= last or digits != row_digits or column > limits.columns or row > limits.rows:
                return None
            last = column
            if formula:
                self._read_formula(formula, row, column)
            if kind == "s":
                value = strings.get(text)
            elif not text:
                if kind not in _TEXTS or not (tag or empty):
                    continue
                value = ""
            elif kind in ("", "n"):
                value = number(text)
                if (style or "0") in date_styles:
                    dates.add((row, column))
            else:
                value = self._less_common(kind, text)
            if value is None:
                return None
            if not cells:
                self._sheet.rows[row] = cells
            cells[column] = value
        return count + len(cells)

    def _read_formula(self, markup: str, row: int, column: int) -> None:
        if markup.startswith("<f>") and markup.endswith("</f>") and "&" not in markup:
            text = markup[3:-4]
            if text:
                self._formulas.add(row, column, text)
        else:
            self._formulas.read(XML(markup), row, column)

    def _less_common(self, kind: str, text: str) -> Value | None:
        if "&" in text:
            text = XML(f"<v>{text}</v>").text or ""
        if kind == "b":
            return BOOLEANS.get(text)
        if len(text) > self._tables.limits.text_length or (kind == "e" and not text.strip()):
            return None
        return ErrorValue(text.strip()) if kind == "e" else unescape(text)
