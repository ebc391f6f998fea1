"""One war map: one deal at one account, all of its tables."""

from functools import cache
from typing import Any

from warmap.model.deal import Deal
from warmap.model.market import Criterion, IdealCustomer, Negotiation, OrgUnit, Profile, Strength, Swot
from warmap.model.part import Part, made
from warmap.model.people import Contact, Trust, Win
from warmap.model.process import Action, Need, Objection, Resource, Review, StageEvidence, Visit
from warmap.model.types import Day, Words


class Snapshot(Part):
    """The map as it stood on a day: its scores and the whole of its tables.

    `fingerprint` stands for the map where only that is at hand, as in the cells of a workbook (see `warmap.history`).
    """

    taken_on: Day = None
    author: Words = None
    scores: dict[str, Any] = made(factory=dict)
    map: dict[str, Any] = made(factory=dict)
    fingerprint: Words = None


class WarMap(Part):
    """Every table; the names are the keys in JSON and YAML."""

    deal: Deal = made(factory=Deal)
    profile: Profile = made(factory=Profile)
    org_units: list[OrgUnit] = made(factory=list)
    contacts: list[Contact] = made(factory=list)
    trust: list[Trust] = made(factory=list)
    wins: list[Win] = made(factory=list)
    stage_evidence: list[StageEvidence] = made(factory=list)
    needs: list[Need] = made(factory=list)
    competition: list[Criterion] = made(factory=list)
    swot: list[Swot] = made(factory=list)
    strengths: list[Strength] = made(factory=list)
    negotiation: Negotiation = made(factory=Negotiation)
    objections: list[Objection] = made(factory=list)
    visits: list[Visit] = made(factory=list)
    actions: list[Action] = made(factory=list)
    ideal_customer: list[IdealCustomer] = made(factory=list)
    resources: list[Resource] = made(factory=list)
    reviews: list[Review] = made(factory=list)
    snapshots: list[Snapshot] = made(factory=list)


@cache
def blank_map() -> WarMap:
    """A map with nothing in it, not to be changed; made once."""
    return WarMap()
