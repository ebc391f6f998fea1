"""What the map itself says of six exit criteria, beside the rep's tick and never in its place.

So nothing is typed twice ("looks done: confirm"), and a tick that the map contradicts is seen (RF507).
"""

from collections.abc import Callable, Mapping

from warmap.model import DO_NOTHING, Contact
from warmap.names import key
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import never_met
from warmap.terms import BuyingRole, StageCriterion
from warmap.text import is_blank

NO_RIVAL = frozenset({key(DO_NOTHING.zh), key(DO_NOTHING.en)})


def _has_coach(assessment: Assessment) -> bool:
    """An active coach who is not said to be against our success."""
    return any(
        BuyingRole.COACH in contact.buying_roles and contact.wants_our_success is not False
        for contact in assessment.active
    )


def _has_rival(assessment: Assessment) -> bool:
    """A rival scored whose name is not "do nothing": by the name, not the place."""
    scored = {
        key(name) for row in assessment.map.competition for name, score in row.scores.items() if score is not None
    }
    return bool(scored - NO_RIVAL)


def _has_every_role(assessment: Assessment) -> bool:
    held = frozenset[BuyingRole]().union(*(contact.buying_roles for contact in assessment.active))
    return held == frozenset(BuyingRole)


def _has_met(assessment: Assessment, role: BuyingRole) -> bool:
    """An active holder contacted rarely or more, or met on a visit that has a result."""
    met = {key(name) for visit in assessment.map.visits if not is_blank(visit.actual_result) for name in visit.contacts}

    def is_met(contact: Contact) -> bool:
        return not never_met(contact) or key(contact.name or "") in met

    return any(role in contact.buying_roles and is_met(contact) for contact in assessment.active)


_TOLD: Mapping[StageCriterion, tuple[frozenset[str], Callable[[Assessment], bool]]] = {
    StageCriterion.COACH_IN_PLACE: (frozenset({"contacts"}), _has_coach),
    StageCriterion.RIVALS_KNOWN: (frozenset({"competition"}), _has_rival),
    StageCriterion.ALL_ROLES_IDENTIFIED: (frozenset({"contacts"}), _has_every_role),
    StageCriterion.GATEKEEPER_MET: (
        frozenset({"contacts", "visits"}), lambda assessment: _has_met(assessment, BuyingRole.TECHNICAL)
    ),
    StageCriterion.ECONOMIC_BUYER_MET: (
        frozenset({"contacts", "visits"}), lambda assessment: _has_met(assessment, BuyingRole.ECONOMIC)
    ),
    StageCriterion.ALTERNATIVE_PREPARED: (
        frozenset({"negotiation"}), lambda assessment: not is_blank(assessment.map.negotiation.our_alternative)
    ),
}  # fmt: skip


@once
def map_says(assessment: Assessment) -> Mapping[StageCriterion, bool]:
    """Yes or no for the criteria of which the tables that were given tell; an empty table says no."""
    return {
        criterion: says(assessment) for criterion, (needs, says) in _TOLD.items() if assessment.tables.issuperset(needs)
    }
