"""The fast way through a sheet written as Excel, LibreOffice, openpyxl and XlsxWriter write it.

The cell table is cut at its rows and cells; every piece must be one of the forms these programs use, so that the whole
table is proven while it is read, and the rest of the part goes to the XML parser. Anything else, however small, sends
the sheet to the reader of XML trees, which alone knows the odd forms and says what is wrong.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from .cellforms import NOTHING, CellForms, Content
from .cells import read_cells
from .formulas import FormulaReader
from .limits import Limits
from .plaintext import NOT_XML, NotPlain
from .references import NEAR_COLUMNS
from .sheet import Sheet
from .tables import Tables
from .unreadable import Unreadable
from .values import Formula, Value
from .xmlpart import MAIN_NAMESPACES, check_xml, has_much, local_name, namespace, parse_checked, parse_xml

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_ROW, _CELL, _ROW_END = '<row r="', '<c r="', "</row>"
_LONGEST_ROW = 7  # digits of a row's number
_MOST_ROWS = 20_000
_MOST_FORMS, _LONGEST_FORM = 4_096, 2_048
_ATTRIBUTES = re.compile(r'(?: (?:x14ac:dyDescent|[A-Za-z]++)="[^"<>&]*+")*+ ?+(?:>|></row>|/>)')
_NAME = re.compile(r' ([A-Za-z:0-9]+)="')
_BLANK_CELLS = re.compile(
    r'[A-Z]{1,3}" s="[0-9]++"(?: t="n")?+ ?+/>(?:<c r="[A-Z]{1,3}" s="[0-9]++"(?: t="n")?+ ?+/>)*+'
)
_COLUMN = re.compile(r'([A-Z]+)" s=')
_LONGEST_REMEMBERED = 1 << 15


def read_sheet(data: bytes, sheet: Sheet, tables: Tables, part: str) -> None:
    """Fill a sheet from its part, the fast way where that is proven to give the same."""
    table = _plain_table(data, tables.limits)
    if table is None or not _read_quickly(table, sheet, tables):
        check_xml(data, part, tables.limits)
        read_cells(parse_checked(data, part), sheet, tables, part)


def _plain_table(data: bytes, limits: Limits) -> str | None:
    """Inside of the only cell table of a well-formed part; None otherwise, and where there is too much of it."""
    start = data.find(_OPEN) + len(_OPEN)
    end = data.rfind(_CLOSE)
    if not len(_OPEN) <= start <= end or data.count(b"sheetData") != len((_OPEN, _CLOSE)) or has_much(data, limits):
        return None
    inside = data[start:end]
    if len(inside.translate(None, NOT_XML)) != len(inside):
        return None
    rest = data[:start] + data[end:]
    is_sheet = _is_sheet if len(rest) <= _LONGEST_REMEMBERED else _is_sheet.__wrapped__
    try:
        return inside.decode("utf-8") if is_sheet(rest, limits) else None
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=512)
def _is_sheet(rest: bytes, limits: Limits) -> bool:
    """Whether a part whose cell table was taken out is well-formed, with that table where it belongs.

    Remembered, for from one submitted workbook to the next it seldom differs. Without a prefix in its tag, the table's
    namespace is the one that its rows and cells are in, too.
    """
    try:
        root = parse_xml(rest, "", limits)
    except Unreadable:
        return False
    tables_found = [child for child in root if local_name(child.tag) == "sheetData"]
    return len(tables_found) == 1 and namespace(tables_found[0]) in MAIN_NAMESPACES and tables_found[0].text is None


def _read_quickly(table: str, sheet: Sheet, tables: Tables) -> bool:
    """Read a table; False, and the sheet untouched, at the first piece that needs the other reader's care."""
    draft = Sheet(sheet.name, sheet.state, sheet.kind)
    formulas = FormulaReader(draft, tables.limits, tables.formula_text)
    try:
        found = _Quick(draft, tables, formulas).read(table)
    except (NotPlain, ParseError):
        return False
    if tables.cells + found > tables.limits.cells or len(draft.formulas) > tables.limits.cells:
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


class _RowNumbers(dict[str, int]):
    """Numbers of rows as they are written; NotPlain for what is none."""

    def __missing__(self, digits: str) -> int:
        if not (digits.isdecimal() and digits.isascii() and digits[0] != "0" and len(digits) <= _LONGEST_ROW):
            raise NotPlain
        if len(self) < _MOST_ROWS:
            self[digits] = int(digits)
        return int(digits)


