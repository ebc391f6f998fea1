"""The documentation as a site in each language: every link leads somewhere, every page is listed, words of both languages are
found, and nothing is fetched from elsewhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from real_programs import CHROMIUM, installed
from warmap.rules import all_rules
from warmap.text import LANGUAGES

ROOT = Path(__file__).parents[2]
BUILD = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", "-b", "html", "-c", "docs/site"]
FIRST = {"en": "docs/index.html", "zh": "docs/index.zh.html"}
CHINESE = re.compile("[\u4e00-\u9fff]")
PAGES = [
    page.relative_to(ROOT) for page in (*ROOT.glob("docs/*.md"), *ROOT.glob("docs/rules/*.md"), *ROOT.glob("*.md"))
]
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Both sites beside each other, as `make docs` builds them."""
    out = tmp_path_factory.mktemp("site")
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ndocs: setup $(WEB)\n")[2].partition("\n\n")[0]
    builds = []
    for lang in LANGUAGES:
        assert f" -t {lang} -c docs/site . build/docs/{lang}\n" in recipe
        command = [*BUILD, "-t", lang, ".", str(out / lang)]
        builds.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    assert [build.communicate(timeout=600)[0] for build in builds] == [""] * len(builds)
    assert [build.returncode for build in builds] == [0] * len(builds)
    shutil.copy(ROOT / "docs" / "site" / "index.html", out)
    return out


@cache
def text(page):
    return page.read_text("utf-8")


def addresses(page):
    """Where a page leads to: (file, heading) of every link that is not to another server."""
    for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', text(page)):
        parts = urlsplit(unescape(href))
        if not parts.scheme:
            yield (page.parent / unquote(parts.path)).resolve() if parts.path else page, unquote(parts.fragment)


def contents(page):
    """The words of the contents at the side: captions and pages."""
    tree = text(page).partition('<p class="caption"')[2].partition("</div>")[0]
    found = re.findall(r'<span class="caption-text">(.*?)</span>|<a class="[^"]*\binternal"[^>]*>(.*?)</a>', tree)
    return [unescape(re.sub("<[^>]+>", "", caption or title)) for caption, title in found]


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path):
    """The builder is asked about a small site of its own, with the options of ours."""
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\nmyst_heading_anchors = 6\n')
    (tmp_path / "index.md").write_text("# One\n\n[there](#one) [nowhere](#two) [no page](gone.md)\n")
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "-b", "html", str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 1
    assert "two" in done.stderr
    assert "gone.md" in done.stderr


def test_every_link_leads_to_a_page_and_a_heading_also_into_the_other_site(site):
    """The builder sees one site; here are both, and the way from the page in front of them."""
    anchors, broken = defaultdict(set), []
    pages = sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)
    for page in pages:
        anchors[page] = set(re.findall(r'\bid="([^"]+)"', text(page)))
    for page in pages:
        for file, heading in addresses(page):
            if not file.is_file() or (heading and file in anchors and heading not in anchors[file]):
                broken.append((str(page.relative_to(site)), str(file), heading))
    assert len(pages) > 150
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_written_page_is_in_the_sites_of_its_languages(site, page):
    own = "zh" if page.name.endswith(".zh.md") else "en"
    is_paired = own == "zh" or page.with_suffix(".zh.md").exists() or (ROOT / page.with_suffix(".zh.md")).exists()
    for lang in LANGUAGES:
        assert (site / lang / page.with_suffix(".html")).is_file() is (lang == own or not is_paired)


@every_language
def test_the_contents_are_in_the_language_of_the_site(site, lang):
    words = contents(site / lang / FIRST[lang])
    assert len(words) > 30
    assert {bool(CHINESE.search(word)) for word in words} == {lang == "zh"}, words


@every_language
def test_every_page_leads_to_its_like_in_the_other_language_and_back(site, lang):
    (other,) = {*LANGUAGES} - {lang}
    for source in PAGES:
        page = site / lang / source.with_suffix(".html")
        if page.is_file():
            found = re.search(rf'class="reference" href="([^"]+)" hreflang="{other}"', text(page))
            there = (page.parent / found[1]).resolve()
            assert there.name.replace(".zh.", ".") == page.name.replace(".zh.", ".")
            back = re.search(rf'class="reference" href="([^"]+)" hreflang="{lang}"', text(there))
            assert (there.parent / back[1]).resolve() == page


