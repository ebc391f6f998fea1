"""Each score has its own why, in both languages, and says what is missing where it is not assessed."""

from __future__ import annotations

import pytest

from warmap.evaluation import scores
from warmap.judgement import Judgement
from warmap.reading import read_document
from warmap.scores import all_scores
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_udfs.why import explain
from warmap_workbook.samples import load_sample, sample_names

ALWAYS = {
    "role_coverage",
    "stage_reached",
    "health",
    "health_base",
    "health_assessed_share",
    "band",
    "plan_quality",
    "weakest_link",
}
PERSON = {"name": "王", "buying_roles": ["user"], "influence": "high", "contact_frequency": "frequent"}
MET = {"contact": "王", "role": "user", "statuses": {"skills": "met"}}


def reason(code, data, lang="en"):
    return all_scores()[code].reason(Judgement(read_document({"deal": {"as_of": "2026-06-30"}, **data}).map), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names())
def test_every_score_of_every_sample_says_why_and_not_assessed_exactly_where_it_is_not(name, lang):
    judgement = Judgement(read_document(load_sample(name, lang)).map)
    blank = {"zh": "未评估", "en": "Not assessed:"}[lang]
    for code, value in scores(judgement).items():
        said = all_scores()[code].reason(judgement, lang)
        assert said.strip()
        assert "{" not in said
        if code not in ALWAYS:
            assert said.startswith(blank) is (value is None), (code, said)


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("role_coverage", {"contacts": [PERSON]}, "Nobody yet: Coach, Technical gatekeeper, Economic decision maker."),
        ("trust_assessed_share", {"contacts": [PERSON, {"name": "李"}], "trust": [{"contact": "王", "ratings": {"sincerity": {"rating": 2}}}]}, "Not rated yet: 李."),
        ("trust", {"contacts": [PERSON], "trust": [{"contact": "王", "ratings": {"sincerity": {"rating": 5}}}]}, "Ratings above what their evidence allows, which count only up to it: 1."),
        ("win", {"contacts": [PERSON], "wins": [{"contact": "王", "role": "user", "statuses": {"skills": "met", "efficiency": "not_applicable"}}]}, "5 criteria of 1 people in their roles: 1 met, 0 identified, 4 unknown."),
        ("quadrant", {"contacts": [PERSON]}, "Not assessed: nobody's win criteria are known yet."),
        ("quadrant", {"contacts": [PERSON], "wins": [MET]}, "We lose: our win is not stated, there is no target price."),
        ("quadrant", {"contacts": [PERSON], "wins": [MET], "deal": {"our_win": "x"}, "negotiation": {"target_price": 5, "walk_away_price": 6}}, "We lose: the target price is below walk-away."),
        ("stage_reached", {"stage_evidence": [{"stage": "need_identification", "criterion": "pain_confirmed", "done": True}]}, "Held at Need identification; still open: Sponsor named, Need put in writing; Pain confirmed by the user (ticked without evidence)."),
        ("position", {"competition": [{"criterion": "价格", "weight": 1, "our_score": 4, "scores": {"丙": 2}}]}, "Differentiators: 价格."),
        ("competition", {"competition": [{"criterion": "价格", "weight": 1, "our_score": 4, "scores": {"丙": 2}}]}, "50 + 10 × position +2.0."),
        ("zopa", {"negotiation": {"walk_away_price": 6, "customer_walk_away": 5}}, "there is no room"),
        ("negotiation", {"negotiation": {"our_alternative": "x"}}, "1 of the five things are ready."),
    ],
)  # fmt: skip
def test_what_a_reason_says(code, data, words):
    assert words in reason(code, data)


def test_the_losses_of_health_add_up_with_its_reason():
    judgement = Judgement(read_document(load_sample("telecom_core_network", "en")).map)
    assert (
        f"red flags take {100 - sum(loss.points for loss in judgement.health.losses if hasattr(loss.what, 'label')) - judgement.health.score:.1f}"
        in all_scores()["health"].reason(judgement, "en")
    )


@pytest.mark.parametrize("function", [f for f in FUNCTIONS.values() if f.score], ids=lambda f: f.name)
def test_the_function_why_gives_the_reason_of_the_score_in_the_cell(function):
    ranges = {
        f"wm_{argument.table}": [["姓名"], ["王"]] if argument.table == "contacts" else None
        for argument in function.arguments
    }
    formula = (
        f"=WARMAP.{function.name}({','.join(a.range_name if a.table else '' for a in function.arguments).rstrip(',')})"
    )
    assert explain(formula, ranges.get, "zh")


def test_a_score_looked_up_in_the_list_is_explained_too():
    rows = [["Tier", "Tier A", "A–D", "Fit 86.0; A begins at 80."]]
    read = {"wm_scores": rows}.__getitem__
    assert explain('=IF(LEN(INDEX(wm_scores,1,2))=0,"",INDEX(wm_scores,1,2))', read, "en") == rows[0][3]
    assert explain("=INDEX(wm_scores,9,2)", read, "en") == "This cell calls no WARMAP function."
