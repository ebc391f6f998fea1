"""Long tables go on on further pages, a folder has a page for every team: every deal stands on one page, once."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from made_portfolios import ENDED, flag, portfolio, result

from warmap.text import LANGUAGES
from warmap_app.portfolio.page import ROWS_A_PAGE, is_further_page, pages_of

DEAL = {"account": "Ann", "amount": 1000, "currency": "CNY", "stage": "market_research", "as_of": "2026-06-30"}


class Tables(HTMLParser):
    """The rows of the first table below each heading, as texts, by the heading's id."""

    def __init__(self, text):
        super().__init__()
        self.rows, self._body, self._title, self._is_cell = {}, [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "h3":
            self._title = dict(attributes).get("id", "")
        elif tag == "tbody" and self._title not in self.rows:
            self.rows[self._title] = self._body = []
        elif tag == "tbody":
            self._body = []
        elif tag == "tr":
            self._body.append("")
        self._is_cell = tag == "td" or (tag == "a" and self._is_cell)

    def handle_endtag(self, tag):
        if tag == "tbody":
            self._body = []
        self._is_cell = self._is_cell and tag == "a"

    def handle_data(self, data):
        if self._is_cell:
            self._body[-1] += data


def many(count):
    """So many deals of as many accounts, a tenth of them ended, each with two open flags."""
    flags = [flag("RF101"), flag("RF102")]
    return [
        result(
            f"{n}.yaml",
            account=f"客户<{n:05}>",
            amount=1000 + n,
            red_flags=flags,
            outcome="lost" if n % 10 == 0 else None,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [3, ROWS_A_PAGE, 5 * ROWS_A_PAGE + 1])
def test_every_row_stands_on_one_page(lang, count):
    made = portfolio(many(count), lang=lang)
    seen = {"deals": [], "closed": [], "risks": []}
    pages = dict(pages_of(made, lang, Path("p.html")))
    for text in pages.values():
        for code, rows in Tables(text).rows.items():
            if code in seen:
                seen[code] += [re.search(r"客户<(\d+)>", row)[1] for row in rows]
                assert len(rows) <= ROWS_A_PAGE
    assert sorted(seen["deals"] + seen["closed"]) == sorted(f"{n:05}" for n in range(count))
    assert len(set(seen["risks"])) == len(made.lines)
    assert len(seen["risks"]) == 2 * len(made.lines)
    assert (len(pages) == 1) is (count <= ROWS_A_PAGE // 2)


def test_every_link_leads_to_a_page_and_every_page_is_led_to():
    pages = dict(pages_of(portfolio(many(900)), "en", Path("out", "the deals.html")))
    reached, waiting = set(), [Path("out", "the deals.html")]
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached.add(here)
        ways = (unquote(html.unescape(way)).partition("#")[0] for way in re.findall(r'href="([^"]+)"', pages[here]))
        waiting += [Path(re.sub(r"[^/]+/\.\./", "", (here.parent / way).as_posix())) for way in ways if way]
    assert reached == set(pages)
    assert all(is_further_page(path.name) for path in pages if path.name != "the deals.html")


def test_a_page_needs_neither_script_nor_network():
    for page in dict(pages_of(portfolio(many(500)), "zh", Path("p.html"))).values():
        text = re.sub(
            r' xmlns(?::xlink)?="http://www\.w3\.org/[a-z0-9/]+"', "", page
        )  # the name of SVG, not an address
        assert "default-src 'none'" in text
        assert "<script" not in text
        assert "http:" not in text
        assert "https:" not in text


def test_the_first_page_of_many_deals_is_small():
    sizes = [len(page.encode()) for _, page in pages_of(portfolio(many(3000)), "zh", Path("p.html"))]
    assert max(sizes) < 1_000_000


@pytest.fixture
def folder(tmp_path, quiet_terminal):
    """Four deals: two teams, one of which is spelt in two ways and named like a path, and one of nobody's."""
    teams = {"a": "../East", "b": "../ＥＡＳＴ", "c": "West", "d": None}
    (tmp_path / "in").mkdir()
    for name, team in teams.items():
        deal = {**DEAL, "opportunity": f"Deal {name}", "team": team}
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps({"deal": deal}))
    return tmp_path


class TestAFolder:
    def test_a_page_for_every_team_with_its_deals_alone(self, folder, run):
        code, out, _ = run("portfolio", "in", "-o", "pages", "--quota", "9000")
        assert code == 0
        assert "a page for every team: 3" in out
        assert sorted(file.name for file in (folder / "pages").iterdir()) == sorted(
            ["index.html", "(blank).html", ".._East.html"[2:], "West.html"]
        )
        told = {file.name: file.read_text("utf-8") for file in (folder / "pages").iterdir()}
        deals = {name: sorted(set(re.findall(r"Deal [a-d]", text))) for name, text in told.items()}
        assert deals.pop("index.html") == ["Deal a", "Deal b", "Deal c", "Deal d"]
        assert sorted(deals.values()) == [["Deal a", "Deal b"], ["Deal c"], ["Deal d"]]
        assert "9,000.00" in told["index.html"]
        assert not any("9,000.00" in text for name, text in told.items() if name != "index.html")
        ways = [unquote(html.unescape(way)) for way in re.findall(r'<a href="([^"./][^"]*\.html)"', told["index.html"])]
        assert sorted([*ways, "index.html"]) == sorted(told)

    def test_a_folder_that_is_filled_is_refused(self, folder, run):
        (folder / "pages").mkdir()
        (folder / "pages" / "mine.txt").write_text("mine")
        code, _, err = run("portfolio", "in", "-o", "pages")
        assert (code, err.count("\n")) == (2, 1)
        assert "not empty" in err
        assert run("portfolio", "in", "-o", "pages", "--force")[0] == 0
        assert (folder / "pages" / "mine.txt").read_text() == "mine"


def test_pages_of_an_earlier_and_longer_portfolio_are_taken_away(folder, run):
    beside = folder / "p.pages"
    beside.mkdir()
    for name in ("deals-7.html", "mine.html"):
        (beside / name).write_text("old")
    assert run("portfolio", "in", "-o", "p.html")[0] == 2
    assert run("portfolio", "in", "-o", "p.html", "--force")[0] == 0
    assert [file.name for file in beside.iterdir()] == ["mine.html"]


def test_what_has_ended_is_listed_once():
    rows = Tables(dict(pages_of(portfolio(ENDED), "zh", Path("p.html")))[Path("p.html")]).rows["closed"]
    assert len(rows) == len(ENDED)
