"""Plan quality (section 3): "25 × each of four shares". It is about the plan and not the deal."""

from __future__ import annotations

from fractions import Fraction

from oracle_map import ROLES, active, age, attitude, exact, filler, given, holders, record, rows, squeeze, told
from oracle_scores import contact_roles, current, statuses_of, wins_row

REQUIRED = {
    "deal": ("account", "opportunity", "amount", "currency", "close_date", "stage", "owner", "as_of"),
    "org_units": ("name",),
    "contacts": ("name",),
    "trust": ("contact",),
    "wins": ("contact", "role"),
    "stage_evidence": ("stage", "criterion"),
    "needs": ("spin_type",),
    "competition": ("criterion", "weight"),
    "swot": ("text",),
    "strengths": ("text",),
    "objections": ("contact", "objection"),
    "visits": ("date", "goal"),
    "actions": ("what", "owner", "due"),
    "ideal_customer": ("attribute", "weight"),
    "reviews": ("reviewed_on", "reviewer", "subject", "score"),
}
"""The fields marked * in section 2. Reading: a review's four starred fields are its own."""
PARTS = ("deal", "contacts", "trust", "wins", "stage_evidence", "needs", "competition", "negotiation", "actions")
RECORDS = {"deal", "negotiation"}
PRINTED = {"stage_evidence": {"stage", "criterion"}}


def known(value):
    """A value without its placeholders: "a placeholder is nothing entered"."""
    if isinstance(value, dict):
        return {key: known(held) for key, held in value.items()}
    if isinstance(value, list):
        return [known(held) for held in value]
    return None if filler(value) else value


def in_use(table, row):
    """Something is entered: more than what is printed, and no placeholder."""
    return bool(squeeze({field: known(value) for field, value in row.items() if field not in PRINTED.get(table, ())}))


def held(document, table):
    """The rows of a table that are in use."""
    table_rows = [record(document, table)] if table in RECORDS else rows(document, table)
    return [row for row in table_rows if in_use(table, row)]


def filled(document):
    """Required fields filled ÷ required fields over the rows in use. Reading: the deal is always in use."""
    there = asked = 0
    for table, fields in REQUIRED.items():
        used = [record(document, table)] if table == "deal" else held(document, table)
        asked += len(used) * len(fields)
        there += sum(given(known(row.get(field))) for row in used for field in fields)
    return Fraction(there, asked)


def broad(document):
    """The share of nine parts in which something is entered."""
    return Fraction(sum(bool(held(document, table)) for table in PARTS), len(PARTS))


def backed(grade):
    """Evidence stated or proven."""
    return grade in {"stated", "proven"}


def evidenced(document):
    """Judgements with evidence ÷ judgements the map calls for: per active contact the support and the four pillars, per
    active contact-role its six criteria (not_applicable left out), and six more for every role that no active contact
    holds. A grade in a trust or wins row counts only where that row's evidence text is given and is no placeholder."""
    everybody = active(document)
    if not everybody:
        return Fraction(0)
    there, asked = 0, 6 * sum(not holders(document, role) for role in ROLES)
    for one in everybody:
        asked += 5
        there += attitude(one) is not None and backed(one.get("evidence_grade"))
        there += sum(backed(grade) and told(row.get("evidence")) for _, grade, row in current(document, one).values())
    for one, role in contact_roles(document):
        statuses = [status for status in statuses_of(document, one, role) if status != "not_applicable"]
        row = wins_row(document, one, role)
        asked += len(statuses)
        if backed(row.get("evidence_grade")) and told(row.get("evidence")):
            there += sum(status != "unknown" for status in statuses)
    return Fraction(there, asked)


def fresh(document, figures):
    """Judgements dated within 90 days of as_of ÷ dated judgements called for: support and four pillars per active contact."""
    everybody = active(document)
    dates = [one.get("assessed_on") for one in everybody if attitude(one) is not None]
    dates += [row.get("rated_on") for one in everybody for _, _, row in current(document, one).values()]
    ages = [age(document, when) for when in dates]
    there = sum(days is not None and abs(days) <= figures["plan_fresh_days"] for days in ages)
    return Fraction(there, 5 * len(everybody)) if everybody else Fraction(0)


def plan_quality(document, figures):
    """25 × each of four shares."""
    points = {code: exact(value) for code, value in figures["plan_weight"].items()}
    return (
        points["filled"] * filled(document)
        + points["broad"] * broad(document)
        + points["evidenced"] * evidenced(document)
        + points["fresh"] * fresh(document, figures)
    )
