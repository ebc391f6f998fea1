"""Formulas that start another program, or fetch something from outside; none is ever computed.

Excel asks before it does so, and people say yes. A text in quotes starts nothing: only the words of the formula count.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from warmap_workbook.ooxml.cells import unescape


class Reach(StrEnum):
    """What a formula does."""

    program = "program"
    """DDE (`cmd|'/c calc'!A0`), or a call of a library (CALL, REGISTER, EXEC)."""
    fetching = "fetching"
    """A function that fetches data or a picture."""
    place = "place"
    """HYPERLINK, or a reference, to a file or a network place."""


_PROGRAMS = ("CALL", "REGISTER", "REGISTER.ID", "EXEC", "DDE", "DDEAUTO", "RTD")
_FETCHING = (
    "WEBSERVICE", "FILTERXML", "IMPORTDATA", "IMPORTXML", "IMPORTHTML", "IMPORTRANGE", "IMPORTFEED", "IMAGE", "SQL.REQUEST",
)  # fmt: skip
_MARKS = ("|", "://", "\\\\", "FILE:", "HYPERLINK", *_PROGRAMS, *_FETCHING)
_TEXTS = re.compile(r'"(?:[^"]|"")*"')
_QUOTED = re.compile(r"'((?:[^']|'')*)'(!?)")
_FUNCTION = re.compile(r"(?<![\w.])(?:_XLFN\.|_XLWS\.|_XLL\.)*([A-Z][A-Z.]*[A-Z])\s*\(")
_LINK = re.compile(r'HYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_WEB_OR_INSIDE = re.compile(r"(?:https?|mailto|tel):|#|$", re.IGNORECASE)
_PATH = re.compile(r"\\\\|file:|//", re.IGNORECASE)


def may_reach_out(texts: Iterable[str]) -> bool:
    """Whether any of many formulas is worth a closer look; one search over all of them costs next to nothing."""
    together = "\n".join(texts).upper()
    return any(mark in together for mark in _MARKS)


def reach_of(formula: str, sheets: Iterable[str] = ()) -> Reach | None:
    """What a formula reaches out for; None for nothing. `sheets` are the names that may stand in quotes before `!`."""
    words = _TEXTS.sub('""', unescape(formula))
    own = {name.casefold() for name in sheets}
    bare = _QUOTED.sub("''", words)
    if "|" in bare or any("|" in quoted[1] and quoted[1].casefold() not in own for quoted in _QUOTED.finditer(words)):
        return Reach.program
    called = {match[1] for match in _FUNCTION.finditer(words.upper())}
    if not called.isdisjoint(_PROGRAMS):
        return Reach.program
    if not called.isdisjoint(_FETCHING):
        return Reach.fetching
    links = _LINK.findall(formula) if "HYPERLINK" in called else ()
    if any(_WEB_OR_INSIDE.match(link.strip()) is None for link in links):
        return Reach.place
    if any(quoted[2] and _PATH.match(quoted[1]) for quoted in _QUOTED.finditer(words)):
        return Reach.place
    return None
