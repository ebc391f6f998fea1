"""Faults that only a batch shows: texts copied into maps of other accounts (DV403), one deal handed in twice (DV404)."""

from __future__ import annotations

from warmap.model import Kind
from warmap.terms import key
from warmap_app.batch.across import SHORTEST


def _texts(sub):
    """Every free text that counts, in rows where nothing else is planted."""
    for place in sub.fields(lambda item: item.multiline and item.kind is Kind.TEXT):
        _, line, name = place
        value = line.cells[name]
        if isinstance(value, str) and len(key(value)) >= SHORTEST and sub.is_free(*place):
            yield place


def _names_its_deal(sub, *fields):
    return all(sub.is_free("deal", None, field) for field in ("account", *fields))


def _retyped(words, rng):
    """The same words with what does not count changed: case, spaces, the white space around."""
    return rng.choice(
        (
            words,
            words,
            f" {words} ",
            words.upper(),
            words.replace(" ", "  ").replace("，", "， ") if " " in words else words,
        )
    )


def copied_text(subs, rng):
    """DV403 in all of these maps, of which each is another account's: one or two texts of the first stand in the others."""
    for _ in range(rng.randint(1, 2)):
        if not all(_names_its_deal(sub) for sub in subs):
            return False
        source = subs[0].choose(_texts(subs[0]))
        targets = [sub.choose(_texts(sub)) for sub in subs[1:]]
        if source is None or None in targets:
            return False
        table, line, name = source
        words = line.cells[name]
        subs[0].must_find("DV403", table, line, name)
        for sub, (other, there, field) in zip(subs[1:], targets, strict=True):
            sub.put(other, there, field, _retyped(words, rng))
            sub.must_find("DV403", other, there, field)
    for sub in subs:
        sub.used.add(("deal", "account"))
    return True


def submitted_twice(subs, rng):
    """DV404 in all of these files: one account and one opportunity."""
    if not all(_names_its_deal(sub, "opportunity") for sub in subs):
        return False
    first = subs[0].lines["deal"][0]
    for sub in subs:
        line = sub.lines["deal"][0]
        for field in ("account", "opportunity"):
            sub.used.add(("deal", field))
            if sub is not subs[0]:
                sub.put("deal", line, field, _retyped(first.cells[field], rng))
        sub.must_find("DV404", "deal", line, "opportunity")
    return True
