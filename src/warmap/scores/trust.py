"""Trust by contact, by pillar and of the account, with evidence caps and fading (specification, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from warmap.model import Contact, Trust
from warmap.scores.engagement import weight
from warmap.scores.roles import weighted_mean
from warmap.settings import Settings
from warmap.terms import EvidenceGrade, TrustPillar, key


class Rating(NamedTuple):
    """The rating of one pillar as given, and what of it counts (0 … 5)."""

    given: float
    grade: EvidenceGrade
    cap: float
    counted: float

    @property
    def is_above_cap(self) -> bool:
        """Rated higher than its evidence bears."""
        return self.given > self.cap


class ContactTrust(NamedTuple):
    """The rated pillars of one contact and their weighted mean on 0 … 100."""

    ratings: Mapping[TrustPillar, Rating]
    score: float | None


def latest_rows(rows: Iterable[Trust]) -> dict[str, dict[TrustPillar, tuple[float, EvidenceGrade]]]:
    """Per contact and pillar the latest rating: blank dates first, later rows win ties."""
    latest: dict[str, dict[TrustPillar, tuple[float, EvidenceGrade]]] = {}
    for row in sorted(rows, key=lambda row: row.rated_on or date.min):
        if row.contact is None:
            continue
        pillars = latest.setdefault(key(row.contact), {})
        for pillar, judged in row.ratings.items():
            if judged.rating is not None:
                pillars[pillar] = (judged.rating, judged.evidence_grade or EvidenceGrade.NONE)
    return latest


def fading(contact: Contact, as_of: date | None, settings: Settings) -> float:
    """The share of relationship trust left since the last contact, 0 … 1."""
    if as_of is None or contact.last_contact is None:
        return 1.0
    days = max(0, (as_of - contact.last_contact).days)
    return float(0.5 ** (days / settings.trust_fading_days))


def contact_trust(
    contact: Contact,
    rated: Mapping[TrustPillar, tuple[float, EvidenceGrade]],
    as_of: date | None,
    settings: Settings,
) -> ContactTrust:
    """Cap each rating by its evidence, fade the relationship pillar, take the mean of what is rated."""
    ratings = {}
    for pillar in TrustPillar:
        if pillar in rated:
            given, grade = rated[pillar]
            cap = settings.evidence_cap[grade.value]
            counted = min(given, cap)
            if pillar is TrustPillar.RELATIONSHIP:
                counted *= fading(contact, as_of, settings)
            ratings[pillar] = Rating(given, grade, cap, counted)
    mean = weighted_mean([(settings.pillar_weight[p.value], r.counted) for p, r in ratings.items()])
    return ContactTrust(ratings, None if mean is None else 20 * mean)


def account_trust(
    active: Sequence[Contact], trusts: Mapping[str, ContactTrust], settings: Settings
) -> tuple[float | None, float | None]:
    """(trust of the account 0 … 100, share of influence that has been assessed 0 … 1)."""
    rated = [
        (weight(c, settings), trust.score)
        for c in active
        if (trust := trusts[key(c.name or "")]).score is not None
    ]  # fmt: skip
    total = sum(weight(c, settings) for c in active)
    share = sum(w for w, _ in rated) / total if total > 0 else None
    return weighted_mean([(w, score) for w, score in rated if score is not None]), share


def pillar_score(
    pillar: TrustPillar, active: Sequence[Contact], trusts: Mapping[str, ContactTrust], settings: Settings
) -> float | None:
    """20 × the w-weighted mean of one pillar over the active contacts rated on it, 0 … 100."""
    pairs = [
        (weight(c, settings), rating.counted)
        for c in active
        if (rating := trusts[key(c.name or "")].ratings.get(pillar)) is not None
    ]
    mean = weighted_mean(pairs)
    return None if mean is None else 20 * mean
