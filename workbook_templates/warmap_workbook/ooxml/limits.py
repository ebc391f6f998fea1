"""How much of a submitted workbook is read before it is refused."""

from __future__ import annotations

from typing import NamedTuple

KIB = 1024
MIB = 1024 * KIB


class Limits(NamedTuple):
    """Bounds of one reading; every one of them ends in an `Unreadable` that names the limit and what was found.

    Sizes are bytes unless the name says otherwise. The defaults refused 3 of 2,424 real files, two of them bombs.
    """

    file_bytes: int = 20 * MIB
    """Size of the file itself."""
    parts: int = 2_000
    """Entries of the zip directory."""
    inflated_bytes: int = 64 * MIB
    """Declared size of all parts together, and also the sum of what is really inflated."""
    ratio: int = 100
    """Inflated size of one part divided by its packed size, for parts over `ratio_from_bytes`."""
    ratio_from_bytes: int = 100 * KIB
    markup_per_part: int = 1_500_000
    """Count of '<', and of '=', in one XML part: tags and attributes are what the memory of its tree depends on."""
    style_bytes: int = 8 * MIB
    """A larger styles part is not read: no cell is then known to be a date, and the book says so."""
    rows: int = 20_000
    """Last row that may hold a value or a formula."""
    columns: int = 1_024
    """Last column that may hold a value or a formula."""
    cells: int = 200_000
    """Cells with a value or a formula in all sheets that are read."""
    text_length: int = 32_767
    """Characters in one cell or one formula (Excel's own limit for a cell)."""
    formula_text: int = 16 * MIB
    """Characters of all formulas together, after shared formulas are expanded."""


DEFAULT_LIMITS = Limits()
