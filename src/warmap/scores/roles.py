"""The four buying roles: who holds them, how well they are covered (specification, section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from warmap.model import Contact
from warmap.scores.engagement import coach_quality, engagement, weight
from warmap.settings import Settings
from warmap.terms import BuyingRole, RoleState


class RoleScore(NamedTuple):
    """One role: its active holders, its score 0 … 1, its state, and the holder who carries it best."""

    role: BuyingRole
    holders: tuple[Contact, ...]
    score: float
    state: RoleState
    best: Contact | None


def weighted_mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Mean of (weight, value) pairs; None where there is no weight to stand on."""
    total = sum(w for w, _ in pairs)
    return sum(w * v for w, v in pairs) / total if total > 0 else None


def role_score(role: BuyingRole, active: Sequence[Contact], settings: Settings) -> RoleScore:
    """Score of one role: the best coach's quality for coach, else the w-weighted mean engagement of its holders."""
    holders = tuple(contact for contact in active if role in contact.buying_roles)
    if not holders:
        return RoleScore(role, (), 0.0, RoleState.MISSING, None)
    quality = coach_quality if role is BuyingRole.COACH else engagement
    best = max(holders, key=lambda contact: (quality(contact, settings), weight(contact, settings)))
    if role is BuyingRole.COACH:
        score = coach_quality(best, settings)
    else:
        score = weighted_mean([(weight(c, settings), engagement(c, settings)) for c in holders]) or 0.0
    return RoleScore(role, holders, score, _state(score, settings), best)


def _state(score: float, settings: Settings) -> RoleState:
    for state in (RoleState.SUPPORTIVE, RoleState.ENGAGED, RoleState.CONTACTED):
        if score >= settings.role_state[state.value] - 1e-12:
            return state
    return RoleState.IDENTIFIED


def role_coverage(roles: Mapping[BuyingRole, RoleScore], settings: Settings) -> float:
    """Weighted mean of the role scores, 0 … 1; a role nobody holds counts 0."""
    return weighted_mean([(settings.role_weight[role.value], roles[role].score) for role in BuyingRole]) or 0.0
