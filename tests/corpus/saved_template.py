"""A template as a program saved it, taken apart once: its zip entries, and the cells of each sheet as pieces of XML.

Many workbooks are made from one such template. Only the parts that were touched are packed anew; the packed bytes of all
others are copied as they stand.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cached_property
from html import unescape
from xml.sax.saxutils import escape

from warmap.layout import TAB
from warmap.parsing import column_letters
from warmap_workbook.ooxml import parse_ref

ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>.*?</f>)", re.DOTALL)
COLUMN = re.compile(r"<col\b([^>]*)/>")
SHEET_DATA = re.compile(r"(.*?<sheetData\s*>)(.*)(</sheetData>.*)", re.DOTALL)
BLANK_SHEET_DATA = re.compile(r"<sheetData\s*/>")
STORED, DEFLATED = 0, 8
DAY = (1 << 5) | 1  # 1 January 1980, as zip counts


def attribute(attrs, name):
    found = re.search(rf'(?:^|\s){name}="([^"]*)"', attrs)
    return found[1] if found else None


class SavedError(str):
    """An error value such as #N/A, to be stored as such."""

    __slots__ = ()


class Strings:
    """The texts that one workbook adds: to the shared table where the program keeps one, else in the cells."""

    def __init__(self, table):
        self.table, self.added, self.places = table, [], {}
        self.first = table.count("<si>") + table.count("<si/>") if table else 0

    def xml(self, words):
        """(type, content) of a cell that holds these words."""
        if self.table is None:
            return "inlineStr", f'<is><t xml:space="preserve">{escape(words)}</t></is>'
        place = self.places.get(words)
        if place is None:
            place = self.places[words] = self.first + len(self.added)
            self.added.append(f'<si><t xml:space="preserve">{escape(words)}</t></si>')
        return "s", f"<v>{place}</v>"

    def part(self):
        total = self.first + len(self.added)
        text = re.sub(r'\b(uniqueCount|count)="\d+"', rf'\1="{total}"', self.table[:400]) + self.table[400:]
        return text.replace("</sst>", "".join(self.added) + "</sst>")


class SheetCells:
    """One sheet: what stands before and after its rows, and each row's cells by column."""

    def __init__(self, text):
        text = BLANK_SHEET_DATA.sub("<sheetData></sheetData>", text, count=1)
        found = SHEET_DATA.fullmatch(text)
        self.head, self.tail = found[1], found[3]
        self.rows = {int(attribute(row[1], "r")): (row[0], row[1], row[2] or "") for row in ROW.finditer(found[2])}
        self._cells = {}
        self._styles = {}
        for column in COLUMN.finditer(self.head):
            style = attribute(column[1], "style")
            span = range(int(attribute(column[1], "min")), int(attribute(column[1], "max")) + 1)
            self._styles.update({number: style for number in span if style and len(span) < 100})

    def cells(self, row):
        """Column to (style, whole XML, content) of the cells that stand in a row."""
        if row not in self._cells:
            content = self.rows[row][2] if row in self.rows else ""
            found = self._cells[row] = {}
            for cell in CELL.finditer(content):
                column = parse_ref(attribute(cell[1], "r"))[1]
                found[column] = (attribute(cell[1], "s"), cell[0], cell[2] or "")
        return self._cells[row]

    def formula(self, row, column):
        """The `<f>` of a cell; None where it holds none."""
        cell = self.cells(row).get(column)
        found = FORMULA.search(cell[2]) if cell else None
        return found[0] if found else None

    @cached_property
    def formulas(self):
        """(row, column) of every cell with a formula of its own, in order."""
        return [(row, column) for row in sorted(self.rows) for column in self.cells(row) if self.formula(row, column)]

    def with_edits(self, edits, strings):
        """The sheet with cells changed: {row: {column: value or `Formula`}}; a cell keeps its style."""
        lines = dict.fromkeys(sorted({*self.rows, *edits}))
        for row in lines:
            old = self.rows.get(row)
            if row not in edits:
                lines[row] = old[0]
                continue
            here = self.cells(row)
            cells = {column: cell[1] for column, cell in here.items()}
            for column, value in edits[row].items():
                style = here[column][0] if column in here else self._styles.get(column)
                cells[column] = cell_xml(f"{column_letters(column)}{row}", style, value, strings)
            attrs = old[1] if old else f' r="{row}"'
            lines[row] = f"<row{attrs}>{''.join(cells[column] for column in sorted(cells))}</row>"
        return f"{self.head}{''.join(lines.values())}{self.tail}"


