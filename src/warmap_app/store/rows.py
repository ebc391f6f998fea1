"""From the result of a check and the map that came with it to the rows of the store."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from warmap._version import VERSION
from warmap_app.batch.one import Kept
from warmap_app.result import Result
from warmap_app.store.identity import deal_of, judgement_of

T = TypeVar("T", str, None)
Row = dict[str, Any]
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's text holds no NUL, and no database half a character
UNREADABLE = "\ufffd"


def storable(text: T) -> T:
    """A text as both databases hold it: what they cannot hold is shown to be missing."""
    return text if text is None else NO_TEXT.sub(UNREADABLE, text)


def map_row(result: Result, kept: Kept) -> Row:
    """The row of `warmap_maps`, but for the order in which it was kept."""
    deal, settings = result["deal"], result.get("settings", {"stamp": "default", "changed": {}})
    whose, as_of = deal_of(deal, result["file"]), result["as_of"]
    amount, close_date = deal.get("amount"), deal.get("close_date")
    return {
        "id": judgement_of(whose, as_of, kept["content"], settings["stamp"], VERSION),
        "deal": whose,
        **{name: storable(deal.get(name)) for name in ("account", "opportunity", "owner", "team", "stage", "currency")},
        "as_of": date.fromisoformat(as_of) if as_of else None,
        "amount": None if amount is None else Decimal(str(amount)),
        "close_date": date.fromisoformat(close_date) if close_date else None,
        "passed": result["passed"],
        "file": storable(result["file"]),
        "language": result["language"],
        "content": kept["content"],
        "template_version": storable(result["template_version"]),
        "program_version": VERSION,
        "settings": settings["stamp"],
        "settings_changed": settings["changed"],
        "map": kept["map"],
    }


def score_rows(map_id: str, result: Result) -> list[Row]:
    """The rows of `warmap_scores`: a number or a word, neither where the score is not assessed."""
    return [
        {
            "map_id": map_id,
            "code": code,
            "number": float(value) if isinstance(value, int | float) else None,
            "word": value if isinstance(value, str) else None,
        }
        for code, value in result["scores"].items()
    ]


def flag_rows(map_id: str, result: Result) -> list[Row]:
    """The rows of `warmap_flags`, in the order of the result."""
    return [
        {
            "map_id": map_id,
            "place": place,
            **{name: storable(flag[name]) for name in ("code", "severity", "subject")},
            "mitigated": flag["mitigated"],
        }
        for place, flag in enumerate(result["red_flags"], 1)
    ]
