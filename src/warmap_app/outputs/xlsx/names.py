"""Names of sheets as Excel takes them."""

from __future__ import annotations

import re

LONGEST = 31  # Excel's limit, in UTF-16 units
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
RESERVED = frozenset({"history"})  # Excel keeps this name for itself


def sheet_name(words: str, taken: set[str]) -> str:
    """A name made of these words that no other sheet bears in any case, which is then taken."""
    plain = " ".join(_FORBIDDEN.sub(" ", words).split()).strip("' ") or "-"
    if plain.casefold() in RESERVED:
        plain += "_"
    name, count = _cut(plain, LONGEST), 1
    while name.casefold() in taken:
        count += 1
        ending = f" ({count})"
        name = _cut(plain, LONGEST - len(ending)) + ending
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.rstrip("' ") or "-"
