"""From a sheet's part to its cells, and to the text in them: one way, for every form in which a cell can be written.

Sheets are ECMA-376 part 1, 18.3.1. Some of what files do besides is read as well as can be and counted in `Sheet.notes`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element

from warmap.parsing.days import DateSystem
from warmap_workbook.ooxml.formulas import FormulaReader
from warmap_workbook.ooxml.number_formats import DATE, NumberFormat
from warmap_workbook.ooxml.references import NEAR_COLUMNS, cell_name, parse_ref
from warmap_workbook.ooxml.sheet import ErrorValue, Note, OddValue, Sheet, Value
from warmap_workbook.ooxml.styles import iso_to_serial
from warmap_workbook.ooxml.unreadable import Fact, Limits, Reason, Unreadable
from warmap_workbook.ooxml.xmlpart import MAIN_NAMESPACES, local_name, main_prefix, namespace, parse_xml

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_FAR = 1 << 20
MOST_KEPT = 200  # characters of a cell that is only told
MOST_MERGES = 10_000  # of one sheet: a table of ours has a few hundred rows
_MISFITS = {"n": Note.not_a_number, "b": Note.not_a_boolean, "d": Note.not_a_date}


@dataclass(slots=True)
class CellTables:
    """What the cells of all sheets of a book refer to, and how much of the limits they have used up."""

    limits: Limits
    strings: Mapping[str, str] | None
    """Shared strings by their index as cells write it; None where the book has no such part."""
    formats: Mapping[str, NumberFormat]
    """The formats that show more than the number, by the index of the style as cells write it."""
    dates: DateSystem
    cells: int = field(default=0, init=False)
    formula_text: int = field(default=0, init=False)


def number(text: str) -> float | None:
    """Read a finite number as the format writes it, None otherwise: `float` alone would take 'NaN', 'INF' and '1_000'."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found - found == 0.0 and "_" not in text and text.isascii() else None


def read_cells(data: bytes, sheet: Sheet, tables: CellTables, part: str) -> None:
    """Fill a sheet from its part. Unreadable when that is no XML, has no cell table, or breaks a limit."""
    root = parse_xml(data, part, tables.limits)
    tables_found = [child for child in root if local_name(child.tag) == "sheetData"]
    if not tables_found:
        raise Unreadable(Reason.corrupt, {"part": part, "sheet": sheet.name, "problem": "sheetData"})
    if len(tables_found) > 1:
        sheet.note(Note.foreign_element)
    for table in tables_found:
        if namespace(table) not in MAIN_NAMESPACES:
            raise Unreadable(Reason.corrupt, {"part": part, "sheet": sheet.name, "problem": "namespace"})
        _CellReader(sheet, tables, f"{{{namespace(table)}}}").read(table)
    for child in root:
        if local_name(child.tag) == "mergeCells":
            merged = (element.get("ref", "") for element in child if local_name(element.tag) == "mergeCell")
            sheet.merges += islice(merged, MOST_MERGES - len(sheet.merges))
    sheet.was_read = True


