"""Health (section 3): the base, what each red flag takes of it, where every point goes, and what a line of advice is worth."""

from __future__ import annotations

import oracle_deal_scores as deal_scores
import oracle_scores as people_scores
from oracle_flags import SEVERITIES, red_flags
from oracle_map import exact, mean, people

COMPONENTS = ("role_coverage", "trust", "win", "stage", "needs", "competition", "fit")


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


def base(document, figures):
    """Σ weight × component ÷ Σ weight; not assessed counts 0. None where nothing weighs anything."""
    found = components(document, figures)
    return mean((exact(figures["health_weight"][code]), value or 0) for code, value in found.items())


def costs(flags, figures):
    """What each flag takes of what is left, as (flag, share), in the order severity, code, place in its code.
    p = 0.10 critical, 0.04 major, 0.01 minor; half of that when answered; of several flags of one code (heaviest p first,
    then subject) the k-th costs p ÷ k."""

    def cost(one):
        share = exact(figures["flag_cost_answered_share"]) if one["mitigated"] else 1
        return exact(figures["flag_cost"][one["severity"]]) * share

    found, places = [], {}
    for one in sorted(flags, key=lambda one: (-cost(one), one["subject"])):
        places[one["code"]] = place = places.get(one["code"], 0) + 1
        found.append((SEVERITIES.index(one["severity"]), one["code"], place, one, cost(one) / place))
    return [(one, share) for *_, one, share in sorted(found, key=lambda each: each[:3])]


def left(start, flags, figures):
    """base × Π (1 − p ÷ k) over the red flags."""
    for _, share in costs(flags, figures):
        start *= 1 - share
    return start


def health(document, figures):
    """Base × Π (1 − p ÷ k); None without any contact, whatever the post status."""
    start = base(document, figures)
    return None if start is None or not people(document) else left(start, red_flags(document, figures), figures)


def losses(document, figures):
    """Where the points went: each component loses weight share × (100 − component); then each flag its p ÷ k of what is
    left. As (what, points): a component's code, or the code of a flag."""
    weights = {code: exact(figures["health_weight"][code]) for code in COMPONENTS}
    found = [
        (code, weights[code] / sum(weights.values()) * (100 - (value or 0)))
        for code, value in components(document, figures).items()
    ]
    start = base(document, figures)
    for one, share in costs(red_flags(document, figures), figures):
        found.append((one["code"], start * share))
        start *= 1 - share
    return found


def worth(start, counted, flags, figures):
    """Health without all the flags counted in a line of advice − health, from the base of a map that has a health."""
    others = [one for one in flags if not any(one is each for each in counted)]
    return left(start, others, figures) - left(start, flags, figures)


def assessed_share(document, figures):
    """The share of weight assessed."""
    found = components(document, figures)
    return mean((exact(figures["health_weight"][code]), int(value is not None)) for code, value in found.items())


def weakest_link(document, figures):
    """The assessed component with the lowest value, first in the order above on a tie."""
    found = {code: value for code, value in components(document, figures).items() if value is not None}
    return min(found, key=found.__getitem__, default=None)


def band(document, figures):
    """≥ 70 green, ≥ 40 amber, else red; with less than half of the weight assessed incomplete; None without a contact."""
    score = health(document, figures)
    if score is None:
        return None
    if assessed_share(document, figures) < exact(figures["band_assessed_from"]):
        return "incomplete"
    return next((name for name in ("green", "amber") if score >= exact(figures["band"][name])), "red")