TASKS = {  # what newcomers want to do: what the first page says of it, and the page it leads to
    "begin a map": ("warmap new", "commands"),
    "begin a map without the program": ("war_map", "tour"),
    "keep it up each week": ("", "a-week"),
    "see what changed": ("warmap diff", "commands"),
    "check a folder": ("warmap check", "batch"),
    "roll up": ("warmap portfolio", "portfolio"),
    "bring a page to a review": ("warmap report", "report"),
    "give the customer a copy": ("--audience customer", "report"),
    "import people": ("warmap import-contacts", "sharing"),
    "merge two copies": ("warmap merge", "sharing"),
    "change a weight": ("--settings", "settings"),
    "use it in a browser": ("", "web"),
}


@every_language
@pytest.mark.parametrize("task", TASKS)
def test_what_people_ask_is_answered_within_two_clicks(site, lang, task):
    said, target = TASKS[task]
    first = site / lang / FIRST[lang]
    asked = re.search(r"<table.*?</table>", text(first), re.DOTALL)[0].split("<tr ")[2:]
    rows = [row for row in asked if said in re.sub("<[^>]+>", "", row)]
    ways = {href.partition("#")[0].replace(".zh", "") for row in rows for href in re.findall(r'href="([^"]+)"', row)}
    assert f"{target}.html" in ways


@every_language
def test_every_rule_is_two_clicks_from_the_first_page(site, lang):
    assert 'href="rules/README.html"' in text(site / lang / FIRST[lang])
    listed = text(site / lang / "docs" / "rules" / "README.html")
    assert set(all_rules()) <= set(re.findall(r'href="(RF\d+)\.html"', listed))


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("en/docs/tour", "en"), ("en/docs/scores", "en"), ("zh/docs/tour.zh", "zh-CN"), ("zh/docs/scores", "zh-CN"),
        ("zh/search", "zh-CN"), ("zh/docs/specification", "en"),
    ],
)  # fmt: skip
def test_a_page_says_its_language(site, page, language):
    assert f'lang="{language}"' in re.search(r"<html[^>]*>", text(site / f"{page}.html"))[0]


def test_no_page_fetches_anything_from_elsewhere(site):
    fetched = re.compile(
        r'<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)"|<link\b(?=[^>]*rel="(?:stylesheet|preload|icon)")[^>]*\bhref="([^"]+)"'
    )
    found = set()
    for page in site.rglob("*.html"):
        for one, other in fetched.findall(text(page)):
            address = one or other
            if re.match(r"(?:https?:)?//", address):
                found.add((page.name, address))
            else:
                assert (page.parent / address.partition("?")[0]).resolve().is_file(), (page.name, address)
    assert found == set()


@pytest.fixture
def browser(tmp_path):
    """A page from the disk, as it is in the end."""
    program = installed(*CHROMIUM)

    def opened(page, query="", language="en-US"):
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        flags += [
            f"--user-data-dir={tmp_path}",
            f"--accept-lang={language}",
            "--virtual-time-budget=5000",
            "--dump-dom",
        ]
        return subprocess.run(
            [program, *flags, page.as_uri() + query],
            capture_output=True, encoding="utf-8", check=True, cwd=tmp_path, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        ).stdout  # fmt: skip

    return opened


def body(page):
    """The text of a page itself, without what is around it."""
    article = text(page).partition('<article role="main"')[2].partition("</article>")[0].partition(">")[2]
    return unescape(re.sub(r"<[^>]+>", "", article))


@every_language
@pytest.mark.parametrize("words", ["支持度", "赢", "严重程度", "trust", "judgements"])
def test_words_of_both_languages_are_found_in_either_site(site, browser, lang, words):
    shown = browser(site / lang / "search.html", f"?q={quote(words)}")
    found = {unescape(href).partition("#")[0] for href in re.findall(r'<li class="kind-[^>]*><a href="([^"]+)"', shown)}
    pages = [page.with_suffix(".html") for page in PAGES]
    word = re.compile(rf"\b{words}\b" if words.isascii() else words, re.IGNORECASE)
    holding = {str(page) for page in pages if (site / lang / page).is_file() and word.search(body(site / lang / page))}
    assert holding
    assert holding == found if not words.isascii() else holding <= found  # of Latin words other forms are found too


@pytest.mark.parametrize(("language", "first"), [("zh-CN", "zh-CN"), ("en-US", "en"), ("de-DE", "en")])
def test_the_way_in_goes_by_the_readers_language(site, browser, language, first):
    shown = browser(site / "index.html", language=language)
    assert 'class="sidebar-brand"' in shown
    assert f'lang="{first}"' in re.search(r"<html[^>]*>", shown)[0]
