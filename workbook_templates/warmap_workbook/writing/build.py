"""The workbook, built from the declarations: an empty template or a filled map, in either language."""

from __future__ import annotations

import io
import itertools
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from warmap import TEMPLATE_VERSION
from warmap.layout import (
    COMPUTED_ON_NAME,
    LANGUAGE_NAME,
    LIVE_NAME,
    MARK,
    MARK_NAME,
    TABS,
    VERSION_NAME,
    Placement,
    Tab,
    TabKind,
    placements,
)
from warmap.model import TABLE, WarMap, blank_map
from warmap.settings import Settings, default_settings
from warmap.text import Lang, Text
from warmap_workbook.computed import Values, area, compute
from warmap_workbook.writing import computed_sheets, home, legends, reference_sheets, style
from warmap_workbook.writing.beside import lines_beside, widths_beside
from warmap_workbook.writing.inputs import InputWriter, printed_lines
from warmap_workbook.writing.lists import Lists
from warmap_workbook.writing.own_sheets import OwnSheet, write_own_sheets
from warmap_workbook.writing.printing import TITLE, set_breaks, set_print
from warmap_workbook.writing.style import Formats
from warmap_workbook.writing.writer import new_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HOME_LINK = Text("↩ 首页", "↩ Home")
GAP_WIDTH = 3  # between two tables
PROTECTION = dict.fromkeys(("format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows", "insert_hyperlinks", "delete_columns", "delete_rows", "sort", "autofilter", "pivot_tables", "objects", "scenarios", "select_locked_cells", "select_unlocked_cells"), True)  # fmt: skip


class Draft(NamedTuple):
    """Everything the sheets are written from."""

    book: Workbook
    formats: Formats
    lists: Lists
    map: WarMap
    settings: Settings
    values: Values
    lang: Lang
    computed_on: date | None
    places: Mapping[str, Placement]

    def sheet(self, code: str) -> Worksheet:
        """The worksheet of a tab."""
        found = self.book.get_worksheet_by_name(next(t for t in TABS if t.code == code).name.to(self.lang))
        assert found is not None
        return found


def build_workbook(
    war_map: WarMap | None = None,
    lang: Lang = "zh",
    settings: Settings | None = None,
    computed_on: date | None = None,
    own_sheets: Sequence[OwnSheet] = (),
) -> bytes:
    """The bytes of an .xlsx workbook; the same input gives the same bytes.

    `own_sheets` are sheets of the user's that come along at the end. `computed_on` is the day the stored results were
    computed (default: the map's own `as_of`). Every warning of the writer is an error: a drop-down or a cell it would
    silently leave out must not be missing.
    """
    the_map, the_settings = war_map or blank_map(), settings or default_settings()
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = new_book(stream, TITLE.to(lang))
        draft = Draft(
            book, style.Formats(book, lang), Lists(lang), the_map, the_settings,
            compute(the_map, the_settings, lang), lang, computed_on or the_map.deal.as_of,
            placements(rows_held(the_map)),
        )  # fmt: skip
        _write(draft)
        write_own_sheets(book, own_sheets)
        book.close()
    return stream.getvalue()


def rows_held(war_map: WarMap) -> dict[str, int]:
    """How many rows each table must hold; of the printed stage lines, those given and those still to be printed."""
    held = {code: len(getattr(war_map, code)) for code in placements() if not TABLE[code].is_record}
    return {**held, "stage_evidence": len(printed_lines(war_map.stage_evidence))}


def _write(draft: Draft) -> None:
    for tab in TABS:
        sheet = draft.book.add_worksheet(tab.name.to(draft.lang))
        sheet.set_tab_color(style.TAB_COLOUR[tab.kind])
        if tab.kind is TabKind.HIDDEN:
            sheet.very_hidden() if tab.code == "marks" else sheet.hide()
    _define_names(draft)
    for tab in TABS:
        if tab.kind is TabKind.INPUT:
            _input_sheet(draft, tab)
    home.write(draft)
    computed_sheets.write(draft)
    reference_sheets.write(draft)
    _marks(draft)
    draft.lists.write(draft.sheet("lists"))
    draft.sheet("home").activate()


def _define_names(draft: Draft) -> None:
    for place in draft.places.values():
        cells = area(place.header_row, place.left, place.room + 1, place.width, absolute=True)
        draft.book.define_name(place.name, f"='{place.tab.name.to(draft.lang)}'!{cells}")


def page(draft: Draft, tab: Tab, *, link: bool = True) -> Worksheet:
    """A visible sheet's common face: title, purpose, link home, print set-up, protection without a password."""
    sheet = draft.sheet(tab.code)
    sheet.write_string(0, 0, tab.name.to(draft.lang), draft.formats.title())
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, tab.purpose.to(draft.lang), draft.formats.quiet())
    if link:
        home_name = TABS[0].name.to(draft.lang)
        sheet.write_url(2, 0, f"internal:'{home_name}'!A1", draft.formats.link(), HOME_LINK.to(draft.lang))
    set_print(sheet, tab, draft.lang)
    sheet.protect("", PROTECTION)
    return sheet


def _input_sheet(draft: Draft, tab: Tab) -> None:
    sheet = page(draft, tab)
    places = [draft.places[code] for code in tab.tables]
    beside = lines_beside(draft, tab.code)
    writer = InputWriter(sheet, draft.formats, draft.lists, draft.lang, draft.places, beside)
    legends.write(draft, sheet, tab)  # first: where conditional formats meet, LibreOffice 7.4 shows the first one's
    for place in places:
        writer.table(place, draft.map)
        if len(places) > 1:
            words = place.table.label.to(draft.lang)
            sheet.write_string(
                place.header_row - 2, place.left - 1, words, draft.formats(bold=True, font_color=style.NAVY)
            )
    for before, after in itertools.pairwise(places):
        gap = before.left + before.width + (1 if before.table.is_record else 0)
        sheet.set_column(gap - 1, after.left - 2, GAP_WIDTH)
        writer.widths[gap - 1] = GAP_WIDTH
    first = places[0]
    sheet.freeze_panes(first.header_row, 0 if first.table.is_record else 1)
    sheet.repeat_rows(first.header_row - 1)
    if len(places) == 1 and not first.table.is_record:
        sheet.autofilter(first.header_row - 1, 0, first.last_row - 1, first.width - 1)
    widths = [*(width for _, width in sorted(writer.widths.items())), *widths_beside(tab.code)]
    set_breaks(sheet, tab, places, widths)


def _marks(draft: Draft) -> None:
    """What tells a program that this is a war map, of which version and language, and whether functions are there."""
    sheet = draft.sheet("marks")
    day = "" if draft.computed_on is None else draft.computed_on.isoformat()
    marks = ((MARK_NAME, MARK), (VERSION_NAME, TEMPLATE_VERSION), (LANGUAGE_NAME, draft.lang), (COMPUTED_ON_NAME, day))
    for row, (name, value) in enumerate(marks):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        draft.book.define_name(name, f"=_marks!$B${row + 1}")
    row = len(marks)
    sheet.write_string(row, 0, LIVE_NAME)
    sheet.write_array_formula(row, 1, row, 1, "{=IF(ISERROR(WARMAP.VERSION()),0,1)}", None, 0)
    draft.book.define_name(LIVE_NAME, f"=_marks!$B${row + 1}")
