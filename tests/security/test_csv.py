"""Security, line 10: a CSV holds no formula, whatever separates its cells for the program that reads it."""

import csv
import io
import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from warmap.reading import read_document
from warmap.text import Text
from warmap_addin.macros.edits import SaveFolder
from warmap_addin.macros.exporting import export_csv
from warmap_addin.macros.open_book import OpenBook, Opened, OpenSheet
from warmap_app.outputs.columns import Column
from warmap_app.outputs.csv_tables import FORMULA_STARTS, _shown, csv_file
from warmap_workbook.ooxml import read_book
from warmap_workbook.writing.build import build_workbook

ATTACK = "cmd|'/c calc'!A0"
BETWEEN = ["", " ", '"', "'", '""', "\t", "\n", "\r\n", ";", "\u200b", "\ufeff", "\N{NO-BREAK SPACE}"]
SEPARATORS = [";", "\t", "|", ","]
UNSEEN = " \N{NO-BREAK SPACE}\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"


def live(text, separator, quoting):
    """The cells that a program would compute, which reads the file with this separator."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    return [cell for row in rows for cell in row if cell.strip(UNSEEN + "\r\n\t").startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_is_live_with_any_separator(separator, quoting):
    if separator == "," and quoting == csv.QUOTE_NONE:
        pytest.skip("our own separator, read without our quotes: no program reads it so")
    for sign, first, second in itertools.product("=+-@＝＠", BETWEEN, BETWEEN):
        for inner in SEPARATORS[:3]:
            for text in (
                f"{first}{sign}{ATTACK}",
                f"fine{inner}{first}{second}{sign}{ATTACK}",
                f"a\n{first}{sign}{ATTACK}",
            ):
                written = io.StringIO(newline="")
                table = csv.writer(written, lineterminator="\r\n")
                table.writerow([_shown(cell, guard=True) for cell in ("in/a.xlsx", text, 5, text)])
                table.writerow([_shown(cell, guard=True) for cell in (text, "b")])
                assert live(written.getvalue(), separator, quoting) == [], (text, written.getvalue())


def from_a_table(text):
    """What commands write: a table of columns."""
    return csv_file([Column("x", Text("x", "x"), lambda row: row)], [text], "en")


def from_the_macro(text):
    """What the macro exports of a map in which the text stands."""
    book = read_book(build_workbook(read_document({"contacts": [{"name": "A", "notes": text}]}).map, "en"))
    opened = Opened(OpenBook([OpenSheet(sheet.name) for sheet in book.sheets]), date(2026, 7, 3), as_read=book)
    (folder,) = (one for one in export_csv(opened) if isinstance(one, SaveFolder))
    return dict(folder.files)["contacts.csv"]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("write", [from_a_table, from_the_macro])
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "fine;=1+1",
        " =1+1",
        "＝1+1",
        "a\n=1",
        "a|@x",
        "\u200b=1+1",
        "\N{NO-BREAK SPACE}-1",
        "a\t+1",
    ],
)
def test_no_writer_lets_a_formula_through(write, text, separator):
    written = write(text).decode("utf-8-sig")
    assert text[-2:] in written
    assert live(written, separator, csv.QUOTE_MINIMAL) == []


def test_there_is_no_other_writer():
    root = Path(__file__).parents[2]
    writers = [
        file.name
        for room in ("src", "udfs", "addin", "workbook_templates")
        for file in (root / room).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|\bto_csv\b|import (writer|DictWriter)", file.read_text("utf-8"))
    ]
    assert writers == ["csv_tables.py"]


@pytest.mark.parametrize("text", ["a; b", "1-2", "a - b", "x = y", "mail a@b.c", "line\nnext", "5%; 7%", "-"])
def test_plain_text_is_left_as_it_is(text):
    assert _shown(text, guard=False) == text
    if text != "-":
        assert _shown(text, guard=True) == text


def test_numbers_are_numbers():
    assert _shown(-5, guard=True) == -5
