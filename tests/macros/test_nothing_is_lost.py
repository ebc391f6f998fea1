"""No button loses what a rep entered: inputs before are inputs after, over every sample, except where the button says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from excel_stand_in import Book
from macro_desk import NOW, Desk

from warmap.history import content
from warmap.model import TABLE
from warmap_addin.macros.edits import CHANGING, every
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.running import MACROS, UNDO
from warmap_addin.macros.session import read_open_book
from warmap_app.load import load
from warmap_workbook import samples
from warmap_workbook.writing.build import build_workbook

FILES = sorted(Path(samples.__file__).parent.glob("*.yaml"))
SAYS_OTHERWISE = {
    "rows_for_contact": {"trust", "wins"},
    "plan_it": {"actions"},
}  # adds rows to these, and changes none that are there
NOTE = "my own note, kept"


@cache
def built(path):
    return build_workbook(load(path).map, "en" if path.name.endswith(".en.yaml") else "zh")


def opened(book):
    return Opened(read_open_book(book), NOW.date())


@cache
def untouched(path):
    """A sample as it is opened; the tests only look at it."""
    return opened(Book(built(path)))


def entered(book):
    """The map as it is read from the open workbook, table by table."""
    return content(opened(book).entries.map)


def pressed(folder, path, name):
    """A workbook with notes of the rep's own outside the tables, a button pressed with the cursor on one of its people."""
    at = Desk(folder, built(path))
    at.book.saved = lambda: b""
    own = at.book.sheets.add("Mine", after=list(at.book.sheets)[-1])
    own.range("B2").value = NOTE
    place = untouched(path).entries.places["contacts"]
    at.book.sheets[place.sheet].cells_[place.rows[0], 60] = NOTE
    at.book.go(place.sheet, f"A{place.rows[-1]}")
    words = at.press(name)
    assert not at.log.exists(), words
    return at, place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_button_that_is_not_said_to_change_the_workbook_has_nothing_that_could(path):
    for name in MACROS.keys() - UNDO.keys() - {"new_map"}:
        assert not [one for one in every(MACROS[name](untouched(path))) if isinstance(one, CHANGING)], name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sorted(UNDO))
def test_what_was_entered_is_there_after_a_button_that_changes_the_workbook(tmp_path, path, name):
    at, place = pressed(tmp_path, path, name)
    assert name in SAYS_OTHERWISE or any(sheet.written for sheet in at.book.sheets)
    before, after = content(untouched(path).entries.map), entered(at.book)
    for table in TABLE:
        if table in SAYS_OTHERWISE.get(name, ()):
            assert after.get(table, [])[: len(before.get(table, []))] == before.get(table, [])
        else:
            assert after.get(table) == before.get(table)
    assert at.book.cell("Mine", "B2") == NOTE
    people = next(sheet for sheet in at.book.sheets if sheet.original == place.sheet)
    assert people.cells_[place.rows[0], 60] == NOTE


def test_notes_beside_the_findings_are_kept_and_the_next_check_takes_another_sheet(tmp_path):
    at = Desk(tmp_path, built(FILES[0]))
    at.press("check_map")
    (sheet,) = [one for one in at.book.sheets if one.original is None]
    sheet.cells_[5, 7] = NOTE
    at.press("check_map")
    assert sheet.cells_[5, 7] == NOTE
    assert len([one for one in at.book.sheets if one.original is None]) == 2


def test_the_stand_in_would_show_a_loss(tmp_path):
    """The comparison above is one that can fail."""
    book, place = Book(built(FILES[0])), untouched(FILES[0]).entries.places["contacts"]
    book.sheets[place.sheet].cells_[place.rows[0], place.columns["name"]] = "Somebody else"
    assert entered(book) != content(untouched(FILES[0]).entries.map)
