"""Why each score is what it is, in one or two sentences; of a score that is not assessed, what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from warmap.judgement import Judgement
from warmap.reasons import people, progress, standing, verdict
from warmap.reasons.wording import Reason
from warmap.text import Lang

REASONS: Mapping[str, Callable[[Reason], str]] = {
    "role_coverage": people.role_coverage,
    "trust": people.trust,
    "trust_assessed_share": people.trust_assessed_share,
    "win": people.win,
    "stage": progress.stage,
    "stage_reached": progress.stage_reached,
    "needs": progress.needs,
    "competition": standing.competition,
    "position": standing.position,
    "fit": standing.fit,
    "tier": standing.tier,
    "customer_class": standing.customer_class,
    "negotiation": standing.negotiation,
    "zopa": standing.zopa,
    "quadrant": people.quadrant,
    "health": verdict.health,
    "health_assessed_share": verdict.health_assessed_share,
    "weakest_link": verdict.weakest_link,
    "band": verdict.band,
    "plan_quality": progress.plan_quality,
}


def why(code: str, judgement: Judgement, lang: Lang) -> str:
    """Why the score with this code (specification, section 6) is what it is."""
    return REASONS[code](Reason(judgement, lang))
