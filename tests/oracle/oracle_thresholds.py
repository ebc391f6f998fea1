"""Maps whose figures stand exactly on a threshold, where binary rounding may push them off it."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import oracle_deal_scores as deal_scores
import oracle_scores as people_scores
from oracle_health import components
from oracle_map import FIGURES, PILLARS, WIN_CRITERIA

WEIGHTS = (0.1, 0.2, 0.3, 0.7, 1, 2, 3, 1.1, 3.3)
STATUSES = ("met", "identified", "unknown", "not_applicable")


def tight(seed):
    """A contest, an ideal customer, trust and wins in tenths and hundredths, nothing capped, nothing faded."""
    dice = Random(seed)

    def rating(low=0):
        return dice.choice((dice.randint(low, 5), dice.randint(10 * low, 50) / 10, dice.randint(100 * low, 500) / 100))

    people = [
        {
            "name": f"p{number}", "buying_roles": dice.sample(("economic", "user", "technical"), dice.randint(0, 2)),
            "influence": dice.choice(("high", "medium", "low", None)), "contact_frequency": "frequent",
            "support": dice.choice(("support", "neutral")), "evidence_grade": "proven",
        }
        for number in range(dice.randint(1, 5))
    ]  # fmt: skip
    return {
        "deal": {"as_of": "2026-06-30", "stage": "quotation_negotiation", "our_win": "a reference"},
        "negotiation": {"target_price": 5, "our_alternative": "another deal"},
        "competition": [
            {"criterion": "c", "weight": dice.choice(WEIGHTS), "our_score": rating(), "scores": {"a": rating(), "b": rating()}}
            for _ in range(dice.randint(1, 4))
        ],
        "ideal_customer": [
            {"attribute": "a", "weight": dice.choice(WEIGHTS), "score": rating()} for _ in range(dice.randint(1, 4))
        ],
        "profile": {code: rating(1) for code in ("scale", "industry_attractiveness", "profitability")},
        "contacts": people,
        "trust": [
            {"contact": f"p{number}", "ratings": {pillar: {"rating": rating(), "evidence_grade": "proven"}
             for pillar in dice.sample(PILLARS, dice.randint(1, 4))}}
            for number in range(dice.randint(1, 5))
        ],
        "wins": [
            {"contact": one["name"], "role": role, "statuses": {code: dice.choice(STATUSES) for code in WIN_CRITERIA[role]}}
            for one in people for role in one["buying_roles"]
        ],
    }  # fmt: skip


def thresholds(document):
    """The thresholds that a map stands on."""
    pillars = {pillar: people_scores.pillar_score(document, pillar, FIGURES) for pillar in PILLARS}
    work = [pillars[pillar] for pillar in ("professional", "expertise") if pillars[pillar] is not None]
    lead = pillars["relationship"] - sum(work) / len(work) if pillars["relationship"] is not None and work else None
    values = [value for value in components(document, FIGURES).values() if value is not None]
    trust = [people_scores.contact_trust(document, one, FIGURES) for one in document["contacts"]]
    profile = [Fraction(str(document["profile"][code])) for code in ("scale", "industry_attractiveness")]
    stands = {
        "position −1": deal_scores.position(document) == -1,
        "position 0": deal_scores.position(document) == 0,
        "tier": deal_scores.fit(document) in {40, 60, 80},
        "win 0.5": people_scores.win_score(document, FIGURES) == Fraction(1, 2),
        "trust 40": 40 in trust,
        "assessed 0.6": people_scores.assessed_share(document, FIGURES) == Fraction(3, 5),
        "relationship 30": lead == 30,
        "class 3": sum(profile) == 6,
        "lead 1": any(abs(lead) == 1 for _, lead in deal_scores.leads(document)),
        "tie": values.count(min(values)) > 1,
    }
    return {name for name, there in stands.items() if there}
