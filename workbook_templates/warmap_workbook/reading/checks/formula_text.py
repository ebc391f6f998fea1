"""A formula so written that two of them are equal when they say the same, whatever program stored them.

Programs store one call in many ways: `WARMAP.F`, `[1]!F` (an .xlam), `_xll.F`, `_xldudf_WARMAP_F` (Office.js), lower
case (LibreOffice without the extension); Gnumeric writes `-(-(…))` for `--(…)`. They shift references when rows are
inserted, and quote sheets as they like. An open Excel shows an .xlam by its name (`warmap.xlam!F`), may leave out the
module (`F`), and writes `@` where it takes one value of many.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from warmap import TEMPLATE_VERSION
from warmap.layout import HISTORY_NAME, TABS
from warmap.model import TABLE
from warmap.names import key
from warmap.parsing import Place
from warmap.parsing.headers import TablePlace
from warmap.text import LANGUAGES, Lang
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.declaration import NEWEST, SNAPSHOT_MARKS_NAME
from warmap_workbook.ooxml import Book, Formula, RangeRef, cell_name, parse_range, parse_ref
from warmap_workbook.reading.checks.stand_ins import stand_in

# What is opened and never closed runs to the end, and what no other part takes is taken whole: so no sign is looked at again
# and again.
PIECE = re.compile(
    r"""(?P<string>"(?:[^"]|"")*+"?+)
    |(?P<sheet>'(?:[^']|'')++'!|[^\W\d][\w.]*+!)?(?P<area>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w.(])
    |(?P<name>(?:\[\d++\]!|'(?:[^']|'')*+'!(?:(?<=\.xlam'!)|(?<=\.xla'!))|[\w.]+\.xlam?!)?[^\W\d][\w.]*+)
    |(?P<dropped>[\s@]++)
    |(?P<other>'(?:[^']|'')*+'?+|[\w.]++)""",
    re.VERBOSE,
)
# Not "++": in Python 3.11.2 a group that is repeated possessively takes more than it matches.
PREFIX = re.compile(r"^(?:\[\d+\]!|'(?:[^']|'')*+'!|_XLL\.|_XLUDF\.|_XLFN\.|_XLWS\.|_XLDUDF_|[\w.]+\.XLAM?!)+")
SINGLE = re.compile(r"(?<![\w.])SINGLE\(")  # Excel's implicit intersection, written out
_QUOTED_OR_PARENTHESIS = re.compile(r'"[^"]*+"?+|[()]')
TAB_OF = {key(tab.name.to(lang)): tab.code for tab in TABS for lang in LANGUAGES}
# A history makes these longer without moving anything, and formulas ask for them by their names only.
GROWING = frozenset({HISTORY_NAME, SNAPSHOT_MARKS_NAME, NEWEST.range_name})


def plain_name(name: str) -> str:
    """A name or function in capitals; every spelling of one of ours as `WARMAP.NAME`."""
    upper = name.upper()
    bare = PREFIX.sub("", upper)
    own = bare[7:] if bare.startswith(("WARMAP.", "WARMAP_")) else bare if bare != upper else ""
    return f"WARMAP.{own}" if own in FUNCTIONS else bare


def called(name: str) -> str:
    """The same for a function that is called: Excel may leave out the module of one of ours."""
    plain = plain_name(name)
    return f"WARMAP.{plain}" if plain in FUNCTIONS else plain


def without_single(text: str) -> str:
    """A formula without `SINGLE(…)` around what it takes one value of."""
    if "SINGLE(" not in text:
        return text
    closing = _closing(text)
    dropped: set[int] = set()
    for match in SINGLE.finditer(text):
        dropped.update(range(*match.span()), (closing.get(match.end() - 1, match.start()),))
    return _without(text, dropped)


LONGEST_REMEMBERED, MOST_REMEMBERED = 1024, 8192  # characters of a formula; formulas


def fields_of(places: Mapping[str, Place]) -> dict[tuple[str, int, int], str]:
    """The cells (sheet, row, column) of the tables of one record, by what stands in them: `deal.amount`.

    A field whose label was changed (DV102) still stands where its neighbours say: formulas that ask for it are as they were.
    """
    fields: dict[tuple[str, int, int], str] = {}
    for code, place in places.items():
        if isinstance(place, TablePlace) and place.record_rows and TABLE[code].is_record:
            column = next(iter(place.columns.values()))
            for field, row in _all_rows([item.code for item in TABLE[code].fields], place.record_rows).items():
                fields[place.sheet.casefold(), row, column] = f"{code}.{field}"
    return fields


