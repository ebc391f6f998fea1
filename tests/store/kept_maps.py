"""Maps as plain data, and what a store holds."""

import json

import sqlalchemy as sa

from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.sources import Held, Source
from warmap_app.store import open_store
from warmap_app.store.database import FLAGS, MAPS, SCORES, TREND

DEAL = {
    "account": "华信", "opportunity": "核心网", "amount": 1200000.5, "currency": "CNY", "close_date": "2026-12-31",
    "stage": "market_research", "owner": "李晨", "team": "华东", "as_of": "2026-06-30",
}  # fmt: skip
PERSON = {"name": "王芳", "buying_roles": ["user"], "contact_frequency": "frequent", "last_contact": "2026-06-01"}
ORDER = {"warmap_maps": ("kept",), "warmap_scores": ("map_id", "code"), "warmap_flags": ("map_id", "place")}


def a_map(tables=None, **deal):
    """A map that passes."""
    return {"deal": {**DEAL, **deal}, "contacts": [PERSON], **(tables or {})}


def write(path, document):
    """A map as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return path


def checked(document, name="a.json", **terms):
    """The result and the kept map of a map, as a check hands them to the store."""
    outcome = check_one(Source(name, Held(json.dumps(document, default=str).encode())), Terms("zh", keep=True, **terms))
    return outcome["result"], outcome["kept"]


def contents(store):
    """Every row of every table as Python values, by table, in an order that is the same in both databases."""
    found = {}
    with open_store(store) as opened, opened.reading() as connection:
        for table in (MAPS, SCORES, FLAGS):
            rows = connection.execute(sa.select(table)).mappings()
            found[table.name] = sorted(map(dict, rows), key=lambda row: [row[name] for name in ORDER[table.name]])
    return found


def maps(store):
    """The rows of the maps, in the order in which they count."""
    return contents(store)["warmap_maps"]


def trend(store):
    """The rows of the view, by account, opportunity and day."""
    with open_store(store) as opened, opened.reading() as connection:
        rows = connection.execute(sa.select(TREND)).mappings()
        return sorted(map(dict, rows), key=lambda row: (row["account"], row["opportunity"], row["as_of"]))
