"""The documentation as a site: every link leads somewhere, every page is listed, and nothing is fetched from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from warmap.rules import all_rules

ROOT = Path(__file__).parents[2]
BUILD = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", "-b", "html", "-c", "docs/site"]
FIRST = {"en": "docs/index.html", "zh": "docs/index.zh.html"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run([*BUILD, ".", str(out)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path):
    """The builder is asked about a small site of its own, with the options of ours."""
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\nmyst_heading_anchors = 6\n')
    (tmp_path / "index.md").write_text("# One\n\n[there](#one) [nowhere](#two) [no page](gone.md)\n")
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "-b", "html", str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 1
    assert "two" in done.stderr
    assert "gone.md" in done.stderr


def test_every_written_page_is_in_it(site):
    pages = [
        page.relative_to(ROOT) for page in [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/rules/*.md"), *ROOT.glob("*.md")]
    ]
    assert len(pages) > 80
    assert [str(page) for page in pages if not (site / page.with_suffix(".html")).is_file()] == []


@pytest.mark.parametrize("lang", FIRST)
def test_what_people_ask_is_answered_within_two_clicks(site, lang):
    first = (site / FIRST[lang]).read_text("utf-8")
    asked = re.search(r"<table.*?</table>", first, re.DOTALL)[0]
    rows = asked.split("<tr ")[2:]
    assert len(rows) >= 10
    for row in rows:
        ways = re.findall(r'href="([^"#]+)', row)
        assert ways, row
        assert all((site / "docs" / way).is_file() for way in ways)


@pytest.mark.parametrize("lang", FIRST)
def test_every_rule_is_two_clicks_from_the_first_page(site, lang):
    assert 'href="rules/README.html"' in (site / FIRST[lang]).read_text("utf-8")
    listed = (site / "docs" / "rules" / "README.html").read_text("utf-8")
    assert set(all_rules()) <= set(re.findall(r'href="(RF\d+)\.html"', listed))


@pytest.mark.parametrize(("page", "language"), [("tour", "en"), ("tour.zh", "zh-CN"), ("index.zh", "zh-CN")])
def test_a_page_says_its_language(site, page, language):
    assert f'lang="{language}"' in re.search(r"<html[^>]*>", (site / "docs" / f"{page}.html").read_text("utf-8"))[0]


def test_no_page_fetches_anything_from_elsewhere(site):
    fetched = re.compile(
        r'<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)"|<link\b(?=[^>]*rel="(?:stylesheet|preload|icon)")[^>]*\bhref="([^"]+)"'
    )
    found = set()
    for page in site.rglob("*.html"):
        for one, other in fetched.findall(page.read_text("utf-8")):
            address = one or other
            if re.match(r"(?:https?:)?//", address):
                found.add((page.name, address))
            else:
                assert (page.parent / address.partition("?")[0]).resolve().is_file(), (page.name, address)
    assert found == set()
