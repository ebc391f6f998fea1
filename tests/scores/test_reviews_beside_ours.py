"""The reviewer judges beside the rep: the gap is shown, never averaged away."""

from __future__ import annotations

import pytest

from warmap.evaluation import scores
from warmap.judgement import judge
from warmap.reading import read_document
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
    assert lines(review) == [line]


def test_no_score_is_moved_by_a_review():
    with_review = read_document({**DATA, "reviews": [{"subject": "fit", "score": 0}]}).map
    assert scores(judge(with_review)) == {
        **scores(judge(read_document(DATA).map)),
        "plan_quality": scores(judge(with_review))["plan_quality"],
    }


def test_the_gap_stands_beside_the_row_in_the_workbook():
    war_map = read_document(load_sample("telecom_core_network", "en")).map
    sheet = read_book(build_workbook(war_map, "en")).sheet("Review")
    rows = {sheet.value(row, 3): (sheet.value(row, 9), sheet.value(row, 10)) for row in range(6, 9)}
    for review in war_map.reviews:
        ours, gap = rows[review.subject]
        assert gap == pytest.approx(review.score - ours)
