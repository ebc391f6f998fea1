"""From the ranges of a workbook to what a function works on: tables, their places at home, and what is wrong in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from warmap.earlier import Newest, newest_of
from warmap.findings import Finding
from warmap.history import have_marks, read_marks, read_newest
from warmap.judgement import Judgement
from warmap.layout import placements, tab_name
from warmap.model import TABLE, TABLES, Kind, blank_map
from warmap.parsing import (
    PLAIN,
    Context,
    Grid,
    Place,
    TableRead,
    cross_findings,
    find_header,
    find_record,
    read_record,
    read_rows,
)
from warmap.parsing.lists import people_of, with_lists_parted
from warmap.settings import Settings, default_settings
from warmap.text import Lang
from warmap.worksheet.declaration import ALL_TABLES, SNAPSHOTS, Call

Cells = tuple[tuple[object, ...], ...]


class Range(tuple[tuple[object, ...], ...]):  # noqa: SLOT001  its hash is kept in it
    """Cells as a host hands them over, ready to be parsed (no truth values among them); its hash is worked out once."""

    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash = super().__hash__()
            return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)


def read_range(code: str, cells: Cells, context: Context = PLAIN) -> TableRead | None:
    """Read a range as a table, as if it stood where the layout puts it; None where its header is not found.

    The sheet is named by the table's code: the tab's name depends on the language of the answer.
    """
    if code == SNAPSHOTS:
        marks = read_marks(cells)
        return None if marks is None else TableRead(list(marks), first_row=2, body_height=len(cells) - 1)
    table, home = TABLE[code], placements()[code]
    grid = Grid(cells, sheet=code, top=home.header_row, left=home.left)
    below = 1
    if table.is_record:
        read = read_record(table, grid, find_record(table, grid), context)
    else:
        header = find_header(table, grid)
        below = header.row + 1 if header is not None else 1
        read = read_rows(table, grid, header, range(len(cells)), context) if header is not None else None
    return read and replace(read, first_row=home.header_row + below, body_height=len(cells) - below)


@lru_cache(maxsize=64)
def parse_table(code: str, cells: Cells, context: Context = PLAIN) -> TableRead | None:
    """The same, remembered: one recalculation asks for a table many times."""
    return read_range(code, cells, context)


@lru_cache(maxsize=4)
def parse_newest(cells: Cells) -> Newest | None:
    """The newest snapshots, remembered from one recalculation to the next; None where the header is another."""
    found = read_newest(cells)
    return None if found is None else Newest(found)


def context_for(code: str, context: Context) -> Context:
    """What the cells of a table hang on: where it holds no amounts, the currency is left out, so that it is read once."""
    return context if code in _with_amounts() else Context(context.dates)


@cache
def _with_amounts() -> frozenset[str]:
    return frozenset(table.code for table in TABLES if any(field.kind is Kind.MONEY for field in table.fields))


def call_on(
    tables: Mapping[str, TableRead],
    settings: Settings | None,
    lang: Lang,
    words: Mapping[str, object] | None = None,
    height: int | None = None,
    newest: Newest | None = None,
) -> Call:
    """What a function works on, from the tables it was given.

    The functions of one recalculation are given the same tables; what follows from these is worked out once.
    """
    settings = settings or default_settings()
    tables = {code: tables[code] for code in ALL_TABLES if code in tables}  # whatever the order of the arguments
    seen = (*((code, id(parsed)) for code, parsed in tables.items()), id(settings), lang)
    known = _known.get(seen)
    if known is None:
        known = (tuple(tables.values()), settings, _call_on(tables, settings, lang))
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[seen] = known
    return replace(known[2], words=words or {}, height=height, newest=newest or NO_SNAPSHOTS)


def call_of(
    tables: Mapping[str, TableRead],
    judgement: Judgement,
    lang: Lang,
    stood: Mapping[str, Place],
    between: Sequence[Finding],
) -> Call:
    """Give the same for a map that was judged already; judged again where these tables are not all that it was made of.

    `between` is what was found between its rows where they `stood`; it is looked for again where they stand elsewhere.
    """
    call = _call_on(tables, judgement.settings, lang, judgement, stood, between)
    return replace(call, newest=newest_of(judgement))  # a map judged again has the marks of its snapshots only


MOST_KNOWN = 32  # the functions of one recalculation are given some fourteen sets of tables
NO_SNAPSHOTS = Newest(())
# By the identities of the tables and the settings, which the entry keeps alive.
_known: dict[tuple[object, ...], tuple[tuple[TableRead, ...], Settings, Call]] = {}


def _call_on(
    tables: Mapping[str, TableRead],
    settings: Settings,
    lang: Lang,
    judgement: Judgement | None = None,
    stood: Mapping[str, Place] | None = None,
    between: Sequence[Finding] = (),
) -> Call:
    content: dict[str, Any] = {
        code: parsed.rows[0] if code != SNAPSHOTS and TABLE[code].is_record else parsed.rows
        for code, parsed in tables.items()
    }
    if "contacts" in content:
        people = people_of(content["contacts"])
        for code, parsed in tables.items():
            if parsed.lists:
                content[code] = with_lists_parted(parsed.rows, parsed.lists, people)
    if judgement is None or not _is_of(judgement, content):
        stood = None
        judgement = Judgement(blank_map().model_copy(update=content), settings, tables.keys())
    contacts = tables.get("contacts")
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for code, parsed in tables.items():
        if code == SNAPSHOTS:
            continue
        sheet = tab_name(placements()[code].tab.code, lang)
        place = parsed.place
        if place is not None:
            places[code] = place if place.sheet == sheet else place._replace(sheet=sheet)
        findings += (replace(finding, sheet=sheet) for finding in parsed.findings)
    rows = (
        [row - contacts.first_row for row in contacts.place.rows]
        if contacts is not None and contacts.place is not None
        else None
    )
    war_map = judgement.map

    @cache
    def found() -> list[Finding]:
        """Several functions ask; what is between the rows is looked for once."""
        return [*findings, *(between if stood == places else cross_findings(war_map, places))]

    return Call(judgement, lang, {}, rows, None, found, places)


def _is_of(judgement: Judgement, content: Mapping[str, Any]) -> bool:
    """Whether a map was judged that holds these very rows and no others; of its history it is enough that the marks agree."""
    held = judgement.map
    return judgement.tables == content.keys() and all(
        have_marks(held.snapshots, rows) if code == SNAPSHOTS else getattr(held, code) is rows
        for code, rows in content.items()
    )
