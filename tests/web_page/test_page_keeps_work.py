"""What was entered is not lost: not by a closed window, another file, or a calculation that had to be ended."""

import pytest
from page_in_chromium import is_as_native
from playwright.sync_api import expect

ENTRY = {"People!P7": "Strong support"}


@pytest.fixture(scope="module")
def page(browse, address):
    """A page of this module's own, since what it keeps is looked at."""
    return browse(address).start()


@pytest.fixture(autouse=True)
def _nothing_left(page):
    yield
    page.agrees = True
    page.save()


@pytest.fixture
def at_work(page):
    """The page with a sample and one entry."""
    page.open("manufacturer_mes.en").type("Strong support", "People", "P7")
    page.dialogs.clear()
    return page


def test_unsaved_work_is_offered_again(at_work):
    at_work.start()
    at_work.page.get_by_role("button", name=f"Go on with unsaved work: {at_work.file}").click()
    at_work.is_open(at_work.file)
    assert is_as_native(at_work) == ENTRY
    at_work.type("9000000", "Deal", "B8")
    at_work.start()
    at_work.page.get_by_role("button", name="Go on with unsaved work").click()
    at_work.is_open(at_work.file)
    assert is_as_native(at_work) == {**ENTRY, "Deal!B8": 9000000}


def test_it_can_be_thrown_away_once_asked(at_work):
    at_work.start()
    at_work.dialogs.clear()
    at_work.agrees = False
    throw = at_work.page.get_by_role("button", name="Throw it away")
    throw.click()
    assert at_work.dialogs == [
        ("confirm", f"Throw away the unsaved work on {at_work.file}? It cannot be brought back.")
    ]
    expect(throw).to_be_visible()
    at_work.agrees = True
    throw.click()
    expect(throw).to_have_count(0)
    at_work.start()
    expect(throw).to_have_count(0)
    at_work.open("manufacturer_mes.en")


def test_saved_work_is_not_kept(at_work):
    at_work.save()
    at_work.start()
    expect(at_work.page.get_by_role("button", name="Go on with unsaved work")).to_have_count(0)
    at_work.open("manufacturer_mes.en")


def test_a_window_with_unsaved_work_asks_before_it_closes(at_work):
    at_work.start()
    assert [kind for kind, _ in at_work.dialogs] == ["beforeunload"]
    at_work.page.get_by_role("button", name="Go on with unsaved work").click()
    at_work.is_open(at_work.file)
    at_work.save()
    at_work.dialogs.clear()
    at_work.start()
    assert at_work.dialogs == []
    at_work.open("manufacturer_mes.en")


def test_another_file_is_opened_only_when_agreed(at_work):
    file = at_work.file
    at_work.agrees = False
    at_work.give("another.xlsx", at_work.content)
    at_work.settle()
    assert at_work.dialogs == [
        ("confirm", f"{file} has unsaved work. Open another file all the same? What is not saved is lost.")
    ]
    expect(at_work.page.locator("#title")).to_have_text(file)
    assert is_as_native(at_work) == ENTRY


def test_what_is_still_being_typed_is_saved(at_work):
    at_work.go("Deal", "B17")
    at_work.page.keyboard.type("half a sentence")
    at_work.save()
    assert is_as_native(at_work) == {**ENTRY, "Deal!B17": "half a sentence"}


@pytest.mark.parametrize("how", ["ended for taking too long", "died"])
def test_a_lost_calculation_is_begun_anew_with_everything_entered(at_work, how):
    at_work.hear_nothing()
    at_work.page.evaluate(
        "(how) => { const { python } = window.warmap; how === 'died' ? python.worker.dispatchEvent(new ErrorEvent('error')) : python.end('timeout'); }",
        how,
    )
    assert at_work.told() == "That took too long and was begun anew; everything you entered is still here."
    at_work.is_open(at_work.file)
    assert is_as_native(at_work) == ENTRY
    at_work.type("9000000", "Deal", "B8")
    assert is_as_native(at_work) == {**ENTRY, "Deal!B8": 9000000}
