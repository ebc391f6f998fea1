"""What of a workbook was read although programs would read it otherwise, or not at all: said, never passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from warmap.findings import Finding
from warmap.layout import TABS
from warmap.parsing import TableRead
from warmap.text import Text
from warmap_workbook.ooxml import Book, BookNote, Note, Reason, Unreadable, read_book
from warmap_workbook.reading.words import KEEP_TO_TEMPLATE, SAVE_AGAIN, unreadable

# Spreadsheet programs repair such a sheet, each in its own way: what one person sees another does not.
_OF_A_SHEET: Mapping[Note, Text] = {
    Note.duplicate_cell: Text(
        "“{sheet}”里有单元格写了两遍（{count} 处），各程序读到的会不同",
        "on “{sheet}” cells are written twice ({count}), so programs differ in what they show",
    ),
    Note.cell_in_another_row: Text(
        "“{sheet}”里有单元格放在别的行里（{count} 处），各程序读到的会不同",
        "on “{sheet}” cells stand inside another row than their own ({count}), so programs differ in what they show",
    ),
    Note.foreign_element: Text(
        "“{sheet}”的写法不合规（{count} 处），各程序读到的会不同",
        "“{sheet}” is not written as sheets are ({count}), so programs differ in what they show",
    ),
}
_OF_THE_BOOK: Mapping[BookNote, tuple[Text, Text]] = {
    BookNote.styles_too_large: (
        Text("样式部分过大，没有读，日期可能被当作数字", "its styles are too large and were not read, so dates may be taken for numbers"),
        KEEP_TO_TEMPLATE,
    ),
    BookNote.styles_unreadable: (
        Text("样式部分损坏，没有读，日期可能被当作数字", "its styles are damaged and were not read, so dates may be taken for numbers"),
        SAVE_AGAIN,
    ),
}  # fmt: skip
_LIMITS = frozenset(
    {
        Reason.cell_out_of_box,
        Reason.too_many_cells,
        Reason.text_too_long,
        Reason.too_much_markup,
        Reason.too_much_formula_text,
    }
)
_OUR_NAME = "wm_"
_OF_THE_TRADE = frozenset(
    [
        "opportunity",
        "stage",
        "influence",
        "support",
        "buying_roles",
        "position_class",
        "response_mode",
        "contact_frequency",
        "wants_our_success",
        "decision_order",
        "ratings",
        "statuses",
        "spin_type",
        "need_state",
        "our_score",
        "walk_away_price",
        "objection",
    ]
)
"""Columns that other lists seldom have, as 'Name', 'Owner' and 'Status' are in every second one."""


def oddities(book: Book) -> Iterator[Finding]:
    """DV002, one a kind and sheet; the rest of the workbook is read and judged all the same."""
    for book_note in book.notes:
        if book_note in _OF_THE_BOOK:
            reason, remedy = _OF_THE_BOOK[book_note]
            yield Finding("DV002", facts={"reason": reason, "remedy": remedy})
    for sheet in book.sheets:
        for note, count in sheet.notes.items():
            if note in _OF_A_SHEET:
                said, facts = _OF_A_SHEET[note], {"sheet": sheet.name, "count": count}
                words = Text(said.zh.format_map(facts), said.en.format_map(facts))
                yield Finding("DV002", sheet.name, facts={"reason": words, "remedy": SAVE_AGAIN})


def refused(source: Path | str | bytes, error: Unreadable) -> list[Finding]:
    """Why there is no book: DV002, and before it DV001 when a file that holds too much bears none of our names either."""
    finding = unreadable(error)
    if error.reason not in _LIMITS:
        return [finding]
    try:
        book = read_book(source, sheets=())
    except Unreadable:
        return [finding]
    ours = {name.casefold() for tab in TABS for name in (tab.name.zh, tab.name.en)}
    is_ours = any(sheet.name.strip().casefold() in ours for sheet in book.sheets) or any(
        name.casefold().startswith(_OUR_NAME) for name in book.defined_names
    )
    return [finding] if is_ours else [Finding("DV001"), finding]


def are_of_a_map(reads: Mapping[str, TableRead], at_home: Collection[str]) -> bool:
    """Whether tables found in a workbook without the mark are those of a war map, and not some list with like headers.

    `at_home` are those that stand on their own tab or under their own name; else two columns must be of the trade.
    """
    columns = [column.partition(".")[0] for read in reads.values() if read.place for column in read.place.columns]
    return bool(at_home) or sum(column in _OF_THE_TRADE for column in columns) > 1
