"""How much room a text needs in a column, for the heights of rows: not every program finds them when it opens a file."""

from __future__ import annotations


def units(text: str) -> int:
    """Width of a text in the units of a column: a wide character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a column of this width, at least one."""
    return sum(max(1, -(-units(line) // max(1, int(width)))) for line in text.split("\n"))
