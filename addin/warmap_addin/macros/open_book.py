"""An open workbook as plain data, the map in it as the reader of files reads it, and what several macros ask and say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from warmap.judgement import Judgement
from warmap.layout import TAB
from warmap.names import key
from warmap.parsing.days import EXCEL, EXCEL_1904, DateSystem
from warmap.reading import Reading
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet import Call
from warmap.worksheet.ranges import Cells
from warmap_addin import in_full
from warmap_addin.macros.edits import Edit
from warmap_udfs.excel_calls import error_name
from warmap_workbook.ooxml import Book, ErrorValue, RangeRef, Sheet, Value, cell_name, parse_range
from warmap_workbook.ooxml import Formula as StoredFormula
from warmap_workbook.reading.read import read_open_book as read_raw_book
from warmap_workbook.reading.sheet_tables import as_handed_over, cells_of, dense_rows


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet: the rectangle in use from (top, left), counted from 1, with values and formulas of equal shape.

    A value is None, a text, a number, yes or no, or a date; an error is its text. A formula begins with `=`; of a cell
    without one, anything else may stand there.
    """

    name: str
    is_visible: bool = True
    top: int = 1
    left: int = 1
    values: Sequence[Sequence[object]] = ()
    formulas: Sequence[Sequence[object]] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the open workbook; rows and columns from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Such as `M7`."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class OpenBook:
    """All sheets in the order of their tabs, the defined names of the workbook as `refers to`, and the active cell.

    `is_from_1904` tells that its days are counted from 1904.
    """

    sheets: Sequence[OpenSheet] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    active: Place | None = None
    file: str = ""
    is_from_1904: bool = False


@dataclass(frozen=True)
class Opened:
    """An open workbook and what is in it; each part is computed when first asked for.

    `system_lang` is the language of another workbook than a war map, `log` the path of the log and `excel` Excel's version,
    as they are shown; `shown` are the places that this round of the weekly update has led to, `written` is what the last macro
    wrote.
    """

    book: OpenBook
    today: date
    system_lang: Lang = "en"
    log: str = ""
    excel: str = ""
    shown: Sequence[str] = ()
    written: Sequence[Edit] = ()
    as_read: Book | None = None

    @cached_property
    def raw(self) -> Book:
        """The workbook as the file reader would hand it over, or did: `as_read`."""
        return self.as_read or raw_book(self.book)

    @cached_property
    def entries(self) -> Reading:
        """The map, its findings and places; formulas unjudged."""
        return read_raw_book(self.raw, entries_only=True)

    @cached_property
    def checked(self) -> Reading:
        """The same with everything that `warmap check` finds in a file."""
        return read_raw_book(self.raw)

    @property
    def is_map(self) -> bool:
        """Whether this is a war map at all."""
        return bool(self.book.sheets) and all(finding.code != "DV001" for finding in self.entries.findings)

    @property
    def lang(self) -> Lang:
        """The workbook's language; of another workbook, the system's."""
        return self.entries.lang if self.is_map else self.system_lang

    @cached_property
    def judgement(self) -> Judgement:
        """The map judged with the workbook's own settings."""
        return self.entries.judgement

    @cached_property
    def call(self) -> Call:
        """What a worksheet function would work on; cells are those of this workbook."""
        blank = [finding for finding in self.entries.findings if finding.code == "DV201"]
        return Call(self.judgement, self.lang, findings=lambda: blank, places=self.entries.places)

    def area(self, name: str) -> tuple[Sheet, RangeRef] | None:
        """The sheet and the rectangle behind a defined name."""
        return self.raw.named_range(name)

    def cells(self, reference: str) -> Cells:
        """The values behind a defined name, or a range of the active sheet. Raises ValueError where there is no such."""
        found = self.area(reference)
        if found is None:
            box = parse_range(reference)
            sheet = self.raw.sheet(box.sheet or (self.book.active.sheet if self.book.active else ""))
            if sheet is None:
                raise ValueError(reference)
            found = sheet, box
        return as_handed_over(cells_of(dense_rows(found[0]), found[1]))


def raw_book(book: OpenBook) -> Book:
    """An open workbook in the file reader's own terms."""
    dates = EXCEL_1904 if book.is_from_1904 else EXCEL
    sheets = [_raw_sheet(sheet, dates) for sheet in book.sheets]
    names = {name: text.removeprefix("=") for name, text in book.names.items() if "!" not in name}
    return Book(sheets, names, date1904=book.is_from_1904)


def _raw_sheet(sheet: OpenSheet, dates: DateSystem) -> Sheet:
    raw = Sheet(sheet.name, "visible" if sheet.is_visible else "hidden", "worksheet", was_read=True)
    for row, cells in enumerate(sheet.values, sheet.top):
        for column, value in enumerate(cells, sheet.left):
            stored = None if value is None else stored_as(value, dates)
            if stored is not None:
                raw.rows.setdefault(row, {})[column] = stored
                if isinstance(value, date):
                    raw.date_cells.add((row, column))
    for row, texts in enumerate(sheet.formulas, sheet.top):
        for column, text in enumerate(texts, sheet.left):
            if text and isinstance(text, str) and text[0] == "=":
                raw.formulas[row, column] = StoredFormula(text[1:])
                # An open workbook is calculated: such a formula shows nothing, which is a result as a file stores it.
                raw.rows.setdefault(row, {}).setdefault(column, "")
    return raw


def stored_as(value: object, dates: DateSystem) -> Value | None:
    """A value of a cell as a file stores it; None for a blank."""
    error = error_name(value)  # xlwings has words for some, a number for the others
    if error is not None:
        return ErrorValue(error)
    if isinstance(value, str | bool):
        return value if value != "" else None
    if isinstance(value, int | float | Decimal):  # Excel hands over cells in a currency format as decimals
        return float(value)
    if isinstance(value, date):
        return dates.serial(value)
    return str(value)


# -- what several macros ask and say -----------------------------------------------------------------------------------

TAB_GONE = Text("工作簿里没有“{sheet}”表。", "The workbook has no sheet “{sheet}”.")


def tab_sheet(book: Book, code: str) -> Sheet | None:
    """The sheet of a tab under its name in either language; None where it is gone or renamed."""
    names = {key(TAB[code].name.to(lang)) for lang in LANGUAGES}
    return next((sheet for sheet in book.sheets if key(sheet.name) in names), None)


def fill(text: Text, lang: Lang, **facts: object) -> str:
    """The words of one language, filled in full: a message box has room for what a cell would cut."""
    return in_full(text, **facts).to(lang)


def lines(words: Iterable[str]) -> str:
    """Join words line by line, leaving out blanks."""
    return "\n".join(word for word in words if word)


def free_name(book: Book, wanted: Text, lang: Lang, is_ours: Callable[[Sheet], bool]) -> str:
    """A name for a sheet of ours: the one wanted, where no sheet has it or that sheet is blank or ours; else a numbered one."""
    base, number = wanted.to(lang), 1
    while True:
        name = base if number == 1 else f"{base} {number}"
        sheet = book.sheet(name)
        if sheet is None or not (sheet.rows or sheet.formulas) or is_ours(sheet):
            return name
        number += 1
