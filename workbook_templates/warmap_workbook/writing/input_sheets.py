"""The input sheets: headers, cells, validations, and colours that mean something."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from warmap.layout import TAB, Placement
from warmap.model import DO_NOTHING, MAX_COMPETITORS, Field, Kind
from warmap.parsing import column_letters
from warmap.parsing.headers import FIELD_HEADER, HELP_HEADER, VALUE_HEADER
from warmap.text import LANGUAGES
from warmap.worksheet.relationships import SIGN_OF
from warmap_workbook.computed import area
from warmap_workbook.writing import input_cells, legends, style
from warmap_workbook.writing.draft import Draft, format_if, set_widths, write_value
from warmap_workbook.writing.legends import named_statuses
from warmap_workbook.writing.pages import page, set_breaks
from warmap_workbook.writing.row_results import lines_beside, widths_beside, write_row_results
from warmap_workbook.writing.style import LETTERS, lines_of

GAP_WIDTH = 3  # of the column between two tables
LINE_HEIGHT, MOST_LINES = 14, 12
BOLD, MARGIN = 1.12, 1.5  # of a bold header in the units of a column: a letter, and both margins of the cell
RECORD_WIDTHS = (26, 46, 34)
CENTRED = (Kind.TICK, Kind.YES_NO, Kind.NUMBER, Kind.WHOLE, Kind.DATE)
NUMBER_FORMAT = {Kind.DATE: style.DATE, Kind.MONEY: style.MONEY}
# What is asked for first about a person: with these a new map gives useful flags. The name is the table's first column.
FIRST_ASKED = {"contacts": ("name", "title", "level", "influence", "contact_frequency", "support")}
# Columns that fold away, each run of them to the right of one that stays; where they end is the next one that stays.
FOLDING = frozenset(
    {
        "department", "position_class", "reports_to", "decision_order",
        "evidence_grade", "assessed_on", "response_mode", "style", "influenced_by",
        "counterpart", "counterpart_level", "wants_our_success", "post_status", "post_since",
    }
)  # fmt: skip
BUTTON = 18  # room in a header for the filter button in its lower right corner, half of it above the words


def write_input_sheet(draft: Draft, code: str) -> None:
    """Write an input sheet: legend, tables side by side, frozen panes, page breaks."""
    tab, sheet = TAB[code], page(draft, code)
    places = [draft.places[table] for table in tab.tables]
    writer = _TableWriter(draft, code)
    legends.write_legend(draft, code)  # first: LibreOffice 7.4 shows the first of two rules that meet in a cell
    for place in places:
        writer.write(place)
        if len(places) > 1:
            look = draft.formats(bold=True, font_color=style.NAVY)
            sheet.write_string(place.header_row - 2, place.left - 1, draft.say(place.table.label), look)
    for before, after in itertools.pairwise(places):
        gap = before.left + before.width + (1 if before.table.is_record else 0)
        sheet.set_column(gap - 1, after.left - 2, GAP_WIDTH)
        writer.widths[gap - 1] = GAP_WIDTH
    first = places[0]
    sheet.freeze_panes(first.header_row, 0 if first.table.is_record else first.left)
    sheet.repeat_rows(first.header_row - 1)
    if len(places) == 1 and not first.table.is_record:
        sheet.autofilter(first.header_row - 1, first.left - 1, first.last_row - 1, first.left + first.width - 2)
    widths = writer.widths | widths_beside(draft, code)
    set_breaks(draft, code, [width for _, width in sorted(widths.items())])
    write_row_results(draft, code)


class _TableWriter:
    """Writes the tables of one sheet; `widths` are those of the columns written so far, by column from 0."""

    def __init__(self, draft: Draft, tab: str) -> None:
        self.draft, self.lang, self.formats, self.sheet = draft, draft.lang, draft.formats, draft.sheet(tab)
        self.widths: dict[int, float] = {}
        self._lines_beside = lines_beside(draft, tab)
        self._lines_of_row: dict[int, int] = {}

    def write(self, place: Placement) -> None:
        if place.table.is_record:
            self._record(place)
        else:
            self._rows(place)

    # -- a table of one record: field, value, what to put in -------------------------------------------------------

    def _record(self, place: Placement) -> None:
        top, left = place.header_row - 1, place.left - 1
        self.draft.write_heads(self.sheet, top, left, (FIELD_HEADER, VALUE_HEADER, HELP_HEADER), style.NAVY)
        set_widths(self.sheet, left, RECORD_WIDTHS)
        self.widths.update(enumerate(RECORD_WIDTHS, left))
        values = input_cells.cell_values(place.table, getattr(self.draft.map, place.table.code), self.lang)
        label = self.formats(bold=True, bg_color=style.NAVY_PALE, text_wrap=True, **style.BOXED)
        quiet = self.formats.quiet(text_wrap=True, indent=1)
        for row, field in enumerate(place.table.fields, top + 1):
            texts = (input_cells.header_of(field, self.lang), values.get(field.code, ""), field.help.to(self.lang))
            self.sheet.write_string(row, left, texts[0], label)
            edge = {**style.BOXED, "align": "left", "valign": "vcenter", "indent": 1}
            self._cell(row, left + 1, field, values.get(field.code), **edge)
            self.sheet.write_string(row, left + 2, texts[2], quiet)
            lines = max(lines_of(str(text), width - 2) for text, width in zip(texts, RECORD_WIDTHS, strict=True))
            self.sheet.set_row(row, max(48 if field.multiline else 0, LINE_HEIGHT * min(MOST_LINES, lines) + 3))
            self._validate(row, row, left + 1, field)
            if field.kind is Kind.MONEY:
                self._show_cents(row, row, left + 1)
            if field.required:
                self._mark_unfinished(row, row, left + 1, f"LEN(TRIM(${column_letters(left + 2)}{row + 1}))=0")

    # -- a table of rows -------------------------------------------------------------------------------------------

    def _rows(self, place: Placement) -> None:
        rows: list[Any] = getattr(self.draft.map, place.table.code)
        if place.table.code == "stage_evidence":
            rows = input_cells.printed_lines(rows)
        fields, open_field = place.table.fields, place.table.open_field
        names = input_cells.competitor_names(rows) if open_field else []
        first, last, left = place.header_row, place.last_row - 1, place.left - 1
        self._columns(place, names)
        for offset, row in enumerate(rows):
            values = input_cells.cell_values(place.table, row, self.lang)
            for column, field in enumerate(fields, left):
                self._cell(first + offset, column, field, values.get(field.code))
            self._height(place, offset, {**values, **named_statuses(row, values, self.lang)})
            if open_field:
                for column, name in enumerate(names, left + len(fields)):
                    self._cell(first + offset, column, open_field, values.get(f"scores.{name}"))
        for column, field in enumerate(fields, left):
            self._validate(first, last, column, field)
            self._colour(first, last, column, field)
        if open_field:
            for column in range(left + len(fields), left + len(fields) + MAX_COMPETITORS):
                self._validate(first, last, column, open_field)
        self._mark_used(place)

    def _columns(self, place: Placement, names: list[str]) -> None:
        """Write headers, widths and formats; competitors' columns have unlocked headers for their names."""
        row, column, lines = place.header_row - 1, place.left - 1, 1
        has_buttons = len(place.tab.tables) == 1
        look = self.formats.header(style.NAVY)
        for field in place.table.fields:
            header = input_cells.header_of(field, self.lang)
            self.sheet.write_string(row, column, header, look)
            width = self.widths[column] = self._width(field)
            lines = max(lines, lines_of(header, (width - MARGIN) * LETTERS[self.lang] / BOLD))
            level = {"level": 1} if place.table.code == "contacts" and field.code in FOLDING else {}
            self.sheet.set_column(column, column, width, self._format(field), level)
            column += 1
        if scores := place.table.open_field:
            self.sheet.set_column(column, column + MAX_COMPETITORS - 1, scores.width, self._format(scores))
            shown = names or [self.draft.say(DO_NOTHING)]
            free = self.formats.header(style.BLUE, locked=False)
            message = {"validate": "any", **input_cells.competitor_messages(scores, self.lang)}
            for name in (*shown, *[""] * (MAX_COMPETITORS - len(shown))):
                self.sheet.write(row, column, name or None, free)
                self.sheet.data_validation(row, column, row, column, message)
                self.widths[column] = scores.width
                column += 1
        self.sheet.set_row(row, max(32, LINE_HEIGHT * lines + 4 + (BUTTON if has_buttons else 0)))
        self.sheet.outline_settings(symbols_right=False)

    def _width(self, field: Field) -> float:
        """The width of a column: English needs more, and the longest word of a header must not be broken."""
        width = field.width * (1.0 if self.lang == "zh" else 1.15)
        word = max(len(word) for word in re.split(r"[\s/]+", field.label.to(self.lang))) if self.lang == "en" else 0
        return max(width, BOLD * word + MARGIN, 10.5 if field.kind is Kind.TICK else 8)

    def _height(self, place: Placement, offset: int, values: Mapping[str, object]) -> None:
        """Make a row as high as its longest text needs; tables side by side share the row."""
        lines = [
            lines_of(str(values[field.code]), self._width(field) * LETTERS[self.lang])
            for field in place.table.fields
            if isinstance(values.get(field.code), str)
        ]
        row = place.header_row + offset
        known = self._lines_of_row.get(row, 1)
        most = min(MOST_LINES, max([known, *self._lines_beside[offset : offset + 1], *lines]))
        if most > known:
            self._lines_of_row[row] = most
            self.sheet.set_row(row, LINE_HEIGHT * most + 3)

    # -- cells of both kinds ---------------------------------------------------------------------------------------

    def _format(self, field: Field, **what: Any) -> Any:
        align = "center" if field.kind in CENTRED else "left"
        num_format = NUMBER_FORMAT.get(field.kind, style.NUMBER)
        return self.formats.input(**{"num_format": num_format, "align": align, **what})

    def _cell(self, row: int, column: int, field: Field, value: object, **what: Any) -> None:
        if what or value not in (None, ""):
            write_value(self.sheet, row, column, value, self._format(field, **what))

    def _validate(self, first: int, last: int, column: int, field: Field) -> None:
        options = {**input_cells.rule_of(field, self.draft), **input_cells.messages_of(field, self.lang)}
        if self.sheet.data_validation(first, column, last, column, options):
            raise ValueError(f"the drop-down of {field.code} was refused")

    # -- colours ---------------------------------------------------------------------------------------------------

    def _mark_used(self, place: Placement) -> None:
        """Shade every second row in use, and make the empty required cells of those rows look unfinished.

        Not lines: LibreOffice 7.4 saves the borders of a conditional format black. And lines in the cells themselves
        would double the time that reading a file takes, for then every blank cell is stored.
        """
        first, left, last_column = place.header_row, place.left - 1, place.left + place.width - 1
        row = f"${column_letters(place.left)}{first + 1}:${column_letters(last_column)}{first + 1}"
        used = f"COUNTA({row})>0"
        if place.table.code != "stage_evidence":
            self._unfinished(place, used)
        shade = self.formats.conditional(bg_color=style.GREY_PALE)
        second = f"AND(MOD(ROW()-{first},2)=0,{used})"
        format_if(self.sheet, (first, left, place.last_row - 1, last_column - 1), second, shade)

    def _unfinished(self, place: Placement, used: str) -> None:
        """Make blanks asked for first look unfinished, in rows in use and in the first row of an empty table."""
        first, last, left = place.header_row, place.last_row - 1, place.left - 1
        asked = FIRST_ASKED.get(place.table.code, ())
        begins = used
        if asked:
            names = area(first + 1, place.left, place.room, 1, absolute=True)
            begins = f"OR({used},AND(ROW()={first + 1},COUNTA({names})=0))"
        fields = list(enumerate(place.table.fields, left))
        ticks = [column_letters(column + 1) for column, field in fields if field.kind is Kind.TICK]
        for column, field in fields:
            empty = f"LEN(TRIM({column_letters(column + 1)}{first + 1}))=0"
            if field.kind is Kind.TICK and asked:
                empty = f"COUNTA(${ticks[0]}{first + 1}:${ticks[-1]}{first + 1})=0"
                self._mark_unfinished(first, last, column, f"AND({begins},{empty})")
            elif field.required or field.code in asked:
                condition = begins if field.code in asked else used
                self._mark_unfinished(first, last, column, f"AND({condition},{empty})")

    def _mark_unfinished(self, first: int, last: int, column: int, condition: str) -> None:
        unfinished = self.formats.conditional(bg_color=style.UNFINISHED)
        format_if(self.sheet, (first, column, last, column), condition, unfinished)

    def _colour(self, first: int, last: int, column: int, field: Field) -> None:
        if field.kind is Kind.MONEY:
            self._show_cents(first, last, column)
        cell = f"${column_letters(column + 1)}{first + 1}"
        for term in field.enum if field.code in {"influence", "support"} and field.enum else ():
            ink, paper = style.TERM_COLOUR[term]
            look = self.formats(font_color=ink, bg_color=paper, num_format=f'"{SIGN_OF[term]} "@')
            # either language's word: the colours stay when the workbook's language is switched
            either = ",".join(f'{cell}="{term.label.to(lang)}"' for lang in LANGUAGES)
            format_if(self.sheet, (first, column, last, column), f"OR({either})", look)

    def _show_cents(self, first: int, last: int, column: int) -> None:
        cell = f"{column_letters(column + 1)}{first + 1}"
        condition = f"AND(ISNUMBER({cell}),{cell}<>INT({cell}))"
        format_if(self.sheet, (first, column, last, column), condition, self.formats(num_format=style.CENTS))
