"""A full map as plain data: 60 contacts and everything that goes with them. The same at every run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from warmap.model import WarMap
from warmap.parsing import to_document
from warmap.terms import (
    STAGE_CRITERIA,
    WIN_CRITERIA,
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    FiveWTwoH,
    Influence,
    NeedState,
    OrgLevel,
    ResponseMode,
    SocialStyle,
    SpinType,
    Support,
    Term,
    TrustPillar,
    WinStatus,
)

CONTACTS = 60
AS_OF = date(2026, 6, 30)


def pick(enum: type[Term], place: int) -> str:
    """A member of a vocabulary, going round."""
    members = list(enum)
    return str(members[place % len(members)].value)


def day(back: int) -> str:
    """A date some days before the day of judging."""
    return (AS_OF - timedelta(days=back)).isoformat()


def name(place: int) -> str:
    """A contact's name."""
    return f"Contact {place % CONTACTS:02d}"


def roles(place: int) -> list[str]:
    """Two roles of four, going round."""
    members = list(BuyingRole)
    return [str(members[place % 4].value), str(members[(place + 1) % 4].value)]


def big_map() -> dict[str, Any]:
    """Plain data as JSON gives it: 60 contacts, 120 trust rows, 120 wins rows, 16 stage rows, 50 actions, and the rest."""
    return {
        "deal": {
            "account": "Example Industrial Group", "opportunity": "Plant modernisation", "amount": 2400000,
            "currency": "CNY", "close_date": "2026-09-30", "stage": "quotation_negotiation", "stage_since": day(40),
            "owner": "Rep", "as_of": AS_OF.isoformat(), "objective": "Sell one line by the end of September",
            "our_win": "A reference in the industry",
        },
        "contacts": [_contact(place) for place in range(CONTACTS)],
        "trust": [_trust(place) for place in range(2 * CONTACTS)],
        "wins": [_win(place, role) for place in range(CONTACTS) for role in roles(place)],
        "stage_evidence": [
            {"stage": stage.value, "criterion": criterion.value, "done": stage.place < 3, "evidence": "Minutes", "done_on": day(20)}
            for stage, criteria in STAGE_CRITERIA.items() for criterion in criteria
        ],
        "needs": [_need(place) for place in range(30)],
        "competition": [
            {"criterion": f"Criterion {place}", "weight": 1 + place % 5, "our_score": place % 6,
             "scores": {"Do nothing": 2, "Rival A": (place + 1) % 6, "Rival B": (place + 3) % 6}}
            for place in range(12)
        ],
        "swot": [{"quadrant": ("strength", "weakness", "opportunity", "threat")[place % 4], "text": f"Point {place}", "weight": 3} for place in range(12)],
        "strengths": [{"text": f"Strength {place}", "answers": [name(place)]} for place in range(8)],
        "negotiation": {"opening_price": 2600000, "target_price": 2400000, "walk_away_price": 2200000,
                        "customer_walk_away": 2500000, "our_alternative": "Another plant"},
        "objections": [{"contact": name(place), "objection": f"Objection {place}", "listened": True, "raised_on": day(10 + place)} for place in range(15)],
        "visits": [{"date": day(3 * place), "contacts": [name(place)], "goal": "Next step", "actual_result": "Agreed"} for place in range(30)],
        "actions": [_action(place) for place in range(50)],
        "ideal_customer": [{"attribute": f"Attribute {place}", "weight": 1 + place % 3, "score": place % 6} for place in range(8)],
        "resources": [{"resource": f"Resource {place}", "owner": "Rep", "needed": True, "committed": place % 3 == 0} for place in range(8)],
    }  # fmt: skip


def snapshots(count: int) -> list[dict[str, Any]]:
    """The map's own history as it is kept: one a week, the newest on the day of judging, nothing changed meanwhile."""
    document = to_document(WarMap.model_validate(big_map()))
    return [{"taken_on": day(7 * (count - 1 - place)), "author": "Rep", "map": document} for place in range(count)]


def _contact(place: int) -> dict[str, Any]:
    return {
        "name": name(place), "department": f"Department {place % 7}", "title": "Head", "buying_roles": roles(place),
        "influence": pick(Influence, place), "support": pick(Support, place), "level": pick(OrgLevel, place),
        "contact_frequency": pick(ContactFrequency, place // 2), "response_mode": pick(ResponseMode, place),
        "style": pick(SocialStyle, place), "evidence_grade": pick(EvidenceGrade, place), "assessed_on": day(place),
        "last_contact": day(place), "counterpart": "Rep", "counterpart_level": pick(OrgLevel, place + 1),
        "wants_our_success": place % 3 == 0, "reports_to": name(0) if place else None,
    }  # fmt: skip


def _trust(place: int) -> dict[str, Any]:
    ratings = {
        pillar.value: {
            "rating": (place + pillar.place) % 6,
            "evidence_grade": pick(EvidenceGrade, place + pillar.place),
        }
        for pillar in TrustPillar
    }
    return {"contact": name(place), "ratings": ratings, "evidence": "Said so", "rated_on": day(120 - place)}


def _win(place: int, role: str) -> dict[str, Any]:
    statuses = {
        term.value: pick(WinStatus, place + at)
        for at, term in enumerate(WIN_CRITERIA[next(term for term in BuyingRole if term.value == role)])
    }
    return {"contact": name(place), "role": role, "statuses": statuses, "evidence_grade": pick(EvidenceGrade, place),
            "evidence": "Minutes", "personal_win": "Recognition"}  # fmt: skip


def _need(place: int) -> dict[str, Any]:
    return {"contact": name(place), "spin_type": pick(SpinType, place), "aspect": pick(FiveWTwoH, place),
            "question": f"Question {place}", "answer": f"Answer {place}", "need_state": pick(NeedState, place),
            "capability": "Ours", "impact": 1 + place % 10, "confidence": 5, "ease": 6}  # fmt: skip


def _action(place: int) -> dict[str, Any]:
    return {"what": f"Do {place}", "owner": "Rep", "due": day(20 - place), "status": ("open", "in_progress", "done")[place % 3],
            "about": [name(place) if place % 2 else f"RF{201 + place % 7}"]}  # fmt: skip
