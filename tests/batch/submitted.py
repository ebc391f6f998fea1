"""Maps as plain data, written where a test wants them."""

import json
import zipfile

MAP = {
    "deal": {
        "account": "华信", "opportunity": "核心网", "amount": 1200000, "currency": "CNY", "close_date": "2026-12-31",
        "stage": "market_research", "owner": "李晨", "as_of": "2026-06-30",
    },
    "contacts": [{"name": "王芳", "buying_roles": ["user"], "contact_frequency": "frequent", "last_contact": "2026-06-01"}],
}  # fmt: skip


def a_map(account="华信", opportunity="核心网", **tables):
    """A map that passes; `tables` are added to it."""
    return {
        **MAP,
        **tables,
        "deal": {**MAP["deal"], "account": account, "opportunity": opportunity, **tables.get("deal", {})},
    }


def as_json(document):
    return json.dumps(document).encode()


def write(path, document=MAP):
    """One map as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document if isinstance(document, bytes) else as_json(document))
    return path


def write_many(folder, count, *, bad=()):
    """`count` maps of as many accounts, and a file for each name in `bad`."""
    for place in range(count):
        write(folder / f"m{place:03d}.json", a_map(f"客户{place}"))
    for name in bad:
        write(folder / name)
    return folder


def write_zip(path, members, **how):
    """A zip archive of (name, bytes) pairs, or of a mapping."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", how.pop("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return path


def codes(result):
    return [finding["code"] for finding in result["findings"]]
