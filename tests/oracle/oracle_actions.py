"""Next actions (section 4): one line a person, with owner, day, worth and the way there."""

from __future__ import annotations

from datetime import timedelta

from oracle_flags import SEVERITIES
from oracle_health import base, health, worth
from oracle_map import active, attitude, day, deal, exact, given, holders, listed, people, same, weight
from oracle_scores import engagement

FIRST = ("RF202", "RF207", "RF303", "RF304", "RF306", "RF301", "RF205", "RF302")
SHOWN = {"RF202", "RF207", "RF303", "RF304"}
DAYS = {"critical": 7, "major": 14, "minor": 30}


def routes(document, person, figures):
    """The best chains to a person, as lists of names: the shortest over reports_to and influenced_by (either way) that start
    at an active contact with engagement ≥ 0.75 and support not below 0 (a coach first on a tie, then higher engagement,
    then the order of the sheet), go through active contacts only and end at the person.
    Reading: which of several chains from one start is free."""
    by_name = {same(one["name"]): one for one in active(document)}
    if same(person) not in by_name:
        return []
    ties = {name: set() for name in by_name}
    for name, one in by_name.items():
        above = [one["reports_to"]] if given(one.get("reports_to")) else []
        for other in map(same, above + listed(one.get("influenced_by"))):
            if other in by_name:
                ties[name].add(other)
                ties[other].add(name)

    def start_order(name):
        one = by_name[name]
        return "coach" not in (one.get("buying_roles") or []), -engagement(one, figures), list(by_name).index(name)

    starts = {
        name for name, one in by_name.items() if engagement(one, figures) >= exact("0.75") and (attitude(one) or 0) >= 0
    }
    chains, seen = [[same(person)]], {same(person)}
    while chains:
        arrived = [chain[::-1] for chain in chains if chain[-1] in starts]
        if arrived:
            best = min(start_order(chain[0]) for chain in arrived)
            return [[by_name[n]["name"].strip() for n in chain] for chain in arrived if start_order(chain[0]) == best]
        chains = [[*chain, nearer] for chain in chains for nearer in sorted(ties[chain[-1]] - seen)]
        seen |= {chain[-1] for chain in chains}
    return []


def route_of(document, code, subject, figures):
    """The routes of a line; [] is none. "Shown in the remedies about people never met (RF202, RF207, RF303, RF304)".
    Reading: RF202 and RF207 lead to a decision maker; of several, which one is free."""
    if code not in SHOWN:
        return []
    targets = [one["name"] for one in holders(document, "economic")] if subject == "economic" else [subject]
    return [route for target in targets for route in routes(document, target, figures)]


def due(document, severity):
    """as_of + 7 days for critical, + 14 major, + 30 minor, not after close_date unless that has passed."""
    as_of, close = day(deal(document).get("as_of")), day(deal(document).get("close_date"))
    if as_of is None:
        return None
    wanted = as_of + timedelta(DAYS[severity])
    return min(wanted, close) if close is not None and close >= as_of else wanted


def first_to_be_done(code):
    """First RF202, 207, 303, 304, 306; then 301, 205, 302; then the rest by code."""
    return FIRST.index(code) if code in FIRST else len(FIRST), code


def next_actions(document, flags, figures):
    """The unanswered flags' remedies by severity, then worth, then influence of the subject, then code, uncut.
    Of the flags about one person only the first to be done gives a line, the others are counted in it: its severity is the
    heaviest of them, its worth that of all. Readings: the influence of what is no person is 0; the severity is that of the
    line also for the day it is due."""
    influence = {same(one["name"]): weight(one, figures) for one in people(document)}
    known = {same(one["name"]): one for one in people(document)}
    open_flags = [one for one in flags if not one["mitigated"]]
    groups = {}
    for place, one in enumerate(open_flags):
        who = same(one["subject"])
        groups.setdefault(who if who in known else place, []).append(one)
    start = None if health(document, figures) is None else base(document, figures)
    lines = []
    for counted in groups.values():
        first = min(counted, key=lambda one: first_to_be_done(one["code"]))
        severity = min((one["severity"] for one in counted), key=SEVERITIES.index)
        counterpart = known.get(same(first["subject"]), {}).get("counterpart")
        lines.append(
            {
                "code": first["code"],
                "subject": first["subject"],
                "severity": severity,
                "owner": (counterpart if given(counterpart) else deal(document).get("owner")),
                "due": due(document, severity),
                "worth": None if start is None else worth(start, counted, flags, figures),
                "routes": route_of(document, first["code"], first["subject"], figures),
                "influence": influence.get(same(first["subject"]), 0),
            }
        )
    return sorted(lines, key=urgency)


def urgency(line):
    """By severity, then worth, then influence of the subject, then code."""
    return SEVERITIES.index(line["severity"]), -(line["worth"] or 0), -line["influence"], line["code"]
