"""What every clause needs: rows in use, the people, days since, and the figures of the specification.

This folder is a second implementation of the method, written from the specification alone. It takes a map as JSON gives
it and knows nothing of the program: plain dictionaries, exact fractions. Where the text leaves room, the reading is
named in a docstring that begins with "Reading:"; docs/design.md states the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction

ROLES = ("coach", "user", "technical", "economic")
PILLARS = ("professional", "expertise", "relationship", "sincerity")
LEVELS = {"director": 5, "manager": 4, "expert": 3, "operator": 2, "clerk": 1}
SUPPORT = {"strong_support": 2, "support": 1, "neutral": 0, "oppose": -1, "strong_oppose": -2}
STAGES = (
    "need_identification",
    "market_research",
    "supplier_assessment",
    "quotation_negotiation",
    "contract_signing",
    "fulfilment",
)
EXIT_CRITERIA = {
    "need_identification": ("pain_confirmed", "sponsor_named", "need_written"),
    "market_research": ("coach_in_place", "rivals_known", "our_strengths_in_criteria"),
    "supplier_assessment": ("all_roles_identified", "gatekeeper_met", "technical_validation"),
    "quotation_negotiation": ("economic_buyer_met", "value_accepted", "alternative_prepared"),
    "contract_signing": ("approvals", "contract_signed"),
    "fulfilment": ("success_measured", "reference_agreed"),
}
WIN_CRITERIA = {
    "coach": ("recognition", "visibility", "beat_rivals", "contribution", "problem_solver", "personal_gain"),
    "user": ("reliability", "efficiency", "skills", "performance", "best_fix", "easier_work"),
    "technical": (
        "meets_spec",
        "on_time_delivery",
        "best_technical_solution",
        "discount",
        "reliability",
        "safety",
    ),
    "economic": (
        "low_cost",
        "good_budget",
        "return_on_investment",
        "financial_responsibility",
        "productivity",
        "cash_flow",
    ),
}

ALL_CODES = (
    "RF101", "RF102", "RF103", "RF104", "RF201", "RF202", "RF203", "RF204", "RF205", "RF206", "RF207", "RF301",
    "RF302", "RF303", "RF304", "RF305", "RF306", "RF307", "RF308", "RF309", "RF401", "RF402", "RF501", "RF502",
    "RF503", "RF504", "RF505", "RF506", "RF507", "RF601", "RF602", "RF603", "RF604", "RF701", "RF702", "RF703",
    "RF801", "RF802", "RF803", "RF804", "RF901", "RF902", "RF903", "RF904", "RF905", "RF906", "RF907", "RF908",
    "RF909", "RF910",
)  # fmt: skip
"""The rules of section 4."""

FIGURES = {
    "influence_weight": {"high": 3, "medium": 2, "low": 1, "blank": 1},
    "role_weight": dict.fromkeys(ROLES, 0.25),
    "engagement": {"identified": 0.25, "contacted": 0.5, "engaged": 0.75, "supportive": 1.0},
    "coach_cap": {"not_wanting_our_success": 0.5, "not_senior": 0.75},
    "role_state": {"contacted": 0.5, "engaged": 0.75, "supportive": 1.0},
    "evidence_cap": {"none": 2, "guess": 3, "stated": 4, "proven": 5},
    "pillar_weight": dict.fromkeys(PILLARS, 1),
    "trust_fading_days": 180,
    "win_value": {"unknown": 0, "identified": 0.5, "met": 1},
    "customer_wins_from": 0.5,
    "stage_probability": dict(zip(STAGES, (0.10, 0.25, 0.40, 0.60, 0.90, 1.00), strict=True)),
    "health_weight": {
        "role_coverage": 25,
        "trust": 20,
        "win": 20,
        "stage": 10,
        "needs": 10,
        "competition": 10,
        "fit": 5,
    },
    "flag_cost": {"critical": 0.10, "major": 0.04, "minor": 0.01},
    "flag_cost_answered_share": 0.5,
    "band": {"green": 70, "amber": 40},
    "band_assessed_from": 0.5,
    "tier": {"A": 80, "B": 60, "C": 40},
    "class_high_from": 3,
    "differentiator_gap": 1,
    "plan_weight": {"filled": 25, "broad": 25, "evidenced": 25, "fresh": 25},
    "plan_fresh_days": 90,
    "last_contact_days": {"high": 30, "medium": 60, "low": 90},
    "new_in_post_days": 90,
    "support_stale_days": 90,
    "stage_stale_days": 90,
    "stage_days": dict(zip(STAGES[:5], (20, 30, 30, 30, 20), strict=True)),
    "time_left_critical": 0.5,
    "close_soon_days": 30,
    "quote_from_stage": 4,
    "counterpart_gap": 2,
    "low_trust": 40,
    "relationship_excess": 30,
    "assessed_share_from": 0.6,
    "mode_share_from": 0.5,
    "position_critical": -1,
    "objection_open_days": 14,
    "visit_days": 30,
    "suspicious_contacts": 4,
    "unchanged_days": 21,
    "next_actions": 10,
}
"""The numbers of sections 1, 3 and 4, each a setting that sales operations may change."""


def exact(number):
    """A number as it was written, without binary rounding; None stays None."""
    return None if number is None else Fraction(str(number))


def mean(pairs):
    """Σ weight × value ÷ Σ weight, None where there is no weight."""
    pairs = list(pairs)
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None


def same(text):
    """A text without what does not count: "ignoring case and surrounding space"."""
    plain = ""
    for char in unicodedata.normalize("NFKC", str(text).replace("´", "'")).casefold():
        if unicodedata.category(char) == "Cf":
            continue
        plain += "'" if char in "’‘`ʼ′" else "-" if char in "‐‑‒–—―−" else "·" if char in "•・‧∙⋅" else char
    words = " ".join(plain.split())
    return "".join(
        char
        for place, char in enumerate(words)
        if not (char == " " and _is_han(words[place - 1]) and _is_han(words[place + 1]))
    )


def _is_han(char):
    return unicodedata.name(char, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"))


def blank(value):
    """A blank field is absent or null; a text of white space says nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


