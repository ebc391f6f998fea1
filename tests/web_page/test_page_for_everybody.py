"""A phone's width, the keyboard alone, a screen reader: the page serves them too."""

import pytest
from page_in_chromium import SLOW, sample
from playwright.sync_api import expect

NAMES = {"zh": ("zh-CN", "看示例"), "en": ("en-US", "Look at a sample")}
TAB = "#panel [role=tab]"


@pytest.fixture(scope="module", params=NAMES)
def phone(request, browse, address):
    """A phone with a sample open, its board in front."""
    locale, opens = NAMES[request.param]
    page = browse(
        address, locale=locale, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ).start()
    page.page.get_by_role("button", name=opens).tap()
    page.is_open(f"manufacturer_mes.{request.param}.xlsx")
    page.page.locator("#buttons [data-name=panel]").tap()
    yield page
    page.page.context.close()


class TestPhone:
    """390 pixels: scores, flags and actions are read; no line runs out of the window."""

    def test_the_board_is_shown_and_fits(self, phone):
        expect(phone.page.locator("#panel")).to_be_visible()
        for tab in phone.page.locator(TAB).all():
            tab.tap()
            assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390
            widths = phone.page.locator("#panel .body").evaluate("(one) => [one.scrollWidth, one.clientWidth]")
            assert widths[0] <= widths[1], tab.inner_text()

    def test_words_are_large_enough_to_read_and_buttons_to_touch(self, phone):
        phone.page.locator(TAB).nth(1).tap()
        sizes = phone.page.locator("#panel p, #panel h3").evaluate_all(
            "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert len(sizes) > 10
        assert min(sizes) >= 12
        heights = phone.page.locator("#bar button:visible, #panel button:visible").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 24  # WCAG 2.2, target size (minimum)

    def test_a_flag_is_planned_with_a_finger(self, phone):
        phone.page.locator(TAB).nth(1).tap()
        phone.page.locator("#panel article button").first.tap()
        phone.settle()
        expect(phone.page.locator("#toast")).to_be_visible()
        phone.save()


class TestDesk:
    def test_the_sheets_take_the_whole_width_when_the_board_is_put_away(self, web_page):
        web_page.open("manufacturer_mes.en")
        width = "() => Math.max(...[...document.querySelectorAll('#grid canvas')].map((one) => one.getBoundingClientRect().width))"
        expect(web_page.page.locator("#panel")).to_be_visible()
        beside, window = web_page.evaluate(width), web_page.evaluate("() => window.innerWidth")
        assert beside < window - 300
        web_page.press("panel")
        expect(web_page.page.locator("#panel")).to_be_hidden()
        web_page.page.wait_for_timeout(500)  # the grid draws itself anew
        assert web_page.evaluate(width) > window - 40
        web_page.press("panel")
        expect(web_page.page.locator("#panel")).to_be_visible()
        web_page.page.wait_for_timeout(500)
        assert web_page.evaluate(width) == beside


class TestKeyboard:
    def test_a_file_is_opened_filled_in_and_saved_without_a_mouse(self, visit):
        page = visit()
        expect(page.page.locator("#state")).to_have_text("Ready", timeout=SLOW)
        with page.page.expect_file_chooser() as chosen:
            for _ in range(10):
                page.page.keyboard.press("Tab")
                if "drop" in page.page.evaluate("() => document.activeElement.className"):
                    break
            page.page.keyboard.press("Enter")
        page.content = sample("manufacturer_mes.en")
        chosen.value.set_files({"name": "map.xlsx", "mimeType": "", "buffer": page.content})
        page.is_open("map.xlsx")
        page.go("Deal", "B17")
        page.page.keyboard.type("We hold the plant's own data")
        _, content = page.handed(lambda: page.page.keyboard.press("Control+s"))
        assert content != page.content
        assert page.cell("Deal", "B17") == "We hold the plant's own data"

    def test_the_boards_tabs_turn_with_the_arrows(self, web_page):
        web_page.open("manufacturer_mes.en")
        first = web_page.page.locator(TAB).first
        first.click()
        web_page.page.keyboard.press("ArrowRight")
        chosen = web_page.page.locator(f"{TAB}[aria-selected=true]")
        expect(chosen).to_be_focused()
        expect(chosen).to_contain_text("Flags")
        web_page.page.keyboard.press("Tab")
        expect(web_page.page.locator("#panel [role=tabpanel]")).to_be_focused()


def test_a_screen_reader_is_told_what_changed(web_page):
    web_page.open("manufacturer_mes.en")
    state = web_page.page.get_by_role("status")
    expect(state).to_have_text("Ready")
    web_page.type("Strong support", "People", "P7")
    expect(state).to_contain_text("cells changed, health")
    assert web_page.page.get_by_role("alert", include_hidden=True).count() == 1
    assert web_page.page.get_by_role("toolbar").count() == 1
    assert web_page.page.evaluate("() => document.documentElement.lang") == "en"
    unnamed = (
        "(all) => all.filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.title)).length"
    )
    assert web_page.page.locator("#bar button, #panel button").evaluate_all(unnamed) == 0
    web_page.save()


def test_a_finding_leads_to_its_cell(web_page):
    web_page.open("manufacturer_mes.en").fill([["Deal", 8, 2, "about nine million"]])
    web_page.press("check")
    go = web_page.page.locator("#panel article", has_text="Deal B8").get_by_role("button", name="Go there")
    go.first.click()
    assert web_page.page.evaluate("() => window.warmap.grid.place()") == {"sheet": "Deal", "cell": "B8"}
    web_page.save()
