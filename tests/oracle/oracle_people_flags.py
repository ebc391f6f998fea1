"""The red flags of section 4 about people: RF1xx, RF2xx, RF3xx, RF4xx, RF601, RF603, RF80x.

"Unless a rule says otherwise a contact means an active contact, and a blank influence counts as low."
Every function yields (code, severity, subject).
"""

from __future__ import annotations

from oracle_map import (
    LEVELS,
    active,
    age,
    attitude,
    blank,
    day,
    exact,
    given,
    holders,
    is_high,
    met,
    name,
    never_met,
    people,
    rows,
    same,
    senior,
    stage_number,
)
from oracle_scores import assessed_share, contact_trust, pillar_score, ratings, win_score


def coaches(document, figures):
    """RF101 critical: no active coach, and RF102 does not say it. RF102: a contact holding coach has left or was
    transferred (one each): critical, major while another coach is active. RF103 major: active coaches, but none is director
    or manager. RF104 major: active coaches, none wants our success."""
    held = holders(document, "coach")
    gone = [one for one in people(document)
            if holds(one, "coach") and one.get("post_status") in {"left", "transferred"}]  # fmt: skip
    if not held and not gone:
        yield "RF101", "critical", "coach"
    for one in gone:
        yield "RF102", "major" if held else "critical", name(one)
    if held and not any(senior(one) for one in held):
        yield "RF103", "major", "coach"
    if held and not any(one.get("wants_our_success") is True for one in held):
        yield "RF104", "major", "coach"


def economic_never_met(document):
    """RF202's condition: economic held, but every holder never contacted or blank."""
    held = holders(document, "economic")
    return bool(held) and all(never_met(one) for one in held)


def other_roles(document, figures):
    """RF201 critical: nobody holds economic. RF202: every holder never met: critical from stage 3 on; major before.
    RF203 major: nobody holds technical. RF204 major: nobody holds user. RF205 critical: a technical holder opposes.
    RF206 major: user holders exist and every one is never contacted or blank. RF207 major: economic holders exist and
    none is director or manager. Reading: a blank stage is no stage from 3 on."""
    economic, users = holders(document, "economic"), holders(document, "user")
    if not economic:
        yield "RF201", "critical", "economic"
    if economic_never_met(document):
        yield "RF202", "critical" if (stage_number(document) or 0) >= 3 else "major", "economic"
    if not holders(document, "technical"):
        yield "RF203", "major", "technical"
    if not users:
        yield "RF204", "major", "user"
    for one in holders(document, "technical"):
        if opposes(one):
            yield "RF205", "critical", name(one)
    if users and all(never_met(one) for one in users):
        yield "RF206", "major", "user"
    if economic and not any(senior(one) for one in economic):
        yield "RF207", "major", "economic"


def opposes(one):
    """Support below 0. Reading: a blank is no opposition."""
    support = attitude(one)
    return support is not None and support < 0


def holds(one, *roles):
    """Whether a contact holds one of the roles."""
    return any(role in (one.get("buying_roles") or []) for role in roles)


def influential(document, figures):
    """RF301 critical: influence high and support below 0 (unless RF205 says it of the same person). RF302 major: high
    and support unknown (unless RF202 or RF303 says of the same person that nobody has met him or her). RF303 major: high
    and never contacted or blank (unless RF202 says it of the same person)."""
    for one in active(document):
        if is_high(one) and opposes(one) and not holds(one, "technical"):
            yield "RF301", "critical", name(one)
        by_rf202 = economic_never_met(document) and holds(one, "economic")
        by_rf303 = is_high(one) and never_met(one) and not by_rf202
        if is_high(one) and attitude(one) is None and not by_rf202 and not by_rf303:
            yield "RF302", "major", name(one)
        if by_rf303:
            yield "RF303", "major", name(one)


def counterparts(document, figures):
    """RF304 major: level director and no counterpart. RF305 minor: counterpart level two or more ranks below.
    Reading: RF305 looks at every active person with both levels given."""
    for one in active(document):
        if one.get("level") == "director" and blank(one.get("counterpart")):
            yield "RF304", "major", name(one)
        if one.get("level") and one.get("counterpart_level"):
            below = LEVELS[one["level"]] - LEVELS[one["counterpart_level"]]
            if below >= figures["counterpart_gap"]:
                yield "RF305", "minor", name(one)


