"""Other weights and thresholds than the specified ones, drawn from a seed."""

from __future__ import annotations

from random import Random

from oracle_map import FIGURES

SHARES = (0, 0.1, 0.3, 0.5, 0.9, 1)
CHOICES = {
    "counterpart_gap": (1, 3, 5),
    "quote_from_stage": (2, 3, 5),
    "suspicious_contacts": (1, 2, 3, 6),
    "next_actions": (1, 3, 25),
    "position_critical": (-2, -0.5, -0.1),
    "trust_fading_days": (30, 365.5),
    "class_high_from": (2, 2.5, 4),
    "evidence_cap": (0, 1.5, 3, 5),
    "pillar_weight": (0.5, 1, 2, 3.3),
    "influence_weight": (0.5, 1, 2, 5),
    "role_weight": (0.1, 0.5, 1),
    "band": (20, 35, 60, 80),
    "tier": (30, 45, 70, 90),
    "engagement": SHARES,
    "coach_cap": SHARES,
    "role_state": SHARES,
    "win_value": SHARES,
    "customer_wins_from": SHARES,
    "stage_probability": SHARES,
    "flag_cost": (0, 0.005, 0.2, 1),
    "flag_cost_answered_share": SHARES,
    "band_assessed_from": SHARES,
    "time_left_critical": SHARES,
    "assessed_share_from": SHARES,
    "mode_share_from": SHARES,
    "health_weight": (0, 1, 12.5, 40),
    "differentiator_gap": (0.5, 1.5, 2),
    "low_trust": (20, 50, 80),
    "relationship_excess": (5, 15, 60),
}
DAYS = (0, 1, 15, 29, 31, 200)
KEPT = {"plan_weight"}  # its points are out of 100, whatever they are


def some_settings(seed):
    """About four in ten of the settings changed, of a group some of its members."""
    dice = Random(seed)
    changed = {}
    for code, usual in FIGURES.items():
        if code in KEPT or dice.random() < 0.6:
            continue
        choices = CHOICES.get(code, DAYS)
        if isinstance(usual, dict):
            changed[code] = {member: dice.choice(choices) for member in usual if dice.random() < 0.5}
        else:
            changed[code] = dice.choice(choices)
    return changed
