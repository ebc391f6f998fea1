"""Health, the penalty of the flags, plan quality; and the whole of a map as section 6 has it."""

from __future__ import annotations

from fractions import Fraction

import oracle_deal_scores as deal_scores
import oracle_scores as people_scores
from oracle_flags import next_actions, red_flags
from oracle_map import PILLARS, age, exact, given, mean, record, rows, squeeze, without_blanks

COMPONENTS = ("role_coverage", "trust", "win", "stage", "needs", "competition", "fit")
REQUIRED = {
    "deal": ("account", "opportunity", "amount", "currency", "close_date", "stage", "owner", "as_of"),
    "org_units": ("name",),
    "contacts": ("name",),
    "trust": ("contact",),
    "wins": ("contact", "role"),
    "stage_evidence": ("stage", "criterion"),
    "needs": ("spin_type",),
    "competition": ("criterion", "weight"),
    "swot": ("text",),
    "strengths": ("text",),
    "objections": ("contact", "objection"),
    "visits": ("date", "goal"),
    "actions": ("what", "owner", "due"),
    "ideal_customer": ("attribute", "weight"),
    "reviews": ("reviewed_on", "reviewer", "subject", "score"),
}
"""The fields marked * in section 2. Reading: a review's four starred fields are its own."""


def components(document, figures):
    """The components of health on 0…100, None where not assessed."""
    shares = {
        "role_coverage": people_scores.role_coverage(document, figures),
        "win": people_scores.win_score(document, figures),
        "stage": deal_scores.stage_score(document),
        "needs": deal_scores.need_score(document),
    }
    points = {code: None if share is None else 100 * share for code, share in shares.items()}
    points["trust"] = people_scores.account_trust(document, figures)
    points["competition"] = deal_scores.competition_score(document)
    points["fit"] = deal_scores.fit(document)
    return {code: points[code] for code in COMPONENTS}


def penalty(flags, figures):
    """critical 10, major 4, minor 1; half of that when mitigated; of each code only the two heaviest flags count, and
    all of them together for at most 40."""
    costs = {}
    for one in flags:
        cost = exact(figures["penalty"][one["severity"]])
        if one["mitigated"]:
            cost *= exact(figures["penalty_mitigated_share"])
        costs.setdefault(one["code"], []).append(cost)
    most = figures["penalty_flags_per_code"]
    total = sum((sum(sorted(each, reverse=True)[:most]) for each in costs.values()), Fraction(0))
    return min(total, exact(figures["penalty_limit"]))


def health(document, figures):
    """Σ weight × component ÷ Σ weight − penalty, not assessed counts 0, the result never below 0."""
    weights = {code: exact(figures["health_weight"][code]) for code in COMPONENTS}
    found = components(document, figures)
    average = mean((weights[code], value or 0) for code, value in found.items())
    return max(average - penalty(red_flags(document, figures), figures), Fraction(0))


def assessed_share(document, figures):
    """The share of weight assessed."""
    found = components(document, figures)
    return mean((exact(figures["health_weight"][code]), int(value is not None)) for code, value in found.items())


def weakest_link(document, figures):
    """The assessed component with the lowest value, first in the order above on a tie."""
    found = {code: value for code, value in components(document, figures).items() if value is not None}
    return min(found, key=found.__getitem__, default=None)


def band(score, figures):
    """≥ 70 green, ≥ 40 amber, else red."""
    return next((name for name in ("green", "amber") if score >= exact(figures["band"][name])), "red")


def in_use(table, row):
    """A row with anything in it. Reading: on a stage row more than the stage and the criterion, which are printed."""
    printed = {"stage", "criterion"} if table == "stage_evidence" else set()
    return bool(squeeze({field: value for field, value in row.items() if field not in printed}))


def required_share(document):
    """Share of required fields filled over the rows in use. Reading: the deal is always in use."""
    filled = asked = 0
    for table, fields in REQUIRED.items():
        held = (
            [record(document, table)]
            if table == "deal"
            else [row for row in rows(document, table) if in_use(table, row)]
        )
        asked += len(held) * len(fields)
        filled += sum(given(row.get(field)) for row in held for field in fields)
    return Fraction(filled, asked)


def judgements(document):
    """Every judgement as (kind, grade, date): support, trust ratings, win statuses other than unknown.
    Reading: the plan is judged as it is written, rows that no score uses (a second row of one person) included."""
    for one in rows(document, "contacts"):
        if one.get("support"):
            yield "support", one.get("evidence_grade"), one.get("assessed_on")
    for row in rows(document, "trust"):
        for judged in (row.get("ratings") or {}).values():
            if (judged or {}).get("rating") is not None:
                yield "trust", judged.get("evidence_grade"), row.get("rated_on")
    for row in rows(document, "wins"):
        for status in (row.get("statuses") or {}).values():
            if status and status != "unknown":
                yield "win", row.get("evidence_grade"), None


def plan_quality(document, figures):
    """50 × share of required fields filled over the rows in use + 25 × share of judgements with evidence stated or
    proven + 25 × share of dated judgements (support, trust) dated within 90 days of as_of. Nothing to judge counts 0."""
    made = list(judgements(document))
    backed = [grade in {"stated", "proven"} for _, grade, _ in made]
    fresh = [
        (days := age(document, when)) is not None and abs(days) <= figures["plan_fresh_days"]
        for kind, _, when in made
        if kind != "win"
    ]
    points = {code: exact(value) for code, value in figures["plan_weight"].items()}
    return (
        points["required"] * required_share(document)
        + points["evidence"] * (Fraction(sum(backed), len(backed)) if backed else 0)
        + points["fresh"] * (Fraction(sum(fresh), len(fresh)) if fresh else 0)
    )


def scores(document, figures):
    """`scores` of section 6."""
    found = components(document, figures)
    score = health(document, figures)
    return {
        "role_coverage": people_scores.role_coverage(document, figures),
        "trust": found["trust"],
        "trust_assessed_share": people_scores.assessed_share(document, figures),
        "win": people_scores.win_score(document, figures),
        "stage": deal_scores.stage_score(document),
        "stage_reached": deal_scores.stage_reached(document),
        "needs": deal_scores.need_score(document),
        "competition": found["competition"],
        "position": deal_scores.position(document),
        "fit": found["fit"],
        "tier": deal_scores.tier(document, figures),
        "customer_class": deal_scores.customer_class(document, figures),
        "negotiation": deal_scores.negotiation(document),
        "zopa": deal_scores.zopa(document),
        "quadrant": deal_scores.quadrant(document, figures),
        "health": score,
        "health_assessed_share": assessed_share(document, figures),
        "weakest_link": weakest_link(document, figures),
        "band": band(score, figures),
        "plan_quality": plan_quality(document, figures),
    }


def evaluate(document, figures):
    """Everything of section 6 that the method decides."""
    document = without_blanks(document)
    return {
        "scores": scores(document, figures),
        "roles": people_scores.roles(document, figures),
        "trust_pillars": {pillar: people_scores.pillar_score(document, pillar, figures) for pillar in PILLARS},
        "red_flags": red_flags(document, figures),
        "win_checklist": people_scores.win_checklist(document),
        "stage_gates": deal_scores.stage_gates(document),
        "next_actions": next_actions(document, figures),
    }
