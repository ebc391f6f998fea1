"""Results as the batch hands them out: of small maps, with what a hostile or a careless rep may have written in them."""

import copy
import functools
import json
from pathlib import Path

from warmap_app.load import load_bytes
from warmap_app.outputs import order_for, write
from warmap_app.result import result_of

DEAL = {
    "account": "华信科技", "opportunity": "核心网", "objective": "三年框架", "amount": 1200000.5, "currency": "CNY",
    "close_date": "2026-12-31", "stage": "market_research", "stage_since": "2026-05-01", "owner": "李晨",
    "as_of": "2026-06-30", "our_win": "标杆客户",
}  # fmt: skip
MAP = {
    "deal": DEAL,
    "contacts": [
        {"name": "王芳", "buying_roles": ["user"], "influence": "high", "level": "manager", "contact_frequency": "frequent"},
        {"name": "李强", "buying_roles": ["technical"], "support": "oppose"},
    ],
}  # fmt: skip
SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("http://evil.example","x")'
LONE_HALF, BELL, OVERRIDE = "\ud800", "\x07", "\u202e"


def result(file="a.json", lang="zh", **changes):
    """One map's result; the changes are of the deal, `contacts` of the people, None leaves a field blank."""
    document = copy.deepcopy(MAP)
    contacts = changes.pop("contacts", None)
    document["deal"] = {name: value for name, value in {**DEAL, **changes}.items() if value is not None}
    if contacts is not None:
        document["contacts"] = contacts
    name = str(file) if str(file).endswith(".json") else f"{file}.json"
    found = result_of(load_bytes(name, json.dumps(document).encode()), lang)
    for finding in found["findings"]:
        finding["file"] = str(file)
    return {**found, "file": str(file)}


def unreadable(file="broken.xlsx", lang="zh"):
    return result_of(load_bytes(str(file), b"PK\x03\x04 no"), lang)


def several(lang="zh"):
    """Eight files of several reps: passed, failed, unreadable, without a rep, hostile."""
    return copy.deepcopy(_several(lang))


@functools.cache
def _several(lang):
    return [
        result("good.json", lang),
        result("no stage.json", lang, stage=None),
        result("hostile.json", lang, account=SCRIPT, contacts=[{"name": "王芳", "influence": IMAGE}]),
        result("formula.json", lang, account=FORMULA, opportunity="+1", owner="@SUM(A1)"),
        unreadable("broken.xlsx", lang),
        result("nobody.json", lang, owner=None),
        result("odd.json", lang, account=f"a{LONE_HALF}b{BELL}c{OVERRIDE}d", owner="陈|思:远"),
        result("english.json", lang, owner="李晨 ", amount=99),
    ]


def written(name, results, out=None, lang="zh", **order):
    """Write results in a format, and give what was said of them."""
    return write(order_for(name, out=None if out is None else Path(out), lang=lang, **order), iter(results))
