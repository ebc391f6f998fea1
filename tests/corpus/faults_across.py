"""Faults that only a batch shows: texts copied into maps of other accounts (DV403), one deal handed in twice (DV404), one
account under two spellings (DV405).
"""

from __future__ import annotations

from warmap.model import Kind
from warmap.names import account_core, key
from warmap_app.batch.across import SHORTEST, free_text_fields


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
    """DV403 in all of these maps, of which each is another account's: one or two texts of the first stand in the others.

    One finding a pair, where the first of their texts stands.
    """
    copied = [[] for _ in subs]
    for _ in range(rng.randint(1, 2)):
        if not all(_names_its_deal(sub) for sub in subs):
            return False
        source = subs[0].choose(_texts(subs[0]))
        targets = [sub.choose(_texts(sub)) for sub in subs[1:]]
        if source is None or None in targets:
            return False
        words = source[1].cells[source[2]]
        copied[0].append(source)
        for sub, places, target in zip(subs[1:], copied[1:], targets, strict=True):
            sub.put(*target, _retyped(words, rng))
            places.append(target)
    for sub, places in zip(subs, copied, strict=True):
        first = min(places, key=lambda place: _order(sub, *place))
        for _ in subs[1:]:
            sub.must_find("DV403", *first)
        sub.used.add(("deal", "account"))
    return True


def _order(sub, table, line, name):
    """Where a text stands among those of its map."""
    tables = [(one.code, [field.code for field in fields]) for one, fields in free_text_fields()]
    place = next(place for place, (code, _) in enumerate(tables) if code == table)
    return place, sub.lines[table].index(line), tables[place][1].index(name)


def misspelt_account(subs, rng):
    """DV405 in all of these files: one account as two reps write it."""
    if not all(_names_its_deal(sub) for sub in subs):
        return False
    written = subs[0].lines["deal"][0].cells["account"]
    for sub in subs:
        line = sub.lines["deal"][0]
        sub.used.add(("deal", "account"))
        if sub is not subs[0]:
            sub.put("deal", line, "account", _as_others_write(written, rng))
        sub.must_find("DV405", "deal", line, "account")
    return True


def _as_others_write(account, rng):
    """Another spelling of an account that is probably the same one."""
    legal = "有限公司" if any("\u4e00" <= sign <= "\u9fff" for sign in account) else " Ltd."
    spelt = rng.choice(
        [f"{account}{legal}", f"“{account}”", f"{account[:2]}/{account[2:]}", account.replace(" ", "-") + "."]
    )
    assert account_core(account) == account_core(spelt) != "", (account, spelt)
    assert key(account) != key(spelt), (account, spelt)
    return spelt


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
                # between the signs of a name a space more makes another name
                sub.put("deal", line, field, _retyped(first.cells[field], rng).replace("， ", "，"))
        sub.must_find("DV404", "deal", line, "opportunity")
    return True
