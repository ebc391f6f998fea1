"""The red flags of section 4 about the deal: RF5xx, RF602, RF7xx, RF9xx. Every function yields (code, severity, subject).

"Rules about an empty table that is optional stay silent (RF901 and RF604 excepted: there emptiness is the fault)."
"""

from __future__ import annotations

from datetime import date

from oracle_deal_scores import (
    differentiators,
    explicit_needs,
    is_done,
    map_says,
    position,
    quadrant,
    stage_reached,
    ticked,
    tier,
)
from oracle_map import (
    EXIT_CRITERIA,
    STAGES,
    active,
    age,
    blank,
    day,
    deal,
    exact,
    given,
    is_high,
    name,
    people,
    record,
    rows,
    same,
    squeeze,
    stage_number,
)


def is_over(document):
    """Won (also: open with contract_signed done), lost or shelved: "none of these raises a flag about time" (RF504, RF505,
    RF506, RF904, RF909). A blank outcome is open."""
    ended = (deal(document).get("outcome") or "open") != "open"
    return ended or is_done(document, "contract_signing", "contract_signed")


def stage(document, figures):
    """RF501 critical: quoted_on given, and stage declared below 4. RF502 major: stage 4 declared and our_alternative
    blank. RF503 major: stage declared above stage reached. RF504 major: stage_since older than 90 days.
    Readings: the subject of RF501 and RF502 is the deal, of RF503 and RF504 the stage declared; without one they are
    silent. Nothing done is stage 1 reached, also where no exit criterion is answered."""
    declared, code = stage_number(document), deal(document).get("stage")
    if declared is None:
        return
    if day(deal(document).get("quoted_on")) and declared < figures["quote_from_stage"]:
        yield "RF501", "critical", "deal"
    if declared == 4 and blank(record(document, "negotiation").get("our_alternative")):
        yield "RF502", "major", "deal"
    if declared > stage_reached(document):
        yield "RF503", "major", code
    days = age(document, deal(document).get("stage_since"))
    if days is not None and days > figures["stage_stale_days"] and not is_over(document):
        yield "RF504", "major", code


def too_little_time(document, figures):
    """The severity of RF506, None where it is silent. Major, critical below half: time left (as_of to close_date) shorter
    than the typical days of every stage from the stage reached to 5, complete or not; silent once contract_signed is
    done, stage 6 is declared, or close_date has passed."""
    days = age(document, deal(document).get("close_date"))
    if days is None or days > 0 or stage_number(document) == 6 or is_over(document):
        return None
    needed = sum(exact(figures["stage_days"][one]) for one in STAGES[stage_reached(document) - 1 : 5])
    if -days >= needed:
        return None
    return "critical" if -days < exact(figures["time_left_critical"]) * needed else "major"


def closing(document, figures):
    """RF505 critical: close_date before as_of and stage below 5; major: close_date within 30 days and stage below 4, where
    RF506 is silent. Reading: a deal without a declared stage has reached none, so its stage is below."""
    days, declared = age(document, deal(document).get("close_date")), stage_number(document) or 0
    if days is None or is_over(document):
        return
    too_little = too_little_time(document, figures)
    if too_little:
        yield "RF506", too_little, "deal"
    if days > 0 and declared < 5:
        yield "RF505", "critical", "deal"
    elif days <= 0 and -days <= figures["close_soon_days"] and declared < 4 and not too_little:
        yield "RF505", "major", "deal"


def ticks(document, figures):
    """RF507 minor: a criterion ticked and the map itself says no; one flag a criterion, its subject the stage."""
    for one in STAGES:
        for criterion in EXIT_CRITERIA[one]:
            if ticked(document, one, criterion) and map_says(document, criterion) is False:
                yield "RF507", "minor", one


def outcome(document, figures):
    """RF602 critical: outcome quadrant lose–lose or customer loses, from stage 4 on; major: we lose."""
    found = quadrant(document, figures)
    if (stage_number(document) or 0) >= 4 and found in {"win_lose", "lose_lose", "lose_win"}:
        yield "RF602", "major" if found == "lose_win" else "critical", "deal"


