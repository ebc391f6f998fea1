"""Plan quality (specification, section 3): 25 × each of four shares: filled, broad, evidenced, fresh."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.scores.plan_quality import plan
from warmap.settings import settings_from
from warmap.terms import WIN_CRITERIA, BuyingRole

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


def win(grade="stated", evidence="她的邮件", role="user", **statuses):
    return {"contact": "陈丽", "role": role, "statuses": statuses, "evidence_grade": grade, "evidence": evidence}


def person(**fields):
    return {"contacts": [{"name": "陈丽", **fields}]}


MET = dict.fromkeys(("reliability", "efficiency", "skills", "performance", "best_fix", "easier_work"), "met")
RATED = ["proven", ago(10), 3, 3, 3, 3]
WELL = {"support": "support", "evidence_grade": "stated", "assessed_on": ago(90)}

# tables beside the full deal; required fields filled; tables of nine in use
FILLED_AND_BROAD = {
    "an empty map": ({"deal": {}}, 0, 0),
    "a full deal": ({}, 1, 1),
    "two of eight missing": ({"deal": {**DEAL, "owner": None, "opportunity": " "}}, 6 / 8, 1),
    "a placeholder is nothing entered": ({"deal": {**DEAL, "owner": "TBD", "opportunity": "待定"}}, 6 / 8, 1),
    "a blank deal is asked for all the same": ({"deal": {}, "org_units": [{"name": "集团"}]}, 1 / 9, 0),
    "a row in use counts": ({"org_units": [{"parent": "集团"}]}, 8 / 9, 1),
    "a row with nothing in it does not": ({"org_units": [{}], "stage_evidence": [{}], "needs": [{"answer": " "}]}, 1, 1),
    "nor does one of placeholders": ({"actions": [{"what": "TBD", "owner": "n/a"}]}, 1, 1),
    "a printed stage row alone does not": (
        {"stage_evidence": [{"stage": "need_identification", "criterion": "need_written"}]}, 1, 1,
    ),
    "an answered stage row does": ({"stage_evidence": [{"criterion": "need_written", "done": True}]}, 9 / 10, 2),
    "three of an action": ({"actions": [{"what": "拜访", "about": ["RF101"]}]}, 9 / 11, 2),
    "what is required of nobody": ({"resources": [{"resource": "专家"}], "profile": {"scale": 3}}, 1, 1),
    "negotiation is one of the nine and asks for nothing": ({"negotiation": {"feelings": "谨慎"}}, 1, 2),
    "all nine": (
        {**person(), "trust": [trust(*RATED)], "wins": [win()], "stage_evidence": [{"done": False}],
         "needs": [{"answer": "太慢"}], "competition": [{"our_score": 0}], "negotiation": {"target_price": 1},
         "actions": [{"status": "open"}]}, (8 + 1 + 1 + 2) / (8 + 1 + 1 + 2 + 2 + 1 + 2 + 3), 9,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "filled", "used"), FILLED_AND_BROAD.values(), ids=FILLED_AND_BROAD)
def test_filled_and_broad(assess, tables, filled, used):
    found = plan(assess({"deal": DEAL, **tables}))
    assert found.filled == pytest.approx(filled)
    assert found.broad == pytest.approx(used / 9)


# What the map calls for. Of one active person without a role: support and four pillars, and six criteria of each of the
# four roles that nobody holds, 29 in all; with the role of a user: 5 + 6 + 18, which are 29 too; 5 of them bear a date.
EVIDENCED_AND_FRESH = {
    "nobody": ({}, 0, 0),
    "nobody in post": (person(post_status="left", **WELL), 0, 0),
    "a person of whom nothing is known": (person(), 0, 0),
    "a support stated, 90 days old": (person(**WELL), 1 / 29, 1 / 5),
    "91 days old": (person(**{**WELL, "assessed_on": ago(91)}), 1 / 29, 0),
    "90 days to come": (person(**{**WELL, "assessed_on": ago(-90)}), 1 / 29, 1 / 5),
    "91 days to come": (person(**{**WELL, "assessed_on": ago(-91)}), 1 / 29, 0),
    "a guess is no evidence": (person(**{**WELL, "evidence_grade": "guess"}), 0, 1 / 5),
    "a grade without a support is no judgement": (person(evidence_grade="proven", assessed_on=ago(1)), 0, 0),
    "four pillars": ({**person(), "trust": [{**trust(*RATED), "evidence": "会议纪要"}]}, 4 / 29, 4 / 5),
    "two pillars": ({**person(), "trust": [{**trust("stated", ago(1), 3, 3), "evidence": "x"}]}, 2 / 29, 2 / 5),
    "a grade without its evidence counts nothing": ({**person(), "trust": [trust(*RATED)]}, 0, 4 / 5),
    "nor with a placeholder": ({**person(), "trust": [{**trust(*RATED), "evidence": "待定"}]}, 0, 4 / 5),
    "the current rating is judged": (
        {**person(), "trust": [{**trust("proven", ago(100), 3, 3), "evidence": "x"}, trust("guess", ago(5), 4)]}, 1 / 29, 1 / 5,
    ),
    "a pillar of somebody else is not called for": ({**person(), "trust": [{**trust(*RATED), "contact": "王", "evidence": "x"}]}, 0, 0),
    "six criteria met": ({**person(buying_roles=["user"]), "wins": [win(**MET)]}, 6 / 29, 0),
    "unknown is not evidenced": ({**person(buying_roles=["user"]), "wins": [win(skills="met", efficiency="unknown")]}, 1 / 29, 0),
    "not applicable is left out": (
        {**person(buying_roles=["user"]), "wins": [win(**{**MET, "skills": "not_applicable"})]}, 5 / 28, 0,
    ),
    "a win without its evidence": ({**person(buying_roles=["user"]), "wins": [win(evidence=None, **MET)]}, 0, 0),
    "a win on a guess": ({**person(buying_roles=["user"]), "wins": [win("guess", **MET)]}, 0, 0),
    "a role that is not held": ({**person(), "wins": [win(**MET)]}, 0, 0),
    # 2 × 5 + 6 for the user + 18 for the roles nobody holds; who left calls for nothing
    "a second person calls for five more": (
        {"contacts": [{"name": "陈丽", "buying_roles": ["user"], **WELL}, {"name": "王"}, {"name": "赵", "post_status": "left"}]},
        1 / 34, 1 / 10,
    ),
    "everything": (
        {"contacts": [{"name": "陈丽", "buying_roles": ["coach", "user", "technical", "economic"], **WELL}],
         "trust": [{**trust(*RATED), "evidence": "x"}],
         "wins": [win(role=role.value, **{c.value: "identified" for c in WIN_CRITERIA[role]}) for role in BuyingRole]}, 1, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "evidenced", "fresh"), EVIDENCED_AND_FRESH.values(), ids=EVIDENCED_AND_FRESH)
def test_evidenced_and_fresh(assess, tables, evidenced, fresh):
    judged = assess({"deal": DEAL, **tables})
    found = plan(judged)
    assert found.evidenced == pytest.approx(evidenced)
    assert found.fresh == pytest.approx(fresh)
    whole = 25 * (found.filled + found.broad + evidenced + fresh)
    assert judged.scores["plan_quality"] == pytest.approx(whole)


def test_the_whole_by_hand(assess):
    # 8 of 8 and 1 of 1 filled; deal and contacts of nine; one judgement of 29; one dated of five
    judged = assess({"deal": DEAL, **person(**WELL)})
    assert judged.scores["plan_quality"] == pytest.approx(25 + 25 * 2 / 9 + 25 / 29 + 25 / 5)


def test_without_a_day_of_judging_nothing_is_fresh(assess):
    assert plan(assess(person(**{**WELL, "assessed_on": TODAY}))).fresh == 0


def test_freshness_and_weights_are_settings(assess):
    data = {"deal": DEAL, **person(**{**WELL, "assessed_on": ago(91)})}
    assert plan(assess(data, settings=settings_from({"plan_fresh_days": 91}))).fresh == 1 / 5
    only = {"plan_weight.broad": 0, "plan_weight.evidenced": 0, "plan_weight.fresh": 0, "plan_weight.filled": 100}
    assert assess(data, settings=settings_from(only)).scores["plan_quality"] == 100


@settings(deadline=None)
@given(maps)
def test_plan_quality_lies_between_0_and_100(data):
    assert 0 <= judge(WarMap.model_validate(data)).scores["plan_quality"] <= 100
