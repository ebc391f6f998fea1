"""What a program writes in place of a formula that the file's other readers cannot compute.

Google Sheets exports `IFERROR(__xludf.DUMMYFUNCTION("the formula"), the last result)`: a function that nobody has, so that
every program shows the result. It cuts texts of more than 255 signs, Excel's limit, into pieces joined by `&`. An Excel
that saves the file again writes `@` or `_xlfn.SINGLE(…)` before the name; LibreOffice writes it in small letters.
"""

import re
from typing import NamedTuple

_WORD = "DUMMYFUNCTION"
_TEXT = r'"(?:[^"]|"")*"'
# Each part begins with a sign that the one before it cannot take, so that no text makes the search long.
_STAND_IN = re.compile(
    rf"=?\s*IFERROR\(\s*(?P<taken>@\s*|(?:_xlfn\.)?SINGLE\(\s*)?__xludf\.DUMMYFUNCTION\(\s*"
    rf"(?P<pieces>{_TEXT}(?:\s*&\s*{_TEXT})*)\s*\)\s*\)?\s*[,;](?P<shown>.*)\)\s*",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = re.compile(_TEXT)
_OF_AN_ARRAY = re.compile(r"=?\s*ARRAYFORMULA\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
COMPUTED_VALUE = '"COMPUTED_VALUE"'  # stands in the cells that an array formula fills


class StandIn(NamedTuple):
    """The formula that is meant, and the result that is shown, as it is written."""

    formula: str
    shown: str


def stand_in(text: str) -> StandIn | None:
    """What a formula stands in for; None where it is a formula of its own."""
    if _WORD not in text and _WORD.lower() not in text:
        return None
    match = _STAND_IN.fullmatch(text)
    if match is None:
        return None
    formula = "".join(piece[1:-1].replace('""', '"') for piece in _PIECE.findall(match["pieces"]))
    array = _OF_AN_ARRAY.fullmatch(formula)
    return StandIn((array[1] if array else formula).removeprefix("="), match["shown"].strip())


def result_shown(shown: str) -> float | str | None:
    """The result written into a stand-in: a number, a text, or None for what is neither."""
    if _PIECE.fullmatch(shown):
        return shown[1:-1].replace('""', '"')
    try:
        return float(shown)
    except ValueError:
        return None