FILLERS = {"tbd", "待定", "xxx", "??", "n/a"}


def filler(text):
    """A placeholder of section 5, of those that nobody doubts."""
    return isinstance(text, str) and same(text) in FILLERS


def told(text):
    """A text is given and is no placeholder."""
    return given(text) and not filler(text)


def without_blanks(value):
    """A map whose blank texts are null, and so are its placeholders: they count as not known (section 5)."""
    if isinstance(value, dict):
        return {key: without_blanks(held) for key, held in value.items()}
    if isinstance(value, list):
        return [without_blanks(held) for held in value]
    return None if blank(value) or filler(value) else value


def squeeze(value):
    """A value without its blanks."""
    if isinstance(value, dict):
        return {key: kept for key, held in value.items() if (kept := squeeze(held)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [squeeze(held) for held in value]
    return value.strip() if isinstance(value, str) else value


def given(value):
    """The opposite of blank."""
    return not blank(value)


def rows(document, table):
    """The rows of a table."""
    return document.get(table) or []


def listed(value):
    """A list, or a text whose entries are separated by commas or lines, without blank entries."""
    parts = re.split(r"[、，,;；\n]", value) if isinstance(value, str) else value or []
    return [part for part in parts if given(part)]


def record(document, table):
    """A table of one record."""
    return document.get(table) or {}


def deal(document):
    """The deal's fields."""
    return record(document, "deal")


def day(value):
    """A date, None where blank. Reading: a date before 2000 is a finding and counts as blank."""
    if blank(value):
        return None
    found = date.fromisoformat(str(value))
    return found if found.year >= 2000 else None


def age(document, value):
    """Whole days from a date to `as_of`; None where either is blank. Reading: without as_of nothing has an age."""
    as_of, then = day(deal(document).get("as_of")), day(value)
    return None if as_of is None or then is None else (as_of - then).days


def stage_number(document):
    """The number of the declared stage, 1 … 6, None where blank."""
    stage = deal(document).get("stage")
    return None if blank(stage) else STAGES.index(stage) + 1


def people(document):
    """Every contact once. Reading: of two contacts with one name the first counts; who has no name is not scored."""
    found = {}
    for row in rows(document, "contacts"):
        if given(row.get("name")):
            found.setdefault(same(row["name"]), row)
    return list(found.values())


def active(document):
    """Active contacts are those whose post_status is in_post or new_in_post (default in_post)."""
    return [one for one in people(document) if (one.get("post_status") or "in_post") in {"in_post", "new_in_post"}]


def holders(document, role):
    """The active contacts that hold a role."""
    return [one for one in active(document) if role in (one.get("buying_roles") or [])]


def name(contact):
    """The contact's name as it was entered."""
    return contact["name"].strip()


def weight(contact, figures):
    """w(c) is the weight of the contact's influence; blank counts as 1."""
    return exact(figures["influence_weight"][contact.get("influence") or "blank"])


def is_high(contact):
    """Influence high."""
    return contact.get("influence") == "high"


def attitude(contact):
    """The value of the support, +2 … −2; None is unknown."""
    return SUPPORT.get(contact.get("support"))


def never_met(contact):
    """Never contacted or blank."""
    return (contact.get("contact_frequency") or "never") == "never"


def met(contact):
    """Contacted rarely or more."""
    return not never_met(contact)


def senior(contact):
    """Level director or manager."""
    return contact.get("level") in {"director", "manager"}
