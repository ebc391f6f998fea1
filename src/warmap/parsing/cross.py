"""Checks between cells: names that nobody bears, people written twice, loops, late dates, and what is implausible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from warmap.findings import Finding
from warmap.model import TABLES, Kind, WarMap
from warmap.parsing.convert import nearest
from warmap.parsing.guarded import guarded
from warmap.parsing.places import Place, at
from warmap.parsing.plausibility import improper_wins, placeholders, straight_lines
from warmap.terms import key
from warmap.text import Text


def cross_findings(war_map: WarMap, places: Mapping[str, Place]) -> list[Finding]:
    """All findings that need more than one cell to be seen, or its meaning; a check that fails is a finding too."""
    found: list[Finding] = []
    for name, check in _CHECKS.items():
        found += guarded(name, partial(check, war_map, places))
    return found


def _unknown_names(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    names = {key(contact.name): contact.name for contact in war_map.contacts if contact.name}
    for table in TABLES:
        fields = [field for field in table.fields if field.ref == "contacts" and field.kind in (Kind.NAME, Kind.NAMES)]
        rows = () if table.is_record or not fields else getattr(war_map, table.code)
        for index, row in enumerate(rows):
            for field in fields:
                value = getattr(row, field.code)
                for name in value if isinstance(value, list) else [value] if value else []:
                    if key(name) not in names:
                        facts = {"field": field.label, "value": name, "nearest": nearest(name, names.values()) or "—"}
                        yield Finding("DV206", *at(places, table.code, index, field.code), field.code, facts)


def _duplicates(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    people: dict[str, int] = {}
    for index, contact in enumerate(war_map.contacts):
        if contact.name and people.setdefault(key(contact.name), index) != index:
            first = at(places, "contacts", people[key(contact.name)], "name")[1]
            facts = {"value": contact.name, "first": first}
            yield Finding("DV207", *at(places, "contacts", index, "name"), "name", facts)
    wins: dict[tuple[str, str], int] = {}
    for index, win in enumerate(war_map.wins):
        if win.contact and win.role:
            pair = (key(win.contact), win.role.value)
            if wins.setdefault(pair, index) != index:
                first = at(places, "wins", wins[pair], "contact")[1]
                facts = {"value": win.contact, "role": win.role, "first": first}
                yield Finding("DV208", *at(places, "wins", index, "contact"), "contact", facts)


def _loops(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """One finding for each loop, at its first person in the order of the sheet."""
    above = {key(c.name): key(c.reports_to) for c in reversed(war_map.contacts) if c.name and c.reports_to}
    names = {key(c.name): c.name for c in reversed(war_map.contacts) if c.name}
    order = {
        name: index for index, c in reversed(list(enumerate(war_map.contacts))) if c.name and (name := key(c.name))
    }
    walked: set[str] = set()
    for start in order:
        path: dict[str, int] = {}
        name = start
        while name not in walked and name not in path and name in above:
            path[name] = len(path)
            name = above[name]
        if name in path:
            loop = list(path)[path[name] :]
            first = min(loop, key=lambda member: order.get(member, len(order)))
            loop = loop[loop.index(first) :] + loop[: loop.index(first)]
            facts = {"chain": " → ".join(names[member] for member in [*loop, first])}
            yield Finding("DV209", *at(places, "contacts", order[first], "reports_to"), "reports_to", facts)
        walked.update(path)


def contact_after_judging(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """DV205: a last contact later than the day the map is judged at."""
    as_of = war_map.deal.as_of
    label = next(table for table in TABLES if table.code == "contacts").by_code["last_contact"].label
    for index, contact in enumerate(war_map.contacts):
        if as_of and contact.last_contact and contact.last_contact > as_of:
            limit = Text(f"晚于评估日 {as_of}", f"after the day of judging, {as_of}")
            facts = {"field": label, "value": contact.last_contact, "limit": limit}
            yield Finding("DV205", *at(places, "contacts", index, "last_contact"), "last_contact", facts)


_CHECKS: Mapping[str, Callable[[WarMap, Mapping[str, Place]], Iterator[Finding]]] = {
    "DV206": _unknown_names,
    "DV207, DV208": _duplicates,
    "DV209": _loops,
    "DV205": contact_after_judging,
    "DV401": placeholders,
    "DV402": straight_lines,
    "CP001": improper_wins,
}