def contact_habits(document, figures):
    """RF306 major for high, minor for others: last_contact older than 30 days (high), 60 (medium), 90 (low); for active
    contacts with a date. RF307 major: post_status new_in_post, or post_since within 90 days, holding economic or
    technical, or influence high. RF309 minor: an active contact's support given, and assessed_on blank or older than
    90 days. Reading: a post that begins after as_of is not yet one held for 90 days or fewer."""
    for one in active(document):
        days = age(document, one.get("last_contact"))
        if days is not None and days > figures["last_contact_days"][one.get("influence") or "low"]:
            yield "RF306", "major" if is_high(one) else "minor", name(one)
        since = age(document, one.get("post_since"))
        new = one.get("post_status") == "new_in_post" or (
            since is not None and 0 <= since <= figures["new_in_post_days"]
        )
        if new and (holds(one, "economic", "technical") or is_high(one)):
            yield "RF307", "major", name(one)
        judged = age(document, one.get("assessed_on"))
        stale = day(one.get("assessed_on")) is None or (judged is not None and judged > figures["support_stale_days"])
        if attitude(one) is not None and stale:
            yield "RF309", "minor", name(one)


def threads_and_modes(document, figures):
    """RF308 major: two or more active contacts, and at most one of them contacted occasionally or more. RF401 major:
    every economic holder with a response mode is even_keel or overconfident. RF402 minor: no active contact is in
    growth or trouble mode though modes are filled for at least half. RF907 minor: four or more active contacts with
    known support, none below 0."""
    everybody = active(document)
    often = [one for one in everybody if one.get("contact_frequency") in {"occasional", "frequent"}]
    if len(everybody) >= 2 and len(often) <= 1:
        yield "RF308", "major", "deal"
    modes = [one["response_mode"] for one in holders(document, "economic") if one.get("response_mode")]
    if modes and all(mode in {"even_keel", "overconfident"} for mode in modes):
        yield "RF401", "major", "economic"
    filled = [one["response_mode"] for one in everybody if one.get("response_mode")]
    enough = filled and len(filled) >= exact(figures["mode_share_from"]) * len(everybody)
    if enough and not {"growth", "trouble"} & set(filled):
        yield "RF402", "minor", "deal"
    known = [one for one in everybody if attitude(one) is not None]
    if len(known) >= figures["suspicious_contacts"] and not any(opposes(one) for one in known):
        yield "RF907", "minor", "deal"


def wins(document, figures):
    """RF601 major: influence high, met at least rarely, and no personal_win recorded. RF603 minor: a wins row with a
    criterion met, and measurable_result and evidence both blank. RF604 major: stage ≥ 3 and the win score not assessed; an
    empty table is no excuse. Readings: RF603 is raised for each wins row of an active contact; RF601 is silent while the
    table is empty."""
    table = rows(document, "wins")
    for one in active(document):
        mine = [row for row in table if given(row.get("contact")) and same(row["contact"]) == same(one["name"])]
        if table and is_high(one) and met(one) and not any(given(row.get("personal_win")) for row in mine):
            yield "RF601", "major", name(one)
    known = {same(one["name"]): one for one in active(document)}
    for row in table:
        one = known.get(same(row.get("contact") or ""))
        fulfilled = "met" in (row.get("statuses") or {}).values()
        if one is not None and fulfilled and blank(row.get("measurable_result")) and blank(row.get("evidence")):
            yield "RF603", "minor", name(one)
    if (stage_number(document) or 0) >= 3 and win_score(document, figures) is None:
        yield "RF604", "major", "deal"


def trust(document, figures):
    """RF801: an economic holder's trust below 40: critical; major for other high-influence contacts. RF802 major:
    relationship pillar ≥ 30 points above the mean of professional and expertise, as far as rated. RF803 minor: a rating
    above its evidence grade's cap. RF804 major: assessed share below 0.6. Readings: RF802 is about the account's pillars;
    RF803 is one flag for each contact; an empty trust table is silent."""
    for one in active(document):
        found = contact_trust(document, one, figures)
        if found is not None and found < exact(figures["low_trust"]) and (holds(one, "economic") or is_high(one)):
            yield "RF801", "critical" if holds(one, "economic") else "major", name(one)
        if any(rating > exact(figures["evidence_cap"][grade]) for rating, grade in ratings(document, one).values()):
            yield "RF803", "minor", name(one)
    relationship = pillar_score(document, "relationship", figures)
    others = [
        score
        for pillar in ("professional", "expertise")
        if (score := pillar_score(document, pillar, figures)) is not None
    ]
    if relationship is not None and others:
        lead = relationship - sum(others) / len(others)
        if lead >= exact(figures["relationship_excess"]):
            yield "RF802", "major", "deal"
    share = assessed_share(document, figures)
    if rows(document, "trust") and share is not None and share < exact(figures["assessed_share_from"]):
        yield "RF804", "major", "deal"


PEOPLE_RULES = (coaches, other_roles, influential, counterparts, contact_habits, threads_and_modes, wins, trust)
