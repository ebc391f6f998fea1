"""Tables that are missing, stand elsewhere, or stand twice (DV101, DV102, DV104)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from warmap.findings import Finding
from warmap.layout import Tab
from warmap.model import TABLE
from warmap.names import key
from warmap.parsing.one_record import RecordHeader
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_workbook.ooxml import Sheet, cell_name
from warmap_workbook.reading.checks.tab_sheets import IS_MISSING, IS_NOW_CALLED
from warmap_workbook.reading.sheet_tables import DenseSheets
from warmap_workbook.reading.table_homes import Home, TableHomes, entries_of, names_of_tab


def moved_or_missing(tab: Tab, homes: Mapping[str, Home], visible: Sequence[Sheet], lang: Lang) -> Iterator[Finding]:
    """A tab that is gone, renamed, or holds a table no longer is one finding; a table that is nowhere another."""
    own = [homes[code] for code in tab.tables if code in homes]
    expected = next((sheet for sheet in visible if key(sheet.name) in names_of_tab(tab)), None)
    if expected is None:
        home = own[0].sheet if own else None
        what = IS_MISSING if home is None else IS_NOW_CALLED.filled(name=home.name)
        yield Finding("DV101", home.name if home else tab.name.to(lang), facts={"sheet": tab.name, "what": what})
        return
    for code in tab.tables:
        table = TABLE[code]
        if code not in homes:
            facts: dict[str, object] = {"table": table.label, "header": table.fields[0].label}
            yield Finding("DV102", expected.name, "", table.fields[0].code, facts)
    moved = next((home for home in own if home.sheet is not expected), None)
    if moved is not None:
        what = STANDS_ON.filled(table=moved.table.label, name=moved.sheet.name)
        yield Finding("DV101", moved.sheet.name, facts={"sheet": tab.name, "what": what})


def copies(finder: TableHomes, homes: Mapping[str, Home], sheets: DenseSheets) -> Iterator[Finding]:
    """DV104 for each other sheet that bears a table's header, with the number of cells in which it differs."""
    for copied in finder.copies(homes):
        name, home = copied[0].sheet.name, homes[copied[0].table.code].sheet.name
        cells = [cell for one in copied for cell in _differing(one, homes[one.table.code], sheets)]
        first = next((cell for cell in cells if cell), "")
        facts: dict[str, object] = {"name": name, "home": home, "tables": [one.table.label for one in copied]}
        facts |= {"count": len(cells), "first": first}
        level = None if cells else Severity.MINOR
        what = (A_COPY if cells else THE_SAME).filled(**facts)
        yield Finding("DV104", name, first, facts={"what": what, "advice": ONE_SHEET.filled(**facts)}, level=level)


def _differing(copy: Home, home: Home, sheets: DenseSheets) -> Iterator[str]:
    """The cells of a copy that differ from the table, row by row below their headers; empty where it lacks the column."""
    lefts, rights = (entries_of(one, sheets.rows(one.sheet)) for one in (copy, home))
    nothing: dict[str, object] = {}
    for index, (left, right) in enumerate(zip_longest(lefts, rights, fillvalue=nothing)):
        for code in dict.fromkeys((*left, *right)):
            if left.get(code) != right.get(code):
                yield _cell(copy, index, code)


def _cell(copy: Home, index: int, code: str) -> str:
    header = copy.header
    if isinstance(header, RecordHeader):
        return cell_name(header.rows[code] + 1, header.column + 2) if code in header.rows else ""
    return cell_name(header.row + 2 + index, header.columns[code] + 1) if code in header.columns else ""


STANDS_ON = Text("上的“{table}”表现在在“{name}”上", "no longer holds the table “{table}”, which stands on “{name}” now")
A_COPY = Text(
    "工作表“{name}”也是“{tables}”表，与“{home}”有 {count} 格不同（第一处 {first}）",
    "the sheet “{name}” is a table “{tables}” as well; cells that differ from “{home}”: {count}, the first is {first}",
)
THE_SAME = Text(
    "工作表“{name}”是“{home}”的副本，内容完全相同", "the sheet “{name}” is a copy of “{home}”, without a difference"
)
ONE_SHEET = Text(
    "只有“{home}”算数：把要保留的内容并到那里，再删除“{name}”。",
    "Only “{home}” counts: bring what is to be kept over there, then delete “{name}”.",
)
