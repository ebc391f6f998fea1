"""The reviewer judges beside the rep: the gap is shown, never averaged away."""

from __future__ import annotations

import pytest

from warmap.evaluation import scores
from warmap.judgement import judge
from warmap.reading import read_document
from warmap.reviews import ask_first
from warmap.worksheet import FUNCTIONS, Call
from warmap_workbook.ooxml import read_book
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

DATA = {
    "deal": {"as_of": "2026-06-30"},
    "contacts": [{"name": "王", "buying_roles": ["user"]}, {"name": "李"}],
    "trust": [{"contact": "王", "ratings": {"sincerity": {"rating": 2}}}],
    "ideal_customer": [{"attribute": "x", "weight": 1, "score": 4}],
}


def lines(*reviews, lang="en", **data):
    war_map = read_document(
        {**DATA, **data, "reviews": [dict(zip(("subject", "score"), r, strict=False)) for r in reviews]}
    ).map
    return FUNCTIONS["REVIEW"].compute(Call(judge(war_map), lang))


@pytest.mark.parametrize(
    ("review", "line"),
    [
        (("fit", 60), ["Fit", 80.0, -20.0]),
        (("理想客户匹配", 90), ["Fit", 80.0, 10.0]),
        ((" FIT ", 80), ["Fit", 80.0, 0.0]),
        (("王", 55), ["Trust of 王", 40.0, 15.0]),
        (("李", 55), ["Trust of 李", "not assessed by us", ""]),
        (("tier", 2), ["Tier", "Tier A", ""]),
        (("needs", 0.5), ["Needs", "not assessed by us", ""]),
        (("fit",), ["Fit", 80.0, ""]),
        (("谁也不是", 5), ["neither a score nor a contact", "", ""]),
        (("", 5), ["", "", ""]),
    ],
)
def test_our_figure_and_the_gap(review, line):
    assert [found[:3] for found in lines(review)] == [line]


def test_what_the_rep_said_that_day_stands_against_the_review_whatever_changed_since():
    war_map = read_document({**DATA, "reviews": [{"subject": "fit", "score": 60, "rep_score": 95}]}).map
    assert FUNCTIONS["REVIEW"].compute(Call(judge(war_map), "en"))[0][:3] == ["Fit", 80.0, -35.0]


@pytest.mark.parametrize(
    ("contacts", "first"),
    [([], []), ([{"name": "李"}], [["Nothing: every judgement that moves health is backed.", ""]])],
    ids=["nobody on the map", "nothing in doubt"],
)
def test_where_nothing_is_in_doubt_it_says_so(contacts, first):
    assert [line[3:] for line in lines(contacts=contacts, trust=[])] == first


def test_what_to_ask_first_stands_in_the_first_rows_with_or_without_reviews():
    assert [line[3:] for line in lines()] == [line[3:] for line in lines(("fit", 60))]
    ((question, points),) = [line[3:] for line in lines()]
    assert question.startswith("王: Sincerity trust 2 of 5; evidence: None.")
    assert points == pytest.approx(4)


def test_no_score_is_moved_by_a_review():
    with_review = read_document({**DATA, "reviews": [{"subject": "fit", "score": 0}]}).map
    assert scores(judge(with_review)) == {
        **scores(judge(read_document(DATA).map)),
        "plan_quality": scores(judge(with_review))["plan_quality"],
    }


def test_the_gap_stands_beside_the_row_in_the_workbook():
    war_map = read_document(load_sample("telecom_core_network", "en")).map
    sheet = read_book(build_workbook(war_map, "en")).sheet("Review")
    rows = {sheet.value(row, 3): (sheet.value(row, 11), sheet.value(row, 12)) for row in range(10, 13)}
    for review in war_map.reviews:
        ours, gap = rows[review.subject]
        assert gap == pytest.approx(review.score - ours)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_begins_with_what_to_ask_first(lang):
    war_map = read_document(load_sample("manufacturer_mes", lang)).map
    sheet = read_book(build_workbook(war_map, lang)).sheet("复核" if lang == "zh" else "Review")
    asked = ask_first(judge(war_map))[:3]
    assert [(sheet.value(row, 1), sheet.value(row, 2)) for row in (5, 6, 7)] == [
        (pytest.approx(one.worth), one.question.to(lang)) for one in asked
    ]
