"""Portfolios made by hand and at random, without files: results as the check of a file gives them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from warmap.funnel import STAGES, ForecastDeal
from warmap.settings import default_settings
from warmap.terms import HealthBand, Outcome, Severity
from warmap_app.batch.across import Across, deal_print
from warmap_app.batch.which_counts import standing
from warmap_app.portfolio.deals import Deal, Risk, deals_of
from warmap_app.portfolio.forecast import portfolio_of

MONEY = ("amount", "claimed", "stage_step", "health_step", "adjusted")


def result(file="a.yaml", **given):
    """The result of one file; what is not given is a sound deal of CNY 1,000,000 at stage 4."""
    deal = {
        "account": "华东机械", "opportunity": file, "owner": "李晨", "team": "华东", "amount": 1000000, "currency": "CNY",
        "stage": "quotation_negotiation", "close_date": "2026-12-31",
        "outcome": None, "outcome_on": None, "outcome_reason": None,
    }  # fmt: skip
    scores = {"stage_reached": 4, "health": 100.0, "band": "green", "weakest_link": "trust", "plan_quality": 80.0}
    top = {
        "passed": True,
        "standing": standing(None, None, file),
        "as_of": "2026-06-30",
        "red_flags": [],
        "findings": [],
        "stage_gates": [],
    }
    for name, value in given.items():
        place = next((part for part in (deal, scores) if name in part), top)
        place[name] = value
    return {
        "file": file,
        "deal": dict.fromkeys(("account", "opportunity")) | {k: v for k, v in deal.items() if v is not None},
        "scores": scores,
        **top,
    }


def flag(code="RF101", severity="critical", message="没有教练", mitigated=False):
    return {"code": code, "severity": severity, "subject": "deal", "message": message, "remedy": "找一位教练",
            "mitigated": mitigated}  # fmt: skip


def as_a_batch_leaves_them(results):
    """Results of which those say so that do not count for their deal."""
    across = Across(str)
    prints = [
        {
            **dict.fromkeys(("account", "spelling", "name"), ""), "texts": [], "figures": [],
            "deal": deal_print(one["deal"].get("account"), one["deal"].get("opportunity")), "standing": one.get("standing", ""),
        }
        for one in results
    ]  # fmt: skip
    for place, one in enumerate(prints):
        across.add(place, one)
    across.settle()
    counted = [across.counted_instead(one, place) for place, one in enumerate(prints)]
    return [
        one if instead is None else {**one, "counted_instead": results[instead]["file"]}
        for one, instead in zip(results, counted, strict=True)
    ]


def portfolio(results, quotas=None, lang="zh", settings=None, calendar=None, quota_lines=()):
    results = as_a_batch_leaves_them(list(results))
    deals, left = deals_of(results, lang)
    return portfolio_of(
        len(results),
        deals,
        left,
        settings or default_settings(),
        quotas or {},
        calendar=calendar,
        quota_lines=quota_lines,
    )


THREE = (
    result("a.yaml", stage_reached=2, health=40.0, band="amber", red_flags=[flag(), flag("RF306", "major", mitigated=True)]),
    result("b.yaml", amount=333333.33, stage="supplier_assessment", stage_reached=3, health=61.5, band="amber", owner="王芳"),
    result("c.yaml", amount=1000001, currency="JPY", stage="need_identification", stage_reached=1, health=50.0, team=None),
)  # fmt: skip

SIGNED = [{"stage": "contract_signing", "criterion": "contract_signed", "done": True}]
WON = result("won.yaml", amount=200000, outcome="won", outcome_on="2026-05-31", outcome_reason="交期最短", owner="王芳")
LOST = result("lost.yaml", amount=700000, outcome="lost", outcome_on="2026-04-30", outcome_reason="价格")
SHELVED = result("shelved.yaml", currency="USD", outcome="no_decision", outcome_reason="预算取消")
CONTRACT = result("contract.yaml", amount=50000.5, stage_gates=SIGNED, team="华南")
ENDED = (WON, LOST, SHELVED, CONTRACT)
some_names = st.sampled_from(
    ["", "华东", "North", "north", "ｎｏｒｔｈ", "*", "N?rth", "<5", "=x", ">a", "~", "#N/A", "1"]
)


some_days = st.none() | st.dates(date(2025, 6, 1), date(2028, 6, 1))


@st.composite
def _deals(draw):
    currency = draw(st.sampled_from(["CNY", "JPY", "BHD", "USD"]))
    digits = {"JPY": 0, "BHD": 3}.get(currency, 2)
    units = draw(st.integers(1, 10 ** draw(st.integers(1, 13))))
    health = draw(st.floats(0, 100).map(lambda value: round(value, 9)))
    forecast = ForecastDeal(
        "x", Decimal(units).scaleb(-digits), currency, draw(st.sampled_from(STAGES)), draw(st.integers(1, 6)), health,
        draw(st.sampled_from([*[Outcome.OPEN] * 3, *Outcome])),
    )  # fmt: skip
    risks = (Risk(Severity.CRITICAL, "RF101", "x", "m", "r"),) * draw(st.integers(0, 2))
    return Deal(
        file="x.yaml", account=draw(some_names), opportunity="", rep=draw(some_names), team=draw(some_names),
        forecast=forecast, as_of=None, close_date=draw(some_days), outcome_on=draw(some_days), band=draw(st.sampled_from(list(HealthBand))), weakest=None,
        plan_quality=50.0, risks=risks, passed=True, own_odds=False,
    )  # fmt: skip


some_deals = _deals()


def portfolio_of_deals(deals, quotas=None, settings=None, calendar=None, quota_lines=()):
    return portfolio_of(
        len(deals), deals, [], settings or default_settings(), quotas or {}, calendar=calendar, quota_lines=quota_lines
    )
