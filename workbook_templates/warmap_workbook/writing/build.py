"""Build the workbook from the declarations: an empty template or a filled map, in either language."""

from __future__ import annotations

import io
import itertools
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from warmap import TEMPLATE_VERSION, history, layout
from warmap.earlier import sheet_rows
from warmap.layout import PICTURE, TAB, TABS, Tab, TabKind, placements
from warmap.model import TABLE, WarMap, blank_map
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.settings import Settings, default_settings
from warmap.text import Lang
from warmap.worksheet.declaration import NEWEST, SNAPSHOT_MARKS_NAME
from warmap_workbook.computed import area, compute
from warmap_workbook.writing import style
from warmap_workbook.writing.computed_sheets import write_computed_sheets
from warmap_workbook.writing.draft import PICKLISTS, RULES_COLUMN, SUBJECTS_COLUMN, Draft, new_book, stored, write_value
from warmap_workbook.writing.history_sheet import write_history_sheet
from warmap_workbook.writing.home import write_home
from warmap_workbook.writing.input_cells import printed_lines
from warmap_workbook.writing.input_sheets import write_input_sheet
from warmap_workbook.writing.pages import TITLE
from warmap_workbook.writing.picture_sheet import write_picture_sheet
from warmap_workbook.writing.reference_sheets import write_guide_sheet, write_settings_sheet
from warmap_workbook.writing.relationship_map import write_relationship_map

if TYPE_CHECKING:
    from xlsxwriter import Workbook

OWN_WIDTH, OWN_COLUMNS = 18, 50  # of the columns of the user's own sheets
LONGEST_CELL = 32767  # characters that Excel takes


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet that the user added: by (row, column) from 1 each cell's value and formula ('' for none)."""

    name: str
    cells: Mapping[tuple[int, int], tuple[object, str]]


def build_workbook(
    war_map: WarMap | None = None,
    lang: Lang = "zh",
    settings: Settings | None = None,
    computed_on: date | None = None,
    own_sheets: Sequence[OwnSheet] = (),
    *,
    has_picture: bool = False,
) -> bytes:
    """Build an .xlsx workbook; the same input gives the same bytes.

    `computed_on` is the day the stored results were computed (default: the map's `as_of`). `own_sheets` are appended.
    `has_picture` leaves room for the relationship picture, on a sheet of its own.
    """
    the_map, the_settings = war_map or blank_map(), settings or default_settings()
    stream = io.BytesIO()
    with warnings.catch_warnings():
        # XlsxWriter warns of a drop-down or a cell that Excel would refuse, and leaves it out; none may be missing.
        warnings.simplefilter("error")
        book = new_book(stream, TITLE.to(lang))
        values = compute(the_map, the_settings, lang)
        _write(
            Draft(
                book, style.Formats(book, lang), the_map, the_settings, values, lang,
                computed_on or the_map.deal.as_of, placements(rows_held(the_map)),
            ),
            _with_picture() if has_picture else TABS,
        )  # fmt: skip
        for own in own_sheets:
            _own_sheet(book, own)
        book.close()
    return stream.getvalue()


def _with_picture() -> Sequence[Tab]:
    after = 1 + TABS.index(TAB["relationships"])
    return *TABS[:after], PICTURE, *TABS[after:]


def rows_held(war_map: WarMap) -> dict[str, int]:
    """The number of rows that each table must hold; for the stages, all printed lines count."""
    held = {code: len(getattr(war_map, code)) for code in placements() if not TABLE[code].is_record}
    return {**held, "stage_evidence": len(printed_lines(war_map.stage_evidence))}


def _write(draft: Draft, tabs: Sequence[Tab]) -> None:
    for tab in tabs:
        sheet = draft.book.add_worksheet(draft.say(tab.name))
        sheet.set_tab_color(style.TAB_COLOUR[tab.kind])
        if tab.kind is TabKind.HIDDEN:
            sheet.very_hidden() if tab.code == "marks" else sheet.hide()
    for place in draft.places.values():
        draft.define_name(place.name, place.tab.code, place.header_row, place.left, place.room + 1, place.width)
    for tab in TABS:
        if tab.kind is TabKind.INPUT:
            write_input_sheet(draft, tab.code)
    write_home(draft)
    write_computed_sheets(draft)
    write_relationship_map(draft)
    if PICTURE in tabs:
        write_picture_sheet(draft)
    write_history_sheet(draft)
    write_settings_sheet(draft)
    write_guide_sheet(draft)
    _history(draft)
    _marks(draft)
    _lists(draft)
    draft.sheet("home").activate()


def _history(draft: Draft) -> None:
    """Write the snapshots; programs read and write them, people do not."""
    sheet = draft.sheet("snapshots")
    for row, cells in enumerate(sheet_rows(draft.map.snapshots, draft.settings)):
        for column, value in enumerate(cells):
            if value != "":
                write_value(sheet, row, column, value)
    used = sum(1 for _ in history.rows_of(draft.map.snapshots))
    draft.define_name(layout.HISTORY_NAME, "snapshots", 1, 1, history.MOST_ROWS, len(history.COLUMNS))
    draft.define_name(SNAPSHOT_MARKS_NAME, "snapshots", 1, 1, history.marked_rows(used) + 1, len(history.MARKS))
    draft.define_name(NEWEST.range_name, "snapshots", 1, 1, history.NEWEST_ROWS + 1, len(history.COLUMNS))


