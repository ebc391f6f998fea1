"""What one map leaves behind to be compared with the others: its account, its opportunity, and its free texts, hashed.

Free text is what a rep writes in sentences of his own: the fields whose column is declared as text of several lines
(objective, evidence, notes, questions and answers, goals and results of visits, actions, …) and the concessions. Names,
titles, departments, criteria, attributes and whatever is picked from a list or printed by the template are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import Any

from warmap.model import TABLES, Field, Kind, Table
from warmap.parsing.headers import at
from warmap.reading import Reading
from warmap.terms import key

SHORTEST = 20  # characters of a text that counts (specification, section 5)
QUOTED = 40  # characters of it that a finding shows


def prints_of(loaded: Reading) -> dict[str, Any]:
    """`account` and `deal` are hashes, empty where not filled in; `at` is sheet and cell of the opportunity.

    `texts` has one entry a text, where it stands first: its hash, table, field, sheet, cell, and how it begins.
    """
    deal = loaded.map.deal
    account = _bare(deal.account or "")
    return {
        "account": _hash(account) if account else "",
        "deal": deal_print(deal.account, deal.opportunity),
        "at": list(at(loaded.places, "deal", 0, "opportunity")),
        "texts": list(_texts(loaded)),
    }


def deal_print(account: str | None, opportunity: str | None) -> str:
    """A hash that all maps of one account and opportunity share, however these are spelt; empty where either is blank."""
    names = _bare(account or ""), _bare(opportunity or "")
    return _hash("\n".join(names)) if all(names) else ""


def _bare(words: str) -> str:
    """Words as they are compared: without case, width and white space, which a copy gains and loses on its way."""
    return "".join(key(words).split())


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _texts(loaded: Reading) -> Iterator[list[str]]:
    seen: set[str] = set()
    for table, fields in free_text_fields():
        content = getattr(loaded.map, table.code)
        for index, row in enumerate([content] if table.is_record else content):
            for field in fields:
                for text in _sayings(getattr(row, field.code)):
                    plain = key(text)
                    words = "".join(plain.split())
                    if len(plain) >= SHORTEST and words not in seen:
                        seen.add(words)
                        sheet, cell = at(loaded.places, table.code, index, field.code)
                        yield [_hash(words), table.code, field.code, sheet, cell, " ".join(text.split())[:QUOTED]]


def _sayings(value: Any) -> Iterator[str]:
    """The texts in one cell: itself, or of a list of concessions what is given and what is got."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for concession in value:
            yield " → ".join(part for part in (concession.give, concession.get) if part)


@cache
def free_text_fields() -> tuple[tuple[Table, tuple[Field, ...]], ...]:
    """The tables that hold free text, and its fields."""
    kinds = (Kind.TEXT, Kind.LINES, Kind.GIVE_GET)
    chosen = ((table, tuple(f for f in table.fields if f.multiline and f.kind in kinds)) for table in TABLES)
    return tuple((table, fields) for table, fields in chosen if fields)
