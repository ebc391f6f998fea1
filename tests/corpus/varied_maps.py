"""Maps that differ from the samples in everything a rep enters, and are without fault all the same."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta

from words_of_maps import company, people, remark

from warmap.model import TABLE, Kind
from warmap.terms import WIN_CRITERIA, BuyingRole
from warmap_app.batch.across import free_text_fields

OF_ONE_CONTACT = ("trust", "wins", "needs", "objections")
RATED = {"competition": ("our_score",), "ideal_customer": ("score",), "needs": ("impact", "confidence", "ease")}
EXTRA = ("needs", "visits", "actions", "strengths", "swot", "resources")
PRICES = ("opening_price", "target_price", "walk_away_price", "customer_walk_away")
MONEY = ("CNY", "USD", "EUR", "HKD", "SGD")
OFTEN_CHANGED = (
    "influence",
    "support",
    "level",
    "contact_frequency",
    "style",
    "response_mode",
    "evidence_grade",
    "counterpart_level",
)


def varied(sample, lang, rng, serial):
    """A document made of a sample: other people, account, figures, dates, texts, and other rows in another order."""
    document = copy.deepcopy(sample)
    _drop_rows(document, rng)
    _extra_rows(document, rng)
    document = _renamed(document, lang, rng, serial)
    document = _shifted(document, timedelta(days=rng.randint(-500, 250)))
    _other_deal(document["deal"], lang, rng, serial)
    factor = rng.choice((0.4, 0.5, 0.8, 1.25, 2, 3))
    for record, fields in (("deal", ("amount",)), ("negotiation", PRICES)):
        for name in fields:
            if document.get(record, {}).get(name) is not None:
                document[record][name] = round(float(document[record][name]) * factor)
    _prices_in_order(document.get("negotiation", {}))
    _other_judgements(document, rng)
    _other_ratings(document, rng)
    for code, rows in document.items():
        if isinstance(rows, list) and code not in {"stage_evidence", "contacts"}:
            rng.shuffle(rows)
    _own_words(document, lang, serial)
    return document


def _prices_in_order(negotiation):
    """Some samples tell of a target below the walk-away price, which is a finding."""
    given = [name for name in PRICES[:3] if negotiation.get(name) is not None]
    for name, price in zip(given, sorted((negotiation[name] for name in given), reverse=True), strict=True):
        negotiation[name] = price


def _drop_rows(document, rng):
    gone = set()
    for contact in rng.sample(document["contacts"], rng.randint(0, 2)):
        document["contacts"].remove(contact)
        gone.add(contact["name"])
    for contact in document["contacts"]:
        if contact.get("reports_to") in gone:
            del contact["reports_to"]
        contact["influenced_by"] = [name for name in contact.get("influenced_by", []) if name not in gone]
    for code in OF_ONE_CONTACT:
        document[code] = [row for row in document.get(code, []) if row.get("contact") not in gone]
    for visit in document.get("visits", []):
        visit["contacts"] = [name for name in visit.get("contacts", []) if name not in gone]
    _forget(document, gone)
    for code, rows in document.items():
        if isinstance(rows, list) and code != "contacts":
            document[code] = [row for row in rows if rng.random() > 0.12]


def _forget(document, gone):
    """Nothing is about those who are gone."""
    for strength in document.get("strengths", []):
        strength["answers"] = [name for name in strength.get("answers", []) if name not in gone]
    for action in document.get("actions", []):
        if set(action.get("about", ())) & set(gone):
            del action["about"]
        if action.get("customer_owner") in gone:
            del action["customer_owner"]


def _extra_rows(document, rng):
    for code in rng.sample(EXTRA, 3):
        rows = document.get(code) or []
        document[code] = rows + [copy.deepcopy(rng.choice(rows)) for _ in range(rng.randint(0, 5)) if rows]


def _renamed(document, lang, rng, serial):
    """Everybody and the account under another name, wherever they are named."""
    deal = document["deal"]
    ours = {deal.get("owner"), *(row.get("counterpart") for row in document["contacts"])}
    ours |= {row.get("owner") for code in ("actions", "resources") for row in document.get(code, [])}
    ours |= {row.get("reviewer") for row in document.get("reviews", [])}
    old = [*(row["name"] for row in document["contacts"]), *sorted(name for name in ours if name)]
    old = list(dict.fromkeys(old))
    new = dict(zip(old, people(lang, rng, len(old), old), strict=True))
    new[deal["account"]] = company(lang, rng, serial)
    pattern = re.compile("|".join(map(re.escape, sorted(new, key=len, reverse=True))))
    return _mapped(
        document, lambda value: pattern.sub(lambda found: new[found[0]], value) if isinstance(value, str) else value
    )


def _shifted(document, by):
    return _mapped(document, lambda value: value + by if isinstance(value, date) else value)


def _mapped(value, change):
    if isinstance(value, dict):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    return change(value)


def _other_deal(deal, lang, rng, serial):
    phase = rng.randint(1, 4)
    deal["opportunity"] += f"（{phase}期，{serial}）" if lang == "zh" else f", phase {phase} ({serial})"
    deal["currency"] = rng.choice(MONEY)
    deal["amount"] = float(deal["amount"]) + rng.randint(0, 99) * 1000


def _other_judgements(document, rng):
    fields = TABLE["contacts"].by_code
    for contact in document["contacts"]:
        for code in OFTEN_CHANGED:
            if rng.random() < 0.3:
                contact[code] = rng.choice([*fields[code].enum]).value
        for code in ("notes", "title", "department", "decision_order"):
            if rng.random() < 0.1:
                contact.pop(code, None)
    status = TABLE["wins"].by_code["statuses.1"].enum
    for row in document.get("wins", []):
        for criterion in WIN_CRITERIA[BuyingRole(row["role"])]:
            if rng.random() < 0.3:
                row.setdefault("statuses", {})[criterion.value] = rng.choice([*status]).value


def _other_ratings(document, rng):
    for row in document.get("trust", []):
        for judged in row.get("ratings", {}).values():
            if rng.random() < 0.4:
                judged["rating"] = rng.choice((0, 1, 2, 2.5, 3, 3.5, 4, 5))
    for code, names in RATED.items():
        for row in document.get(code, []):
            for name in names:
                if row.get(name) is not None and rng.random() < 0.4:
                    row[name] = rng.choice((1, 2, 3, 4, 5))
            if code == "competition":
                row["scores"] = {rival: rng.choice((0, 1, 2, 3, 4, 5)) for rival in row.get("scores", {})}
    _not_all_the_same(document)


def _not_all_the_same(document):
    """Ratings that came out all alike by chance would be straight-lining: the first of them is moved."""
    trust = [judged for row in document.get("trust", []) for judged in row.get("ratings", {}).values()]
    rated = (
        [(judged, "rating") for judged in trust],
        *([(row, name) for row in document.get(code, []) for name in names] for code, names in RATED.items()),
    )
    for places in rated:
        given = [row[name] for row, name in places if row.get(name) is not None]
        if len(given) > 1 and len(set(given)) == 1:
            row, name = next(place for place in places if place[0].get(place[1]) is not None)
            row[name] = 3 if row[name] != 3 else 4


def _own_words(document, lang, serial):
    """Every free text says something that no other map says."""
    number = 0
    for table, fields in free_text_fields():
        content = document.get(table.code) or []
        for row in [content] if table.is_record else content:
            for field in fields:
                number += 1
                said = remark(lang, serial, number)
                *path, last = field.path
                place = row
                for step in path:
                    place = place.get(str(getattr(step, "value", step)), {}) if isinstance(place, dict) else {}
                if isinstance(place, dict) and place.get(last):
                    place[last] = _with(place[last], said, field.kind)


def _with(value, said, kind):
    if kind is Kind.GIVE_GET:
        return [
            {**item, "give": f"{item.get('give', '')}{said[:-1]}-{place}{said[-1]}"} for place, item in enumerate(value)
        ]
    return f"{value}{said}"
