"""Plan quality (specification, section 3): required fields, evidence, freshness."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.scores.plan_quality import plan
from warmap.settings import settings_from

TODAY = date(2026, 6, 30)
# account, opportunity, amount, currency, close_date, stage, owner, as_of: eight required fields of the deal
DEAL = {
    "account": "华东机械", "opportunity": "一期", "objective": "年底前签一期", "amount": 100, "currency": "CNY",
    "close_date": TODAY, "stage": "market_research", "owner": "林涛", "as_of": TODAY,
}  # fmt: skip


def ago(days):
    return TODAY - timedelta(days=days)


def trust(grade, rated_on, *ratings):
    pillars = ("professional", "expertise", "relationship", "sincerity")
    judged = {p: {"rating": r, "evidence_grade": grade} for p, r in zip(pillars, ratings, strict=False)}
    return {"contact": "陈丽", "rated_on": rated_on, "ratings": judged}


# tables beside the full deal, share required, share with evidence, share fresh
EXAMPLES = {
    "an empty map": ({"deal": {}}, 0, None, None),
    "a full deal": ({}, 1, None, None),
    "two of eight missing": ({"deal": {**DEAL, "owner": None, "opportunity": " "}}, 6 / 8, None, None),
    "a row in use counts": ({"org_units": [{"parent": "集团"}]}, 8 / 9, None, None),
    "a row with nothing in it does not": ({"org_units": [{}], "stage_evidence": [{}]}, 1, None, None),
    "a printed stage row alone does not": (
        {"stage_evidence": [{"stage": "need_identification", "criterion": "need_written"}]}, 1, None, None,
    ),
    "an answered stage row does": ({"stage_evidence": [{"criterion": "need_written", "done": True}]}, 9 / 10, None, None),
    "three of an action": ({"actions": [{"what": "拜访", "about": "RF101"}]}, 9 / 11, None, None),
    "tables without required fields count nothing": (
        {"resources": [{"resource": "专家"}], "profile": {"scale": 3}, "negotiation": {"feelings": "谨慎"}}, 1, None, None,
    ),
    "a support without evidence or date": ({"contacts": [{"name": "陈丽", "support": "support"}]}, 1, 0, 0),
    "a guess is no evidence": (
        {"contacts": [{"name": "陈丽", "support": "support", "evidence_grade": "guess", "assessed_on": ago(90)}]}, 1, 0, 1,
    ),
    "stated, 91 days old": (
        {"contacts": [{"name": "陈丽", "support": "oppose", "evidence_grade": "stated", "assessed_on": ago(91)}]}, 1, 1, 0,
    ),
    "within 90 days to come": (
        {"contacts": [{"name": "陈丽", "support": "oppose", "evidence_grade": "proven", "assessed_on": ago(-90)}]}, 1, 1, 1,
    ),
    "91 days to come": (
        {"contacts": [{"name": "陈丽", "support": "oppose", "evidence_grade": "proven", "assessed_on": ago(-91)}]}, 1, 1, 0,
    ),
    "someone who left counts too": (
        {"contacts": [{"name": "陈丽", "post_status": "left", "support": "neutral", "assessed_on": ago(0)}]}, 1, 0, 1,
    ),
    "no support, nothing to judge": ({"contacts": [{"name": "陈丽", "evidence_grade": "proven"}]}, 1, None, None),
    "each trust rating is a judgement": (
        {"trust": [trust("proven", ago(10), 3, None, 4), trust(None, None, 2)]}, 1, 2 / 3, 2 / 3,
    ),
    "each win status other than unknown is one, without a date": (
        {"wins": [{"contact": "陈丽", "role": "user", "evidence_grade": "stated",
                   "statuses": {"reliability": "met", "skills": "unknown", "performance": "not_applicable"}},
                  {"contact": "陈丽", "role": "coach", "statuses": {"visibility": "identified"}}]}, 1, 2 / 3, None,
    ),
    "all kinds together": (
        {"contacts": [{"name": "陈丽", "support": "support", "evidence_grade": "stated", "assessed_on": ago(1)}],
         "trust": [trust("guess", ago(100), 3, 3)],
         "wins": [{"contact": "陈丽", "role": "user", "evidence_grade": "proven", "statuses": {"skills": "met"}}]},
        1, 2 / 4, 1 / 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "required", "evidence", "fresh"), EXAMPLES.values(), ids=EXAMPLES)
def test_plan_quality(assess, tables, required, evidence, fresh):
    judged = assess({"deal": DEAL, **tables})
    assert plan(judged).required == pytest.approx(required)
    assert plan(judged).evidence == pytest.approx(evidence)
    assert plan(judged).fresh == pytest.approx(fresh)
    assert judged.scores["plan_quality"] == pytest.approx(50 * required + 25 * (evidence or 0) + 25 * (fresh or 0))


def test_without_a_day_of_judging_nothing_is_fresh(assess):
    contact = {"name": "陈丽", "support": "support", "assessed_on": TODAY}
    assert plan(assess({"contacts": [contact]})).fresh == 0


def test_freshness_and_weights_are_settings(assess):
    data = {"deal": DEAL, "contacts": [{"name": "陈丽", "support": "support", "assessed_on": ago(91)}]}
    assert assess(data).scores["plan_quality"] == 50
    assert assess(data, settings=settings_from({"plan_fresh_days": 91})).scores["plan_quality"] == 75
    assert assess(data, settings=settings_from({"plan_weight.required": 150})).scores["plan_quality"] == 75


@settings(deadline=None)
@given(maps)
def test_plan_quality_lies_between_0_and_100(data):
    assert 0 <= judge(WarMap.model_validate(data)).scores["plan_quality"] <= 100
