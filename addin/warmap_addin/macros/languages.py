"""Switch language: labels, picklists and formulas' words of the open workbook in the other language; entries stay.

What a label is in the other language is read off two empty templates, one in each: so nothing is written twice. An
entry from a list is changed through its code; whatever else people typed is left as it is.
"""

from collections.abc import Iterator

from warmap.layout import SETTINGS_NAME, TAB, TABS, Tab, TabKind
from warmap.model import TABLE, Field, Kind
from warmap.parsing import column_letters
from warmap.settings import default_settings, flat
from warmap.terms import term_for
from warmap.text import NO, YES, Lang, Text
from warmap_addin.macros.edits import (
    ChartWords,
    Edit,
    Footer,
    Formula,
    Link,
    Messages,
    RenameSheet,
    Say,
    Unlocked,
    Write,
    joined,
)
from warmap_addin.macros.open_book import Opened, fill, lines, tab_sheet
from warmap_addin.macros.submitting import last_values
from warmap_addin.macros.template_pair import Pair, chart_words, template_pair
from warmap_workbook.computed import BLOCK, SCORE_ROWS
from warmap_workbook.ooxml import Sheet, cell_name, parse_ref
from warmap_workbook.writing.home import ALL_FLAGS, ALL_FLAGS_ROW
from warmap_workbook.writing.home_cards import CARD_ROW, CARDS, FIRST, MIDDLE
from warmap_workbook.writing.input_cells import competitor_messages, messages_of
from warmap_workbook.writing.pages import HOME_LINK, foot
from warmap_workbook.writing.reference_sheets import GUIDE_TOP, messages_of_setting

At = tuple[int, int]
DRAWN_ON = ("scoreboard", "history")
DONE = Text("工作簿已换成中文。", "The workbook is in English now.")
KEPT = Text(
    "“{name}”表没有改名：已经有一张“{wanted}”。", "The sheet “{name}” keeps its name: there is a “{wanted}” already."
)
MORE = Text("您自己写的文字没有翻译。", "Texts of your own are not translated.")


def switch_language(opened: Opened) -> list[Edit]:
    """Every sheet of the template, its labels first, then the tabs' names."""
    to: Lang = "en" if opened.lang == "zh" else "zh"
    edits: list[Edit] = []
    renames: list[Edit] = []
    kept: list[str] = []
    for tab in TABS:
        sheet = _sheet_of(opened, tab)
        if sheet is None or tab.code in {"last", "snapshots"}:
            continue
        changed = [*_sheet_edits(opened, tab, sheet, to), *_around(opened, tab, sheet, to)]
        if changed:
            edits.append(Unlocked(sheet.name, tuple(joined(sorted(changed, key=_by_columns)))))
        wanted = tab.name.to(to)
        if sheet.name == tab.name.to(opened.lang) and sheet.name != wanted:
            if opened.raw.sheet(wanted) is None:
                renames.append(RenameSheet(sheet.name, wanted))
            else:
                kept.append(fill(KEPT, to, name=sheet.name, wanted=wanted))
    edits += last_values(opened, opened.entries.map, to)
    words = lines([DONE.to(to), *kept, MORE.to(to)])
    return [*edits, *renames, *_links(opened, to), Say(words)]


def _by_columns(one: Edit) -> tuple[int, int, int]:
    """Cells first, column by column, so that one call writes many; the order of everything else stays."""
    if not isinstance(one, Write):
        return 1, 0, 0
    row, column = parse_ref(one.cell)
    return 0, column, row


def _around(opened: Opened, tab: Tab, sheet: Sheet, to: Lang) -> Iterator[Edit]:
    """The words of a visible sheet that stand in no cell: in its charts, and at the foot of its printed pages."""
    if tab.kind is TabKind.HIDDEN:
        return
    if tab.code in DRAWN_ON:
        yield ChartWords(sheet.name, chart_words(opened.lang, to))
    yield Footer(sheet.name, foot(tab, opened.lang), foot(tab, to))


