"""The web page: nothing but itself, nothing of a workbook is ever markup or script, and it works by mouse and keyboard."""

import base64
import hashlib
import re
import subprocess
from html.parser import HTMLParser

import pytest
from made_results import IMAGE, SCRIPT, result, several, unreadable, written
from playwright.sync_api import expect

from warmap.text import LANGUAGES
from warmap_app.outputs import html
from warmap_app.outputs.html import COLUMNS

HOSTILE_REP = '"><script>alert(3)</script>'


class Outline(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def page(results, tmp_path, lang="en"):
    path = tmp_path / "page.html"
    done = written("html", results, path, lang=lang, force=True)
    return path.read_text("utf-8"), done


def hostile():
    one = result("hostile.json", "en", account=SCRIPT, owner=HOSTILE_REP, stage=None)
    one["findings"][0].update(
        message=f"x {IMAGE}", hint="</td></table><script>alert(4)</script>", cell="' onclick='alert(5)"
    )
    return one


class TestThePage:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_file_stands_on_it_in_the_language_asked_for(self, tmp_path, lang):
        text, _ = page(several(lang), tmp_path, lang)
        assert f'<html lang="{ {"zh": "zh-CN", "en": "en"}[lang] }">' in text
        assert text.count("<tbody data-result=") == 8
        for column in COLUMNS:
            assert f">{column.head.to(lang)}</button>" in text
        assert {"zh": "4 个通过", "en": "Checked"}[lang] in text or lang == "zh"

    def test_it_needs_nothing_but_itself(self, tmp_path):
        text, _ = page([result(stage=None), unreadable()], tmp_path)
        tags = Outline(text).tags
        assert not [
            attrs for tag, attrs in tags if "src" in attrs or tag in {"link", "img", "iframe", "object", "base"}
        ]
        assert not re.search(r"https?://|@import|url\(", text)
        assert not [attrs for _, attrs in tags if any(name.startswith("on") or name == "style" for name in attrs)]

    def test_its_policy_allows_its_own_script_and_style_and_nothing_else(self, tmp_path):
        text, _ = page(several(), tmp_path)
        policy = next(attrs["content"] for tag, attrs in Outline(text).tags if attrs.get("http-equiv"))
        for kind in ("script", "style"):
            (inside,) = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy

    def test_hostile_text_is_text(self, tmp_path):
        text, _ = page([hostile()], tmp_path)
        tags = [tag for tag, _ in Outline(text).tags]
        assert (tags.count("script"), tags.count("img")) == (1, 0)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text

    def test_what_was_checked_and_what_was_not_stands_above(self, tmp_path):
        text, _ = page(several(), tmp_path)
        assert "Checked 0 sheets" in text
        assert "Not checked:" in text

    def test_files_lead_to_where_they_are(self, tmp_path):
        (tmp_path / "a b#1.json").write_text("{}")
        text, _ = page([result(tmp_path / "a b#1.json"), result("gone.json"), result("javascript:alert(1)")], tmp_path)
        assert [attrs["href"] for tag, attrs in Outline(text).tags if tag == "a"] == ["./a%20b%231.json"]

    def test_more_files_than_a_browser_likes_are_left_out_and_said(self, tmp_path, monkeypatch):
        monkeypatch.setattr("warmap_app.outputs.html.MOST_FILES", 2)
        text, done = page([result(f"{number}.json") for number in range(5)], tmp_path)
        assert text.count("<tbody data-result=") == 2
        assert "3 more" in done.remarks[0].en
        assert done.remarks[0].en in text


@pytest.fixture(scope="module")
def written_page(tmp_path_factory):
    """The page of nine files, one of them hostile."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    written("html", [*several("en"), hostile()], path, lang="en")
    return path


@pytest.fixture
def browser(chromium, written_page):
    """The page in Chromium as it is when it has just been opened, and what it complains of."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1500, "height": 1000})
    page = context.new_page()
    page.complaints = []

    def hear(said):  # Playwright marks whom it tells, and the list's own method bears no mark
        page.complaints.append(said)

    for event in ("console", "pageerror", "dialog"):
        page.on(event, hear)
    page.goto(written_page.as_uri())
    yield page
    context.close()


def shown(page):
    return page.locator(".files > tbody:visible > tr:first-child > td:nth-child(2)").all_inner_texts()


class TestInABrowser:
    def test_no_script_of_a_workbook_runs_and_nothing_is_complained_of(self, browser):
        browser.click("[name=all]")
        assert browser.locator("img, script").count() == 1
        assert browser.locator("[onclick], [onerror]").count() == 0
        assert browser.complaints == []
        assert SCRIPT in browser.locator("body").inner_text()

    def test_a_script_that_got_in_would_not_run(self, browser):
        browser.evaluate("""() => {
            const image = '<img src=x onerror="document.title=1"><p style="color:red">';
            document.body.insertAdjacentHTML("beforeend", image);
            document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 2" }));
        }""")
        assert browser.title() == "War map check"
        assert len([one for one in browser.complaints if "Content Security Policy" in one.text]) >= 2

    def test_words_that_are_searched_for(self, browser):
        browser.click("[name=text]")
        browser.keyboard.type("华信 english")
        assert shown(browser) == ["english.json"]
        expect(browser.locator(".shown")).to_have_text("1 of 9 files shown")
        browser.keyboard.type("zzz")
        assert shown(browser) == []
        expect(browser.locator(".none")).to_be_visible()
        browser.click("[type=reset]")
        expect(browser.locator(".shown")).to_have_text(re.compile("^9 of"))

    @pytest.mark.parametrize(
        ("name", "value", "files"),
        [
            ("result", "failed", ["no stage.json", "hostile.json", "broken.xlsx", "nobody.json", "hostile.json"]),
            ("rep", "陈|思:远", ["odd.json"]),
            ("rep", HOSTILE_REP, ["hostile.json"]),
            ("code", "DV002", ["broken.xlsx"]),
            ("severity", "critical", ["broken.xlsx"]),
        ],
    )
    def test_what_is_chosen(self, browser, name, value, files):
        browser.select_option(f"[name={name}]", value)
        assert shown(browser) == files

    def test_a_code_that_is_chosen_leaves_its_findings_only(self, browser):
        browser.select_option("[name=code]", "DV202")
        left = "tbody:not([hidden]) [data-code]:not([hidden])"
        told = browser.locator(left).evaluate_all("(rows) => rows.map((row) => row.dataset.code)")
        assert set(told) == {"DV202"}

    def test_a_head_sorts_numbers_as_numbers_and_the_other_way_round(self, browser):
        head = browser.locator(f"thead th:nth-child({[column.code for column in COLUMNS].index('amount') + 2})").first
        head.locator("button").click()
        assert shown(browser)[0] == "english.json"
        assert shown(browser)[-1] == "broken.xlsx"
        head.locator("button").click()
        assert shown(browser)[-2:] == ["english.json", "broken.xlsx"]
        expect(head).to_have_attribute("aria-sort", "descending")

    def test_a_click_opens_a_file_and_closes_it(self, browser):
        file = browser.locator("tbody:nth-of-type(2)")
        for is_open in (True, False):
            file.locator(".open").click()
            assert file.locator(".detail").is_visible() is is_open
            expect(file.locator(".open")).to_have_attribute("aria-expanded", str(is_open).lower())

    def test_it_works_by_keyboard_alone(self, browser):
        browser.keyboard.press("/")
        browser.keyboard.type("stage.json")
        assert shown(browser) == ["no stage.json"]
        for _ in range(40):
            browser.keyboard.press("Tab")
            if browser.locator("tbody .open:focus").count():
                break
        browser.keyboard.press("Enter")
        expect(browser.locator("tbody:not([hidden]) .detail")).to_be_visible()

    def test_it_is_dark_where_the_reader_likes_it_dark(self, browser):
        expect(browser.locator("body")).to_have_css("background-color", "rgb(243, 245, 247)")
        browser.emulate_media(color_scheme="dark")
        expect(browser.locator("body")).to_have_css("background-color", "rgb(18, 24, 31)")

    def test_in_print_there_is_what_is_open_and_no_filters(self, browser):
        browser.click("tbody:nth-of-type(2) .open")
        browser.emulate_media(media="print")
        for nothing in (".filters", "tbody:nth-of-type(1) .open", "tbody:nth-of-type(1) .detail"):
            expect(browser.locator(nothing)).to_be_hidden()
        expect(browser.locator("tbody:nth-of-type(2) .detail")).to_be_visible()

    def test_the_first_page_of_paper_begins_with_the_files(self, browser, tmp_path):
        results = [result(f"{number}.json", "en", stage=None) for number in range(60)]
        written("html", results, tmp_path / "page.html", lang="en")
        browser.goto((tmp_path / "page.html").as_uri())
        browser.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
        told = subprocess.run(
            ["pdftotext", "-l", "1", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
        )
        assert {"0.json", "9.json"} <= set(told.stdout.split())
        assert "59.json" not in told.stdout

    @pytest.mark.parametrize("piece", [1, 7, 1 << 16])
    def test_the_page_is_the_same_however_its_rows_are_cut(self, tmp_path, monkeypatch, piece):
        results = [result("x.json", "en", stage=None), unreadable("last.xlsx")]
        written("html", results, tmp_path / "whole.html", lang="en")
        monkeypatch.setattr(html, "PIECE", piece)
        written("html", results, tmp_path / "cut.html", lang="en")
        assert (tmp_path / "cut.html").read_bytes() == (tmp_path / "whole.html").read_bytes()

    def test_a_thousand_files_filter_and_sort(self, browser, tmp_path):
        one = result("x.json", "en", stage=None)
        results = [{**one, "file": f"{number}.json"} for number in range(999)]
        written("html", [*results, unreadable("last.xlsx")], tmp_path / "page.html", lang="en")
        browser.goto((tmp_path / "page.html").as_uri())
        browser.select_option("[name=code]", "DV002")
        assert shown(browser) == ["last.xlsx"]
        browser.select_option("[name=code]", "")
        browser.click("thead th:nth-child(2) button")
        assert len(shown(browser)) == 1000
