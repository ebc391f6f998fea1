"""Files that are no war map, damaged or made to do harm end in words, and cells are never taken for HTML."""

import sys
from pathlib import Path

import pytest
from page_in_chromium import is_as_native, sample
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

import odd_files

from sampling import IS_WHOLE
from warmap.model import blank_map
from warmap_app.load import load_bytes
from warmap_workbook.writing.build import OwnSheet, build_workbook

FEW = ["a_bomb_of_overlapping_parts.xlsx", "a_cell_beyond_the_sheet.xlsx", "a_date_nan.xlsx", "a_name_of_nothing.xlsx"]
HARM = "<img src=x onerror='window.harm = 1'><script>window.harm = 1</script>"


def refusal(name, content):
    """What the batch says of a file that cannot be read, or nothing."""
    told = [one for one in load_bytes(name, content).findings if one.code in {"DV001", "DV002", "DV004"}]
    return told[0].message("en") if told else ""


@pytest.fixture(scope="module")
def page(shared_page):
    """The page with a sample open, which what is refused leaves as it is."""
    return shared_page.open("manufacturer_mes.en")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"Not a workbook"), ("empty.xlsx", b""), ("cut.xlsx", sample("manufacturer_mes.en")[:5000]),
        ("page.xlsx", b"<html>"), ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_and_the_open_one_stays(page, web_page, name, content):
    page.hear_nothing()
    page.give(name, content)
    assert refusal(name, content)[:40] in page.told()
    expect(page.page.locator("#title")).to_have_text(page.file)
    assert is_as_native(page) == {}


@pytest.mark.parametrize("name", sorted(odd_files.MAKERS)[::7] if IS_WHOLE else FEW)
def test_an_odd_workbook_opens_or_is_refused_in_words(web_page, name):
    content = odd_files.MAKERS[name]()
    web_page.hear_nothing()
    web_page.give(name, content)
    web_page.page.locator(f"#toast:not([hidden]), #title:text-is('{name}')").first.wait_for(timeout=120_000)
    if web_page.page.locator("#title").inner_text() == name:
        web_page.is_open(name)
    else:
        assert web_page.told()
    web_page.open("manufacturer_mes.en")


@pytest.mark.parametrize("name", ["constructor", "__proto__", "sheet3"])
def test_a_sheet_of_ones_own_may_have_any_name(web_page, name):
    """Also that of what every object of the page's language has, or of a sheet inside the grid."""
    own = OwnSheet(name, {(1, 1): ("Mine", ""), (2, 1): (3, "=1+2")})
    web_page.open(name.strip("_"), build_workbook(blank_map(), "en", own_sheets=[own]))
    assert web_page.cell(name, "A1") == "Mine"
    web_page.go(name, "A1")
    web_page.type("Ours", name, "A1")
    web_page.type("Acme", "Deal", "B5")
    assert is_as_native(web_page) == {f"{name}!A1": "Ours", "Deal!B5": "Acme"}
    web_page.save()


def test_cells_are_shown_as_text(web_page):
    """In the grid, on the board, in the picture and in the messages."""
    web_page.open("manufacturer_mes.en")
    web_page.fill([["People", 7, 4, HARM], ["Deal", 5, 2, HARM], ["Deal", 17, 2, HARM]])
    for tab in web_page.page.locator("#panel [role=tab]").all():
        tab.click()
    expect(web_page.page.get_by_role("img", name="Who reports to whom")).to_be_visible()
    web_page.page.locator("#panel [role=tab]").nth(1).click()
    web_page.go("People", "D7")
    web_page.press("explain")
    web_page.told()
    assert "<img src=x" in web_page.page.locator("#panel").inner_text()
    assert web_page.page.evaluate("() => window.harm") is None
    assert web_page.page.locator("img[src=x], #panel script").count() == 0
    web_page.save()
