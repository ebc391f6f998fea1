"""One war map: one deal at one account, all of its tables."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from pydantic import Field

from warmap.model.customer import Deal, IdealCustomer, OrgUnit, Profile
from warmap.model.fields import Day, Model, Words
from warmap.model.pursuit import Action, Need, Objection, Resource, Review, StageEvidence, Visit
from warmap.model.rivalry import Criterion, Negotiation, Strength, Swot
from warmap.model.stakeholders import Contact, Trust, Win


class StoredBody:
    """What a workbook keeps of a snapshot: its scores and its map as JSON, and the fingerprint beside them.

    A year of weekly snapshots is megabytes of JSON that most readings never look at, so the text is parsed only when
    somebody does; whoever writes it out again hands it on as it is.
    """

    def __init__(self, text: str, fingerprint: str) -> None:
        self.text, self.fingerprint = text, fingerprint

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, Any]] | None:
        """`scores` and `map`; None where the text is no snapshot's."""
        try:
            parts = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        is_ours = isinstance(parts, dict) and parts.keys() <= {"scores", "map"}
        return parts if is_ours and all(isinstance(part, dict) for part in parts.values()) else None


class StoredPart(Mapping[str, Any]):
    """One part of a body, `scores` or `map`, as a mapping; empty where it cannot be read."""

    def __init__(self, body: StoredBody, name: str) -> None:
        self.body, self.name = body, name

    @property
    def _content(self) -> Mapping[str, Any]:
        return (self.body.parts or {}).get(self.name, {})

    def __getitem__(self, key: str) -> Any:
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


class Snapshot(Model):
    """The map as it stood on a day: its scores and the whole of its tables.

    `fingerprint` stands for the map where only that is at hand, as in the cells of a workbook (see `warmap.history`).
    """

    taken_on: Day = None
    author: Words = None
    scores: Mapping[str, Any] = Field(default_factory=dict)
    map: Mapping[str, Any] = Field(default_factory=dict)
    fingerprint: Words = None


class WarMap(Model):
    """Every table; the names are the keys in JSON and YAML."""

    deal: Deal = Field(default_factory=Deal)
    profile: Profile = Field(default_factory=Profile)
    org_units: list[OrgUnit] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    trust: list[Trust] = Field(default_factory=list)
    wins: list[Win] = Field(default_factory=list)
    stage_evidence: list[StageEvidence] = Field(default_factory=list)
    needs: list[Need] = Field(default_factory=list)
    competition: list[Criterion] = Field(default_factory=list)
    swot: list[Swot] = Field(default_factory=list)
    strengths: list[Strength] = Field(default_factory=list)
    negotiation: Negotiation = Field(default_factory=Negotiation)
    objections: list[Objection] = Field(default_factory=list)
    visits: list[Visit] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list)
    ideal_customer: list[IdealCustomer] = Field(default_factory=list)
    resources: list[Resource] = Field(default_factory=list)
    reviews: list[Review] = Field(default_factory=list)
    snapshots: list[Snapshot] = Field(default_factory=list)


@cache
def blank_map() -> WarMap:
    """A map with nothing in it, not to be changed; made once."""
    return WarMap.model_construct(
        deal=Deal.model_construct(), profile=Profile.model_construct(), negotiation=Negotiation.model_construct()
    )
