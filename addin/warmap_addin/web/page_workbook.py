"""The workbook that a page has open: opened, edited, calculated and saved, without any host but Python.

What the page shows are the file's own cells; saving writes those that were entered and what follows from them, and no other
byte. What a button does is what the macro of that name does in Excel (`warmap_addin.macros`).
"""

import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import VERSION_NAME
from warmap.text import LANGUAGES, InWords, Lang, Text
from warmap_addin.macros.open_book import OpenBook, Opened, OpenSheet, Place
from warmap_addin.web.page_grid import Shown, shown
from warmap_app.own_functions import OwnFunctions
from warmap_app.report.native_shapes import drawing_of
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.calculating.readers import At
from warmap_workbook.editing.cell_edits import Cell, as_written, put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.editing.recalculated import computed_on, results_to_write
from warmap_workbook.editing.upgrade import upgraded
from warmap_workbook.ooxml import LAST_COLUMN, LAST_ROW, Book, Sheet, Unreadable, read_beside, read_book
from warmap_workbook.reading.read import read_open_book
from warmap_workbook.reading.refusals import refused
from warmap_workbook.writing.picture_sheet import PICTURE_ROWS

LARGEST = sys.float_info.max
Value = str | float | bool | None
Change = tuple[str, int, int, Value]
"""Sheet, row and column from 1, and what stands there now."""

OLDER = Text(
    "这份文件的模板是旧版。先把它搬到新模板上，再在这里填。",
    "The template of this file is an older version. Bring it to the new template first, then go on here.",
)
FROM_1904 = Text(
    "这份文件的日期从 1904 年算起，网页的表格从 1900 年算起，日期会差四年。先把它搬到新模板上，日期会一起换算。",
    "This file counts its days from 1904, the page's grid from 1900: dates would be four years off. Bring it to the new "
    "template first; its dates are converted.",
)
NOT_A_CHANGE = Text("这一处修改看不懂：{change}", "This is no change of a cell: {change}")


class CannotOpen(InWords):
    """A file that is not opened, in words; `is_older` where it can be brought to the newest template."""

    def __init__(self, words: Text, *, is_older: bool = False) -> None:
        super().__init__(words)
        self.is_older = is_older


@dataclass(frozen=True, slots=True)
class Renewed:
    """What an edit came to: results that changed, and cells that must stay as they are."""

    results: Mapping[At, Cell]
    put_back: Mapping[At, Cell]