def _all_rows(codes: Sequence[str], rows: Mapping[str, int]) -> dict[str, int]:
    """The row of every field: its own, else the one after its forerunner's (or before its follower's) that is nobody's."""
    found, taken = dict(rows), set(rows.values())
    for order, step in ((codes, 1), (codes[::-1], -1)):
        for before, code in itertools.pairwise(order):
            row = found.get(before, 0) + step
            if code not in found and before in found and row not in taken:
                found[code] = row
                taken.add(row)
    return found


def _smallest_first(named: tuple[RangeRef, str]) -> tuple[int, str]:
    box, name = named
    return (box.r2 - box.r1 + 1) * (box.c2 - box.c1 + 1), name


class Coordinates:
    """Where things stand in one book, so that a reference can be told by what it means instead of by its address."""

    def __init__(
        self,
        areas: Mapping[str, Sequence[tuple[RangeRef, str]]],
        fields: Mapping[tuple[str, int, int], str],
        tabs: Mapping[str, str] = TAB_OF,
    ) -> None:
        """The named areas of each sheet, the cells that are fields (see `fields_of`), the tab of each sheet's name."""
        self.areas = {sheet: sorted(ranges, key=_smallest_first) for sheet, ranges in areas.items()}
        self.fields, self.tabs = fields, tabs
        self._known: dict[tuple[str, str], str] = {}
        self._known_at: dict[tuple[str, int, int, str], str] = {}

    @classmethod
    def of(cls, book: Book, places: Mapping[str, Place]) -> Self:
        """Those of a book whose tables stand at these places."""
        areas: dict[str, list[tuple[RangeRef, str]]] = {}
        for name in book.defined_names:
            is_area = name.casefold().startswith("wm_") and name.casefold() not in GROWING
            found = book.named_range(name) if is_area else None
            if found is not None:
                areas.setdefault(found[0].name.casefold(), []).append((found[1], name.casefold()))
        return cls(areas, fields_of(places))

    def with_areas(self, areas: Mapping[str, Sequence[tuple[RangeRef, str]]]) -> Coordinates:
        """The same book with more named areas: those of names that lead nowhere, where the template has them."""
        both = {sheet: [*self.areas.get(sheet, ()), *areas.get(sheet, ())] for sheet in {**self.areas, **areas}}
        return Coordinates(both, self.fields, self.tabs)

    def is_like(self, other: Coordinates) -> bool:
        """Whether every formula means the same in both."""
        return self.areas == other.areas and self.fields == other.fields and self.tabs == other.tabs

    def with_tab(self, sheet: str, tab: str) -> Coordinates:
        """The same book, in which a sheet is known to be a tab whatever it is called."""
        return Coordinates(self.areas, self.fields, {**self.tabs, sheet.casefold(): tab})

    def plain(self, text: str, sheet: str, row: int, column: int) -> str:
        """The formula of one cell, plainly written; remembered, for programs write the same formulas over and over.

        Of another program's stand-in it is the formula that is meant.
        """
        own = sheet.casefold()
        written = self._known.get((own, text)) or self._known_at.get((own, row, column, text))
        if written is not None:
            return written
        meant = stand_in(text)
        written, is_relative = self._written(meant.formula if meant else text, own, row, column)
        if len(text) <= LONGEST_REMEMBERED:
            if len(self._known) + len(self._known_at) >= MOST_REMEMBERED:
                self._known.clear()
                self._known_at.clear()
            if is_relative:
                self._known_at[own, row, column, text] = written
            else:
                self._known[own, text] = written
        return written

    def _written(self, text: str, own: str, row: int, column: int) -> tuple[str, bool]:
        """The formula, and whether that depends on the cell it stands in."""
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
            if kind == "name":
                is_call = text.startswith("(", match.end())
                return called(match.group()) if is_call else plain_name(match.group())
            return match.group().upper() if kind == "other" else ""

        written, last = "", 0
        for match in PIECE.finditer(text):
            written += text[last : match.start()].replace(";", ",") + write(match)
            last = match.end()
        return _minus_twice(without_single(written + text[last:].replace(";", ","))), relative

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