def _sheet_of(opened: Opened, tab: Tab) -> Sheet | None:
    """The sheet of a tab: under its name, or where one of its tables was found."""
    found = tab_sheet(opened.raw, tab.code)
    homes = (opened.entries.places[code].sheet for code in tab.tables if code in opened.entries.places)
    return found or next((sheet for name in homes if (sheet := opened.raw.sheet(name)) is not None), None)


def _sheet_edits(opened: Opened, tab: Tab, sheet: Sheet, to: Lang) -> Iterator[Edit]:
    """Entries from lists, drop-downs, labels and formulas of one sheet."""
    entered: set[At] = set()
    for code in tab.tables:
        place = opened.entries.places.get(code)
        if place is None or place.sheet.casefold() != sheet.name.casefold():
            continue
        for at, field in _entered(opened, code):
            entered.add(at)
            value = sheet.value(*at) if field is not None and at not in sheet.formulas else None
            said = in_language(field, value, opened.lang, to) if field is not None else None
            if said is not None and said != value:
                yield Write(sheet.name, cell_name(*at), ((said,),))
        yield from messages(opened, code, sheet.name, to)
    if tab.code == "settings":
        yield from setting_messages(opened, sheet, to)
    yield from _labels(sheet, template_pair(opened.lang, to)[tab.code], entered)


def _entered(opened: Opened, code: str) -> Iterator[tuple[At, Field | None]]:
    """The cells that people filled, with their field; a competitor's name in the header has none."""
    table, place = TABLE[code], opened.entries.places[code]
    columns: dict[str, int] = dict(getattr(place, "columns", {}))
    records = getattr(place, "record_rows", None)
    if records is not None:
        yield from (((row, columns[name]), table.by_code.get(name)) for name, row in records.items() if name in columns)
        return
    for row in getattr(place, "rows", ()):
        yield from (((row, column), table.by_code.get(name)) for name, column in columns.items())
    named = opened.area(f"wm_{code}")
    for name, column in columns.items():
        if name.startswith("scores.") and named is not None:
            yield (named[1].r1, column), None


def in_language(field: Field, value: object, old: Lang, new: Lang) -> str | None:
    """A list entry in the other language, by way of its code; None for anything else."""
    if not isinstance(value, str):
        return None
    if field.kind is Kind.PICK and field.enum is not None:
        term = term_for(field.enum, value)
        return term.label.to(new) if term else None
    if field.kind is Kind.YES_NO:
        return next((answer.to(new) for answer in (YES, NO) if value.strip() == answer.to(old)), None)
    return None


def _labels(sheet: Sheet, pair: Pair, entered: set[At]) -> Iterator[Edit]:
    """Labels where the template has them, or where they were moved to; then the words in formulas."""
    taken = set(entered)
    moved = []
    for at, (old, new) in pair.labels.items():
        if sheet.value(*at) == old and at not in taken and at not in sheet.formulas:
            taken.add(at)
            yield Write(sheet.name, cell_name(*at), ((new,),))
        else:
            moved.append((old, new))
    places: dict[object, list[At]] = {}
    for row, cells in sheet.rows.items() if moved else ():
        for column, value in cells.items():
            if (row, column) not in taken and (row, column) not in sheet.formulas:
                places.setdefault(value, []).append((row, column))
    for old, new in moved:
        for at in places.get(old, [])[:1]:
            places[old].remove(at)
            yield Write(sheet.name, cell_name(*at), ((new,),))
    for at, formula in sheet.formulas.items():
        text = pair.formula(formula.text)
        if text != formula.text:
            is_array = formula.array_ref is not None or pair.is_array(formula.text)
            yield Formula(sheet.name, cell_name(*at), f"={text}", is_array)


