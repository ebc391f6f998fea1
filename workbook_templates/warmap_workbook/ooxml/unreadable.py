"""Why a file is refused, and how much of one is read before it is refused."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

Fact: TypeAlias = str | int


class Reason(StrEnum):
    """Stable codes; words for people are chosen by the caller, in the reader's language."""

    # the file is something else
    not_found = "not_found"
    cannot_open = "cannot_open"
    empty_file = "empty_file"
    encrypted = "encrypted"
    legacy_xls = "legacy_xls"
    xlsb = "xlsb"
    ods = "ods"
    html = "html"
    xml_spreadsheet_2003 = "xml_spreadsheet_2003"
    csv_or_text = "csv_or_text"
    not_a_workbook = "not_a_workbook"
    """The fact `kind`, where there is one, tells what it is; see `sniff` and `package`."""
    # the file is broken
    bytes_in_front = "bytes_in_front"
    truncated = "truncated"
    corrupt = "corrupt"
    missing_part = "missing_part"
    duplicate_sheet = "duplicate_sheet"
    duplicate_part = "duplicate_part"
    overlapping_parts = "overlapping_parts"
    bad_part_name = "bad_part_name"
    unsupported_compression = "unsupported_compression"
    unsupported_encoding = "unsupported_encoding"
    doctype = "doctype"
    # the file is more than we read
    too_large = "too_large"
    too_many_parts = "too_many_parts"
    inflates_too_much = "inflates_too_much"
    too_much_markup = "too_much_markup"
    too_many_cells = "too_many_cells"
    too_much_formula_text = "too_much_formula_text"
    text_too_long = "text_too_long"


class Unreadable(Exception):
    """The file cannot be read, and it is the file's fault.

    `reason` says why; `facts` carries what a message needs, such as
    `{'limit': 20971520, 'found': 33554432}`, `{'part': 'xl/workbook.xml'}` or `{'sheet': 'Plan', 'cell': 'XFD1'}`.
    """

    def __init__(self, reason: Reason, facts: dict[str, Fact] | None = None) -> None:
        self.reason = reason
        self.facts: dict[str, Fact] = facts or {}
        told = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        super().__init__(f"{reason.value} ({told})" if told else reason.value)

    def __reduce__(self) -> tuple[type[Unreadable], tuple[Reason, dict[str, Fact]]]:
        """Travel between processes whole: the default would rebuild it from the message alone."""
        return (Unreadable, (self.reason, self.facts))


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
    """Size of all parts that are read, together."""
    ratio: int = 100
    """Inflated size of one part that is read divided by its packed size, for parts over `ratio_from_bytes`."""
    ratio_from_bytes: int = 100 * KIB
    markup_per_part: int = 1_500_000
    """Count of '<', and of '=', in one XML part: tags and attributes are what the memory of its tree depends on."""
    style_bytes: int = 8 * MIB
    """A larger styles part is not read: no cell is then known to be a date, and the book says so."""
    rows: int = 20_000
    """Last row that is read; what stands beyond is counted."""
    columns: int = 1_024
    """Last column that is read; what stands beyond is counted."""
    cells: int = 200_000
    """Cells with a value or a formula in all sheets that are read."""
    text_length: int = 32_767
    """Characters in one cell or one formula (Excel's own limit for a cell)."""
    formula_text: int = 16 * MIB
    """Characters of all formulas together, after shared formulas are expanded."""


DEFAULT_LIMITS = Limits()