@dataclass
class PageWorkbook:
    """One open workbook. CannotOpen for what is no war map of this version; Unreadable never leaves it."""

    content: bytes
    file: str
    today: date
    system_lang: Lang = "zh"
    entered: dict[At, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self.book = read_book(self.content)
            self.grid: Shown = shown(PackageEdit(self.content).package, self.book)
        except Unreadable as error:
            raise CannotOpen(_said(refused(self.content, error))) from None
        entries = read_open_book(self.book, entries_only=True)
        no_map = [one for one in entries.findings if one.code in {"DV001", "DV002", "DV004"}]
        if no_map:
            raise CannotOpen(_said(no_map))
        if version_of(self.book) != TEMPLATE_VERSION:
            raise CannotOpen(OLDER, is_older=True)
        if self.book.date1904:
            raise CannotOpen(FROM_1904, is_older=True)
        self.lang: Lang = entries.lang
        self.calculation = Calculation(self.book, OwnFunctions(), answers=True)
        self._open_cells = {sheet: _by_row(rows) for sheet, rows in self.grid.open_cells.items()}

    def restore(self, changes: Iterable[Change]) -> None:
        """Put in what was entered on an earlier visit, before anything is calculated."""
        for name, row, column, value in changes:
            sheet = self.book.sheet(name)
            if sheet is not None and not self.calculation.area_of((sheet.name, row, column)):
                self._put(sheet, row, column, _as_stored(value))

    def calculate(self) -> Mapping[At, Cell]:
        """Work out every formula; gives the cells that show something else than the file stores."""
        self.calculation.run()
        return {at: value for at, value in self.calculation.results.items() if not _same(value, self._stored(at))}

    def _stored(self, at: At) -> Cell:
        sheet = self.book.sheet(at[0])
        return None if sheet is None else sheet.value(*at[1:])

    def edit(self, changes: Iterable[Change], *, is_ours: bool = False) -> Renewed:
        """Take what was entered; `is_ours` for what a button writes, which may go where nobody types."""
        put_back: dict[At, Cell] = {}
        taken: list[At] = []
        for name, row, column, value in changes:
            sheet = self.book.sheet(name)
            if sheet is None:
                continue
            at = (sheet.name, row, column)
            if self.calculation.area_of(at) or not (is_ours or self.is_open(sheet, row, column)):
                put_back[at] = self.shown_at(at)
                continue
            self._put(sheet, row, column, _as_stored(value))
            taken.append(at)
        return Renewed(self.calculation.renew(taken), put_back)

    def _put(self, sheet: Sheet, row: int, column: int, value: Cell) -> None:
        cells = sheet.rows.setdefault(row, {})
        if value is None:
            cells.pop(column, None)
            sheet.date_cells.discard((row, column))
        else:
            cells[column] = value
            is_day = isinstance(value, float) and self.grid.shows_days(sheet.name, row, column)
            (sheet.date_cells.add if is_day else sheet.date_cells.discard)((row, column))
        self.entered[sheet.name, row, column] = value

    def is_open(self, sheet: Sheet, row: int, column: int) -> bool:
        """Whether a cell may be typed into, as its sheet is protected."""
        rows = self._open_cells.get(sheet.name)
        return rows is None or any(first <= column <= last for first, last in rows.get(row, rows[0]))

    def shown_at(self, at: At) -> Cell:
        """What a cell shows."""
        return self.calculation.results.get(at, self._stored(at))

    def rows_of(self, name: str) -> list[list[Cell]]:
        """The rows that a defined name covers, as they show, without the blank ones at the end."""
        found = self.book.named_range(name)
        if found is None:
            return []
        sheet, box = found
        rows = [
            [self.shown_at((sheet.name, row, column)) for column in range(box.c1, box.c2 + 1)]
            for row in range(box.r1, box.r2 + 1)
        ]
        while rows and not any(value not in (None, "") for value in rows[-1]):
            rows.pop()
        return rows

    def save(self) -> bytes:
        """The file with what was entered and what follows from it; where nothing was, the very file."""
        if not self.entered:
            return self.content
        day = dict(computed_on(self.book, self.today))
        for (name, row, column), value in day.items():
            sheet = self.book.sheet(name)
            if sheet is not None:
                sheet.rows.setdefault(row, {})[column] = value
        self.calculation.renew(day)
        self.calculation.answer(answers=False)  # the next program may be without the functions
        try:
            changed, last = results_to_write(self.calculation)
        finally:
            self.calculation.answer(answers=True)
        edit = PackageEdit(self.content)
        put_cells(edit, {**self.entered, **day, **changed, **last})
        return edit.content()

    def opened(self, place: Place | None = None) -> Opened:
        """The workbook as a macro sees it, with the cell that is active."""
        sheets = [OpenSheet(sheet.name, sheet.state == "visible") for sheet in self.book.sheets]
        book = OpenBook(sheets, self.book.defined_names, place, self.file, self.book.date1904)
        return Opened(book, self.today, self.system_lang, as_read=self._as_shown())

    def _as_shown(self) -> Book:
        """The book with what its formulas show, as a spreadsheet program would hand it over."""
        rows = {sheet.name: {row: dict(cells) for row, cells in sheet.rows.items()} for sheet in self.book.sheets}
        for (name, row, column), value in self.calculation.results.items():
            rows[name].setdefault(row, {})[column] = "" if value is None else value
        sheets = [replace(sheet, rows=rows[sheet.name]) for sheet in self.book.sheets]
        return Book(sheets, self.book.defined_names, date1904=self.book.date1904)

    def findings(self) -> list[Finding]:
        """All that `warmap check` would say of the file as it would be saved."""
        return read_open_book(read_book(self.save()), today=self.today).findings


def newest(content: bytes) -> bytes:
    """An older workbook brought to the newest template. CannotOpen where it cannot be."""
    try:
        book = read_book(content)
        reading = read_open_book(book)
        return upgraded(
            book, reading, read_beside(content), drawing_of(reading.judgement, reading.lang, PICTURE_ROWS)
        ).content
    except Unreadable as error:
        raise CannotOpen(_said(refused(content, error))) from None


def version_of(book: Book) -> str:
    """The version of the template that a workbook names."""
    found = book.named_range(VERSION_NAME)
    value = None if found is None else found[0].value(found[1].r1, found[1].c1)
    return str(int(value)) if isinstance(value, float) else str(value or "")


def _said(findings: Iterable[Finding]) -> Text:
    """Why a file is not opened, in both languages."""
    told = list(findings)[:3]
    zh, en = ("\n".join(f"{one.message(lang)} {one.hint(lang)}".strip() for one in told) for lang in LANGUAGES)
    return Text(zh, en)


def changes_of(given: Iterable[object]) -> list[Change]:
    """What the page sends of cells that were entered. CannotOpen for what is none, before any of it is taken."""
    return [_change_of(one) for one in given]


def _change_of(one: object) -> Change:
    if isinstance(one, list) and len(one) == 4:
        name, row, column, value = one
        if (
            isinstance(name, str)
            and type(row) is int and 1 <= row <= LAST_ROW
            and type(column) is int and 1 <= column <= LAST_COLUMN
            and isinstance(value, str | bool | float | int | None)
        ):  # fmt: skip
            return name, row, column, value
    raise CannotOpen(NOT_A_CHANGE.filled(change=str(one)))


def _by_row(rows: Mapping[str, list[list[int]]]) -> dict[int, list[list[int]]]:
    return {int(row): runs for row, runs in rows.items()}


def _as_stored(value: Value) -> Cell:
    """What was typed as a file stores it; blanks and numbers that are none hold nothing."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        number = float(value) if abs(value) <= LARGEST else math.inf  # a whole number may be too large for a float
        return number if math.isfinite(number) else None
    return as_written(value) or None


def _same(value: Cell, stored: Cell) -> bool:
    return value == stored or (value in (None, "") and stored in (None, ""))