_PLACED = re.compile(
    r"(?<![\w.])[a-z_]++\.[a-z_]++(?![\w(])|(?:(?<![\w.])[^\W\d][\w.]*+!?)?\[-?\d++,-?\d++:-?\d++,-?\d++\]"
)


def without_places(plain: str) -> str:
    """A plainly written formula that no longer says which cells it asks for, for where the names that tell are lost."""
    return _PLACED.sub("#", plain)


def _minus_twice(text: str) -> str:
    """`-(-(…))`, as Gnumeric stores `--(…)`, written as the latter."""
    start = text.find("-(-(")
    if start < 0:
        return text
    closing = _closing(text)
    dropped: set[int] = set()
    while start >= 0:
        outer, inner = start + 1, start + 3
        if inner in closing and closing.get(outer) == closing[inner] + 1:
            dropped |= {outer, closing[outer]}
        start = text.find("-(-(", outer)
    return _without(text, dropped)


def _closing(text: str) -> dict[int, int]:
    """The place of each parenthesis outside quotes, with that of the one that closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _QUOTED_OR_PARENTHESIS.finditer(text):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and opened:
            found[opened.pop()] = match.start()
    return found


def _without(text: str, places: Container[int]) -> str:
    return "".join([sign for place, sign in enumerate(text) if place not in places])


def _size(box: RangeRef, row: int, column: int) -> str:
    return f"[{box.r1 - row},{box.c1 - column}:{box.r2 - row},{box.c2 - column}]"


Address = tuple[int, int]
FOLDER = Path(__file__).parent


class BlockPlace(NamedTuple):
    """Where a block stands in the template: its tab and its cells."""

    tab: str
    box: RangeRef


class TemplateFormulas(NamedTuple):
    """Plainly written formulas: of each block by its defined name; all others by tab and address.

    `places` are the cells of each block. `stored` are all formulas as the template stores them: a book in which everything
    stands where it stood need not be read more closely where its formulas are the same texts. `shown` are the plain ones
    as Excel shows them, for messages. `errors_meant` are the cells of a tab that show an error on purpose (a chart leaves
    it out). `known` is where things stand in the template.
    """

    blocks: Mapping[str, str]
    places: Mapping[str, BlockPlace]
    others: Mapping[str, Mapping[Address, str]]
    stored: Mapping[str, Mapping[Address, Formula]]
    shown: Mapping[str, str]
    errors_meant: frozenset[tuple[str, int, int]]
    known: Coordinates


def file_of(lang: Lang, version: str = TEMPLATE_VERSION) -> Path:
    """Where the data of one version of the template in one language are kept."""
    return FOLDER / f"template_formulas.{version}.{lang}.json"


@cache
def versions_read() -> frozenset[str]:
    """The versions of the template that are still read: those whose formulas are kept."""
    kept = {path.name.split(".")[1] for path in FOLDER.glob("template_formulas.*.json")}
    return frozenset(version for version in kept if all(file_of(lang, version).exists() for lang in LANGUAGES))


@lru_cache(maxsize=4)
def template_formulas(lang: Lang, version: str = TEMPLATE_VERSION) -> TemplateFormulas:
    """Those of one version of the template; they do not depend on the map."""
    data: Mapping[str, Any] = json.loads(file_of(lang, version).read_bytes())
    plain = data["plain"]
    areas = {
        sheet: [(parse_range(cells), name) for name, cells in names.items()] for sheet, names in data["areas"].items()
    }
    fields = {
        (sheet, *parse_ref(cell)): field for sheet, cells in data["fields"].items() for field, cell in cells.items()
    }
    others: dict[str, dict[Address, str]] = {}
    stored: dict[str, dict[Address, Formula]] = {}
    blocks: dict[str, str] = {}
    places: dict[str, BlockPlace] = {}
    shown: dict[str, str] = {}
    for tab, cells in data["cells"].items():
        formulas = stored[tab] = {}
        for row, column, number, text, array, block in cells:
            formulas[row, column] = Formula(text, array or None)
            shown[plain[number]] = text
            if block:
                blocks[block] = plain[number]
                places[block] = BlockPlace(tab, parse_range(array or cell_name(row, column)))
            else:
                others.setdefault(tab, {})[row, column] = plain[number]
    return TemplateFormulas(
        blocks, places, others, stored, shown,
        frozenset((tab, *parse_ref(cell)) for tab, cell in data["errors_meant"]),
        Coordinates(areas, fields),
    )  # fmt: skip
