"""What the map itself says of six exit criteria, beside the rep's tick and never in its place.

So nothing is typed twice ("looks done: confirm"), and a tick that the map contradicts is seen (RF507).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from warmap.model import DO_NOTHING, Contact
from warmap.names import key
from warmap.scores.assessment import Assessment, once
from warmap.scores.engagement import never_met
from warmap.terms import BuyingRole, StageCriterion
from warmap.text import Text, is_blank

NO_RIVAL = frozenset({key(DO_NOTHING.zh), key(DO_NOTHING.en)})


@dataclass(frozen=True, slots=True)
class Told:
    """Yes or no, and the fact that tells it."""

    is_so: bool
    fact: Text


def _told(names: Sequence[str], yes: Text, no: Text) -> Told:
    """Yes where anybody or anything is named."""
    return Told(bool(names), yes.filled(names=names) if names else no)


def _coach(assessment: Assessment) -> Told:
    """An active coach who is not said to be against our success."""
    names = [
        contact.name or ""
        for contact in assessment.active
        if BuyingRole.COACH in contact.buying_roles and contact.wants_our_success is not False
    ]
    return _told(names, Text("教练是{names}", "{names} coaches us"), Text("地图上没有教练", "no coach on the map"))


def _rivals(assessment: Assessment) -> Told:
    """A rival scored whose name is not "do nothing": by the name, not the place."""
    scored = [name for row in assessment.map.competition for name, score in row.scores.items() if score is not None]
    names = [name for name in dict.fromkeys(scored) if key(name) not in NO_RIVAL]
    return _told(names, Text("已给{names}打分", "{names} scored"), Text("还没给任何对手打分", "no rival scored"))


def _every_role(assessment: Assessment) -> Told:
    held = frozenset[BuyingRole]().union(*(contact.buying_roles for contact in assessment.active))
    missing = [role for role in BuyingRole if role not in held]
    if missing:
        return Told(False, Text("没有人担任{roles}", "nobody plays {roles}").filled(roles=missing))
    return Told(True, Text("四类角色都有人", "all four roles are held"))


def _met(assessment: Assessment, role: BuyingRole) -> Told:
    """An active holder contacted rarely or more, or met on a visit that has a result."""
    met = {key(name) for visit in assessment.map.visits if not is_blank(visit.actual_result) for name in visit.contacts}

    def is_met(contact: Contact) -> bool:
        return not never_met(contact) or key(contact.name or "") in met

    holders = [contact for contact in assessment.active if role in contact.buying_roles]
    if not holders:
        return Told(False, Text("没有人担任{role}", "nobody plays {role}").filled(role=role))
    names = [contact.name or "" for contact in holders if is_met(contact)]
    unmet = Text("还没见过{names}", "{names} not met yet").filled(names=[contact.name or "" for contact in holders])
    return _told(names, Text("见过{names}", "{names} met"), unmet)


def _alternative(assessment: Assessment) -> Told:
    if is_blank(assessment.map.negotiation.our_alternative):
        return Told(False, Text("“谈判”表里没有我方替代方案", "no alternative of ours on Negotiation"))
    return Told(True, Text("“谈判”表里写了我方替代方案", "our alternative stands on Negotiation"))


_TOLD: Mapping[StageCriterion, tuple[frozenset[str], Callable[[Assessment], Told]]] = {
    StageCriterion.COACH_IN_PLACE: (frozenset({"contacts"}), _coach),
    StageCriterion.RIVALS_KNOWN: (frozenset({"competition"}), _rivals),
    StageCriterion.ALL_ROLES_IDENTIFIED: (frozenset({"contacts"}), _every_role),
    StageCriterion.GATEKEEPER_MET: (
        frozenset({"contacts", "visits"}), lambda assessment: _met(assessment, BuyingRole.TECHNICAL)
    ),
    StageCriterion.ECONOMIC_BUYER_MET: (
        frozenset({"contacts", "visits"}), lambda assessment: _met(assessment, BuyingRole.ECONOMIC)
    ),
    StageCriterion.ALTERNATIVE_PREPARED: (frozenset({"negotiation"}), _alternative),
}  # fmt: skip


@once
def map_says(assessment: Assessment) -> Mapping[StageCriterion, Told]:
    """Yes or no with its fact, for the criteria of which the tables that were given tell; an empty table says no."""
    return {
        criterion: tell(assessment) for criterion, (needs, tell) in _TOLD.items() if assessment.tables.issuperset(needs)
    }