class _CellReader:
    """Reads one cell table. `_read_row` and `_value` run once for every row and every cell with content."""

    def __init__(self, sheet: Sheet, tables: CellTables, prefix: str) -> None:
        self._sheet = sheet
        self._limits = tables.limits
        self._tables = tables
        self._strings = {} if tables.strings is None else tables.strings
        self._formats = tables.formats
        self._prefix = prefix
        # Rows and cells are those in the table's own namespace: a prefix (`x:row`) is legal, a foreign element is none.
        self._tag_value, self._tag_formula, self._tag_inline = (prefix + name for name in ("v", "f", "is"))
        self._formulas = FormulaReader(sheet, tables.limits, tables.formula_text)

    def read(self, data: Element) -> None:
        tag = self._prefix + "row"
        row = 0
        for element in data:
            if element.tag != tag:
                self._foreign(element)
                continue
            written = element.get("r")
            if written is None:  # `r` is optional (18.3.1.73), and some writers that stream leave it out
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
        last_column = self._limits.columns if row <= self._limits.rows else 0
        tag, digits = self._prefix + "c", str(row)
        cut = -len(digits)
        columns, value_of = NEAR_COLUMNS, self._value
        cells = self._sheet.rows.get(row, {})
        known = len(cells)
        # Only a cell that does not stand right of all before it can be there twice.
        rightmost = _FAR if cells else 0
        column = 0
        strays: list[tuple[int, Element]] = []
        for cell in row_cells:
            if cell.tag != tag:
                self._foreign(cell)
                continue
            written = cell.get("r")
            if written is None:  # optional as well (18.3.1.4): the cell stands right of the one before
                column += 1
            elif not written.endswith(digits) or not (column := columns.get(written[:cut], 0)):
                own_row, column = self._place(written)
                if own_row != row:
                    strays.append((own_row, cell))
                    continue
            if not len(cell):
                continue
            if not rightmost < column <= last_column:
                read_oddly = self._read_again if column <= last_column else self._read_far
                read_oddly(cell, row, column, cells)
                continue
            value = value_of(cell, row, column)
            if value is not None:
                cells[column] = value
            rightmost = column
        self._keep(row, cells, len(cells) - known)
        for own_row, cell in strays:
            self._sheet.note(Note.cell_in_another_row)
            self._read_row([cell], own_row)

    def _value(self, cell: Element, row: int, column: int) -> Value | None:
        """Read a cell with content: record its formula, give its stored value or None."""
        text = inline = None
        for child in cell:
            tag = child.tag
            if tag == self._tag_value:
                text = child.text or "" if text is None and not len(child) else self._torn(child)
            elif tag == self._tag_formula:
                self._formulas.read(child, row, column)
            elif tag == self._tag_inline:
                inline = child
        kind = cell.get("t", "n")
        if kind == "s":
            if text is not None and text in self._strings:
                return self._strings[text]
        elif kind == "n" and text:
            found = number(text)
            if found is not None:
                if (number_format := self._formats.get(cell.get("s", "0"))) is not None:
                    self._keep_format(number_format, row, column)
                return found
        return self._less_common(kind, text, inline, row, column)

    def _keep_format(self, number_format: NumberFormat, row: int, column: int) -> None:
        if number_format is DATE:
            self._sheet.date_cells.add((row, column))
        else:
            self._sheet.formats[row, column] = number_format

    def _torn(self, child: Element) -> str:
        """Give the text of a value that is not the only one of its cell, or has an element inside."""
        self._foreign(child)
        return child.text or ""

    def _less_common(self, kind: str, text: str | None, inline: Element | None, row: int, column: int) -> Value | None:
        """Read values that are neither a number nor a shared string, and those that are written wrongly."""
        if inline is not None and (text is None or kind == "inlineStr"):
            return self._checked(rich_text(inline, self._prefix), row, column)
        if text is None:
            return None
        if kind in ("str", "inlineStr"):
            return self._checked(unescape(text), row, column)
        plain = text.strip()
        if not plain:
            return None
        if kind == "s":
            return self._string_by_number(plain, row, column)
        if kind == "e":
            return ErrorValue(self._checked(plain, row, column))
        if kind == "b" and plain in _BOOLEANS:
            return _BOOLEANS[plain]
        if kind == "d" and (serial := iso_to_serial(plain, self._tables.dates)) is not None:
            self._sheet.date_cells.add((row, column))
            return serial
        self._sheet.note(_MISFITS.get(kind, Note.unknown_type))
        words = self._checked(text, row, column)
        return words if kind in _MISFITS else OddValue(words)

    def _string_by_number(self, text: str, row: int, column: int) -> str:
        """Find a shared string whose index is written oddly ('007'); without the string there is no reading the sheet."""
        index = text.lstrip("0") or "0"
        if index in self._strings:
            return self._strings[index]
        where = self._where(row, column)
        if self._tables.strings is None:
            raise Unreadable(Reason.missing_part, {"part": "sharedStrings.xml", **where})
        raise Unreadable(Reason.corrupt, {"shared_string": text[:20], **where})

    def _read_again(self, cell: Element, row: int, column: int, cells: dict[int, Value]) -> None:
        """Read a cell that may be there already: the last one with content wins."""
        sheet, key = self._sheet, (row, column)
        old_value, old_formula = cells.pop(column, None), sheet.formulas.pop(key, None)
        was_date, old_format = key in sheet.date_cells, sheet.formats.pop(key, None)
        sheet.date_cells.discard(key)
        value = self._value(cell, row, column)
        if value is not None:
            cells[column] = value
        if old_value is None and old_formula is None:
            return
        if value is not None or key in sheet.formulas:
            sheet.note(Note.duplicate_cell)
            return
        if old_value is not None:
            cells[column] = old_value
        if old_formula is not None:
            sheet.formulas[key] = old_formula
        if was_date:
            sheet.date_cells.add(key)
        if old_format is not None:
            sheet.formats[key] = old_format

    def _keep(self, row: int, cells: dict[int, Value], added: int) -> None:
        """Add a row to the sheet once it is known to lie within the limits."""
        if not cells:
            return
        self._count(added)
        self._sheet.rows[row] = cells

    def _count(self, added: int) -> None:
        tables = self._tables
        tables.cells += added
        found = max(tables.cells, len(self._sheet.formulas))
        if found > self._limits.cells:
            raise Unreadable(
                Reason.too_many_cells, {"sheet": self._sheet.name, "limit": self._limits.cells, "found": found}
            )

    def _read_far(self, cell: Element, row: int, column: int, _: Mapping[int, Value]) -> None:
        """Count a cell far outside, without making room for it.

        A1 and XFD1048576 alone make a reader of dense rows ask for 17 billion cells: calamine's process aborts.
        """
        parts = {child.tag: child for child in cell}
        value, inline = parts.get(self._tag_value), parts.get(self._tag_inline)
        if value is None and inline is None and self._tag_formula not in parts:
            return
        text = (
            rich_text(inline, self._prefix) if inline is not None else (value.text or "") if value is not None else ""
        )
        if cell.get("t") == "s":
            text = self._strings.get(text, text)
        self._sheet.far.add(row, column, text[:MOST_KEPT] or ("=" if self._tag_formula in parts else ""))
        self._count(1)

    def _checked(self, text: str, row: int, column: int) -> str:
        if len(text) > self._limits.text_length:
            facts: dict[str, Fact] = {"limit": self._limits.text_length, "found": len(text)}
            raise Unreadable(Reason.text_too_long, self._where(row, column) | facts)
        return text

    def _place(self, written: str) -> tuple[int, int]:
        try:
            return parse_ref(written)
        except ValueError:
            raise Unreadable(Reason.corrupt, {"sheet": self._sheet.name, "cell": written[:20]}) from None

    def _where(self, row: int, column: int) -> dict[str, Fact]:
        return {"sheet": self._sheet.name, "cell": cell_name(row, column)}

    def _foreign(self, element: Element) -> None:
        if local_name(element.tag) != "extLst":
            self._sheet.note(Note.foreign_element)


