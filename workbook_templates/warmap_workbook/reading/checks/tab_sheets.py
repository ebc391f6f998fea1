"""Which sheet of a book is which tab of the template, whatever it is called now, and which are missing (DV101)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from warmap.findings import Finding
from warmap.layout import HISTORY_NAME, MARK_NAME, SETTINGS_NAME, TAB, TABS, Tab, TabKind
from warmap.names import key
from warmap.parsing import Place
from warmap.text import LANGUAGES, Lang, Text
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import Book, Sheet
from warmap_workbook.reading.checks.formula_text import TAB_OF, Coordinates, TemplateFormulas

IS_MISSING = Text("不见了", "is missing")
IS_NOW_CALLED = Text("现在叫“{name}”", "is now called “{name}”")
KEPT = ("settings", "lists", "status", "last", "snapshots", "marks")  # what results, drop-downs and scores stand on
NAMED = {SETTINGS_NAME: "settings", HISTORY_NAME: "snapshots", MARK_NAME: "marks"}
ONLY_REFERRED_TO = ("last", "lists")  # no name, table or formula of their own tells these


def sheets_of(book: Book, places: Mapping[str, Place]) -> dict[str, Sheet]:
    """The sheet of each tab: by its name, by a block's or its own defined name, by one of its tables."""
    found: dict[str, Sheet] = {}
    for sheet in book.sheets:
        code = TAB_OF.get(key(sheet.name))
        if code is not None and sheet.was_read:
            found.setdefault(code, sheet)
    for name, tab in (*((block.name, block.tab) for block in BLOCKS), *NAMED.items()):
        named = book.named_range(name)
        if named is not None and named[0].was_read:
            found.setdefault(tab, named[0])
    for one in TABS:
        for code in one.tables:
            place = places.get(code)
            home = book.sheet(place.sheet) if place else None
            if home is not None:
                found.setdefault(one.code, home)
    return found


def find_renamed(book: Book, sheets: dict[str, Sheet], known: Coordinates, expected: TemplateFormulas) -> Coordinates:
    """Put into `sheets` those that their names do not tell: known by their formulas, or by the formulas that point there.

    Where things now stand is the answer.
    """
    for tab, sheet in sheets.items():
        if TAB_OF.get(key(sheet.name)) != tab:
            known = known.with_tab(sheet.name, tab)
    for tab in (*expected.others, *ONLY_REFERRED_TO):
        for sheet in _unknown(book, sheets) if tab not in sheets else ():
            trial = known.with_tab(sheet.name, tab)
            if tab in ONLY_REFERRED_TO:
                is_it = _recognised(book, sheets, trial, expected) > _recognised(book, sheets, known, expected)
            else:
                is_it = _holds_most(sheet, known, set(expected.others[tab].values()))
            if is_it:
                sheets[tab], known = sheet, trial
                break
    return known


def _unknown(book: Book, sheets: Mapping[str, Sheet]) -> list[Sheet]:
    taken = {id(sheet) for sheet in sheets.values()}
    return [sheet for sheet in book.sheets if id(sheet) not in taken]


def _holds_most(sheet: Sheet, known: Coordinates, wanted: set[str]) -> bool:
    """Whether most of a tab's formulas stand on a sheet."""
    plain = {known.plain(formula.text, sheet.name, *at) for at, formula in sheet.formulas.items()}
    return 2 * len(plain & wanted) > len(wanted)


def _recognised(book: Book, sheets: Mapping[str, Sheet], known: Coordinates, expected: TemplateFormulas) -> int:
    """How many formulas of the front page and of the blocks are the template's, by what is known of the sheets."""
    count, front = 0, sheets.get("home")
    for block in BLOCKS:
        named = book.named_range(block.name)
        at = (named[1].r1, named[1].c1) if named else None
        formula = named[0].formulas.get(at) if named and at else None
        if formula is not None and named and at:
            count += known.plain(formula.text, named[0].name, *at) == expected.blocks.get(block.name)
    wanted = set(expected.others["home"].values())
    for at, formula in front.formulas.items() if front else ():
        count += known.plain(formula.text, front.name if front else "", *at) in wanted
    return count


def missing_sheets(sheets: Mapping[str, Sheet], tabs: Iterable[Tab], lang: Lang) -> Iterator[Finding]:
    """DV101 for the sheets without a table, of these tabs; of those with one the reader tells."""
    for tab in tabs:
        if tab.kind is not TabKind.COMPUTED and tab.code not in KEPT:
            continue
        sheet = sheets.get(tab.code)
        if sheet is None:
            yield Finding("DV101", tab.name.to(lang), facts={"sheet": tab.name, "what": IS_MISSING})
        elif TAB_OF.get(key(sheet.name)) != tab.code:
            what = IS_NOW_CALLED.filled(name=sheet.name)
            yield Finding("DV101", sheet.name, facts={"sheet": tab.name, "what": what})


def gone_tabs(sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """The names, in any language and small letters, of the tabs that no sheet of a book is."""
    return tuple(TAB[code].name.to(lang).casefold() for code in TAB if code not in sheets for lang in LANGUAGES)


def points_nowhere(formula: str, gone: Sequence[str]) -> bool:
    """Whether a formula refers to a sheet that is gone: that sheet's absence is told, and the formula is nobody's doing."""
    plain = formula.casefold().replace("'", "")
    return "#ref!" in plain or any(f"{name}!" in plain for name in gone)