def _marks(draft: Draft) -> None:
    """Write the marks that tell programs: a war map, its version and language, whether functions are there."""
    sheet = draft.sheet("marks")
    day = "" if draft.computed_on is None else draft.computed_on.isoformat()
    marks = (
        (layout.MARK_NAME, layout.MARK),
        (layout.VERSION_NAME, TEMPLATE_VERSION),
        (layout.LANGUAGE_NAME, draft.lang),
        (layout.COMPUTED_ON_NAME, day),
    )
    for row, (name, value) in enumerate(marks):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
        draft.define_name(name, "marks", row + 1, 2)
    row = len(marks)
    sheet.write_string(row, 0, layout.LIVE_NAME)
    # An array formula: LibreOffice trusts the stored value of a plain one, and would show #NAME? where this says "live".
    sheet.write_array_formula(row, 1, row, 1, "{=IF(ISERROR(WARMAP.VERSION()),0,1)}", None, 0)
    draft.define_name(layout.LIVE_NAME, "marks", row + 1, 2)


def _lists(draft: Draft) -> None:
    sheet = draft.sheet("lists")
    for column, terms in enumerate(PICKLISTS):
        sheet.write_string(0, column, terms.__name__)
        for row, term in enumerate(terms, 1):
            sheet.write_string(row, column, draft.say(term.label))
    _subjects(draft)


def _subjects(draft: Draft) -> None:
    """List what an action may be about: each rule with an open flag, and everybody on People; and what a review may."""
    sheet, codes, people = draft.sheet("lists"), list(all_rules()), draft.places["contacts"]
    open_codes = {cells[1] for cells in draft.values["wm_red_flags"] if cells[1] and not cells[7]}
    counts = list(itertools.accumulate(int(code in open_codes) for code in codes))
    for column, head in enumerate(("Rule", "Open", "Subject", "Reviewed"), RULES_COLUMN - 1):
        sheet.write_string(0, column, head)
    rules = area(2, RULES_COLUMN, len(codes), 2, absolute=True)
    for row, (code, count) in enumerate(zip(codes, counts, strict=True), 1):
        sheet.write_string(row, RULES_COLUMN - 1, code)
        # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
        is_mine = f"--(LEFT(INDEX(wm_red_flags,0,2),9)={area(row + 1, RULES_COLUMN, 1, 1)})"
        before = f"+{area(row, RULES_COLUMN + 1, 1, 1)}" if row > 1 else ""
        formula = f"=IF(SUMPRODUCT({is_mine},--(LEN(INDEX(wm_red_flags,0,8))=0))>0,1,0){before}"
        sheet.write_formula(row, RULES_COLUMN, formula, None, count)
    names = [contact.name or "" for contact in draft.map.contacts]
    subjects = [*(code for code in codes if code in open_codes), *names]
    for row in range(1, len(codes) + people.room + 1):
        last = f"INDEX({rules},{len(codes)},2)"
        name = f"INDEX({people.name},{row}-{last}+1,1)"
        formula = (
            f"=IF({row}<={last},INDEX({rules},MATCH({row},INDEX({rules},0,2),0),1),"
            f'IF({row}-{last}>{people.room},"",IF(LEN({name})=0,"",{name})))'
        )
        value = subjects[row - 1] if row <= len(subjects) else ""
        sheet.write_formula(row, SUBJECTS_COLUMN - 1, formula, None, stored(value))
    for row, score in enumerate(all_scores().values(), 1):
        sheet.write_string(row, SUBJECTS_COLUMN, draft.say(score.name))
    for place in range(1, people.room + 1):
        name = f"INDEX({people.name},{place + 1},1)"
        value = names[place - 1] if place <= len(names) else ""
        row = len(all_scores()) + place
        sheet.write_formula(row, SUBJECTS_COLUMN, f'=IF(LEN({name})=0,"",{name})', None, stored(value))


def _own_sheet(book: Workbook, own: OwnSheet) -> None:
    """Write a sheet of the user's own; a formula that refers to another file is kept as its value."""
    from xlsxwriter.worksheet import Worksheet

    sheet = book.add_worksheet(own.name, Worksheet)  # not ours: people use functions of newer Excels
    sheet.set_column(0, OWN_COLUMNS, OWN_WIDTH)
    day = book.add_format({"num_format": style.DATE})
    for (row, column), (value, formula) in sorted(own.cells.items()):
        at = (row - 1, column - 1)
        if formula and "[" not in formula:
            result = value if isinstance(value, int | float | str) else ""
            sheet.write_formula(*at, f"={formula}", None, stored(result))
        elif isinstance(value, datetime):
            sheet.write_datetime(*at, value, day)
        elif isinstance(value, bool):
            sheet.write_boolean(*at, value)
        else:
            write_value(sheet, *at, value[:LONGEST_CELL] if isinstance(value, str) else value)