# -- text ---------------------------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_ESCAPE_LENGTH = len("_x000D_")


def unescape(text: str) -> str:
    """Text with `_x000D_` read as the character and `_x005F_` as '_', which is how Excel writes a literal `_x000D_`.

    An escape that is half of a surrogate pair, without the other half, stays as it is written.
    """
    return _ESCAPE.sub(_characters, text) if "_x" in text else text


def _characters(run: re.Match[str]) -> str:
    written = run[0]
    units = [written[at : at + _ESCAPE_LENGTH] for at in range(0, len(written), _ESCAPE_LENGTH)]
    raw = b"".join(int(unit[2:6], 16).to_bytes(2, "little") for unit in units)
    try:
        return raw.decode("utf-16-le")
    except UnicodeDecodeError:
        return "".join(_character(unit) for unit in units)


def _character(unit: str) -> str:
    code = int(unit[2:6], 16)
    return unit if 0xD800 <= code <= 0xDFFF else chr(code)


def rich_text(holder: Element, prefix: str) -> str:
    """Text of an `si` or `is`: its `t`, and the `t` of its runs. Phonetic runs (furigana) are no part of the value."""
    run, text = prefix + "r", prefix + "t"
    found: list[str] = []
    for child in holder:
        if child.tag == text:
            found.append(child.text or "")
        elif child.tag == run:
            found.extend(piece.text or "" for piece in child if piece.tag == text)
    return unescape("".join(found)) if found else ""


def shared_strings(data: bytes, part: str, limits: Limits) -> dict[str, str]:
    """Read the shared strings, by their index as cells write it: {'0': 'Account', '1': …}."""
    root = parse_xml(data, part, limits)
    prefix = main_prefix(root, part)
    texts = [rich_text(item, prefix) for item in root if item.tag == prefix + "si"]
    for text in texts:
        if len(text) > limits.text_length:
            raise Unreadable(Reason.text_too_long, {"part": part, "limit": limits.text_length, "found": len(text)})
    return {str(index): text for index, text in enumerate(texts)}