class Formula:
    """A formula with its stored result; `xml` is the whole `<f>` element."""

    def __init__(self, xml, result):
        self.xml, self.result = xml, result


def cell_xml(address, style, value, strings):
    head = f'<c r="{address}"' + (f' s="{style}"' if style else "")
    if value is None:
        return f"{head}/>"
    if isinstance(value, Formula):
        kind, stored = _result(value.result)
        return f"{head}{kind}>{value.xml}{stored}</c>"
    if isinstance(value, SavedError):
        return f'{head} t="e"><v>{value}</v></c>'
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        kind, content = strings.xml(value)
        return f'{head} t="{kind}">{content}</c>'
    return f"{head}><v>{value!r}</v></c>"


def _result(value):
    if value is None:
        return "", ""
    if isinstance(value, SavedError):
        return ' t="e"', f"<v>{value}</v>"
    if isinstance(value, str):
        return ' t="str"', f"<v>{escape(value)}</v>"
    return "", f"<v>{value!r}</v>"


class SavedTemplate:
    """The empty template in one language as one program saves it."""

    def __init__(self, data, lang, program):
        self.lang, self.program = lang, program
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            self.infos = {info.filename: info for info in book.infolist()}
            self.parts = {name: book.read(name) for name in self.infos}
        self.packed = {name: _packed_bytes(data, info) for name, info in self.infos.items()}
        self._sheets = {}

    @cached_property
    def shared_strings(self):
        """The table of shared strings; None where texts stand in the cells."""
        data = self.parts.get("xl/sharedStrings.xml")
        return data.decode() if data else None

    @cached_property
    def sheet_parts(self):
        """The part of each tab."""
        workbook, relations = self.parts["xl/workbook.xml"].decode(), self.parts["xl/_rels/workbook.xml.rels"].decode()
        targets = {}
        for found in re.finditer(r"<Relationship\b([^>]*)/>", relations):
            targets[attribute(found[1], "Id")] = attribute(found[1], "Target").removeprefix("/xl/")
        by_name = {
            unescape(attribute(found[1], "name")): f"xl/{targets[attribute(found[1], 'r:id')]}"
            for found in re.finditer(r"<sheet\b([^>]*)/>", workbook)
        }
        names = {code: tab.name.to(self.lang) for code, tab in TAB.items()}
        return {code: by_name[name] for code, name in names.items() if name in by_name}  # a blank one has no picture

    def sheet(self, tab):
        if tab not in self._sheets:
            self._sheets[tab] = SheetCells(self.parts[self.sheet_parts[tab]].decode())
        return self._sheets[tab]

    def workbook(self, edits, change_parts=()):
        """The bytes of a workbook: cells changed by tab, then parts changed by functions of {name: bytes}."""
        strings = Strings(self.shared_strings)
        changed = {}
        for tab, rows in edits.items():
            changed[self.sheet_parts[tab]] = self.sheet(tab).with_edits(rows, strings).encode()
        if strings.added:
            changed["xl/sharedStrings.xml"] = strings.part().encode()
        if not change_parts:
            return self.zipped(changed, self.parts)
        parts = {**self.parts, **changed}
        for change in change_parts:
            change(parts)
        return self.zipped({name: data for name, data in parts.items() if data is not self.parts.get(name)}, parts)

    def zipped(self, changed, names):
        """A zip of the parts named; what was not changed is copied as it was packed."""
        entries = []
        for name in names:
            if name in changed:
                packer = zlib.compressobj(1, zlib.DEFLATED, -15)
                data = packer.compress(changed[name]) + packer.flush()
                entries.append((name, DEFLATED, zlib.crc32(changed[name]), len(changed[name]), data))
            else:
                info = self.infos[name]
                entries.append((name, info.compress_type, info.CRC, info.file_size, self.packed[name]))
        return _zip_of(entries)


def _packed_bytes(data, info):
    """The bytes of an entry as they are packed in the file."""
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    return data[start : start + info.compress_size]


def _zip_of(entries):
    body, directory, offset = [], [], 0
    for name, method, crc, size, data in entries:
        title = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, method, 0, DAY, crc, len(data), size, len(title), 0)
        local = b"PK\x03\x04" + common + title
        body += [local, data]
        directory.append(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + title)
        offset += len(local) + len(data)
    listed = b"".join(directory)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listed), offset, 0)
    return b"".join([*body, listed, end])
