"""The web page: nothing but itself, nothing of a workbook is ever markup or script, and it works by mouse and keyboard."""

import base64
import hashlib
import re
import subprocess
from html.parser import HTMLParser

import pytest
from browser import Browser
from made_results import IMAGE, SCRIPT, result, several, unreadable, written

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
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    written("html", [*several("en"), hostile()], folder / "page.html", lang="en")
    with Browser(folder / "profile") as browser:
        yield browser, folder / "page.html"


@pytest.fixture
def browser(opened):
    """The page as it is when it has just been opened."""
    driven, path = opened
    driven.media()
    driven.open(path)
    return driven


def shown(browser):
    return browser.tell(
        "[...document.querySelectorAll('.files > tbody')].filter(f => !f.hidden).map(f => f.rows[0].cells[1].innerText)"
    )


class TestInABrowser:
    def test_no_script_of_a_workbook_runs_and_nothing_is_complained_of(self, browser):
        browser.click("[name=all]")
        assert browser.tell("document.images.length + document.scripts.length") == 1
        assert browser.tell("document.querySelectorAll('[onclick], [onerror]').length") == 0
        assert (browser.dialogs, browser.console) == ([], [])
        assert SCRIPT in browser.tell("document.body.innerText")

    def test_a_script_that_got_in_would_not_run(self, browser):
        browser.tell(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\"><p style=\"color:red\">')"
        )
        browser.tell(
            "{ const s = document.createElement('script'); s.textContent = 'document.title = 2'; document.body.append(s); }"
        )
        assert browser.tell("document.title") == "War map check"
        assert len([line for line in browser.console if "Content Security Policy" in line]) >= 2
        browser.console.clear()

    def test_words_that_are_searched_for(self, browser):
        browser.click("[name=text]")
        browser.write("华信 english")
        assert shown(browser) == ["english.json"]
        assert browser.tell("document.querySelector('.shown').textContent") == "1 of 9 files shown"
        browser.write("zzz")
        assert shown(browser) == []
        assert browser.tell("document.querySelector('.none').hidden") is False
        browser.click("[type=reset]")
        browser.wait("document.querySelector('.shown').textContent.startsWith('9 of')")

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
        browser.choose(f"[name={name}]", value)
        assert shown(browser) == files

    def test_a_code_that_is_chosen_leaves_its_findings_only(self, browser):
        browser.choose("[name=code]", "DV202")
        told = browser.tell(
            "[...document.querySelectorAll('tbody:not([hidden]) [data-code]')].filter(r => !r.hidden).map(r => r.dataset.code)"
        )
        assert set(told) == {"DV202"}

    def test_a_head_sorts_numbers_as_numbers_and_the_other_way_round(self, browser):
        place = [column.code for column in COLUMNS].index("amount") + 2
        browser.click(f"thead th:nth-child({place}) button")
        assert shown(browser)[0] == "english.json"
        assert shown(browser)[-1] == "broken.xlsx"
        browser.click(f"thead th:nth-child({place}) button")
        assert shown(browser)[-2:] == ["english.json", "broken.xlsx"]
        assert (
            browser.tell(f"document.querySelector('thead th:nth-child({place})').getAttribute('aria-sort')")
            == "descending"
        )

    def test_a_click_opens_a_file_and_closes_it(self, browser):
        for is_open in (True, False):
            browser.click("tbody:nth-of-type(2) .open")
            assert browser.tell("document.querySelector('tbody:nth-of-type(2) .detail').hidden") is not is_open
            told = browser.tell("document.querySelector('tbody:nth-of-type(2) .open').getAttribute('aria-expanded')")
            assert told == str(is_open).lower()

    def test_it_works_by_keyboard_alone(self, browser):
        browser.press("/")
        browser.write("stage.json")
        assert shown(browser) == ["no stage.json"]
        for _ in range(40):
            browser.press("Tab")
            if browser.tell("document.activeElement.matches('tbody .open')"):
                break
        browser.press("Enter")
        assert browser.tell("document.querySelector('tbody:not([hidden]) .detail').hidden") is False

    def test_it_is_dark_where_the_reader_likes_it_dark(self, browser):
        def ground():
            return browser.tell("getComputedStyle(document.body).backgroundColor")

        light = ground()
        browser.media(scheme="dark")
        assert (light, ground()) == ("rgb(243, 245, 247)", "rgb(18, 24, 31)")

    def test_in_print_there_is_what_is_open_and_no_filters(self, browser):
        browser.click("tbody:nth-of-type(2) .open")
        browser.media("print")

        def display(selector):
            return browser.tell(f"getComputedStyle(document.querySelector('{selector}')).display")

        assert (display(".filters"), display(".open")) == ("none", "none")
        assert [display(f"tbody:nth-of-type({n}) .detail") for n in (1, 2)] == ["none", "table-row"]

    def test_the_first_page_of_paper_begins_with_the_files(self, opened, tmp_path):
        driven, _ = opened
        results = [result(f"{number}.json", "en", stage=None) for number in range(60)]
        written("html", results, tmp_path / "page.html", lang="en")
        driven.media()
        driven.open(tmp_path / "page.html")
        (tmp_path / "page.pdf").write_bytes(driven.pdf())
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

    def test_a_thousand_files_filter_and_sort(self, opened, tmp_path):
        driven, _ = opened
        one = result("x.json", "en", stage=None)
        results = [{**one, "file": f"{number}.json"} for number in range(999)]
        written("html", [*results, unreadable("last.xlsx")], tmp_path / "page.html", lang="en")
        driven.media()
        driven.open(tmp_path / "page.html")
        driven.choose("[name=code]", "DV002")
        assert shown(driven) == ["last.xlsx"]
        driven.choose("[name=code]", "")
        driven.click("thead th:nth-child(2) button")
        assert len(shown(driven)) == 1000
