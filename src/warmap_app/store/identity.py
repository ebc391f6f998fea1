"""Which deal a result is about, and which judgement of it: two hashes that are the same on every computer."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from warmap_app.batch.across import deal_print


def deal_of(deal: Mapping[str, Any], file: str) -> str:
    """The same for all maps of one account and opportunity; a map that leaves either blank is its file's own deal."""
    return deal_print(deal.get("account"), deal.get("opportunity")) or _hash("file", file)


def judgement_of(deal: str, as_of: str | None, content: str, settings: str, program: str) -> str:
    """The same for one content of one deal, judged at one day by the same settings and the same program."""
    return _hash(deal, as_of or "", content, settings, program)


def _hash(*parts: str) -> str:
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
