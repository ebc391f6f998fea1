"""A whole workbook."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import get_args
from xml.etree.ElementTree import Element

from warmap.parsing.days import EXCEL, EXCEL_1904, DateSystem
from warmap_workbook.ooxml.cells import CellTables, read_cells, shared_strings, unescape
from warmap_workbook.ooxml.marked_cells import cells_of_formats, cells_with_pictures, struck_formats
from warmap_workbook.ooxml.number_formats import NumberFormat
from warmap_workbook.ooxml.outside import Outside, OutsideKind, outside_of
from warmap_workbook.ooxml.package import Package, Relation
from warmap_workbook.ooxml.references import RangeRef, parse_range
from warmap_workbook.ooxml.sheet import Sheet, SheetKind, SheetState
from warmap_workbook.ooxml.shown_beside import Beside, Drawn, beside_of, drawn_of
from warmap_workbook.ooxml.styles import formats_that_add
from warmap_workbook.ooxml.unreadable import DEFAULT_LIMITS, Limits, Reason, Unreadable
from warmap_workbook.ooxml.xmlpart import local_name, main_prefix, truth

_KINDS: dict[str, SheetKind] = {
    "worksheet": "worksheet",
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlMacrosheet": "macrosheet",
    "xlIntlMacrosheet": "macrosheet",
}
_STATES: dict[str, SheetState] = {state: state for state in get_args(SheetState)}
MOST_PROPERTY_BYTES = 64 * 1024
SAVED = re.compile(rb"modified[^<>]{0,200}>\s{0,20}([0-9TZ:.+-]{10,40})\s{0,20}<")
"""`<dcterms:modified xsi:type="dcterms:W3CDTF">2026-07-01T08:00:00Z</dcterms:modified>`; a prefix may be another."""
_WITH_CELLS = ("worksheet", "macrosheet")


class BookNote(StrEnum):
    """What of a workbook was left unread although the rest was read."""

    styles_missing = "styles_missing"
    """There is no styles part: no cell is known to be a date."""
    styles_too_large = "styles_too_large"
    """The styles part is over its limit: no cell is known to be a date."""
    styles_unreadable = "styles_unreadable"
    """The styles part is broken: no cell is known to be a date."""


@dataclass(slots=True)
class Book:
    """What a workbook's file holds, sheets in the order of their tabs.

    `defined_names` are those of the whole workbook, as stored; names of one sheet are in `Sheet.defined_names`.
    `external_links[n - 1]` is the target of `[n]` in formulas, '' for a link that goes nowhere. `outside` is what else leads
    out of the file; `sheet_parts` tells the sheet of a part. `media_type` is the
    content type of the workbook's part, which an extension must agree with. `saved` is when it says it was last saved, as
    it is written there; '' where it does not say.
    """

    sheets: list[Sheet] = field(default_factory=list)
    defined_names: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    has_macros: bool = False
    external_links: list[str] = field(default_factory=list)
    outside: list[Outside] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    """What is drawn over the sheets; looked for only where the file holds pictures."""
    has_cell_images: bool = False
    """Whether the file holds pictures of WPS, which its formulas DISPIMG show."""
    sheet_parts: dict[str, str] = field(default_factory=dict)
    media_type: str = ""
    saved: str = ""
    notes: list[BookNote] = field(default_factory=list)
    _by_name: dict[str, Sheet] = field(default_factory=dict, init=False, repr=False, compare=False)
    _meanings: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _indexed: tuple[int, int] = field(default=(0, 0), init=False, repr=False, compare=False)
    _ranges: dict[tuple[str, int, int], tuple[Sheet, RangeRef] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def dates(self) -> DateSystem:
        """How the book counts days."""
        return EXCEL_1904 if self.date1904 else EXCEL

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name in any case, as Excel compares them; None when there is none."""
        if len(self.sheets) != self._indexed[0]:
            self._index()
        return self._by_name.get(name.casefold())

    def defined_name(self, name: str) -> str | None:
        """Find what a name of the whole workbook stands for, as stored, the name in any case; None when there is none."""
        if len(self.defined_names) != self._indexed[1]:
            self._index()
        return self._meanings.get(name.casefold())

    def named_range(self, name: str) -> tuple[Sheet, RangeRef] | None:
        """Find the sheet and the rectangle behind a defined name, where it still points at one."""
        key = (name, len(self.defined_names), len(self.sheets))
        if key not in self._ranges:
            self._ranges[key] = self._rectangle(name)
        return self._ranges[key]

    def _rectangle(self, name: str) -> tuple[Sheet, RangeRef] | None:
        text = self.defined_name(name)
        try:
            reference = parse_range(text) if text else None
        except ValueError:
            return None
        sheet = self.sheet(reference.sheet) if reference is not None and reference.sheet else None
        return (sheet, reference) if sheet is not None and reference is not None else None

    def _index(self) -> None:
        """Of names that differ in case only, the first counts."""
        self._by_name = {sheet.name.casefold(): sheet for sheet in reversed(self.sheets)}
        self._meanings = {name.casefold(): text for name, text in reversed(self.defined_names.items())}
        self._indexed = (len(self.sheets), len(self.defined_names))

    @property
    def cell_count(self) -> int:
        """Cells with a stored value in the sheets that were read."""
        return sum(sheet.cell_count for sheet in self.sheets)

    @property
    def formula_count(self) -> int:
        """Cells with a formula in the sheets that were read."""
        return sum(len(sheet.formulas) for sheet in self.sheets)


