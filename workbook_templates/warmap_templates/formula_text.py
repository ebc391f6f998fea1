"""A formula so written that two of them are equal when they say the same, whatever program stored them.

Programs store one call in many ways: `WARMAP.F`, `[1]!F` (an .xlam), `_xll.F`, `_xldudf_WARMAP_F` (Office.js), lower
case (LibreOffice without the extension). They shift references when rows are inserted, and quote sheets as they like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warmap.functions import FUNCTIONS
from warmap.intake.places import TablePlace
from warmap.layout import TABS
from warmap.model import TABLE
from warmap.text import LANGUAGES
from warmap_templates.ooxml import parse_range
from warmap_templates.sheet_rows import named_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warmap.intake import Place
    from warmap_templates.ooxml import Book, RangeRef

PIECE = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")
    |(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?(?P<area>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w.(])
    |(?P<name>(?:\[\d+\]!|'[^']*\.xlam?'!)?[^\W\d][\w.]*)
    |(?P<dropped>[\s@]+)""",
    re.VERBOSE,
)
PREFIX = re.compile(r"^(?:\[\d+\]!|'[^']*'!|_XLL\.|_XLUDF\.|_XLFN\.|_XLWS\.|_XLDUDF_)+")
SINGLE = re.compile(r"SINGLE\(([^()]*)\)")  # Excel's implicit intersection, written out
TAB_OF = {tab.name.to(lang).casefold(): tab.code for tab in TABS for lang in LANGUAGES}


def plain_name(name: str) -> str:
    """A name or function in capitals; every spelling of one of ours as `WARMAP.NAME`."""
    upper = name.upper()
    bare = PREFIX.sub("", upper)
    own = bare[7:] if bare.startswith(("WARMAP.", "WARMAP_")) else bare if bare != upper else ""
    return f"WARMAP.{own}" if own in FUNCTIONS else bare


class Coordinates:
    """Where things stand in one book, so that a reference can be told by what it means instead of by its address."""

    def __init__(self, book: Book, places: Mapping[str, Place]) -> None:
        self.tabs = dict(TAB_OF)
        self.areas: dict[str, list[tuple[RangeRef, str]]] = {}
        self.fields: dict[tuple[str, int, int], str] = {}
        self._known: dict[tuple[str, str], str] = {}
        for name in book.defined_names:
            found = named_range(book, name) if name.casefold().startswith("wm_") else None
            if found is not None:
                self.areas.setdefault(found[0].name.casefold(), []).append((found[1], name.casefold()))
        for ranges in self.areas.values():
            ranges.sort(key=lambda pair: (pair[0].r2 - pair[0].r1 + 1) * (pair[0].c2 - pair[0].c1 + 1))
        for code, place in places.items():
            if isinstance(place, TablePlace) and TABLE[code].is_record:
                rows = place.record_rows or {}
                for field, row in rows.items():
                    self.fields[place.sheet.casefold(), row, place.columns[field]] = f"{code}.{field}"

    def plain(self, text: str, sheet: str, row: int, column: int) -> str:
        """The formula of one cell, plainly written."""
        own = sheet.casefold()
        if (own, text) in self._known:
            return self._known[own, text]
        relative = False

        def write(match: re.Match[str]) -> str:
            nonlocal relative
            kind = match.lastgroup
            if kind == "string":
                return match.group()
            if kind == "area":
                written, is_relative = self._reference(match["sheet"], match["area"], own, row, column)
                relative = relative or is_relative
                return written
            return plain_name(match.group()) if kind == "name" else ""

        written, last = "", 0
        for match in PIECE.finditer(text):
            written += text[last : match.start()].replace(";", ",") + write(match)
            last = match.end()
        written = SINGLE.sub(r"\1", written + text[last:].replace(";", ","))
        if not relative:
            self._known[own, text] = written
        return written

    def _reference(self, prefix: str | None, area: str, own: str, row: int, column: int) -> tuple[str, bool]:
        """By the field or the name that the reference lies in; else, on the same sheet, by the distance."""
        sheet = own if prefix is None else prefix[:-1].strip("'").replace("''", "'").casefold()
        try:
            box = parse_range(area)
        except ValueError:
            return area.upper(), False
        field = self.fields.get((sheet, box.r1, box.c1)) if box.r1 == box.r2 and box.c1 == box.c2 else None
        if field is not None:
            return field, False
        for name_box, name in self.areas.get(sheet, ()):
            inside = name_box.r1 <= box.r1 and box.r2 <= name_box.r2 and name_box.c1 <= box.c1 and box.c2 <= name_box.c2
            if inside:
                return f"{name}{_size(box, name_box.r1, name_box.c1)}", False
        if sheet == own:
            return _size(box, row, column), True
        return f"{self.tabs.get(sheet, sheet)}!{_size(box, 0, 0)}", False


def _size(box: RangeRef, row: int, column: int) -> str:
    return f"[{box.r1 - row},{box.c1 - column}:{box.r2 - row},{box.c2 - column}]"
