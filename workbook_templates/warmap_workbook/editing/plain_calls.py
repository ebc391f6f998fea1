"""Calls of our functions put back into the plain form, that every program binds.

Programs store a call in forms that others cannot read: `[1]!F` (LibreOffice, with a link to the file that holds the
function), `_xll.F` and `_xldudf_WARMAP_F` (Excel).
"""

import re

from warmap_workbook.reading.checks.formula_text import PIECE, plain_name


def plain_calls(formula: str) -> tuple[str, int]:
    """A formula with every call of ours in the plain form, and how many were not; texts in quotes stay as they are."""
    count = 0

    def write(match: re.Match[str]) -> str:
        nonlocal count
        word = match.group()
        is_call = match.lastgroup == "name" and formula[match.end() : match.end() + 1] == "("
        plain = plain_name(word) if is_call else word
        if not plain.startswith("WARMAP.") or plain == word:
            return word
        count += 1
        return plain

    return PIECE.sub(write, formula), count
