"""How far we have come with one person (specification, section 3, Engagement and Coach quality)."""

from warmap.model import Contact
from warmap.settings import Settings
from warmap.terms import ContactFrequency, EvidenceGrade, OrgLevel, PostStatus

IN_TOUCH = frozenset({ContactFrequency.FREQUENT, ContactFrequency.OCCASIONAL})
BACKED = frozenset({EvidenceGrade.STATED, EvidenceGrade.PROVEN})
SENIOR = frozenset({OrgLevel.DIRECTOR, OrgLevel.MANAGER})
GONE = frozenset({PostStatus.LEFT, PostStatus.TRANSFERRED})


def is_active(contact: Contact) -> bool:
    """In post or new in post; blank is in post."""
    return contact.post_status not in GONE


def never_met(contact: Contact) -> bool:
    """Contact frequency never or blank."""
    return contact.contact_frequency is None or contact.contact_frequency is ContactFrequency.NEVER


def is_against_us(contact: Contact) -> bool:
    """Support below 0; unknown support is no opposition."""
    return contact.support is not None and contact.support.score < 0


def weight(contact: Contact, settings: Settings) -> float:
    """w(c): the weight of the contact's influence."""
    return settings.influence_weight[contact.influence or "blank"]


def level_of_engagement(contact: Contact) -> str:
    """identified, contacted, engaged or supportive: the first that fits from the left wins."""
    if never_met(contact):
        return "identified"
    # Whom we meet without knowing where he or she stands is met, no more.
    if contact.support is None or contact.support.score < 0 or contact.contact_frequency not in IN_TOUCH:
        return "contacted"
    if contact.support.score < 1 or contact.evidence_grade not in BACKED:
        return "engaged"
    return "supportive"


def engagement(contact: Contact, settings: Settings) -> float:
    """e(c), 0.25 … 1."""
    return settings.engagement[level_of_engagement(contact)]


def coach_quality(contact: Contact, settings: Settings) -> float:
    """e(c), capped for a coach who does not want our success or who is not senior (001)."""
    quality = engagement(contact, settings)
    if contact.wants_our_success is not True:
        quality = min(quality, settings.coach_cap["not_wanting_our_success"])
    if contact.level not in SENIOR:
        quality = min(quality, settings.coach_cap["not_senior"])
    return quality
