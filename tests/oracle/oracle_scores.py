"""The scores of section 3 that are about people: engagement, roles, trust, wins."""

from __future__ import annotations

from fractions import Fraction

from oracle_map import (
    PILLARS,
    ROLES,
    WIN_CRITERIA,
    active,
    age,
    attitude,
    day,
    exact,
    given,
    holders,
    mean,
    name,
    never_met,
    rows,
    same,
    senior,
    weight,
)


def engagement(contact, figures):
    """0.25 identified (never or blank) · 0.50 contacted (rare, or support below 0 or unknown) · 0.75 engaged (support 0, or
    ≥ +1 only claimed) · 1.00 supportive (≥ +1, evidence stated or proven). "The first that fits from the left wins."
    """
    support = attitude(contact)
    if never_met(contact):
        kind = "identified"
    elif contact["contact_frequency"] == "rare" or support is None or support < 0:
        kind = "contacted"
    elif support >= 1 and contact.get("evidence_grade") in {"stated", "proven"}:
        kind = "supportive"
    else:
        kind = "engaged"
    return exact(figures["engagement"][kind])


def coach_quality(contact, figures):
    """e(c), at most 0.50 unless wants_our_success is yes, at most 0.75 unless level is director or manager."""
    quality = engagement(contact, figures)
    if contact.get("wants_our_success") is not True:
        quality = min(quality, exact(figures["coach_cap"]["not_wanting_our_success"]))
    if not senior(contact):
        quality = min(quality, exact(figures["coach_cap"]["not_senior"]))
    return quality


def role_score(document, role, figures):
    """user, technical, economic: mean of e(c) weighted by w(c) over active contacts that hold the role; coach: the best
    coach quality over active coaches; 0 when nobody holds it."""
    held = holders(document, role)
    if role == "coach":
        return max((coach_quality(one, figures) for one in held), default=Fraction(0))
    return mean((weight(one, figures), engagement(one, figures)) for one in held) or Fraction(0)


def role_state(document, role, figures):
    """missing (nobody) · identified (< 0.5) · contacted (< 0.75) · engaged (< 1) · supportive (= 1)."""
    if not holders(document, role):
        return "missing"
    score = role_score(document, role, figures)
    for state in ("supportive", "engaged", "contacted"):
        if score >= exact(figures["role_state"][state]):
            return state
    return "identified"


def roles(document, figures):
    """roles: {role: {score, state, contacts}}."""
    return {
        role: {
            "score": role_score(document, role, figures),
            "state": role_state(document, role, figures),
            "contacts": [name(one) for one in holders(document, role)],
        }
        for role in ROLES
    }


def role_coverage(document, figures):
    """Σ weight × role score ÷ Σ weight over the four roles. 0…1. Reading: 0 for an empty map, the formula says so."""
    return mean((exact(figures["role_weight"][role]), role_score(document, role, figures)) for role in ROLES)


def current(document, contact):
    """A pillar's rating of a contact: per pillar the latest by rated_on, blank dates first; later rows win ties.
    As {pillar: (rating, evidence grade, row)}; blank grade = none."""
    found = {}
    for row in rows(document, "trust"):
        if not given(row.get("contact")) or same(row["contact"]) != same(contact["name"]):
            continue
        when = day(row.get("rated_on"))
        order = (when is not None, when.toordinal() if when else 0)
        for pillar, judged in (row.get("ratings") or {}).items():
            rating = (judged or {}).get("rating")
            if rating is not None and (pillar not in found or order >= found[pillar][0]):
                found[pillar] = (order, exact(rating), judged.get("evidence_grade") or "none", row)
    return {pillar: found[pillar][1:] for pillar in PILLARS if pillar in found}


def ratings(document, contact):
    """The same as {pillar: (rating, evidence grade)}."""
    return {pillar: held[:2] for pillar, held in current(document, contact).items()}


def rating_that_counts(document, contact, pillar, figures):
    """r counts for no more than its evidence grade's cap. The relationship pillar fades after the cap:
    r × 0.5^(days since last_contact ÷ 180), days not below 0; no fading where last_contact is blank. None: not rated."""
    rated = ratings(document, contact).get(pillar)
    if rated is None:
        return None
    rating, grade = rated
    rating = min(rating, exact(figures["evidence_cap"][grade]))
    days = age(document, contact.get("last_contact"))
    if pillar == "relationship" and days is not None and days > 0:
        rating *= Fraction(0.5 ** (days / figures["trust_fading_days"]))
    return rating


def contact_trust(document, contact, figures):
    """20 × mean of that contact's rated pillars, weighted by pillar weight (1 each)."""
    pairs = [
        (exact(figures["pillar_weight"][pillar]), rating)
        for pillar in PILLARS
        if (rating := rating_that_counts(document, contact, pillar, figures)) is not None
    ]
    found = mean(pairs)
    return None if found is None else 20 * found


def account_trust(document, figures):
    """Mean over active contacts with any rating, weighted by w(c). 0…100."""
    return mean(
        (weight(one, figures), trust)
        for one in active(document)
        if (trust := contact_trust(document, one, figures)) is not None
    )


def assessed_share(document, figures):
    """Σ w(c) of active contacts with any rating ÷ Σ w(c) of active contacts."""
    return mean((weight(one, figures), int(bool(ratings(document, one)))) for one in active(document))


def pillar_score(document, pillar, figures):
    """20 × w-weighted mean of that pillar over the active contacts rated on it."""
    found = mean(
        (weight(one, figures), rating)
        for one in active(document)
        if (rating := rating_that_counts(document, one, pillar, figures)) is not None
    )
    return None if found is None else 20 * found


def wins_row(document, contact, role):
    """The contact's `wins` row for that role. Reading: of two rows for one contact and role the first counts."""
    for row in rows(document, "wins"):
        if given(row.get("contact")) and same(row["contact"]) == same(contact["name"]) and row.get("role") == role:
            return row
    return {}


def win_checklist(document):
    """For every active contact and each role it holds, the six criteria of the role; absent or blank = unknown."""
    return [
        {
            "contact": name(one),
            "role": role,
            "criterion": criterion,
            "status": status,
        }
        for one, role in contact_roles(document)
        for criterion, status in zip(WIN_CRITERIA[role], statuses_of(document, one, role), strict=True)
    ]


def statuses_of(document, one, role):
    """The statuses of the six criteria of a contact's role, in their order."""
    held = wins_row(document, one, role).get("statuses") or {}
    return [held.get(criterion) or "unknown" for criterion in WIN_CRITERIA[role]]


def contact_roles(document):
    """Every active contact with each role it holds."""
    return [(one, role) for one in active(document) for role in ROLES if role in (one.get("buying_roles") or [])]


def win_score(document, figures):
    """Contact-role score = mean value of its applicable criteria (none applicable: left out).
    Win score = Σ w(c) × score ÷ Σ w(c) over contact-roles. 0…1. Not assessed while no wins row of an active contact for
    a role that the contact holds has a status other than unknown."""
    pairs, known = [], False
    for one, role in contact_roles(document):
        values = statuses_of(document, one, role)
        known = known or any(status != "unknown" for status in values)
        score = mean((1, exact(figures["win_value"][s])) for s in values if s != "not_applicable")
        if score is not None:
            pairs.append((weight(one, figures), score))
    return mean(pairs) if known else None
