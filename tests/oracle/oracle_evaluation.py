"""The whole of a map as section 6 has it."""

from __future__ import annotations

import oracle_deal_scores as deal_scores
import oracle_health
import oracle_scores as people_scores
from oracle_actions import next_actions
from oracle_flags import red_flags
from oracle_map import PILLARS, without_blanks
from oracle_plan import plan_quality


def scores(document, figures):
    """`scores` of section 6."""
    found = oracle_health.components(document, figures)
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
        "health": oracle_health.health(document, figures),
        "health_base": oracle_health.base(document, figures),
        "health_assessed_share": oracle_health.assessed_share(document, figures),
        "weakest_link": oracle_health.weakest_link(document, figures),
        "band": oracle_health.band(document, figures),
        "plan_quality": plan_quality(document, figures),
    }


def evaluate(document, figures):
    """Everything of section 6 that the method decides; next actions are not cut, and name every best route."""
    document = without_blanks(document)
    flags = red_flags(document, figures)
    return {
        "scores": scores(document, figures),
        "roles": people_scores.roles(document, figures),
        "trust_pillars": {pillar: people_scores.pillar_score(document, pillar, figures) for pillar in PILLARS},
        "red_flags": flags,
        "win_checklist": people_scores.win_checklist(document),
        "stage_gates": deal_scores.stage_gates(document),
        "next_actions": next_actions(document, flags, figures),
        "most_actions": figures["next_actions"],
        "losses": oracle_health.losses(document, figures),
    }
