"""The trade's words: every code of the method with its Chinese and English label.

Numbers that go with a word (weights, caps, probabilities) are settings; the order and the ranks stand here.
Sources in brackets are the course texts 000 to 004 that the method is taken from.
"""

from __future__ import annotations

from warmap.terms.criteria import PERSONAL_WINS, STAGE_CRITERIA, WIN_CRITERIA, StageCriterion, WinCriterion
from warmap.terms.market import (
    CustomerClass,
    FiveForce,
    KeyAccountQuestion,
    OrgUnitKind,
    PestFactor,
    Quadrant,
    SwotQuadrant,
    Tier,
)
from warmap.terms.people import (
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    Influence,
    OrgLevel,
    PositionClass,
    PostStatus,
    ResponseMode,
    SocialStyle,
    Support,
    TrustPillar,
)
from warmap.terms.process import (
    ActionStatus,
    FiveWTwoH,
    NeedLevel,
    NeedState,
    NegotiationPoint,
    ObjectionSource,
    ProcurementStage,
    SpinType,
    WinStatus,
)
from warmap.terms.term import Term, key, names_of, term_for
from warmap.terms.verdict import HealthBand, HealthComponent, HealthLimit, RoleState, Severity

__all__ = [
    "PERSONAL_WINS",
    "STAGE_CRITERIA",
    "WIN_CRITERIA",
    "ActionStatus",
    "BuyingRole",
    "ContactFrequency",
    "CustomerClass",
    "EvidenceGrade",
    "FiveForce",
    "FiveWTwoH",
    "HealthBand",
    "HealthComponent",
    "HealthLimit",
    "Influence",
    "KeyAccountQuestion",
    "NeedLevel",
    "NeedState",
    "NegotiationPoint",
    "ObjectionSource",
    "OrgLevel",
    "OrgUnitKind",
    "PestFactor",
    "PositionClass",
    "PostStatus",
    "ProcurementStage",
    "Quadrant",
    "ResponseMode",
    "RoleState",
    "Severity",
    "SocialStyle",
    "SpinType",
    "StageCriterion",
    "Support",
    "SwotQuadrant",
    "Term",
    "Tier",
    "TrustPillar",
    "WinCriterion",
    "WinStatus",
    "key",
    "names_of",
    "term_for",
]
