"""The model of a war map: pydantic models, one a table, whose fields carry their header and help in both languages."""

from warmap.model.customer import Deal, IdealCustomer, OrgUnit, Profile
from warmap.model.fields import About, Bounds, Column, Field, Kind, Model, Record, Row, When, bounds_of, declared
from warmap.model.pursuit import Action, Need, Objection, Resource, Review, StageEvidence, Visit
from warmap.model.registry import DO_NOTHING, MAX_COMPETITORS, RIVAL, TABLE, TABLES, Table, filled, json_schema, reach
from warmap.model.rivalry import Concession, Criterion, Negotiation, Strength, Swot
from warmap.model.stakeholders import Contact, Judged, Trust, Win
from warmap.model.war_map import Snapshot, StoredBody, StoredPart, WarMap, blank_map

__all__ = [
    "DO_NOTHING",
    "MAX_COMPETITORS",
    "RIVAL",
    "TABLE",
    "TABLES",
    "About",
    "Action",
    "Bounds",
    "Column",
    "Concession",
    "Contact",
    "Criterion",
    "Deal",
    "Field",
    "IdealCustomer",
    "Judged",
    "Kind",
    "Model",
    "Need",
    "Negotiation",
    "Objection",
    "OrgUnit",
    "Profile",
    "Record",
    "Resource",
    "Review",
    "Row",
    "Snapshot",
    "StageEvidence",
    "StoredBody",
    "StoredPart",
    "Strength",
    "Swot",
    "Table",
    "Trust",
    "Visit",
    "WarMap",
    "When",
    "Win",
    "blank_map",
    "bounds_of",
    "declared",
    "filled",
    "json_schema",
    "reach",
]
