"""Each rep's optimism: the mean of what the rep's figures are above the reviewer's, over all deals, whatever the currency."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from made_portfolios import THREE, portfolio, result

from warmap.text import LANGUAGES
from warmap_app.portfolio.figures import TOO_FEW_REVIEWS, Optimism
from warmap_app.portfolio.page import build_page
from warmap_app.portfolio.report_tables import OPTIMISM
from warmap_app.portfolio.workbook import build_portfolio

DEAL = {
    "account": "华信", "opportunity": "核心网", "amount": 1200000, "currency": "CNY", "close_date": "2026-12-31",
    "stage": "market_research", "owner": "李晨", "as_of": "2026-06-30",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("quiet_terminal")


def reviewed(file, *gaps, **given):
    return {**result(file, **given), "review_gaps": list(gaps)}


def test_a_reps_reviews_are_taken_together_over_deals_currencies_and_spellings():
    made = portfolio([
        reviewed("a.yaml", 10, 20, owner="Ann"),
        reviewed("b.yaml", 0, 30, currency="USD", owner="ＡＮＮ "),
        reviewed("c.yaml", -10, owner="Ann", outcome="won"),
        reviewed("d.yaml", owner="Ann"),
    ])  # fmt: skip
    assert made.optimism == [Optimism("Ann", 3, 5, 10.0)]


def test_the_largest_gap_comes_first_and_who_has_too_few_reviews_last():
    few = TOO_FEW_REVIEWS - 1
    made = portfolio([
        reviewed("a.yaml", *[5.0] * TOO_FEW_REVIEWS, owner="Bo"),
        reviewed("b.yaml", *[-5.0] * TOO_FEW_REVIEWS, owner="Cy"),
        reviewed("c.yaml", *[9.0] * TOO_FEW_REVIEWS, owner="Di"),
        reviewed("d.yaml", *[90.0] * few, owner="Al"),
        reviewed("e.yaml", 99.0, owner=None),
    ])  # fmt: skip
    assert [(row.rep, row.reviews, row.gap) for row in made.optimism] == [
        ("Di", 5, 9.0), ("Bo", 5, 5.0), ("Cy", 5, -5.0), ("Al", few, None), ("", 1, None),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_too_few_in_the_workbook_and_on_the_page(lang, tmp_path):
    made = portfolio([reviewed("a.yaml", *[12.34] * 5, owner="<Bo>"), reviewed("b.yaml", 3, owner="=Cy")], lang=lang)
    few = {"zh": "太少", "en": "too few"}[lang]
    book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, lang, tmp_path)), data_only=True)
    rows = list(book[{"zh": "复核差距", "en": "Optimism"}[lang]].iter_rows(min_row=5, values_only=True))
    assert rows == [("<Bo>", 1, 5, pytest.approx(12.34)), ("=Cy", 1, 1, few)]
    page = build_page(made, lang, tmp_path)
    assert "&lt;Bo&gt;" in page
    assert "12.3</td>" in page
    assert f"{few}</td>" in page


def test_without_a_review_nothing_is_said(tmp_path):
    made = portfolio(THREE)
    assert not made.optimism
    assert OPTIMISM[-1].head.en not in build_page(made, "en", tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, "en", tmp_path)))
    assert "Optimism" not in book.sheetnames


@pytest.mark.parametrize("is_stored", [False, True])
def test_from_maps_to_the_terminal_and_the_lines_of_the_deals(run, tmp_path, is_stored):
    """What the rep said that day counts, else our figure now; a share counts as points of a hundred."""
    reviews = [
        {"reviewed_on": "2026-06-01", "reviewer": "Gao", "subject": "fit", "score": 60},
        *[{"reviewer": "Gao", "subject": "needs", "score": 0.5, "rep_score": 0.7}] * 4,
        {"reviewer": "Gao", "subject": "position", "score": -5},
        {"reviewer": "Gao", "subject": "tier", "score": 1},
    ]
    told = {"deal": DEAL, "ideal_customer": [{"attribute": "x", "weight": 1, "score": 4}], "reviews": reviews}
    (tmp_path / "a.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    where = [str(tmp_path / "a.json")]
    if is_stored:
        store = ["--store", str(tmp_path / "h.db")]
        assert run("check", *where, *store)[0] in {0, 1}
        where = store
    code, out, _ = run("portfolio", *where, "--lang", "en")
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.split()[:3] == ["李晨", "1", "5"]]
    assert line.split()[3] == "20.0"
    assert run("portfolio", *where, "-o", str(tmp_path / "x.csv"), "--lang", "en")[0] == 0
    heads, row = csv.reader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig")))
    told = dict(zip(heads, row, strict=True))
    assert told["Reviews"] == "5"
    assert float(told[OPTIMISM[-1].head.en]) == pytest.approx(20)