_ROW_NUMBERS = _RowNumbers()


class _RowAttributes(dict[str, bool]):
    """Whether cells may follow what stands in a row's tag after its number; no attribute twice, and no namespace."""

    def __missing__(self, text: str) -> bool:
        names = _NAME.findall(text)
        if not _ATTRIBUTES.fullmatch(text) or len({"r", "xmlns", *names}) != len(names) + 2:
            raise NotPlain
        is_open = not text.endswith(("/>", _ROW_END))
        if len(self) < _MOST_FORMS and len(text) <= _LONGEST_FORM:
            self[text] = is_open
        return is_open


_ROW_ATTRIBUTES = _RowAttributes()


class _BlankRows(dict[str, int]):
    """How many cells a row has that holds styled ones only, by how it is written without its number; 0 for any other."""

    def __missing__(self, plain: str) -> int:
        letters = _COLUMN.findall(plain)
        columns = [NEAR_COLUMNS.get(letter, 0) for letter in letters]
        is_blank = _BLANK_CELLS.fullmatch(plain) and min(columns) >= 1 and columns == sorted(set(columns))
        cells = len(columns) if is_blank else 0
        if len(self) < _MOST_FORMS and len(plain) <= _LONGEST_FORM:
            self[plain] = cells
        return cells


_BLANK_ROWS = _BlankRows()


class _Quick:
    """Reads a cell table piece by piece; NotPlain at the first that is out of order, out of bounds, or of another form."""

    def __init__(self, sheet: Sheet, tables: Tables, formulas: FormulaReader) -> None:
        self._sheet = sheet
        self._formulas = formulas
        self._forms = tables.forms = tables.forms or CellForms(tables)
        self._rows, self._columns = tables.limits.rows, tables.limits.columns

    def read(self, table: str) -> int:
        """Count of the values read."""
        first, *lines = table.split(_ROW)
        if first:
            raise NotPlain
        count = row = 0
        is_open = _ROW_ATTRIBUTES
        for line in lines:
            start, cell, body = line.partition(_CELL)
            digits, _, attributes = start.partition('"')
            last, row = row, _ROW_NUMBERS[digits]
            if row <= last or is_open[attributes] is not bool(cell):
                raise NotPlain
            if not cell:
                continue
            if not body.endswith(_ROW_END):
                raise NotPlain
            body = body[: -len(_ROW_END)]
            if "<v" in body or "<f" in body or "<is" in body or not self._is_blank(body, digits):
                count += self._read_row(body, row, digits)
        return count

    def _is_blank(self, body: str, digits: str) -> bool:
        """Whether a row holds nothing but styled cells, in order and within bounds; most rows of a table do."""
        plain = body.replace(f'{digits}" s="', '" s="')
        cells = _BLANK_ROWS[plain]
        return cells > 0 and len(body) - len(plain) == cells * len(digits)

    def _read_row(self, body: str, row: int, digits: str) -> int:
        """Read the cells of one row; give the count of values. The inner loop: a call per cell would cost a tenth."""
        letters, known = NEAR_COLUMNS, self._forms.known
        cells: dict[int, Value] = {}
        last = 0
        for piece in body.split(_CELL):
            name, _, tail = piece.partition('"')
            if (letter := name.removesuffix(digits)) == name or (column := letters.get(letter, 0)) <= last:
                raise NotPlain  # out of order or too far out, or a cell of another row
            last = column
            content = known.get(tail)
            if content is None:
                content = self._forms.learnt(tail)
            if not isinstance(content, tuple):
                cells[column] = content
            elif content is not NOTHING:
                self._take(row, column, content, cells)
        if last > self._columns or row > self._rows:
            raise NotPlain
        if cells:
            self._sheet.rows[row] = cells
        return len(cells)

    def _take(self, row: int, column: int, content: Content, cells: dict[int, Value]) -> None:
        """Put into its place what a cell holds that is more than a value."""
        value, formula, is_date = content
        if value is not None:
            cells[column] = value
            if is_date:
                self._sheet.date_cells.add((row, column))
        if isinstance(formula, Formula):
            self._formulas.keep(row, column, formula)
        elif formula is not None:
            self._formulas.read(formula, row, column)