def read_book(
    source: Path | str | bytes, limits: Limits = DEFAULT_LIMITS, *, sheets: Collection[str] | None = None
) -> Book:
    """Read an .xlsx or .xlsm workbook: a path, or the file's bytes.

    With `sheets`, only the cells of sheets with these names (in any case) are read; the others are listed with
    `was_read` False. Raises `Unreadable`, and nothing else, for whatever the file may be.
    """
    package = Package(bytes_of(source, limits), limits)
    return _BookReader(package, None if sheets is None else {name.casefold() for name in sheets}).read()


def read_beside(source: Path | str | bytes, limits: Limits = DEFAULT_LIMITS) -> Beside:
    """Read the notes, pictures and charts of a workbook. Raises `Unreadable`, and nothing else."""
    package = Package(bytes_of(source, limits), limits)
    book = _BookReader(package, set()).read()
    names = {name.casefold(): name for name in package.names()}
    return beside_of(package, [(sheet, names[part]) for part, sheet in book.sheet_parts.items() if part in names])


def bytes_of(source: Path | str | bytes, limits: Limits) -> bytes:
    """The bytes of a file, no more than the limit."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with Path(source).open("rb") as file:
                size = file.seek(0, 2)
                file.seek(0)
                data = file.read(min(size, limits.file_bytes) + 1)
        except (FileNotFoundError, ValueError):
            raise Unreadable(Reason.not_found, {"file": str(source)}) from None
        except OSError as problem:
            raise Unreadable(Reason.cannot_open, {"file": str(source), "why": problem.strerror or ""}) from None
        if size > limits.file_bytes:
            raise Unreadable(Reason.too_large, {"limit": limits.file_bytes, "found": size})
    if len(data) > limits.file_bytes:
        raise Unreadable(Reason.too_large, {"limit": limits.file_bytes, "found": len(data)})
    return data


class _BookReader:
    def __init__(self, package: Package, wanted: set[str] | None) -> None:
        self._package = package
        self._wanted = wanted
        self._part = package.workbook_part()
        self._root = package.xml(self._part)
        self._prefix = main_prefix(self._root, self._part)
        self._relations = package.relations(self._part)
        self._book = Book()
        self._book.media_type = package.media_type(self._part)

    def read(self) -> Book:
        book, prefix = self._book, self._prefix
        for settings in self._root.iterfind(prefix + "workbookPr"):
            book.date1904 = truth(settings.get("date1904"))
        book.has_macros = self._related("vbaProject") is not None
        book.external_links = [self._link(element) for element in self._children("externalReferences")]
        book.saved = self._saved()
        self._read_sheets()
        book.outside = outside_of(self._package)
        self._place_hyperlinks()
        self._see_pictures()
        self._read_names()
        return book

    def _saved(self) -> str:
        """A property of the document that nothing else depends on: broken or large, it is not there."""
        package = self._package
        kinds = package.relations("").values()
        part = next((one.target for one in kinds if one.kind == "core-properties" and not one.external), "")
        if not part or part not in package or package.size(part) > MOST_PROPERTY_BYTES:
            return ""
        try:
            found = SAVED.search(package.read(part))
        except Unreadable:
            return ""
        return found[1].decode("ascii") if found else ""

    def _children(self, holder: str) -> list[Element]:
        return [child for element in self._root.iterfind(self._prefix + holder) for child in element]

    def _related(self, kind: str) -> str | None:
        of_kind = (relation.target for relation in self._relations.values() if relation.kind == kind)
        return next((target for target in of_kind if target in self._package), None)

    def _read_sheets(self) -> None:
        to_read: list[tuple[Sheet, str]] = []
        names: set[str] = set()
        for element in self._children("sheets"):
            if element.tag != self._prefix + "sheet":
                continue
            name = unescape(element.get("name", ""))
            relation = self._relation(element)
            if relation is None or relation.kind not in _KINDS:
                raise Unreadable(Reason.corrupt, {"sheet": name, "problem": "relation"})
            if relation.target not in self._package:
                raise Unreadable(Reason.missing_part, {"sheet": name, "part": relation.target})
            state = _STATES.get(element.get("state", "visible"), "visible")
            if name.casefold() in names:
                raise Unreadable(Reason.duplicate_sheet, {"sheet": name})
            names.add(name.casefold())
            sheet = Sheet(name, state, _KINDS[relation.kind])
            self._book.sheet_parts[relation.target.casefold()] = name
            self._book.sheets.append(sheet)
            if sheet.kind in _WITH_CELLS and (self._wanted is None or name.casefold() in self._wanted):
                to_read.append((sheet, relation.target))
        if not self._book.sheets:
            raise Unreadable(Reason.corrupt, {"part": self._part, "problem": "sheets"})
        if to_read:
            tables = self._tables()
            struck, holds_pictures = self._struck_formats(), self._holds("xl/richdata/")
            for sheet, part in to_read:
                data = self._package.read(part)
                read_cells(data, sheet, tables, part)
                sheet.struck = cells_of_formats(data, struck) if struck else set()
                sheet.pictured = cells_with_pictures(data) if holds_pictures else set()

    def _holds(self, folder: str) -> bool:
        return any(name.casefold().startswith(folder) for name in self._package.names())

    def _struck_formats(self) -> frozenset[bytes]:
        """Formats with a line through the text; none where the styles cannot be read, which is told elsewhere."""
        part = self._related("styles")
        if part is None or self._package.size(part) > self._package.limits.style_bytes:
            return frozenset()
        try:
            return struck_formats(self._package.read(part), part, self._package.limits)
        except Unreadable:
            return frozenset()

    def _see_pictures(self) -> None:
        """Find pictures over the sheets, where there are any."""
        book = self._book
        book.has_cell_images = self._holds("xl/cellimages")
        if self._holds("xl/media/") or any(one.kind is OutsideKind.picture for one in book.outside):
            names = {name.casefold(): name for name in self._package.names()}
            sheets = [(sheet, names[part]) for part, sheet in book.sheet_parts.items() if part in names]
            book.drawn = drawn_of(self._package, sheets)

    def _tables(self) -> CellTables:
        package = self._package
        part = self._related("sharedStrings")
        strings = None if part is None else shared_strings(package.read(part), part, package.limits)
        return CellTables(package.limits, strings, self._formats(), self._book.dates)

    def _formats(self) -> dict[str, NumberFormat]:
        """Styles only tell dates from numbers, so that a book without readable ones is still a book."""
        part = self._related("styles")
        if part is None:
            self._book.notes.append(BookNote.styles_missing)
        elif self._package.size(part) > self._package.limits.style_bytes:
            self._book.notes.append(BookNote.styles_too_large)
        else:
            try:
                return formats_that_add(self._package.read(part), part, self._package.limits)
            except Unreadable as error:
                if error.reason in (Reason.doctype, Reason.inflates_too_much):
                    raise
                self._book.notes.append(BookNote.styles_unreadable)
        return {}

    def _relation(self, element: Element) -> Relation | None:
        """Relation that an element names by its `r:id`, in the transitional or the strict namespace."""
        for name, value in element.items():
            if name.startswith("{") and local_name(name) == "id":
                return self._relations.get(value)
        return None

    def _link(self, element: Element) -> str:
        """Where a link leads; of a DDE link, which has no relation, the program and the topic."""
        relation = self._relation(element)
        if relation is None or relation.target not in self._package:
            return ""
        targets = self._package.relations(relation.target).values()
        found = next((target.target for target in targets if target.external), None)
        if found is not None:
            return found
        for child in self._package.xml(relation.target):
            if local_name(child.tag) == "ddeLink":
                return f"{child.get('ddeService', '')}|{child.get('ddeTopic', '')}"
        return ""

    def _place_hyperlinks(self) -> None:
        """The cells of the hyperlinks that are told; sheets without any are not looked at again."""
        book = self._book
        parts = {one.source for one in book.outside if one.kind is OutsideKind.hyperlink}
        for part in parts & {name for name in self._package.names() if name.casefold() in book.sheet_parts}:
            cells = {
                value: element.get("ref", "")
                for element in self._package.xml(part).iter()
                if local_name(element.tag) == "hyperlink"
                for name, value in element.items()
                if name.startswith("{") and local_name(name) == "id"
            }
            book.outside = [
                one._replace(cell=cells.get(one.relation, "").partition(":")[0][:12]) if one.source == part else one
                for one in book.outside
            ]

    def _read_names(self) -> None:
        for element in self._children("definedNames"):
            name, text = unescape(element.get("name", "")), element.text or ""
            scope = element.get("localSheetId")
            if scope is None:
                self._book.defined_names[name] = text
            elif scope.isascii() and scope.isdigit() and int(scope[:9]) < len(self._book.sheets):
                self._book.sheets[int(scope[:9])].defined_names[name] = text
