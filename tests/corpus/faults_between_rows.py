"""Faults that only several cells show: names nobody bears, people and wins written twice, loops, ratings all alike."""

from __future__ import annotations

from submission import NAMING
from words_of_maps import person

from warmap.model import TABLE, Kind
from warmap.terms import FiveForce, TrustPillar, key

FEWEST = 5


def unknown_contact(sub, rng):
    """DV206."""
    return (_unknown_subject if rng.random() < 0.3 else _unknown_contact)(sub, rng)


def _unknown_subject(sub, rng):
    chosen = sub.choose(sub.fields(lambda item: item.code in NAMING.values()))
    if chosen is None or not sub.lines_in_use("contacts"):
        return False
    sub.put(*chosen, rng.choice(("RF999", "rf042", person(sub.lang, rng) + "Zed", "call before Friday")))
    sub.must_find("DV206", *chosen)
    return True


def _unknown_contact(sub, rng):
    chosen = sub.choose(sub.fields(lambda item: item.ref == "contacts" and item.kind in (Kind.NAME, Kind.NAMES)))
    if chosen is None:
        return False
    table, line, name = chosen
    known = {key(str(one.cells.get("name"))) for one in sub.lines["contacts"]}
    stranger = next(made for made in iter(lambda: person(sub.lang, rng), None) if key(made) not in known)
    if TABLE[table].by_code[name].kind is Kind.NAMES and rng.random() < 0.5:
        stranger = (
            f"{line.cells[name].strip()}、{stranger}"
            if "\n" not in line.cells[name]
            else f"{line.cells[name].strip()}\n{stranger}"
        )
    sub.put(table, line, name, stranger)
    sub.must_find("DV206", table, line, name)
    return True


def _as_typed_again(name, rng):
    """The same name as somebody else may type it."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in name)
    return rng.choice((name, name, f" {name}  ", name.upper(), name.replace(" ", "  "), wide))


def duplicate_contact(sub, rng):
    """DV207: another row for somebody who has one already."""
    first = sub.choose(place for place in sub.fields(lambda item: item.code == "name") if place[0] == "contacts")
    if first is None:
        return False
    line = sub.add_line("contacts", {})
    if line is None:
        return False
    sub.used.add(("contacts", line.row))
    sub.put("contacts", line, "name", _as_typed_again(first[1].cells["name"], rng))
    if rng.random() < 0.5:
        sub.put("contacts", line, "title", "总监" if sub.lang == "zh" else "Director")
    sub.must_find("DV207", "contacts", line, "name")
    return True


def duplicate_wins(sub, rng):
    """DV208."""
    places = [
        place for place in sub.fields(lambda item: item.code == "role") if place[1].cells.get("contact") is not None
    ]
    first = sub.choose(place for place in places if place[0] == "wins")
    if first is None:
        return False
    line = sub.add_line("wins", {})
    if line is None:
        return False
    sub.used.add(("wins", line.row))
    sub.put("wins", line, "contact", _as_typed_again(first[1].cells["contact"], rng))
    sub.put("wins", line, "role", first[1].cells["role"])
    sub.must_find("DV208", "wins", line, "contact")
    return True


def reporting_loop(sub, rng):
    """DV209: one, two, three or four people in a ring."""
    lines = [line for line in sub.lines_in_use("contacts") if isinstance(line.cells.get("name"), str)]
    lines = [line for line in lines if sub.is_free("contacts", line, "name")]
    size = rng.randint(1, 4)
    if len(lines) < size or ("contacts", "loop") in sub.used:
        return False
    ring = rng.sample(lines, size)
    for line, above in zip(ring, ring[1:] + ring[:1], strict=True):
        sub.used.add(("contacts", line.row))
        sub.put("contacts", line, "reports_to", above.cells["name"].strip())
    sub.used.add(("contacts", "loop"))
    sub.must_find("DV209", "contacts", min(ring, key=lambda line: line.row), "reports_to")
    return True


def straight_lining(sub, rng):
    """DV402."""
    rated = {
        "trust": [f"ratings.{pillar.value}.rating" for pillar in TrustPillar],
        "competition": ["our_score"],
        "ideal_customer": ["score"],
        "needs": ["impact", "confidence", "ease"],
        "profile": [f"five_forces.{force.value}" for force in FiveForce],
    }
    for table in rng.sample(sorted(rated), len(rated)):
        places = [
            (line, name)
            for line in sub.lines_in_use(table)
            for name in rated[table]
            if line.cells.get(name) is not None
        ]
        if len(places) >= FEWEST and sub.take_table(table):
            value = rng.choice((1, 2, 3, 4, 5))
            for line, name in places:
                sub.put(table, line, name, value)
            sub.must_find("DV402", table, *places[0])
            return True
    return False
