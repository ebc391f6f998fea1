"""The page starts, calculates, saves and keeps what was entered in Firefox, and in WebKitGTK, whose engine is Safari's."""

import pytest
from page_in_chromium import TEMPLATES, is_as_native, native, parts_of

SAMPLE = next(TEMPLATES.rglob("manufacturer_mes.en.xlsx"))
CHANGES = [["People", 7, 16, "Strong support"], ["Deal", 8, 2, 9000000]]
ENTRIES = {"People!P7": "Strong support", "Deal!B8": 9000000}


@pytest.fixture(
    scope="module",
    params=[pytest.param(f"in_{engine}", marks=getattr(pytest.mark, engine)) for engine in ("firefox", "webkit")],
)
def page(request):
    """The page with a sample that was opened as a file; the tests work on it one after the other."""
    return request.getfixturevalue(request.param).open(SAMPLE)


def test_a_file_is_opened_and_calculated(page):
    assert is_as_native(page) == {}
    assert page.faults() == []


def test_what_is_entered_is_calculated_and_saved(page):
    page.fill(CHANGES)
    assert is_as_native(page) == ENTRIES
    entered = [(sheet, row, column, value) for sheet, row, column, value in CHANGES]
    assert parts_of(page.saved()) == parts_of(native(page.content, entered, SAMPLE.name).save())
    assert page.faults() == []


def test_unsaved_work_is_offered_again(page):
    page.start()
    page.press(f"Go on with unsaved work: {SAMPLE.name}")
    page.is_open(SAMPLE.name)
    assert is_as_native(page) == ENTRIES
    assert page.faults() == []
