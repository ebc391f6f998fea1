"""One truth: what the batch reads of a sheet is what the functions in its cells read of the named ranges, whatever people do.

Each round takes a filled workbook, makes some of the changes that people make, and reads it in both ways.
"""

from __future__ import annotations

import io
import random

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from warmap.layout import TABS
from warmap.model import TABLE, TABLES, Kind
from warmap.parsing import Context
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap.worksheet.ranges import call_on, parse_table
from warmap_udfs.dispatch import as_cells
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_open_book
from warmap_workbook.reading.sheet_tables import DenseSheets, as_handed_over, cells_of
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

ROUNDS = 12
SAMPLES = ("manufacturer_mes", "telecom_core_network")
LISTS = [table for table in TABLES if not table.is_record]
TOTALS = ("合计", "Total", "小计：", "Average")
MARKS = ("以下空白", "end of list", "示例", "e.g. Somebody")
UNSEEN = ("\u200b", "\xad", "\u2060")


class Sheets:
    """A sample's workbook, changed as a program with live named ranges changes it."""

    def __init__(self, sample, lang):
        self.lang = lang
        self.book = openpyxl.load_workbook(
            io.BytesIO(build_workbook(read_document(load_sample(sample, lang)).map, lang))
        )

    def sheet(self, table):
        return self.book[next(tab.name.to(self.lang) for tab in TABS if table in tab.tables)]

    def box(self, table):
        """(first column, first row, last column, last row) of the named range."""
        return range_boundaries(self.book.defined_names[f"wm_{table}"].attr_text.rpartition("!")[2].replace("$", ""))

    def put_box(self, table, box):
        sheet, _, _ = self.book.defined_names[f"wm_{table}"].attr_text.rpartition("!")
        c1, r1, c2, r2 = box
        area = f"${get_column_letter(c1)}${r1}:${get_column_letter(c2)}${r2}"
        self.book.defined_names[f"wm_{table}"].attr_text = f"{sheet}!{area}"

    def used(self, table):
        """The rows below the header in which the first column is filled."""
        c1, r1, _, r2 = self.box(table)
        return [row for row in range(r1 + 1, r2 + 1) if self.sheet(table).cell(row, c1).value not in (None, "")]

    def row(self, table, row, cells):
        c1, *_ = self.box(table)
        codes = [field.code for field in TABLE[table].fields]
        for code, value in cells.items():
            self.sheet(table).cell(row, c1 + codes.index(code)).value = value

    def saved(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def insert_row(book, rng):
    table = rng.choice(["contacts", "trust", "wins", "needs", "org_units"])
    row = rng.choice(book.used(table))
    book.sheet(table).insert_rows(row)
    c1, r1, c2, r2 = book.box(table)
    book.put_box(table, (c1, r1, c2, r2 + 1))


def swap_columns(book, rng):
    table = rng.choice(LISTS).code
    c1, r1, _, _ = book.box(table)
    width = len(TABLE[table].fields) - (1 if TABLE[table].open_field else 0)
    one, two = rng.sample(range(c1, c1 + min(width, 4)), 2) if width > 2 else (c1, c1)
    sheet = book.sheet(table)
    for row in [r1, *book.used(table)]:
        left, right = sheet.cell(row, one), sheet.cell(row, two)
        left.value, right.value = right.value, left.value


def add_total(book, rng):
    table = rng.choice(["competition", "ideal_customer"])
    c1, *_ = book.box(table)
    book.sheet(table).cell(book.used(table)[-1] + 1, c1).value = rng.choice(TOTALS)
    book.sheet(table).cell(book.used(table)[-1], c1 + 1).value = 100


def add_mark(book, rng):
    table = rng.choice(["contacts", "needs", "trust", "resources", "objections"])
    c1, r1, *_ = book.box(table)
    book.sheet(table).cell((book.used(table) or [r1])[-1] + 1, c1).value = rng.choice(MARKS)


def repeat_header(book, rng):
    table = rng.choice(LISTS)
    if table.code == "stage_evidence":
        return
    c1, r1, _, _ = book.box(table.code)
    row = (book.used(table.code) or [r1])[-1] + 2
    for column in range(c1, c1 + len(table.fields)):
        book.sheet(table.code).cell(row, column).value = book.sheet(table.code).cell(r1, column).value


def tick_nothing(book, rng):
    table = rng.choice([table for table in LISTS if any(f.kind in (Kind.TICK, Kind.YES_NO) for f in table.fields)])
    if table.code == "stage_evidence":
        return
    codes = [field.code for field in table.fields if field.kind in (Kind.TICK, Kind.YES_NO)]
    start = (book.used(table.code) or [book.box(table.code)[1]])[-1] + 3
    for row in range(start, start + 5):
        book.row(table.code, row, dict.fromkeys(codes, False))


def respell_names(book, rng):
    for table in LISTS:
        for place, field in enumerate(table.fields):
            if field.kind is not Kind.NAME or not book.used(table.code) or rng.random() < 0.5:
                continue
            cell = book.sheet(table.code).cell(rng.choice(book.used(table.code)), book.box(table.code)[0] + place)
            if isinstance(cell.value, str) and len(cell.value) > 1:
                cell.value = cell.value[:1] + rng.choice(UNSEEN) + cell.value[1:].upper()


def list_otherwise(book, rng):
    c1, *_ = book.box("visits")
    place = [field.code for field in TABLE["visits"].fields].index("contacts")
    people = [book.sheet("contacts").cell(row, book.box("contacts")[0]).value for row in book.used("contacts")]
    chosen = [name for name in people if isinstance(name, str)][:3]
    if book.used("visits"):
        book.sheet("visits").cell(book.used("visits")[0], c1 + place).value = rng.choice(
            ["/", "、", " & ", "和", "\n", ", "]
        ).join(chosen)


def write_beyond(book, rng):
    table = rng.choice(["contacts", "competition", "actions"])
    c1, _, _, r2 = book.box(table)
    book.sheet(table).cell(r2 + rng.randint(1, 9), c1).value = "Somebody beyond"


CHANGES = (
    insert_row, swap_columns, add_total, add_mark, repeat_header, tick_nothing, respell_names, list_otherwise, write_beyond,
)  # fmt: skip


def read_by_functions(book):
    """The map as a function that is given every table sees it."""
    sheets, tables, context = DenseSheets(), {}, Context(book.dates)
    for table in TABLES:
        sheet, box = book.named_range(f"wm_{table.code}")
        parsed = parse_table(table.code, as_cells(as_handed_over(cells_of(sheets.rows(sheet), box))), context)
        assert parsed is not None
        tables[table.code] = parsed
        if table.code == "deal":
            context = Context(book.dates, parsed.currency)
    return call_on(tables, None, "en").judgement.map


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_sheet_and_its_functions_read_the_same_map(seed, lang):
    rng = random.Random(f"{seed} {lang}")
    book = Sheets(rng.choice(SAMPLES), lang)
    done = []
    for change in rng.sample(CHANGES, rng.randint(2, 5)):
        done.append(change.__name__)
        change(book, rng)
    raw = read_book(book.saved())
    intake = read_open_book(raw, entries_only=True)
    by_functions = read_by_functions(raw)
    for table in TABLES:
        assert getattr(intake.map, table.code) == getattr(by_functions, table.code), (table.code, done)
    people = {contact.name for contact in intake.map.contacts}
    assert not people & {"Somebody beyond", *TOTALS, *MARKS, "Name *", "姓名 *"}
