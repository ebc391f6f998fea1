"""The report: one page of paper whatever stands on the map, every figure on it, nothing run and nothing loaded."""

import re
import shutil
import subprocess

import pytest

from warmap.evaluation import scores
from warmap.history import snapshot_of
from warmap.judgement import Judgement
from warmap.reading import read_document
from warmap.scores import all_scores
from warmap.text import LANGUAGES, tenths
from warmap_app.report.browser import as_pdf
from warmap_app.report.one_page import build_page
from warmap_workbook.samples import load_sample, sample_names

CROWDED = "telecom_core_network"


def judged(document):
    return Judgement(read_document(document).map)


def crowded(lang):
    """A deal with sixty people, each of whom somebody influences, and long words everywhere."""
    document = load_sample(CROWDED, lang)
    long = "话" * 400 if lang == "zh" else "many long words " * 40
    rows = [
        dict(
            document["contacts"][n % len(document["contacts"])],
            name=f"{n:02} 王某某" if lang == "zh" else f"{n:02} Somebody",
        )
        for n in range(60)
    ]
    for number, row in enumerate(rows):
        row["reports_to"] = rows[number // 7]["name"] if number else None
        row["influenced_by"] = [rows[number - 1]["name"]] if number else []
        row["title"] = long
    return {**document, "contacts": rows, "actions": [{**row, "what": long} for row in document["actions"]],
            "strengths": [{"text": long} for _ in range(9)]}  # fmt: skip


def words_of(html):
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names())
def test_the_figures_of_every_sample_stand_on_it(name, lang):
    judgement = judged(load_sample(name, lang))
    words = words_of(build_page(judgement, lang, "deal.xlsx"))
    for code in ("health", "role_coverage", "trust", "win", "needs", "competition"):
        assert all_scores()[code].shown(judgement.scores[code], lang) in words
    for flag in judgement.worst_risks:
        assert flag.code in words
    assert judgement.map.deal.as_of.isoformat() in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_for_nothing_outside_and_runs_nothing(lang):
    page = build_page(judged(load_sample(CROWDED, lang)), lang, "deal.xlsx")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["']?(?!#)(?!data:)|url\((?!#)|@import""", page)


def test_headings_stand_in_order():
    page = build_page(judged(load_sample(CROWDED, "en")), "en", "deal.xlsx")
    assert re.findall(r"<h(\d)", page)[0] == "1"
    assert page.count("<h1") == 1
    assert 'lang="en"' in page


def test_what_was_typed_stays_text():
    hostile = "<img src=x onerror=alert(1)>\u202e\x1b[31m"
    document = {
        "deal": {"account": hostile, "opportunity": hostile, "owner": hostile, "as_of": "2026-06-30"},
        "contacts": [{"name": hostile, "title": hostile}], "strengths": [{"text": hostile, "answers": [hostile]}],
        "actions": [{"what": hostile, "owner": hostile}],
    }  # fmt: skip
    page = build_page(judged(document), "en", hostile)
    assert "<img" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_an_empty_map_has_a_page_that_says_so():
    words = words_of(build_page(judged({}), "en", "deal.xlsx"))
    assert "No strength entered yet" in words
    assert "No snapshot to compare with" in words


def test_a_week_after_a_snapshot_it_says_what_moved():
    before = load_sample(CROWDED, "en")
    old = judged(before)
    now = {**before, "contacts": [{**row, "support": "strong_oppose"} for row in before["contacts"]]}
    taken = snapshot_of(old.map, scores(old), old.as_of, "Ann")
    judgement = Judgement(read_document(now).map.model_copy(update={"snapshots": [taken]}))
    page = words_of(build_page(judgement, "en", "deal.xlsx"))
    assert tenths(old.scores["health"]) in page
    assert "What changed since 2026-06-30" in page


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_one_page_of_paper_for_sixty_people_and_long_words(lang, tmp_path):
    path = tmp_path / "page.pdf"
    judgement = judged(crowded(lang))
    path.write_bytes(as_pdf(build_page(judgement, lang, "deal.xlsx")))
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\n", told)
    assert re.search(r"Page size:\s+59[45].* x 84[12]", told)
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    words = "".join(said.split())  # lines break where they like
    for code in ("health", "trust", "competition"):
        assert "".join(all_scores()[code].shown(judgement.scores[code], lang).split()) in words
    for row in judgement.map.contacts:
        assert "".join(row.name.split()) in words
    assert "deal.xlsx" in words  # the foot: nothing was pushed off the page


def test_the_tools_that_look_at_pages_are_here():
    assert shutil.which("pdfinfo"), "poppler-utils is not installed: tools/install-office.sh"