def rivals(document, figures):
    """RF701 critical / major: position ≤ −1 / below 0. RF702 major: position assessed and no differentiator. RF908 major:
    stage ≥ 2 and no competitor scored, not even "do nothing"."""
    found = position(document)
    if found is not None and found < 0:
        yield "RF701", "critical" if found <= exact(figures["position_critical"]) else "major", "deal"
    if found is not None and not differentiators(document, figures):
        yield "RF702", "major", "deal"
    scored = any(
        score is not None for row in rows(document, "competition") for score in (row.get("scores") or {}).values()
    )
    if (stage_number(document) or 0) >= 2 and not scored:
        yield "RF908", "major", "deal"


def needs(document, figures):
    """RF901 major: stage ≥ 3 and no implication or need_payoff row answered; an empty table counts as none answered. RF903
    minor: an explicit need without a capability (each)."""
    deep = [
        row
        for row in rows(document, "needs")
        if row.get("spin_type") in {"implication", "need_payoff"} and given(row.get("answer"))
    ]
    if (stage_number(document) or 0) >= 3 and not deep:
        yield "RF901", "major", "deal"
    for row in explicit_needs(document):
        if blank(row.get("capability")):
            yield "RF903", "minor", person_or_deal(document, row.get("contact"))


def person_or_deal(document, named):
    """The contact that a row names, in post or not, else the deal."""
    return next((name(one) for one in people(document) if same(one["name"]) == same(named or "")), "deal")


def objections(document, figures):
    """RF902 major: an objection open for more than 14 days; critical when its contact's influence is high. Readings: open
    is what has no closed_on, or one after as_of; the contact that makes it critical is an active one."""
    influence = {same(one["name"]): is_high(one) for one in active(document)}
    for row in rows(document, "objections"):
        days = age(document, row.get("raised_on"))
        closed = age(document, row.get("closed_on"))
        is_open = closed is None or closed < 0
        if is_open and days is not None and days > figures["objection_open_days"]:
            heavy = influence.get(same(row.get("contact") or ""), False)
            yield "RF902", "critical" if heavy else "major", person_or_deal(document, row.get("contact"))


def visits(document, figures):
    """RF904 major: no visit in the last 30 days, or a past visit without actual_result. An empty table is silent."""
    ages = [(age(document, row.get("date")), row) for row in rows(document, "visits")]
    if not ages or day(deal(document).get("as_of")) is None or is_over(document):
        return
    recent = any(days is not None and 0 <= days <= figures["visit_days"] for days, _ in ages)
    untold = any(days is not None and days > 0 and blank(row.get("actual_result")) for days, row in ages)
    if not recent or untold:
        yield "RF904", "major", "deal"


def is_open(action):
    """Open or in progress. Reading: a blank status is open."""
    return (action.get("status") or "open") in {"open", "in_progress"}


def overdue(document, action):
    """An action that is open and was due before as_of."""
    days = age(document, action.get("due"))
    return is_open(action) and days is not None and days > 0


def plan(document, figures):
    """RF905 minor: an overdue action (each). RF906 minor: fit tier D with stage ≥ 3. RF910 minor: a resource needed and
    not committed."""
    for row in rows(document, "actions"):
        if overdue(document, row):
            yield "RF905", "minor", "deal"
    if tier(document, figures) == "D" and (stage_number(document) or 0) >= 3:
        yield "RF906", "minor", "deal"
    for row in rows(document, "resources"):
        if row.get("needed") is True and row.get("committed") is not True:
            yield "RF910", "minor", "deal"


def history(document, figures):
    """RF909 major: snapshots exist and nothing changed for 21 days or more. The days are counted from the oldest snapshot
    since which nothing changed; of two of one day the later row is the newer."""
    as_of = day(deal(document).get("as_of"))
    taken = [row for row in rows(document, "snapshots") if day(row.get("taken_on"))]
    if as_of is None or not taken or is_over(document):
        return
    now = content(document)
    since = None
    for row in sorted(taken, key=lambda row: date.fromisoformat(row["taken_on"]))[::-1]:
        if content(row.get("map") or {}) != now:
            break
        since = day(row["taken_on"])
    if since is not None and (as_of - since).days >= figures["unchanged_days"]:
        yield "RF909", "major", "deal"


def content(document):
    """What people entered: everything but the snapshots and the day of judging, blanks left out."""
    return squeeze(
        {
            table: {k: v for k, v in held.items() if k != "as_of"} if table == "deal" else held
            for table, held in document.items()
            if table != "snapshots"
        }
    )


DEAL_RULES = (stage, closing, ticks, outcome, rivals, needs, objections, visits, plan, history)