def _links(opened: Opened, to: Lang) -> Iterator[Edit]:
    """A link names its sheet in words, which no program adapts when the sheet is renamed: write each link again."""
    names: dict[str, str] = {}
    for tab in TABS:
        sheet = _sheet_of(opened, tab)
        if sheet is not None:
            wanted = tab.name.to(to)
            is_free = sheet.name == wanted or opened.raw.sheet(wanted) is None
            names[tab.code] = wanted if sheet.name == tab.name.to(opened.lang) and is_free else sheet.name
    for code, row, column, target, cell, words in _template_links():
        home = _sheet_of(opened, TAB[code])
        if home is None or target not in names or home.value(row, column) != words.to(opened.lang):
            continue
        link = Link(names[code], cell_name(row, column), names[target], cell, words.to(to), is_replaced=True)
        yield Unlocked(names[code], (link,))


def _template_links() -> Iterator[tuple[str, int, int, str, str, Text]]:
    """Tab, row, column, the tab and cell it leads to, and its words: home links, cards and red flags on Home, contents of the guide."""
    visible = [tab for tab in TABS if tab.kind is not TabKind.HIDDEN]
    for tab in visible[1:]:
        yield tab.code, 3, 1, "home", "A1", HOME_LINK
    for position, card in enumerate(CARDS):
        name, cell = card.score.name, f"A{SCORE_ROWS[card.code]}"
        yield "home", CARD_ROW + 1, FIRST + 2 * position + 1, "scoreboard", cell, Text(f"{name.zh} ▸", f"{name.en} ▸")
    yield "home", ALL_FLAGS_ROW + 1, MIDDLE + 1, "red_flags", f"A{BLOCK['wm_red_flags'].row}", ALL_FLAGS
    for row, tab in enumerate(visible, GUIDE_TOP + 1):
        yield "guide", row, 1, tab.code, "A1", tab.name


def messages(opened: Opened, code: str, sheet: str, to: Lang) -> Iterator[Messages]:
    """The messages of every field of a table, wherever its cells now are; leave a user's own columns alone.

    Only yes and no stand in the rule itself. All other drop-downs point at cells, which are changed as cells.
    """
    place, table, named = opened.entries.places[code], TABLE[code], opened.area(f"wm_{code}")
    columns: dict[str, int] = dict(getattr(place, "columns", {}))
    for field in table.fields:
        if field.code not in columns:
            continue
        if table.is_record:
            cell = place.cell(0, field.code)
            yield _of(field, sheet, f"{cell}:{cell}", to)
        elif named is not None:
            yield _of(field, sheet, _below(named[1].r1, named[1].r2, columns[field.code]), to)
    if table.open_field is None or named is None:
        return
    box, rival = named[1], competitor_messages(table.open_field, to)
    for column in sorted(set(range(box.c1, box.c2 + 1)) - {columns[f.code] for f in table.fields if f.code in columns}):
        head = cell_name(box.r1, column)
        yield Messages(sheet, f"{head}:{head}", rival["input_title"], rival["input_message"], "", "")
        yield _of(table.open_field, sheet, _below(box.r1, box.r2, column), to)


def setting_messages(opened: Opened, sheet: Sheet, to: Lang) -> Iterator[Messages]:
    """The messages of every setting, wherever its code stands in the table of settings."""
    named = opened.area(SETTINGS_NAME)
    known = dict(flat(default_settings()))
    if named is None or named[0].name != sheet.name:
        return
    for row in range(named[1].r1 + 1, named[1].r2 + 1):
        code = sheet.value(row, named[1].c1)
        if isinstance(code, str) and code in known:
            words, cell = messages_of_setting(code, to), cell_name(row, named[1].c1 + 1)
            yield Messages(
                sheet.name, f"{cell}:{cell}", words["input_title"], words["input_message"], words["error_title"],
                words["error_message"],
            )  # fmt: skip


def _below(header: int, last: int, column: int) -> str:
    letters = column_letters(column)
    return f"{letters}{header + 1}:{letters}{last}"


def _of(field: Field, sheet: str, cells: str, to: Lang) -> Messages:
    words = messages_of(field, to)
    choices = (YES.to(to), NO.to(to)) if field.kind is Kind.YES_NO else ()
    return Messages(
        sheet, cells, words["input_title"], words["input_message"], words["error_title"], words.get("error_message", ""),
        choices,
    )  # fmt: skip
