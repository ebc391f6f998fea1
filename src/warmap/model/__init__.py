"""The model of a war map: tables declared once, in pydantic's way, whose fields carry their face in both languages."""

from warmap.model.columns import Column, Field, Kind
from warmap.model.deal import Deal
from warmap.model.market import Concession, Criterion, IdealCustomer, Negotiation, OrgUnit, Profile, Strength, Swot
from warmap.model.people import Contact, Judged, Trust, Win
from warmap.model.process import Action, Need, Objection, Resource, Review, StageEvidence, Visit
from warmap.model.tables import DO_NOTHING, MAX_COMPETITORS, TABLE, TABLES, Table
from warmap.model.types import About, Model, Record, Row
from warmap.model.war_map import Snapshot, WarMap, blank_map

__all__ = [
    "DO_NOTHING",
    "MAX_COMPETITORS",
    "TABLE",
    "TABLES",
    "About",
    "Action",
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
    "Strength",
    "Swot",
    "Table",
    "Trust",
    "Visit",
    "WarMap",
    "Win",
    "blank_map",
]
